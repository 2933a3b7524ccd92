"""A workbook or a CSV file given back as it came, with a column that says what is wrong in each row."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from raprong.lib.workbooks.archive import open_archive
from raprong.lib.workbooks.cells import guarded, text_of
from raprong.lib.workbooks.columns import FOUND
from raprong.lib.workbooks.csv_table import CSV_SHEET, rows_of_csv
from raprong.lib.workbooks.reader import sheet_of_kpis
from raprong.lib.workbooks.sheets import Sheet, plain_heading

MOST_ELEMENTS_TO_MARK = 500_000  # in all its sheets: the whole workbook is held in memory while it is marked

_FAULTY = PatternFill("solid", start_color="FAD4CC")
_FOUND_FONT = Font(bold=True, color="A8321F")
_FOUND_ALIGNMENT = Alignment(vertical="top", wrap_text=True)
_FOUND_WIDTH = 70


@dataclass(frozen=True)
class Mark:
    """What is wrong in a row: pairs of the column's letter (perhaps none) and the sentence in the reader's language."""

    faults: Sequence[tuple[str, str]]

    @property
    def text(self) -> str:
        return "\n".join(f"{letter}: {said}" if letter else said for letter, said in self.faults)


class CannotBeMarked(ValueError):
    """A workbook that would take too much memory to be written again, or that the writing program cannot open."""


def marked(content: bytes, marks: Mapping[int, Mark]) -> bytes:
    """The file as it came with a column ``ตรวจแล้วพบ`` beside the KPIs, by the number of the row.

    In a workbook the faulty cells are coloured too; its formulas are left out, their values stand in their places, and
    links to other files are cut: nothing is calculated by whoever opens it. A CSV file comes back in UTF-8 with commas.
    Refused with :class:`CannotBeMarked` is a workbook of more than ``MOST_ELEMENTS_TO_MARK``, and one that cannot be
    written again.
    """
    sheet = sheet_of_kpis(content)
    assert sheet is not None, "a file whose rows were looked at has a sheet of KPIs"
    if sheet.name == CSV_SHEET and not content.startswith(b"PK"):
        return _marked_csv(content, sheet, marks)
    with open_archive(content) as archive:
        if archive.count_marks() > 2 * MOST_ELEMENTS_TO_MARK:
            raise CannotBeMarked
    try:
        book = load_workbook(BytesIO(content), data_only=True, keep_links=False)
        _mark_sheet(book[sheet.name], sheet, marks)
        written = BytesIO()
        book.save(written)
    except Exception:  # a part that nobody asked for is damaged: it surfaces as almost any exception
        raise CannotBeMarked from None
    return written.getvalue()


def _mark_sheet(page: Worksheet, sheet: Sheet, marks: Mapping[int, Mark]) -> None:
    column = _column_of_marks(sheet)
    letter = get_column_letter(column)
    page.column_dimensions[letter].width = _FOUND_WIDTH
    heading = page.cell(sheet.heading_row, column, FOUND)
    heading.font = _FOUND_FONT
    for row in sheet.rows():
        _put(page, row.number, column, marks.get(row.number))
    for number, mark in marks.items():
        for faulty in {found for found, _said in mark.faults if found}:
            page[f"{faulty}{number}"].fill = _FAULTY


def _put(page: Worksheet, row: int, column: int, mark: Mark | None) -> None:
    """The sentences of a row; what an earlier marking said there is taken away."""
    cell = page.cell(row, column)
    if type(cell).__name__ == "MergedCell":
        return
    cell.value = guarded(mark.text) if mark else None
    cell.alignment = _FOUND_ALIGNMENT


def _column_of_marks(sheet: Sheet) -> int:
    """The column that an earlier marking left, else the first one after all headings."""
    found = next((column for column in sheet.columns if plain_heading(column.heading) == plain_heading(FOUND)), None)
    return (found.index if found else max(column.index for column in sheet.columns) + 1) + 1


def _marked_csv(content: bytes, sheet: Sheet, marks: Mapping[int, Mark]) -> bytes:
    column = _column_of_marks(sheet) - 1
    written = StringIO(newline="")
    table = csv.writer(written)
    for number, cells in rows_of_csv(content):
        said = FOUND if number == sheet.heading_row else marks[number].text if number in marks else ""
        kept = [guarded(text_of(cell)) for cell in cells][:column]
        table.writerow([*kept, *[""] * (column - len(kept)), guarded(said)])
    return written.getvalue().encode("utf-8-sig")
