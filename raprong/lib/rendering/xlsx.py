"""Tables as workbooks for spreadsheet programs: numbers that can be reckoned with, texts that never become formulas."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from raprong.lib.thai.dates import BANGKOK

Value = str | int | Decimal | date | datetime | None

FONT: Final = "TH Sarabun New"
BODY, TITLE, LINE = 14, 18, 20  # points
HEAD_SHADE, PART_SHADE = "EBEBEB", "F8F8F8"
NARROWEST, ROOM_BESIDE = 8, 2  # letters: a column of figures, and what stays free beside the longest of them
SIDE_MARGIN, HEAD_MARGIN, FOOT_MARGIN = 0.4, 0.6, 0.7  # inches, so that letters stay large when a page is filled
LONGEST_TITLE = 31  # letters, in any spreadsheet program
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")  # marked as text, so that going over the cell runs nothing either
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
MOST_DIGITS = 15  # a spreadsheet keeps no more of a number
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
DAY_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"

_RULE = Side(style="thin", color="808080")
_RULES = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)


@dataclass(frozen=True)
class SheetColumn:
    """A column: its heading, its width in letters, and whether figures in it count as numbers.

    Where it holds nothing but numbers it is as wide as they are: what a sheet does not need for figures, its letters
    have in print. A column of codes holds texts even where they look like numbers: 1.10 is not 1.1.
    """

    heading: str
    width: float = 12
    counts: bool = False


@dataclass(frozen=True)
class SheetRow:
    """A row of values. A `part` heads those after it; a `total` closes them."""

    values: Sequence[Value]
    part: bool = False
    total: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table with lines above it (what it is, of whom, of when) and remarks beneath it."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[SheetRow]
    above: Sequence[str] = ()
    beneath: Sequence[str] = field(default=())


def write_sheets(sheets: Sequence[Sheet], *, title: str, author: str) -> bytes:
    """A workbook of these tables, each ready to print: A4 across, headings on every page."""
    book = Workbook()
    del book[book.sheetnames[0]]
    book.properties.title, book.properties.creator = title, author
    for sheet in sheets:
        _write(book.create_sheet(_named(sheet.title)), sheet)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _named(title: str) -> str:
    """A title as a sheet's name, which neither begins nor ends with an apostrophe."""
    return NOT_IN_TITLES.sub(" ", title).strip(" '")[:LONGEST_TITLE].rstrip(" '")


def as_number(value: Value) -> Value:
    """A figure as a number where a spreadsheet keeps all its digits; anything else as it is."""
    if isinstance(value, str) and NUMBER.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > MOST_DIGITS:
        return format(value, "f")
    return value


def _fitted(table: Sheet) -> list[SheetColumn]:
    """The columns with their widths, those of numbers as wide as the longest."""
    return [
        replace(column, width=_width_of(column, [row.values[at] for row in table.rows])) if column.counts else column
        for at, column in enumerate(table.columns)
    ]


def _width_of(column: SheetColumn, values: Sequence[Value]) -> float:
    held = [as_number(value) for value in values if value is not None]
    longest = max((len(str(value)) for value in held if isinstance(value, int | Decimal)), default=0) + ROOM_BESIDE
    worded = any(isinstance(value, str) for value in held)
    return max(NARROWEST, longest, column.width if worded else 0)


def _write(sheet: Any, table: Sheet) -> None:
    columns = _fitted(table)
    for number, line in enumerate(table.above, start=1):
        _put(sheet.cell(number, 1), line).font = Font(name=FONT, size=TITLE if number == 1 else BODY, bold=True)
    head = len(table.above) + 1
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        _head(sheet.cell(head, number), column.heading)
    sheet.row_dimensions[head].height = _height(columns, [column.heading for column in columns])
    for number, row in enumerate(table.rows, start=head + 1):
        _row(sheet, number, row, columns)
    for number, line in enumerate(table.beneath, start=head + len(table.rows) + 2):
        _put(sheet.cell(number, 1), line).font = Font(name=FONT, size=BODY)
    _set_up(sheet, head, len(columns))


def _row(sheet: Any, number: int, row: SheetRow, columns: Sequence[SheetColumn]) -> None:
    for at, (column, value) in enumerate(zip(columns, row.values, strict=True), start=1):
        cell = _put(sheet.cell(number, at), as_number(value) if column.counts else value)
        cell.font = Font(name=FONT, size=BODY, bold=row.part or row.total)
        cell.border = _RULES
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if row.part or row.total:
            cell.fill = PatternFill("solid", start_color=PART_SHADE)
    sheet.row_dimensions[number].height = _height(columns, row.values)


def _height(columns: Sequence[SheetColumn], values: Sequence[Value]) -> float:
    """Room for the longest cell of a row, in points; not every program finds it out by itself."""
    lines = (
        _lines(str(value), column.width) for column, value in zip(columns, values, strict=True) if value is not None
    )
    return LINE * max(lines, default=1)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, marks over and under letters taking no room."""
    lengths = (sum(unicodedata.category(letter) != "Mn" for letter in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(length / (width - 1))) for length in lengths)


def _head(cell: Any, heading: str) -> None:
    _put(cell, heading)
    cell.font, cell.border = Font(name=FONT, size=BODY, bold=True), _RULES
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.fill = PatternFill("solid", start_color=HEAD_SHADE)


def _put(cell: Any, value: Value) -> Any:
    """A value in a cell. A text stays a text, whatever it begins with."""
    match value:
        case str():
            cell.value = UNWRITABLE.sub("", value)
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA_BEGINNINGS)
        case datetime():
            cell.value = value.astimezone(BANGKOK).replace(tzinfo=None)
            cell.number_format = MOMENT_FORMAT
        case date():
            cell.value, cell.number_format = value, DAY_FORMAT
        case Decimal():
            cell.value, cell.number_format = value, _places(value)
        case _:
            cell.value = value
    return cell


def _places(value: Decimal) -> str:
    """The format that shows as many places as the figure came with."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"0.{'0' * places}" if places else "0"


def _set_up(sheet: Any, head: int, columns: int) -> None:
    sheet.freeze_panes = sheet.cell(head + 1, min(3, columns))
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = SIDE_MARGIN, SIDE_MARGIN, HEAD_MARGIN, FOOT_MARGIN
    sheet.oddFooter.center.text = "-&P-"
