"""Where past results lead, exactly."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from raprong.lib.scoring.criteria import Bands, Criteria, Ladder, Milestones, Steps, levels_of


def expected(baseline: Mapping[int, Decimal], year: int, *, past_years: int, line_needs: int) -> Fraction | None:
    """The result that the past years lead one to expect of a year; None where none of them is known.

    With ``line_needs`` results or more it is the value in that year of the straight line through them (least squares),
    with fewer their mean. Years without a result are left out, not taken as nought.
    """
    known = {past: Fraction(baseline[past]) for past in range(year - past_years, year) if past in baseline}
    if not known:
        return None
    mean = sum(known.values(), Fraction(0)) / len(known)
    return _on_the_line(known, year, mean) if len(known) >= line_needs else mean


def _on_the_line(known: Mapping[int, Fraction], year: int, mean: Fraction) -> Fraction:
    middle = Fraction(sum(known), len(known))
    slope = sum(((past - middle) * (at - mean) for past, at in known.items()), Fraction(0)) / sum(
        ((past - middle) ** 2 for past in known), Fraction(0)
    )
    return mean + slope * (year - middle)


def more_is_better(criteria: Criteria) -> bool | None:
    """Whether more is better; None for kinds whose results have no such order (yes or no, choices, deviations)."""
    if not isinstance(criteria, (Ladder, Bands, Steps, Milestones)):
        return None
    rungs = levels_of(criteria)
    if len(rungs) < 2 or rungs[0].at == rungs[-1].at:
        return None
    return rungs[-1].at > rungs[0].at


def is_better(one: Decimal | Fraction, other: Decimal | Fraction, *, more: bool) -> bool:
    return one > other if more else one < other
