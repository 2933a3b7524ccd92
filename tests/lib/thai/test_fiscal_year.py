from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.thai.fiscal_year import FiscalYear

YEAR = FiscalYear(2570)


def test_a_year_runs_from_october_to_september() -> None:
    assert (YEAR.starts_on, YEAR.ends_on) == (date(2026, 10, 1), date(2027, 9, 30))


def test_a_year_is_named_in_both_languages() -> None:
    assert YEAR.label == "ปีงบประมาณ พ.ศ. ๒๕๗๐"
    assert YEAR.label_en == "Fiscal year 2570 (2027)"


@pytest.mark.parametrize(
    "day, be",
    [(date(2026, 9, 30), 2569), (date(2026, 10, 1), 2570), (date(2027, 9, 30), 2570), (date(2027, 1, 1), 2570)],
)
def test_a_day_lies_in_its_fiscal_year(day: date, be: int) -> None:
    assert FiscalYear.of(day) == FiscalYear(be)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_lies_inside_its_own_year(day: date) -> None:
    year = FiscalYear.of(day)

    assert year.starts_on <= day <= year.ends_on
    assert FiscalYear(year.be + 1).starts_on == year.ends_on + timedelta(days=1)


def test_twelve_months_begin_in_october() -> None:
    months = YEAR.months()

    assert len(months) == 12
    assert (months[0], months[2], months[3], months[11]) == (
        date(2026, 10, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 9, 1),
    )


@pytest.mark.parametrize(
    "month, years_before, first, last",
    [
        (8, 1, date(2026, 8, 1), date(2026, 8, 31)),
        (9, 1, date(2026, 9, 1), date(2026, 9, 30)),
        (10, 0, date(2026, 10, 1), date(2026, 10, 31)),
        (12, 0, date(2026, 12, 1), date(2026, 12, 31)),
        (2, 0, date(2027, 2, 1), date(2027, 2, 28)),
        (10, 1, date(2025, 10, 1), date(2025, 10, 31)),
    ],
)
def test_a_month_of_an_sop_has_its_days(month: int, years_before: int, first: date, last: date) -> None:
    assert YEAR.month(month, years_before=years_before) == (first, last)


@pytest.mark.parametrize(
    "be, months, ends_on",
    [
        (2570, 1, date(2026, 10, 31)),
        (2570, 3, date(2026, 12, 31)),
        (2570, 5, date(2027, 2, 28)),
        (2571, 5, date(2028, 2, 29)),
        (2570, 6, date(2027, 3, 31)),
        (2570, 9, date(2027, 6, 30)),
        (2570, 10, date(2027, 7, 31)),
        (2570, 12, date(2027, 9, 30)),
    ],
)
def test_a_round_ends_on_the_last_day_of_its_last_month(be: int, months: int, ends_on: date) -> None:
    assert FiscalYear(be).round_ends_on(months) == ends_on


def test_months_and_rounds_outside_the_year_are_refused() -> None:
    for number in (0, 13):
        with pytest.raises(ValueError, match="1 to 12"):
            YEAR.month(number)
        with pytest.raises(ValueError, match="1 to 12"):
            YEAR.round_ends_on(number)


@pytest.mark.parametrize("be", [0, 70, 99999])
def test_a_year_that_is_not_four_digits_is_refused(be: int) -> None:
    with pytest.raises(ValueError, match="four-digit Buddhist year"):
        FiscalYear(be)
