from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.scoring.rounding import half_up, sum_exactly


@pytest.mark.parametrize(
    "value, places, rounded",
    [
        ("0.125", 2, "0.13"),
        ("0.025", 2, "0.03"),
        ("0.42605", 4, "0.4261"),
        ("2.95", 4, "2.9500"),
        ("-0.125", 2, "-0.13"),
        ("-0.001", 2, "0.00"),
        ("1.5", 0, "2"),
    ],
)
def test_half_goes_away_from_nought(value: str, places: int, rounded: str) -> None:
    assert str(half_up(Decimal(value), places)) == rounded


def test_just_under_half_stays_down_however_close() -> None:
    almost = Fraction(1, 2) - Fraction(1, 10**80)

    assert half_up(almost, 0) == 0


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12), st.integers(0, 8))
def test_decimals_agree_with_the_standard_library(value: Decimal, places: int) -> None:
    with localcontext(prec=2000):
        expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)

    assert half_up(value, places) == expected


def test_a_sum_keeps_every_place() -> None:
    assert str(sum_exactly([Decimal("12.5"), Decimal("2.50"), Decimal("1E+1")])) == "25.00"
    assert str(sum_exactly([])) == "0"
