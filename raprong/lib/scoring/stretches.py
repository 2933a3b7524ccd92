"""Criteria as stretches of whole numbers: what the batch path and the database score by.

Results are counted in units of 10⁻⁴ and scores in units of the scheme's places, both as whole numbers that fit 64 bits.
On each stretch the score is one fraction of whole numbers, so that ``(2·n + d) // (2·d)`` rounds it exactly half-up.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, gcd, lcm

from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Ladder,
    Milestones,
    Steps,
    YesNo,
    place,
)
from raprong.lib.scoring.ladder import Below
from raprong.lib.scoring.rounding import UNROUNDED
from raprong.lib.scoring.scheme import Scheme

RESULT_PLACES = 4
RESULT_UNIT = 10**RESULT_PLACES
LIMIT = 10**15
"""No result lies further from nought, in units: eleven digits before the point and four after it."""
MOST = 2**63 - 1


class DoesNotFit(ValueError):
    """Numbers for which 64 bits are not enough, or which have no place on a column. The plain path scores them."""


@dataclass(frozen=True)
class Stretch:
    """Results from ``start`` up to and not including ``end``, and what each is worth.

    A result ``x`` units after ``start`` is worth ``(base + rate·x) / (den + fall·x)`` units of score, exactly. ``fall``
    is nought everywhere but where twice the figure earns half the score.
    """

    start: int
    end: int
    base: int
    rate: int
    den: int
    fall: int

    def worth(self, result: int) -> Fraction:
        """The exact score of a result on this stretch, in units."""
        off = result - self.start
        return Fraction(self.base + self.rate * off, self.den + self.fall * off)


def score_places(scheme: Scheme) -> int:
    """The places that a score is counted in. One that is not rounded is written at ten at most."""
    return UNROUNDED if scheme.places is None else scheme.places


def stretches_of(criteria: Criteria, *, below: Below, places: int, months: int | None = None) -> tuple[Stretch, ...]:
    """Criteria of any kind as stretches, the lowest results first; results that the kind cannot have lie on none.

    Every stretch is read off :func:`raprong.lib.scoring.criteria.place`, and checked against it. Refused with
    :class:`DoesNotFit`: a score under nought, and figures so large or so fine that 64 bits do not hold the fraction.
    """
    worth = _worth(criteria, below, months, 10**places)
    starts = sorted({-LIMIT, *(start for turn in _turns(criteria, below, months) for start in _around(turn))})
    found = [_fitted(start, end, worth) for start, end in pairwise([*starts, LIMIT + 1])]
    return tuple(_joined(stretch for stretch in found if stretch is not None))


def _worth(criteria: Criteria, below: Below, months: int | None, unit: int) -> Callable[[int], Fraction | None]:
    """What a result is worth in units of score, by the plain path; nothing where the kind has no such result."""

    def worth(result: int) -> Fraction | None:
        measured = Decimal(result).scaleb(-RESULT_PLACES)
        if isinstance(criteria, Choice) and (measured % 1 or not 1 <= measured <= len(criteria.options)):
            return None
        return place(criteria, measured, below=below, months=months).raw * unit

    return worth


def _turns(criteria: Criteria, below: Below, months: int | None) -> Iterator[Fraction]:
    """Every result at which the score may turn or jump."""
    if below is Below.PROPORTIONAL:
        yield Fraction(0)
    match criteria:
        case Ladder(rungs) | Steps(rungs):
            yield from (Fraction(rung.at) for rung in rungs)
        case Milestones():
            yield from (Fraction(rung.at) for rung in criteria.rungs_in(months))
        case Bands(ranges):
            yield from (Fraction(end) for band in ranges for end in (band.lowest, band.highest) if end is not None)
        case YesNo():
            yield Fraction(0)
        case Choice(options):
            yield from (Fraction(number) for number in range(1, len(options) + 1))
        case Deviation():
            yield from _turns_around_a_plan(criteria, months)


def _turns_around_a_plan(criteria: Deviation, months: int | None) -> Iterator[Fraction]:
    plan = Fraction(criteria.plan_in(months))
    yield plan
    for rung in criteria.rungs:
        away = abs(plan) * Fraction(rung.at) / 100
        yield from (plan + away, plan - away)


def _around(turn: Fraction) -> Iterator[int]:
    """The first whole result that reaches a turn, and the first that passes it."""
    exact = turn * RESULT_UNIT
    return (start for start in (ceil(exact), floor(exact) + 1) if -LIMIT < start <= LIMIT)


def _fitted(start: int, end: int, worth: Callable[[int], Fraction | None]) -> Stretch | None:
    """The one fraction that fits a stretch at both ends and in its middle: a level, a line, or an inverse line."""
    length = end - 1 - start
    first, middle, last = worth(start), worth(start + length // 2), worth(end - 1)
    if first is None or middle is None or last is None:
        return None
    line = (last - first) / length if length else Fraction(0)
    if middle == first + line * (length // 2):
        return _of(start, end, (first, line, Fraction(1), Fraction(0)))
    if first and middle and last:
        inverse = (1 / last - 1 / first) / length
        if 1 / middle == 1 / first + inverse * (length // 2):
            return _of(start, end, (Fraction(1), Fraction(0), 1 / first, inverse))
    raise DoesNotFit("The score between two levels is neither a line nor an inverse line.")


def _of(start: int, end: int, parts: tuple[Fraction, Fraction, Fraction, Fraction]) -> Stretch:
    denominator = lcm(*(part.denominator for part in parts))
    whole = [int(part * denominator) for part in parts]
    base, rate, den, fall = (number // (gcd(*whole) or 1) for number in whole)
    length = end - 1 - start
    for n, d in ((base, den), (base + rate * length, den + fall * length)):
        if n < 0 or 2 * n + d > MOST or 2 * d > MOST:
            raise DoesNotFit("The levels are too far apart, too fine or under nought for whole numbers of 64 bits.")
    return Stretch(start, end, base, rate, den, fall)


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The same with single results taken into the stretch beside them that goes through them."""
    held: Stretch | None = None
    for stretch in stretches:
        joined = held and _join(held, stretch)
        if held is not None and joined is None:
            yield held
        held = joined or stretch
    if held is not None:
        yield held


def _join(one: Stretch, other: Stretch) -> Stretch | None:
    if one.end != other.start:
        return None
    if _is_single(other) and one.den + one.fall * (other.start - one.start) > 0:
        return _longer(one, one.start, other) if one.worth(other.start) == other.worth(other.start) else None
    if _is_single(one) and other.den - other.fall > 0:
        return _longer(other, one.start, other) if other.worth(one.start) == one.worth(one.start) else None
    return None


def _is_single(stretch: Stretch) -> bool:
    return stretch.end == stretch.start + 1


def _longer(stretch: Stretch, start: int, last: Stretch) -> Stretch | None:
    """A stretch from an earlier start to a later end; none where it no longer fits."""
    off = start - stretch.start
    numbers = (stretch.base + stretch.rate * off, stretch.rate, stretch.den + stretch.fall * off, stretch.fall)
    base, rate, den, fall = (Fraction(number) for number in numbers)
    try:
        return _of(start, last.end, (base, rate, den, fall))
    except DoesNotFit:
        return None
