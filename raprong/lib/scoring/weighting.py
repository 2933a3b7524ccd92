"""The weight of a score, and what is taken from or added to it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from raprong.lib.scoring.rounding import half_up


@dataclass(frozen=True)
class WithBonus:
    """A subtotal with its bonus, both at the same places; the total never passes the cap."""

    bonus: Decimal
    total: Decimal


def weighted_score(
    score: Fraction | Decimal, weight: Fraction | Decimal, *, weight_base: Decimal, places: int | None
) -> Decimal:
    """Return weight × score / weight base, rounded half-up.

    The base is 100 for weights in per cent and 1 for weights that are parts of one. A negative weight and a base that
    is not above nought are refused.
    """
    if weight < 0 or weight_base <= 0:
        raise ValueError(f"A weight is 0 or more and its base above 0, not {weight} and {weight_base}.")
    return half_up(Fraction(weight) * Fraction(score) / Fraction(weight_base), places)


def deduct(score: Decimal, *, missed: int, per_miss: Decimal, places: int) -> Decimal:
    """Take a fixed deduction from a score for each report that was missed; never under nought.

    Source: an annual report of 2018 (พ.ศ. 2561) where one missed report turns 5.0000 into 4.8000 and two turn 2 into
    1.6. Negative counts and deductions are refused.
    """
    if missed < 0 or per_miss < 0:
        raise ValueError(f"Missed reports and the deduction for each are 0 or more, not {missed} and {per_miss}.")
    return half_up(max(Fraction(0), Fraction(score) - missed * Fraction(per_miss)), places)


def add_bonus(subtotal: Decimal, *, percent: Decimal, cap: Decimal, places: int) -> WithBonus:
    """Add a bonus in per cent of the subtotal, rounded by itself, then hold the total at the cap.

    Source: provincial scores of พ.ศ. 2559 with 5 % of the subtotal, at most 5.000. A negative percentage is refused.
    """
    if percent < 0:
        raise ValueError(f"A bonus is 0 per cent or more, not {percent}.")
    bonus = half_up(Fraction(subtotal) * Fraction(percent) / 100, places)
    return WithBonus(bonus, half_up(min(Fraction(cap), Fraction(subtotal) + Fraction(bonus)), places))
