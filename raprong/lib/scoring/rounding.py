"""Rounding as officers do it."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """Round to a number of decimal places; exactly half goes away from zero: 0.125 is 0.13 at two places.

    The answer always shows all its places (``2.9500``). Source: published scores that only this rule reproduces.
    """
    scaled = Fraction(value) * 10**places
    units = int(abs(scaled) + Fraction(1, 2))
    return Decimal(f"{'-' if scaled < 0 and units else ''}{units}e-{places}")


def sum_exactly(numbers: Iterable[Decimal]) -> Decimal:
    """Add numbers without losing a digit, at as many places as the most exact of them has."""
    held = list(numbers)
    places = max((-int(number.as_tuple().exponent) for number in held), default=0)
    return half_up(sum((Fraction(number) for number in held), Fraction(0)), max(places, 0))
