"""Scores by steps done: a level is reached or it is not; nothing lies between."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from raprong.lib.scoring.ladder import Below, Placing, Rung, Segment, check_ladder, highest_reached


def consecutive_steps(done: Collection[int]) -> int:
    """Count the steps done without a gap from step 1: steps 1, 2 and 4 done count as 2."""
    count = 0
    while count + 1 in done:
        count += 1
    return count


def score_on_steps(done: Decimal, rungs: Sequence[Rung], *, below: Below) -> Fraction:
    """Score a number of steps (or items) done as the highest level reached, with no part of a level.

    ``rungs`` say how many steps each level asks for: one to one as a rule, or a table such as 1, 2, 3, 5 and 6 items
    for levels 1 to 5, where 3 and 4 items are both level 3. Short of the first level, ``below=floor`` gives the first
    level's score and any other setting nothing, as there is no part of a step. A faulty table is refused as a faulty
    ladder is.
    """
    return place_on_steps(done, rungs, below=below).raw


def place_on_steps(done: Decimal, rungs: Sequence[Rung], *, below: Below) -> Placing:
    """Do what :func:`score_on_steps` does and tell where the score comes from."""
    check_ladder(rungs)
    reached = highest_reached(done, rungs)
    if reached is None:
        worth = rungs[0].score if below is Below.FLOOR else Decimal(0)
        return Placing(Segment.BELOW_FIRST, None, rungs[0], Fraction(worth))
    lower = rungs[reached]
    upper = rungs[reached + 1] if reached + 1 < len(rungs) else None
    past = upper is None and done != lower.at
    return Placing(Segment.PAST_LAST if past else Segment.AT_LEVEL, lower, upper, Fraction(lower.score))
