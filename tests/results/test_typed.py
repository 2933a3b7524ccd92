"""What people type into a cell, or paste from Excel."""

from decimal import Decimal

import pytest

from raprong.lib.scoring.criteria import YesNo
from raprong.results.enums import ResultStatus
from raprong.results.typed import Typed, Unreadable, read_typed

D = Decimal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("94.5", "94.5"),
        ("๙๔.๕๐", "94.50"),
        ("1,234,567", "1234567"),
        ("๑,๒๓๔.๕", "1234.5"),
        (" 12 ", "12"),
        ("1\N{NO-BREAK SPACE}234", "1234"),
        ("−3", "-3"),
        ("94.50%", "94.50"),
        ("๙๔ %", "94"),
    ],
)
def test_figures_are_read_as_officers_write_them(text: str, value: str) -> None:
    assert read_typed(text, measure="ร้อยละ") == Typed(D(value))


@pytest.mark.parametrize("text", ["", "  ", "-", "–"])
def test_an_empty_cell_or_a_dash_says_nothing(text: str) -> None:
    assert read_typed(text, measure="วัน").is_empty


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("n/a", ResultStatus.NOT_APPLICABLE),
        ("N/A", ResultStatus.NOT_APPLICABLE),
        ("ไม่มีผล", ResultStatus.NOT_APPLICABLE),
        ("no data", ResultStatus.MISSING),
        ("ไม่มีข้อมูล", ResultStatus.MISSING),
    ],
)
def test_a_status_is_not_a_figure(text: str, status: ResultStatus) -> None:
    assert read_typed(text, measure="วัน") == Typed(status=status)


@pytest.mark.parametrize(("text", "value"), [("ใช่", 1), ("yes", 1), ("No", 0), ("0", 0)])
def test_yes_and_no_are_read_where_they_are_asked(text: str, value: int) -> None:
    assert read_typed(text, measure="", criteria=YesNo(D(5), D(1))) == Typed(D(value))


@pytest.mark.parametrize("text", ["สิบ", "94,5", "1.2.3", "12 คน", "1,23", "=1+1"])
def test_what_is_no_number_is_refused_in_words(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a number"):
        read_typed(text, measure="วัน")


def test_a_per_cent_sign_is_refused_where_days_are_counted() -> None:
    with pytest.raises(Unreadable, match="not counted in per cent"):
        read_typed("5%", measure="วัน")


def test_more_digits_than_a_result_has_are_refused() -> None:
    with pytest.raises(Unreadable, match="at most 11 digits"):
        read_typed("1.00001", measure="วัน")
