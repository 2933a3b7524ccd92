"""Tables as workbooks: figures that count, texts that never run, headings that stay in sight."""

import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from raprong.documents import sample
from raprong.documents.agreement.shape import Agreement
from raprong.documents.score_table.shape import ScoreTable
from raprong.documents.tabular import TABLES, is_tabular, to_xlsx
from raprong.lib.rendering.xlsx import Sheet, SheetColumn, SheetRow, as_number, write_sheets


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).worksheets[0]


def rows_of(content: bytes) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in opened(content).iter_rows()]


def row_of(content: bytes, code: str) -> tuple[Any, ...]:
    [found] = [row for row in rows_of(content) if row[0] == code]
    return found


def texts_of(content: bytes) -> str:
    """Every text of a workbook, days with plain spaces."""
    return "\n".join(str(value) for row in rows_of(content) for value in row if value).replace("\u00a0", " ")


@pytest.mark.parametrize("kind", TABLES)
def test_headings_are_frozen_and_repeated_in_print(kind: str) -> None:
    sheet = opened(to_xlsx(sample(kind)))

    row = int(sheet.freeze_panes.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
    assert sheet.print_title_rows == f"${row}:${row}"
    assert sheet.cell(row, 1).value == "ที่"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)


def test_figures_of_a_score_table_are_numbers_with_their_places() -> None:
    content = to_xlsx(sample("score_table"))

    row = row_of(content, "1.1")

    assert row[3:11] == (25, 92, 93, 94, 95, 96, 94.52, 3.52)
    sheet = opened(content)
    assert {cell.number_format for line in sheet.iter_rows() for cell in line if cell.value == 3.52} == {"0.0000"}


def test_codes_of_kpis_stay_texts() -> None:
    sheet = opened(to_xlsx(sample("agreement")))

    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "1.1"] == ["s"]


def test_a_text_that_looks_like_a_formula_never_runs() -> None:
    paper = sample("agreement")
    assert isinstance(paper, Agreement)
    named = tuple(replace(kpi, name='=HYPERLINK("x")', target="=1+1", definition="@x") for kpi in paper.kpis)

    sheet = opened(to_xlsx(replace(paper, kpis=named, unit="=cmd|'/c calc'!A1")))

    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"] == ["s"] * 4
    assert {cell.quotePrefix for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"} == {True}
    assert {cell.quotePrefix for row in sheet.iter_rows() for cell in row if cell.value == "1.1"} == {False}


def test_the_weight_of_a_part_is_not_added_up() -> None:
    paper = sample("score_table")
    assert isinstance(paper, ScoreTable)
    part = replace(paper.rows[0], inside=True)

    row = row_of(to_xlsx(replace(paper, rows=(part, *paper.rows[1:]))), "1.1")

    assert row[3] == "(25.00)"


def test_a_total_is_never_written_without_the_weight_it_covers_nor_without_saying_that_it_may_change() -> None:
    paper: Any = sample("score_table")

    written = texts_of(to_xlsx(replace(paper, provisional=True, own_weight=None, official_weight=Decimal("80.00"))))

    assert "น้ำหนักที่มีผลคะแนนแล้ว: ประเมินตนเอง – ผลที่ยืนยัน 80.00 จากน้ำหนักทั้งหมด 100.00" in written
    assert "ระหว่างวันที่ 1 ตุลาคม 2569 ถึงวันที่ 30 กันยายน 2570 (ผลชั่วคราว ยังไม่ยืนยัน)" in written
    assert "ชั่วคราว" not in texts_of(to_xlsx(replace(paper, provisional=False)))


def test_a_round_report_says_whose_scores_these_are_and_has_no_column_of_a_round_that_was_not() -> None:
    paper: Any = sample("round_report")
    first = replace(paper, earlier_round="", reported_weight=None)

    written, of_first = texts_of(to_xlsx(paper)), texts_of(to_xlsx(first))

    assert "คะแนนในตารางนี้เป็นคะแนนประเมินตนเองของหน่วยงาน" in written
    assert "ยังไม่ยืนยัน" in written
    assert "None" not in of_first
    assert len(row_of(to_xlsx(first), "1.1")) == len(row_of(to_xlsx(paper), "1.1")) - 1


def test_a_month_without_a_result_stays_empty() -> None:
    content = to_xlsx(sample("monthly_report"))

    row = row_of(content, "1.2")

    assert row[4:10] == (0, 1, 1, None, 2, 3)
    assert set(row[10:16]) == {None}


@pytest.mark.parametrize(
    "value, number",
    [
        ("94.52", Decimal("94.52")),
        ("-3", Decimal(-3)),
        ("ร้อยละ 80", "ร้อยละ 80"),
        ("1.1.2", "1.1.2"),
        ("๙", "๙"),
        ("=1", "=1"),
        (None, None),
        (Decimal("12345678901234567.8"), "12345678901234567.8"),
    ],
)
def test_only_what_a_spreadsheet_can_hold_becomes_a_number(value: Any, number: Any) -> None:
    assert as_number(value) == number
    assert type(as_number(value)) is type(number)


def test_a_sheets_name_holds_nothing_that_programs_refuse() -> None:
    table = Sheet("a/b[c]:d*e?f\\" + "ก" * 40, [SheetColumn("x")], [SheetRow(["y"])])

    content = write_sheets([table], title="t", author="a")

    [name] = load_workbook(BytesIO(content)).sheetnames
    assert len(name) == 31
    assert not set(name) & set("/[]:*?\\")


@pytest.mark.parametrize("title, name", [("'รอบ 6 เดือน'", "รอบ 6 เดือน"), ("ก" * 30 + "'ข", "ก" * 30)])
def test_a_sheets_name_has_no_apostrophe_at_its_ends(title: str, name: str) -> None:
    table = Sheet(title, [SheetColumn("x")], [SheetRow(["y"])])

    assert load_workbook(BytesIO(write_sheets([table], title="t", author="a"))).sheetnames == [name]


def test_a_column_of_numbers_is_as_wide_as_they_are_so_that_print_stays_large() -> None:
    columns = [SheetColumn(name, 14, counts=True) for name in ("few", "long", "worded", "empty")]
    rows = [SheetRow(["92", "1250000.25", "96", None]), SheetRow(["93", "1", "สำเร็จ 1 ประเด็น", None])]

    sheet = opened(write_sheets([Sheet("t", columns, rows)], title="t", author="a"))

    assert [sheet.column_dimensions[letter].width for letter in "ABCD"] == [8, 12, 14, 8]
    assert sheet.page_margins.left == sheet.page_margins.right == 0.4


def test_rows_have_room_for_all_their_lines() -> None:
    long = SheetRow(["ก" * 95])
    table = Sheet("t", [SheetColumn("x", 20)], [long, SheetRow(["ก"]), SheetRow(["ก่\nก้\nก"])])

    sheet = opened(write_sheets([table], title="t", author="a"))

    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [100, 20, 60]


def test_a_letter_is_no_table() -> None:
    assert not is_tabular("result_letter")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_libreoffice_opens_every_workbook(tmp_path: Path) -> None:
    for kind in TABLES:
        (tmp_path / f"{kind}.xlsx").write_bytes(to_xlsx(sample(kind)))

    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    files = [str(path) for path in sorted(tmp_path.glob("*.xlsx"))]
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    assert {path.stem for path in tmp_path.glob("*.pdf")} == set(TABLES)
