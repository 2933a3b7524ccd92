"""Writing KPIs as a workbook or a CSV file that officers can fill in, and that reads back the same.

What is written never starts a formula: see ``cells.guarded``.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from raprong.lib.workbooks import choices, columns
from raprong.lib.workbooks.cells import guarded
from raprong.lib.workbooks.limits import MOST_ROWS
from raprong.lib.workbooks.row_cells import cells_by_heading, headings, scores_of, used_headings
from raprong.lib.workbooks.shape import KPI_SHEET, MONTHS, RESULT_SHEET, KpiRow, KpiWorkbook

HELP_SHEET, LIST_SHEET = "คำอธิบาย", "รายการ"

_FONT_NAME = "TH Sarabun New"
_HEADING_FONT = Font(name=_FONT_NAME, size=14, bold=True, color="FFFFFF")
_FONT = Font(name=_FONT_NAME, size=14)
_HEADING_FILL = PatternFill("solid", start_color="1B4F72")
_OPTIONAL_FILL = PatternFill("solid", start_color="5B7083")
_HEADING_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TEXT_ALIGNMENT = Alignment(vertical="top", wrap_text=True)
_WIDTHS = {
    columns.TITLE: 46,
    columns.GROUP: 24,
    columns.FORMULA: 40,
    columns.DATA_SOURCE: 28,
    columns.FIGURE_SOURCE: 40,
}
_LONG_WIDTH = 40
_PAST_YEARS = 3
_LONG = {column.heading for column in columns.OPTIONAL_TEXTS if column.long} | {columns.ROUND_CRITERIA, columns.STEPS}
_CHOICES = {column.heading: column.choices for column in columns.OPTIONAL_TEXTS if column.choices} | {
    columns.KIND: choices.KINDS
}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HELP = (
    "หนึ่งแถวต่อหนึ่งตัวชี้วัด หัวคอลัมน์สีเข้มต้องมีทุกคอลัมน์ หัวคอลัมน์สีอ่อนเว้นว่างหรือลบทั้งคอลัมน์ได้",
    "คอลัมน์ที่ลบออกจะไม่เปลี่ยนข้อมูลเดิม ส่วนเซลล์ที่เว้นว่างจะล้างข้อมูลเดิม",
    "แถวที่มีรหัสของปีนี้อยู่แล้วจะแก้ไขตัวชี้วัดเดิม แถวที่มีรหัสใหม่จะเสนอตัวชี้วัดใหม่",
    "ระดับ 1 ถึง 5 กรอกตามวิธีให้คะแนน: ระดับตัวเลขและขั้นตอนกรอกตัวเลข ช่วงตัวเลขกรอกเช่น 60–69.99 หรือ ไม่เกิน 60 หรือ 90 ขึ้นไป",
    "ใช่หรือไม่ใช่ กรอก ใช่ ในระดับที่ได้เมื่อใช่ และ ไม่ใช่ ในระดับที่ได้เมื่อไม่ใช่ · เลือกคำตอบ กรอกเช่น 1) ทำบางส่วน",
    "หมุดหมายตามรอบ กรอกเช่น 6: 2; 12: 4 คือรอบ 6 เดือนสองหมุดหมาย รอบ 12 เดือนสี่หมุดหมาย",
    "เบี่ยงเบนจากแผน กรอกร้อยละที่เบี่ยงเบนและค่าตามแผน",
    "ตัวชี้วัดหลักที่ได้คะแนนจากตัวชี้วัดย่อย ให้กรอกแต่ละระดับเท่ากับคะแนนของระดับนั้น เช่น 1 2 3 4 5",
    "เลขไทย พ.ศ. เซลล์ที่ผสาน และช่องว่างเกินอ่านได้ ข้อความห้ามขึ้นต้นด้วย = + - @ เหมือนสูตร",
)


def write_workbook(
    workbook: KpiWorkbook,
    *,
    fiscal_year: int,
    every_column: bool = False,
    groups: Sequence[str] = (),
    dimensions: Sequence[str] = (),
    scores: Sequence[Decimal] = columns.SCORES,
) -> bytes:
    """Write a workbook for a fiscal year (พ.ศ.), with columns for the results of the three years before it.

    A workbook without KPIs is the empty form. ``every_column`` writes also the columns in which nothing stands, lists
    to choose from (the ``groups`` and ``dimensions`` of the year among them), and a sheet that explains the columns.
    ``scores`` are those of the scale; each has a column.
    """
    book = Workbook(write_only=True)
    years = _years_of(workbook.kpis, fiscal_year)
    optional = columns.OPTIONAL if every_column else used_headings(workbook.kpis)
    lists = {columns.GROUP: groups, columns.DIMENSION: dimensions} if every_column else {}
    _write_kpis(book, workbook.kpis, headings(years, optional, scores_of(workbook.kpis, scores)), lists)
    month_rows = [[row.code, *(figure for _, figure in row.figures)] for row in workbook.months]
    _write(book, RESULT_SHEET, [columns.CODE, *(heading for _, heading in MONTHS)], month_rows, freeze="B2")
    if every_column:
        _write_help(book)
        _write_lists(book, lists)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def write_csv(kpis: Sequence[KpiRow], *, fiscal_year: int, scores: Sequence[Decimal] = columns.SCORES) -> bytes:
    """Write KPIs as a CSV file with every column, in UTF-8 with its mark: spreadsheet programs need it for Thai."""
    written = StringIO(newline="")
    table = csv.writer(written)
    row_headings = headings(_years_of(kpis, fiscal_year), scores=scores_of(kpis, scores))
    table.writerow(row_headings)
    for kpi in kpis:
        cells = cells_by_heading(kpi)
        table.writerow([_writable(cells.get(heading)) for heading in row_headings])
    return written.getvalue().encode("utf-8-sig")


def _years_of(kpis: Sequence[KpiRow], fiscal_year: int) -> list[int]:
    """The three years before, and any earlier one of which a KPI has a result."""
    past = {year for kpi in kpis for year, _figure in kpi.baseline}
    return sorted(past | set(range(fiscal_year - _PAST_YEARS, fiscal_year)))


def _write_kpis(
    book: Workbook, kpis: Sequence[KpiRow], row_headings: Sequence[str], lists: dict[str, Sequence[str]]
) -> None:
    rows = ([cells.get(heading) for heading in row_headings] for cells in map(cells_by_heading, kpis))
    validations = [
        *((heading, f'"{",".join(choice.word for choice in words)}"') for heading, words in _CHOICES.items()),
        *(
            (heading, f"'{LIST_SHEET}'!${letter}$2:${letter}${len(names) + 1}")
            for letter, (heading, names) in zip("AB", lists.items(), strict=False)
            if names
        ),
    ]
    chosen = [(heading, source) for heading, source in validations if lists and heading in row_headings]
    _write(book, KPI_SHEET, row_headings, rows, freeze="C2", chosen=chosen)


def _write(
    book: Workbook,
    title: str,
    row_headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    freeze: str,
    chosen: Sequence[tuple[str, str]] = (),
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = freeze
    for number, heading in enumerate(row_headings, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS.get(heading, _LONG_WIDTH if heading in _LONG else 13)
    for heading, source in chosen:
        _offer(sheet, get_column_letter(row_headings.index(heading) + 1), source)
    sheet.append([_heading_cell(sheet, heading) for heading in row_headings])
    text_columns = {number for number, heading in enumerate(row_headings) if heading in _TEXT_HEADINGS}
    for row in rows:
        sheet.append(
            [None if cell is None else _cell(sheet, cell, number in text_columns) for number, cell in enumerate(row)]
        )


_TEXT_HEADINGS = {column.heading for column in (*columns.NEEDED_TEXTS, *columns.OPTIONAL_TEXTS)} | _LONG


def _heading_cell(sheet: Any, heading: str) -> Any:
    cell = WriteOnlyCell(sheet, heading)
    cell.font, cell.alignment = _HEADING_FONT, _HEADING_ALIGNMENT
    cell.fill = _OPTIONAL_FILL if heading in columns.OPTIONAL else _HEADING_FILL
    return cell


def _cell(sheet: Any, value: Any, text: bool) -> Any:
    cell = WriteOnlyCell(sheet, _writable(value))
    cell.font = _FONT
    if isinstance(value, str):
        cell.data_type = "s"
        if text:
            cell.number_format = "@"
        if "\n" in value or len(value) > _LONG_WIDTH:
            cell.alignment = _TEXT_ALIGNMENT
    return cell


def _writable(value: Any) -> Any:
    return _UNWRITABLE.sub("", value) if isinstance(value, str) else value


def _offer(sheet: Any, letter: str, source: str) -> None:
    """A list to choose from in every cell of a column. What is not in it can be typed, and is told on reading."""
    validation = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    validation.add(f"{letter}2:{letter}{MOST_ROWS}")
    sheet.data_validations.append(validation)


def _write_help(book: Workbook) -> None:
    explained = {column.heading: column.help for column in (*columns.NEEDED_TEXTS, *columns.OPTIONAL_TEXTS)}
    explained |= dict(columns.OTHER_COLUMNS.values())
    explained |= {columns.WEIGHT: "ร้อยละ รวมทุกตัวชี้วัดที่คัดเลือกเท่ากับ 100", columns.TARGET: "ผลที่ตั้งใจให้ถึง"}
    rows = [[line] for line in _HELP]
    rows += [[], ["คอลัมน์", "ต้องมี", "คำอธิบาย", "เลือกจาก"]]
    for heading in headings((), columns.OPTIONAL):
        words = " / ".join(choice.word for choice in _CHOICES.get(heading, ()))
        needed = "ต้องมี" if heading in columns.REQUIRED else ""
        rows.append([heading, needed, explained.get(heading, ""), words])
    sheet = book.create_sheet(HELP_SHEET)
    for letter, width in (("A", 32), ("B", 10), ("C", 70), ("D", 70)):
        sheet.column_dimensions[letter].width = width
    for row in rows:
        sheet.append([_cell(sheet, text, text=False) for text in row])


def _write_lists(book: Workbook, lists: dict[str, Sequence[str]]) -> None:
    sheet = book.create_sheet(LIST_SHEET)
    sheet.append(list(lists))
    longest = max((len(names) for names in lists.values()), default=0)
    for number in range(longest):
        sheet.append([_listed(names, number) for names in lists.values()])


def _listed(names: Sequence[str], number: int) -> str | None:
    return guarded(names[number]) if number < len(names) else None
