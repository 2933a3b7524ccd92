from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from raprong.web.shell import filters

DAY = date(2027, 1, 31)


@pytest.fixture(autouse=True)
def thai() -> object:
    with translation.override("th"):
        yield


def test_running_text_has_thai_digits_for_thai_readers() -> None:
    assert filters.digits(1540) == "๑๕๔๐"


def test_english_readers_keep_arabic_digits() -> None:
    with translation.override("en"):
        assert filters.digits(1540) == "1540"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Decimal("3.59005"), 4, "3.5901"),
        (Decimal("1234567.5"), None, "1,234,567.5"),
        ("94.5", 2, "94.50"),
        (0, None, "0"),
        (None, 2, "–"),
    ],
)
def test_figures_in_columns_stay_arabic_and_round_half_up(value: object, places: int | None, written: str) -> None:
    assert filters.figure(value, places) == written  # type: ignore[arg-type]


def test_dates_follow_the_reader() -> None:
    assert filters.long_date(DAY) == "๓๑ มกราคม ๒๕๗๐"
    assert filters.short_date(DAY) == "๓๑ ม.ค. ๒๕๗๐"
    with translation.override("en"):
        assert filters.long_date(DAY) == "31 January 2027"


def test_a_moment_late_in_the_evening_is_the_next_day_in_bangkok() -> None:
    late = datetime(2027, 1, 30, 18, 5, tzinfo=UTC)

    assert filters.short_date(late) == "๓๑ ม.ค. ๒๕๗๐"
    assert filters.moment(late) == "๓๑ มกราคม ๒๕๗๐ เวลา\u00a0๐๑.๐๕\u00a0น."


def test_sizes_and_minutes_have_their_unit() -> None:
    assert filters.minutes(1540) == "๑,๕๔๐ นาที"
    assert filters.file_size(482_113) == "๔๗๐.๘ KB"
    assert filters.file_size(3) == "๓ ไบต์"


def test_a_number_in_running_text_loses_the_noughts_of_its_column() -> None:
    assert filters.amount(Decimal("100.00")) == "๑๐๐"
    assert filters.amount(Decimal("12.50")) == "๑๒.๕"
    assert filters.amount(None) == "–"


def test_a_percentage_is_said_before_its_figure_and_people_after_it() -> None:
    assert filters.with_measure("๘", "ร้อยละ") == "ร้อยละ ๘"
    assert filters.with_measure("๘", "คน") == "๘ คน"


def test_cells_of_a_row_carry_the_words_of_their_columns() -> None:
    cells = '<th scope="row">ก</th><td class="n">1</td><td>x</td>'

    marked = filters.labelled(cells, [{"label": "KPI"}, {"label": "Weight & sum"}, {"label": "Way", "hidden": True}])

    assert marked == (
        '<th role="rowheader" data-label="KPI" scope="row">ก</th>'
        '<td role="cell" data-label="Weight &amp; sum" class="n">1</td><td role="cell">x</td>'
    )
