"""Where a row of figures leads: a line that one odd figure does not bend."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from statistics import median

SPREAD = Decimal("1.4826")  # makes the median deviation of a normal spread its standard deviation
LEAST_SHARE = Decimal("0.05")  # figures on one straight line still scatter by so much of what is expected


@dataclass(frozen=True)
class Expected:
    """What the figures before lead to, and how far off it figures usually lie."""

    figure: Decimal
    spread: Decimal


def expected_next(places: Sequence[int], figures: Sequence[Decimal], place: int) -> Expected:
    """The figure at a place on the median line through earlier ones (Theil–Sen), and their usual distance from it.

    Places are months; months without a figure are left out. At least two figures. The spread is the median distance
    from the line, scaled as a standard deviation, and never less than 5 % of what is expected.
    """
    slopes = [
        (later - earlier) / (b - a) for (a, earlier), (b, later) in combinations(zip(places, figures, strict=True), 2)
    ]
    slope = median(slopes)
    start = median([figure - slope * at for at, figure in zip(places, figures, strict=True)])
    found = start + slope * place
    off = median([abs(figure - start - slope * at) for at, figure in zip(places, figures, strict=True)])
    return Expected(found, max(off * SPREAD, abs(found) * LEAST_SHARE))
