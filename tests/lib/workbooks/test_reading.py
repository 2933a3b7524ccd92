"""A KPI workbook is read exactly as typed, or refused with everything that is wrong with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from raprong.lib.scoring.criteria import Ladder
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.rollup import MeasuredKpi, score_card
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.workbooks.archive import MOST_BYTES_INSIDE
from raprong.lib.workbooks.faults import CellFault, WorkbookFaults
from raprong.lib.workbooks.reader import read_workbook
from raprong.lib.workbooks.sample import sample_workbook
from raprong.lib.workbooks.shape import KPI_SHEET, RESULT_SHEET, KpiWorkbook
from raprong.lib.workbooks.writer import write_workbook

Change = Callable[[Worksheet], object]


def sample_with(change: Change, *, sheet: str = KPI_SHEET) -> bytes:
    book = load_workbook(BytesIO(write_workbook(sample_workbook(), fiscal_year=2570)))
    change(book[sheet])
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def faults_of(content: bytes, **known: object) -> list[CellFault]:
    with pytest.raises(WorkbookFaults) as refused:
        read_workbook(content, **known)  # type: ignore[arg-type]
    return list(refused.value.faults)


def put(**cells: object) -> Change:
    def change(sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return change


def test_what_is_written_reads_back_the_same() -> None:
    sample = sample_workbook()

    assert read_workbook(write_workbook(sample, fiscal_year=2570), results_required=True) == sample


def test_the_sample_scores_as_published() -> None:
    sample = sample_workbook()
    last = {row.code: [figure for _, figure in row.figures if figure is not None][-1] for row in sample.months}

    card = score_card(
        [
            MeasuredKpi(
                kpi.code, kpi.weight, Ladder(tuple(Rung(at, level) for level, at in kpi.levels)), last[kpi.code]
            )
            for kpi in sample.kpis
        ],
        Scheme(),
    )

    assert card.total == Decimal("3.5900")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (94.5, "94.5"),
        (0.1 + 0.2, "0.3"),
        ("๙๔.๕๐", "94.50"),
        (" 1,234.5 ", "1234.5"),
        ("94.5 %", "94.5"),
        (96, "96"),
    ],
)
def test_numbers_are_read_as_typed(typed: object, read: str) -> None:
    workbook = read_workbook(sample_with(put(L2=typed)))

    assert str(workbook.kpis[0].target) == read


def test_a_cell_shown_in_per_cent_is_per_cent() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["L2"] = 0.945
        sheet["L2"].number_format = "0.0%"

    assert read_workbook(sample_with(change)).kpis[0].target == Decimal("94.5")


def test_stray_spaces_and_thai_digits_do_not_matter() -> None:
    content = sample_with(put(A2=" ๑.๑ ", B2="  ร้อยละ   ของผู้เรียน ", G1=" ระดับ  ๑ ", F1="น้ำหนัก (ร้อยละ)"))

    first = read_workbook(content).kpis[0]

    assert (first.code, first.title, first.weight) == ("1.1", "ร้อยละ ของผู้เรียน", Decimal(15))


def test_titles_above_the_headings_and_sums_below_are_passed_over() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 2)
        sheet["A1"] = "แบบกำหนดตัวชี้วัด ประจำปีงบประมาณ"
        sheet.append([None, "รวม", None, None, None, 100])

    workbook = read_workbook(sample_with(change))

    assert [kpi.row for kpi in workbook.kpis] == list(range(4, 11))


def test_levels_may_be_left_out() -> None:
    workbook = read_workbook(sample_with(put(H2=None, I2=None, J2=None)))

    assert workbook.kpis[0].levels == ((Decimal(1), Decimal(20)), (Decimal(5), Decimal(100)))


def test_a_workbook_without_results_is_taken_where_none_are_asked_for() -> None:
    content = write_workbook(sample_workbook(), fiscal_year=2570)
    book = load_workbook(BytesIO(content))
    del book[RESULT_SHEET]

    assert read_workbook(saved(book)).months == ()
    [fault] = faults_of(saved(book), results_required=True)
    assert (fault.sheet, fault.row) == (RESULT_SHEET, None)


def test_everything_wrong_is_told_at_once_with_its_place() -> None:
    content = sample_with(put(A3="1.1", F4="สิบห้า", I6=91, L8=None, C5=None))

    places = {(fault.row, fault.column, fault.heading) for fault in faults_of(content)}

    assert places == {
        (3, "A", "รหัส"),
        (4, "F", "น้ำหนัก"),
        (5, "C", "มิติ"),
        (6, "I", "ระดับ 3"),
        (8, "L", "ค่าเป้าหมาย"),
        (None, "F", "น้ำหนัก"),
    }


def test_every_fault_says_what_to_do_in_both_languages() -> None:
    content = sample_with(put(A3="1.1", F4="สิบห้า", I6=91, L8=None, C5=None, B7="ก" * 301, G7=0.123456, F8=0))

    for fault in faults_of(content):
        assert fault.sentence.endswith(".")
        assert "ให้" in fault.sentence_th


def test_weights_that_do_not_reach_a_hundred_are_told_with_their_sum() -> None:
    [fault] = faults_of(sample_with(put(F2=10)))

    assert (fault.row, fault.column) == (None, "F")
    assert "add up to 95" in fault.sentence
    assert "รวมได้ 95" in fault.sentence_th


def test_missing_columns_are_named() -> None:
    content = sample_with(lambda sheet: sheet.delete_cols(12))

    [fault] = faults_of(content)

    assert (fault.row, fault.column, fault.heading) == (1, "", "ค่าเป้าหมาย")


def test_a_missing_sheet_is_named() -> None:
    book = load_workbook(BytesIO(write_workbook(sample_workbook(), fiscal_year=2570)))
    book[KPI_SHEET].title = "Sheet1"

    assert KPI_SHEET in {fault.sheet for fault in faults_of(saved(book))}


def test_unknown_groups_are_told_with_those_that_are_known() -> None:
    content = write_workbook(sample_workbook(), fiscal_year=2570)

    faults = faults_of(content, groups=["กลุ่มที่ ๑", "กลุ่มที่ ๒"])

    assert {(fault.row, fault.heading) for fault in faults} == {(row, "กลุ่มงานผู้รับผิดชอบ") for row in (6, 7, 8)}
    assert "กลุ่มที่ ๑, กลุ่มที่ ๒" in faults[0].sentence


def test_a_code_of_the_year_is_not_taken_twice() -> None:
    content = write_workbook(sample_workbook(), fiscal_year=2570)

    [fault] = faults_of(content, codes_taken=["2.3"])

    assert (fault.row, fault.column) == (8, "A")


def test_results_of_no_kpi_and_text_in_a_month_are_told() -> None:
    content = sample_with(put(A2="9.9", C3="ยังไม่มี"), sheet=RESULT_SHEET)

    assert [(fault.sheet, fault.row, fault.column) for fault in faults_of(content)] == [
        (RESULT_SHEET, 2, "A"),
        (RESULT_SHEET, 3, "C"),
    ]


def test_a_code_that_became_a_date_is_told() -> None:
    from_date = sample_with(put(A2=date(2027, 1, 1)))

    assert any("date" in fault.sentence and fault.row == 2 for fault in faults_of(from_date))


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused_in_words(content: bytes) -> None:
    [fault] = faults_of(content)

    assert ".xlsx" in fault.sentence


def test_an_archive_of_something_else_is_refused() -> None:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("hello.txt", "hello")

    assert ".xlsx" in faults_of(held.getvalue())[0].sentence


def test_a_file_that_swells_is_refused_before_it_is_read() -> None:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (MOST_BYTES_INSIDE + 1))

    assert "too large" in faults_of(held.getvalue())[0].sentence


def test_what_begins_like_a_formula_stays_text() -> None:
    sample = sample_workbook()
    sly = replace(sample.kpis[0], title='=HYPERLINK("http://example.org")')

    again = read_workbook(write_workbook(KpiWorkbook((sly, *sample.kpis[1:])), fiscal_year=2570))

    assert again.kpis[0].title == sly.title
