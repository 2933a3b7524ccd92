from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.thai import dates
from raprong.lib.thai.dates import UnreadableDate, parse_thai_date

DAY = date(2024, 2, 22)


@pytest.mark.parametrize(
    "write, written",
    [
        (dates.long_date, "๒๒ กุมภาพันธ์ ๒๕๖๗"),
        (dates.short_date, "๒๒ ก.พ. ๒๕๖๗"),
        (dates.weekday_date, "วันพฤหัสบดีที่ ๒๒ กุมภาพันธ์ ๒๕๖๗"),
        (dates.month_and_year, "กุมภาพันธ์ ๒๕๖๗"),
        (dates.long_date_en, "22 February 2024"),
        (dates.short_date_en, "22 Feb 2024"),
        (dates.weekday_date_en, "Thursday 22 February 2024"),
        (dates.month_and_year_en, "February 2024"),
    ],
)
def test_a_day_is_written_as_offices_write_it(write: Callable[[date], str], written: str) -> None:
    assert write(DAY) == written


def test_thai_dates_can_keep_arabic_digits() -> None:
    assert dates.long_date(DAY, thai_digits=False) == "22 กุมภาพันธ์ 2567"
    assert dates.short_date(date(2026, 6, 18), thai_digits=False) == "18 มิ.ย. 2569"


def test_a_moment_is_written_in_bangkok_time() -> None:
    late_in_london = datetime(2024, 2, 21, 17, 5, tzinfo=UTC)

    assert dates.date_and_time(late_in_london) == "๒๒ กุมภาพันธ์ ๒๕๖๗ เวลา ๐๐.๐๕ น."
    assert dates.date_and_time_en(late_in_london) == "22 February 2024, 00:05"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.date_and_time(datetime(2024, 2, 22, 8, 30))  # noqa: DTZ001


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_outside_the_year_is_refused(month: int) -> None:
    for name in (dates.month_name, dates.month_short, dates.month_name_en, dates.month_short_en):
        with pytest.raises(ValueError, match="1 to 12"):
            name(month)


@pytest.mark.parametrize(
    "text",
    [
        "๒๒ กุมภาพันธ์ ๒๕๖๗",
        "22 กุมภาพันธ์ 2567",
        "22 ก.พ. 2567",
        "22 กพ 2567",
        "๒๒ ก.พ.๒๕๖๗",
        "วันที่ ๒๒ กุมภาพันธ์ พ.ศ. ๒๕๖๗",
        "22 กุมภาพันธ์ พศ 2567",
        "22 กุมภาพันธ์ ค.ศ. 2024",
        "22 กุมภาพันธ์ 2024",
        "  22  ก.พ.  2567 ",
        "22\u00a0ก.พ.\u00a02567",
        "22/2/2567",
        "22/02/2024",
        "22-2-2567",
        "22.2.2567",
        "2024-02-22",
        "2567-02-22",
        "22 February 2024",
        "22 feb 2567",
    ],
)
def test_a_written_day_is_read(text: str) -> None:
    assert parse_thai_date(text) == DAY


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "is not a date"),
        ("เมื่อวาน", "is not a date"),
        ("22 ก.พ. 67", "four-digit year"),
        ("22 กุมภา 2567", "is not a date"),
        ("22/2-2567", "is not a date"),
        ("22/13/2567", "not a day of the calendar"),
        ("30 ก.พ. 2567", "not a day of the calendar"),
        ("29 ก.พ. 2566", "not a day of the calendar"),
        ("0 ก.พ. 2567", "not a day of the calendar"),
        ("22 ก.พ. 1500", "out of reach"),
        ("22 ก.พ. 9999", "out of reach"),
        ("22 ก.พ. พ.ศ. 2024", "out of reach"),
        ("22 ก.พ. ค.ศ. 2567", "out of reach"),
    ],
)
def test_what_is_not_a_day_is_refused_in_both_languages(text: str, words: str) -> None:
    with pytest.raises(UnreadableDate, match=words) as refused:
        parse_thai_date(text)

    assert "ให้" in refused.value.sentence_th


def test_leap_day_is_read_in_its_buddhist_year() -> None:
    assert parse_thai_date("๒๙ ก.พ. ๒๕๖๗") == date(2024, 2, 29)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.booleans())
def test_every_written_form_reads_back(day: date, thai_digits: bool) -> None:
    written = [
        dates.long_date(day, thai_digits=thai_digits),
        dates.short_date(day, thai_digits=thai_digits),
        dates.long_date_en(day),
        dates.short_date_en(day),
        day.isoformat(),
    ]

    assert [parse_thai_date(text) for text in written] == [day] * 5
