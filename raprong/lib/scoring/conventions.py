"""How levels are set around a target by convention: the target at one level, and the same step from level to level."""

from collections.abc import Sequence
from decimal import Decimal

from raprong.lib.scoring.ladder import Rung


def levels_around(
    target: Decimal, at_level: Decimal, step: Decimal, scores: Sequence[Decimal], *, more_is_better: bool = True
) -> tuple[Rung, ...]:
    """A level for each score of the scale, the lowest first, with the target at one of them.

    Source: target at level 3 ± a step each level, or at level 4 with a range of 1 % each level (a university's
    agreements). Where less is better the figures fall. A level that is not on the scale, and a step of 0 or less, are
    refused with ``ValueError``.
    """
    if at_level not in scores:
        raise ValueError(f"There is no level {at_level:f}.")
    if step <= 0:
        raise ValueError("The step from level to level is above 0.")
    place = list(scores).index(at_level)
    way = step if more_is_better else -step
    return tuple(Rung(target + (number - place) * way, score) for number, score in enumerate(scores))
