"""Rows read one by one: the good ones are there whatever the others say, and cells are read as people write them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Milestones,
    Option,
    Range,
    Side,
    Steps,
    YesNo,
)
from raprong.lib.scoring.ladder import Rung
from raprong.lib.workbooks.faults import WorkbookFaults
from raprong.lib.workbooks.reader import read_rows
from raprong.lib.workbooks.shape import KPI_SHEET, KpiRow, KpiWorkbook, NamedInput, ReadRow
from raprong.lib.workbooks.writer import write_csv, write_workbook
from tests.lib.workbooks.files import HEADINGS, SAMPLE, many, raw_workbook, row_xml, sheet_xml, workbook_with


def put(**cells: object) -> Any:
    def change(sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return change


def first(content: bytes) -> KpiRow:
    row = read_rows(content)[0]
    assert row.values is not None, row.faults
    return row.values


def told(rows: list[ReadRow]) -> set[tuple[int | None, str]]:
    return {(fault.row, fault.column) for row in rows for fault in row.faults}


def rungs(*figures: int) -> tuple[Rung, ...]:
    return tuple(Rung(Decimal(at), Decimal(level)) for level, at in enumerate(figures, start=1))


def test_good_rows_are_there_while_bad_ones_wait() -> None:
    rows = read_rows(workbook_with(put(A3="1.1", F4="สิบห้า", D5=None, J6=1)))

    assert [row.values is not None for row in rows] == [True, False, False, False, False, True, True]
    assert told(rows) == {(3, "A"), (4, "F"), (5, "D"), (6, "J")}
    assert rows[1].said["title"] == SAMPLE[1].title


def test_weights_need_not_be_there_nor_add_up() -> None:
    rows = read_rows(workbook_with(put(F2=None, F3=99)))

    assert [row.values.weight for row in rows[:2] if row.values] == [None, Decimal(99)]


def test_a_missing_column_is_told_once_and_not_in_every_row() -> None:
    with pytest.raises(WorkbookFaults) as refused:
        read_rows(workbook_with(lambda sheet: sheet.delete_cols(12)))

    assert [fault.heading for fault in refused.value.faults] == ["ค่าเป้าหมาย"]


def test_a_column_that_is_not_there_is_not_an_empty_cell() -> None:
    with_column = first(workbook_with(put(R1="ประเด็น")))
    without = first(workbook_with(put()))

    assert "issue" in with_column.given
    assert "issue" not in without.given


def test_a_merged_cell_speaks_for_all_that_it_covers() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("C2:C5")
        sheet.merge_cells("D2:D3")

    rows = read_rows(workbook_with(change))

    assert {row.values.dimension for row in rows[:4] if row.values} == {SAMPLE[0].dimension}
    assert all(not row.faults for row in rows)


def test_a_title_across_the_sheet_between_kpis_is_passed_over() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(4)
        sheet["A4"] = "มิติที่ ๒ ประสิทธิภาพ"
        sheet.merge_cells("A4:R4")

    assert [row.number for row in read_rows(workbook_with(change))] == [2, 3, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("typed", "style", "read"),
    [
        (0.945, "0.0%", "94.5"),
        (0.95, "0%", "95"),
        (95.5, "0.00", "95.50"),
        ("๙๔.๕๐ %", "@", "94.50"),
        ("\u200b1,234\u00a0", "@", "1234"),
        (0.1 + 0.2, "General", "0.3"),
    ],
)
def test_numbers_are_read_as_people_see_them(typed: object, style: str, read: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["L2"] = typed
        sheet["L2"].number_format = style

    assert str(first(workbook_with(change)).target) == read


def test_a_code_with_a_nought_at_its_end_keeps_it() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A2"] = 1.1
        sheet["A2"].number_format = "0.00"

    assert first(workbook_with(change)).code == "1.10"


def test_stray_spaces_are_taken_out_and_lines_stay() -> None:
    content = workbook_with(put(B2="\u00a0ร้อยละ\u200b  ของ\tผู้เรียน ", P2="สูตร\r\n  บรรทัดสอง  \n\n\n\nบรรทัดสาม "))

    row = first(content)

    assert row.title == "ร้อยละ ของ ผู้เรียน"
    assert row.formula == "สูตร\nบรรทัดสอง\n\nบรรทัดสาม"


@pytest.mark.parametrize("day", [date(2027, 1, 31), date(2570, 1, 31)])
def test_a_day_in_a_text_is_written_in_the_thai_year(day: date) -> None:
    assert first(workbook_with(put(Q2=day))).data_source == "31/1/2570"


def test_a_code_that_became_a_date_says_what_to_do() -> None:
    [fault] = read_rows(workbook_with(put(A2=date(2027, 1, 1))))[0].faults

    assert "Format the cell as text" in fault.sentence


KINDS: list[Criteria] = [
    Steps(rungs(1, 2, 3, 4, 5)),
    Steps((Rung(Decimal("0.5"), Decimal(1)), Rung(Decimal("4.5"), Decimal(5))), fractions=True),
    Bands(
        (
            Range(Decimal(1), None, Decimal("59.99")),
            Range(Decimal(3), Decimal(60), Decimal("79.99")),
            Range(Decimal(5), Decimal(80), None),
        )
    ),
    Bands((Range(Decimal(2), Decimal(-5), Decimal(-1)), Range(Decimal(4), Decimal(-1), Decimal(3)))),
    YesNo(Decimal(5), Decimal(1)),
    YesNo(Decimal(1), Decimal(4)),
    Choice((Option(Decimal(1), "ไม่มี"), Option(Decimal(5), "มีครบ"), Option(Decimal(3), "มีบางส่วน; ไม่ครบ"))),
    Choice((Option(Decimal(3), "หนึ่ง"), Option(Decimal(3), "สอง"))),
    Milestones(((6, rungs(1, 2, 3, 4, 5)), (12, rungs(2, 4, 6, 8, 10)))),
    Deviation(Decimal(100), rungs(20, 15, 10, 5, 0)),
    Deviation(Decimal("12.5"), rungs(20, 15, 10, 5, 0), Side.OVER, ((6, Decimal(5)), (9, Decimal("7.5")))),
    Deviation(Decimal(1), rungs(20, 15, 10, 5, 0), Side.UNDER),
]


@pytest.mark.parametrize("criteria", KINDS, ids=[f"{number} {one.kind}" for number, one in enumerate(KINDS)])
def test_criteria_of_every_kind_go_out_and_come_back(criteria: Criteria) -> None:
    row = replace(SAMPLE[0], levels=(), other_criteria=criteria)

    book = write_workbook(KpiWorkbook((row,)), fiscal_year=2570, every_column=True)

    assert first(book) == row
    assert first(write_csv([row], fiscal_year=2570)) == row


@pytest.mark.parametrize("scores", [("50", "75", "100"), ("60", "70", "80", "90", "100"), ("0.5", "1")])
def test_another_scale_has_columns_of_its_own(scores: tuple[str, ...]) -> None:
    scale = tuple(Decimal(score) for score in scores)
    row = replace(SAMPLE[0], levels=tuple((score, score * 2) for score in scale))

    for content in (
        write_workbook(KpiWorkbook((row,)), fiscal_year=2570, every_column=True, scores=scale),
        write_csv([row], fiscal_year=2570, scores=scale),
    ):
        [read] = read_rows(content)

        assert read.values == row
        assert "ระดับ 1" not in read.letters or "1" in scores
        assert f"ระดับ {scores[0]}" in read.letters


@pytest.mark.parametrize(
    ("kind", "cells", "told_in"),
    [
        ("ช่วงตัวเลข", {"G2": "ต่ำ", "H2": "60-70", "I2": None, "J2": None, "K2": "80 ขึ้นไป"}, {"G"}),
        ("ใช่หรือไม่ใช่", {"G2": "ใช่", "H2": None, "I2": None, "J2": None, "K2": "ใช่"}, {"K"}),
        ("หมุดหมายตามรอบ", {"G2": "สอง"}, {"G", "H", "I", "J", "K"}),
        ("เบี่ยงเบนจากแผน", {}, {"R"}),
        ("ดวงดาว", {}, {"R"}),
        ("ขั้นตอน", {"G2": 1.5, "H2": 2, "I2": 3, "J2": 4, "K2": 5}, {"G"}),
        ("เลือกคำตอบ", {"G2": None, "H2": None, "I2": None, "J2": None, "K2": "คำตอบเดียว"}, {"G"}),
    ],
)
def test_criteria_that_cannot_be_read_are_told_in_their_cells(
    kind: str, cells: dict[str, object], told_in: set[str]
) -> None:
    rows = read_rows(workbook_with(put(R1="วิธีให้คะแนน", R2=kind, **cells)))

    assert {column for row, column in told(rows) if row == 2} == told_in


def test_bands_are_read_as_people_write_them() -> None:
    cells = {"G2": "ไม่เกิน ๖๐", "H2": "60 ถึง 70", "I2": "70-80", "J2": "80 – 90", "K2": "≥ 90"}

    row = first(workbook_with(put(R1="วิธีให้คะแนน", R2="ช่วง", **cells)))

    assert isinstance(row.other_criteria, Bands)
    assert [(band.lowest, band.highest) for band in row.other_criteria.ranges] == [
        (None, 60),
        (60, 70),
        (70, 80),
        (80, 90),
        (90, None),
    ]


def test_every_other_field_goes_out_and_comes_back() -> None:
    full = replace(
        SAMPLE[0],
        weight=None,
        parent="1",
        weight_inside=Decimal("33.33"),
        level="department",
        origin="mandated",
        nature="outcome",
        issue="ประเด็น",
        strategy="บรรทัดหนึ่ง\nบรรทัดสอง",
        definition="- ข้อหนึ่ง\n- ข้อสอง",
        inputs=(NamedInput("a", "จำนวน; ที่สำเร็จ", "คน"), NamedInput("b_1", "จำนวนทั้งหมด")),
        expression="a / b_1 * 100",
        sources=("นโยบายกระทรวง", "ยุทธศาสตร์กรม"),
        supervisor="ผู้อำนวยการ",
        supervisor_phone="+66 2000 0000",
        starts_in=6,
        cancelled_from=12,
        cancelled_because="เลิกโครงการ",
        baseline=((2560, Decimal("1.5")), (2569, Decimal(-3))),
        notes="'=ไม่ใช่สูตร",
    )

    assert first(write_workbook(KpiWorkbook((full,)), fiscal_year=2570, every_column=True)) == full
    assert first(write_csv([full], fiscal_year=2570)) == full


def test_words_and_rounds_that_are_not_known_are_told() -> None:
    rows = read_rows(workbook_with(put(R1="ระดับของตัวชี้วัด", R2="จักรวาล", S1="เริ่มรอบ", S2="13", T1="ข้อมูลตั้งต้น", T2="ก ข")))

    assert {column for row, column in told(rows) if row == 2} == {"R", "S", "T"}


# Formulas


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+SUM(A1)", "-2+3", '=HYPERLINK("http://example.org")', "+1|cmd"])
def test_text_that_begins_like_a_formula_is_told(text: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"] = text
        sheet["B2"].data_type = "s"

    [fault] = read_rows(workbook_with(change))[0].faults

    assert (fault.column, "formula" in fault.sentence) == ("B", True)


@pytest.mark.parametrize("text", ["- เอกสารหลักฐาน", "-เอกสาร", "-5", "+ ข้อดี", "– ข้อหนึ่ง", "a=b"])
def test_lists_and_signs_are_no_formulas(text: str) -> None:
    assert first(workbook_with(put(B2=text))).title == text


def test_a_formula_in_a_text_cell_is_told() -> None:
    [fault] = read_rows(workbook_with(put(B2="=A1")))[0].faults

    assert "paste the value" in fault.sentence


def with_formula(formula: str, saved_value: str) -> bytes:
    cells = [*["1.1", "ชื่อ", "มิติ", "กลุ่ม", "ร้อยละ"], "10", "1", "2", "3", "4", "5"]
    row = row_xml(2, *cells)[: -len(b"</row>")] + f'<c r="L2"><f>{formula}</f>{saved_value}</c></row>'.encode()
    return raw_workbook(sheet_xml([row_xml(1, *HEADINGS), row]))


def test_of_a_formula_in_a_figure_the_saved_value_is_read() -> None:
    assert first(with_formula("K2*16", "<v>80</v>")).target == Decimal(80)


@pytest.mark.parametrize(
    ("formula", "value", "word"),
    [
        ("K2*16", "", "calculated and saved"),
        ("[1]Sheet1!A1", "<v>80</v>", "another file"),
        ("WEBSERVICE(&quot;https://example.org&quot;)", "<v>80</v>", "another file"),
    ],
)
def test_figures_that_are_not_there_or_from_elsewhere_are_told(formula: str, value: str, word: str) -> None:
    [fault] = read_rows(with_formula(formula, value))[0].faults

    assert (fault.column, word in fault.sentence) == ("L", True)


def test_what_could_not_be_calculated_is_told() -> None:
    cells = row_xml(2, *["1.1", "ชื่อ", "มิติ", "กลุ่ม", "ร้อยละ"])[: -len(b"</row>")]
    row = cells + b'<c r="L2" t="e"><v>#REF!</v></c></row>'

    rows = read_rows(raw_workbook(sheet_xml([row_xml(1, *HEADINGS), row])))

    assert any("#REF!" in fault.sentence and fault.column == "L" for fault in rows[0].faults)


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874", "tis-620"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_program_wrote_it(encoding: str, separator: str) -> None:
    text = write_csv(SAMPLE, fiscal_year=2570).decode("utf-8-sig").replace("–", "-")
    if separator != ",":
        text = "\r\n".join(separator.join(line.split(",")) for line in text.splitlines())

    rows = read_rows(text.encode(encoding))

    assert [row.values for row in rows] == list(SAMPLE)
    assert {row.sheet for row in rows} == {"CSV"}


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("รหัส,ตัวชี้วัด".encode("utf-16-le") + b"\x00", "cannot be read"),
        ("schön,très".encode("latin-1"), ""),
        ("日本語,指標".encode("shift-jis"), ""),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "cannot be read"),
        (b"name,age\n", "no table of KPIs"),
        (b"<html><table><tr><td>KPI</td></tr></table></html>", "no table of KPIs"),
        ("รหัส,ตัวชี้วัด\n".encode() + b"\x00" * 20, ""),
    ],
)
def test_letters_that_cannot_be_read_are_refused_in_words(content: bytes, word: str) -> None:
    with pytest.raises(WorkbookFaults) as refused:
        read_rows(content)

    assert word in str(refused.value)
    assert ".xlsx" in str(refused.value)


def test_what_is_written_never_starts_a_formula() -> None:
    sly = ["=1+1", "+1+1", "-1+1", "@A1", "'=1", "- ข้อ", "=cmd|' /C calc'!A0"]
    rows = [replace(SAMPLE[0], code=f"9.{n}", title=text, formula=text) for n, text in enumerate(sly)]

    book = load_workbook(BytesIO(write_workbook(KpiWorkbook(tuple(rows)), fiscal_year=2570, every_column=True)))
    table = write_csv(rows, fiscal_year=2570).decode("utf-8-sig")

    cells = [cell for sheet in book for line in sheet for cell in line if cell.value is not None]
    assert all(cell.data_type != "f" and str(cell.value)[0] not in "=+@" for cell in cells if cell.data_type == "s")
    assert not any(
        part.lstrip('"')[:1] in ("=", "+", "-", "@") for line in table.splitlines() for part in line.split(",")
    )


def test_the_form_offers_lists_and_explains_itself() -> None:
    content = write_workbook(
        KpiWorkbook(()), fiscal_year=2570, every_column=True, groups=["กลุ่มที่ 1"], dimensions=["ประสิทธิผล"]
    )

    book = load_workbook(BytesIO(content))

    assert book.sheetnames == [KPI_SHEET, "ผลการดำเนินงาน", "คำอธิบาย", "รายการ"]
    sources = {one.formula1 for one in book[KPI_SHEET].data_validations.dataValidation}
    assert "'รายการ'!$A$2:$A$2" in sources
    assert any("ระดับตัวเลข" in source for source in sources)


def test_five_thousand_rows_are_read_each_with_its_number() -> None:
    rows = read_rows(write_workbook(KpiWorkbook(many(5000)), fiscal_year=2570))

    assert [row.values for row in rows] == list(many(5000))
