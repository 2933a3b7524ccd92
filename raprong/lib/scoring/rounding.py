"""Rounding as officers do it."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

UNROUNDED = 10
"""The most places a number that is not rounded is written at; what is counted with it stays exact."""


def half_up(value: Fraction | Decimal | int, places: int | None) -> Decimal:
    """Round to a number of decimal places; exactly half goes away from zero: 0.125 is 0.13 at two places.

    The answer always shows all its places (``2.9500``). With ``None`` the number is not rounded: it is written with
    the places it has, or, where it has no end, with :data:`UNROUNDED` places. Source: published scores that only this
    rule reproduces.
    """
    if places is None:
        return _written_out(Fraction(value))
    scaled = Fraction(value) * 10**places
    units = int(abs(scaled) + Fraction(1, 2))
    return Decimal(f"{'-' if scaled < 0 and units else ''}{units}e-{places}")


def sum_exactly(numbers: Iterable[Decimal]) -> Decimal:
    """Add numbers without losing a digit, at as many places as the most exact of them has."""
    held = list(numbers)
    places = max((-int(number.as_tuple().exponent) for number in held), default=0)
    return half_up(sum((Fraction(number) for number in held), Fraction(0)), max(places, 0))


def _written_out(value: Fraction) -> Decimal:
    fewest = next((places for places in range(UNROUNDED) if not (value * 10**places).denominator > 1), UNROUNDED)
    return half_up(value, fewest)
