"""A sheet with its row of headings found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from raprong.lib.workbooks.cells import matching, text_of

MOST_ROWS = 1000
MOST_COLUMNS = 80
_ROWS_BEFORE_HEADINGS = 15
_IN_BRACKETS = re.compile(r"[(（].*?[)）]")
_SUM_WORDS = {"รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "ผลรวม", "total"}


@dataclass(frozen=True)
class Cell:
    """A value and how the sheet shows it."""

    value: Any
    percent: bool = False


EMPTY = Cell(None)


@dataclass(frozen=True)
class Column:
    """A column by its letter and the heading it has in this sheet."""

    letter: str
    heading: str
    index: int


@dataclass(frozen=True)
class Row:
    """One row of the sheet beneath the headings."""

    number: int
    cells: Sequence[Cell]

    def at(self, column: Column | None) -> Cell:
        return self.cells[column.index] if column and column.index < len(self.cells) else EMPTY


class Sheet:
    """A sheet of a workbook, its headings, and the rows beneath them that say something."""

    def __init__(self, name: str, rows: Iterable[Any], *, marks: Iterable[str]) -> None:
        self.name = name
        held = [[_cell(cell) for cell in row] for row in rows]
        self.too_long = len(held) > MOST_ROWS
        self.heading_row = _find_headings(held, {matching(mark) for mark in marks})
        headings = held[self.heading_row - 1] if held else []
        self.columns = [
            Column(get_column_letter(number), text_of(cell.value), number - 1)
            for number, cell in enumerate(headings, start=1)
            if text_of(cell.value)
        ]
        self._rows = held[self.heading_row : MOST_ROWS]

    def column(self, heading: str) -> Column | None:
        """The column under a heading; brackets after it, spaces and Thai digits do not matter."""
        return next(
            (column for column in self.columns if plain_heading(column.heading) == plain_heading(heading)), None
        )

    def rows(self) -> Iterator[Row]:
        """The rows that say something; a row of sums at the foot says nothing new."""
        for number, cells in enumerate(self._rows, start=self.heading_row + 1):
            texts = {matching(str(cell.value)) for cell in cells if cell.value is not None} - {""}
            if texts and not texts & _SUM_WORDS:
                yield Row(number, cells)


def plain_heading(heading: str) -> str:
    return matching(_IN_BRACKETS.sub("", heading)).removesuffix(":")


def _find_headings(rows: Sequence[Sequence[Cell]], marks: set[str]) -> int:
    """The number of the row that holds most of the headings looked for; titles may stand above it."""
    found = [len(marks & {plain_heading(text_of(cell.value)) for cell in row}) for row in rows[:_ROWS_BEFORE_HEADINGS]]
    return found.index(max(found)) + 1 if found else 1


def _cell(cell: Any) -> Cell:
    return Cell(cell.value, "%" in (getattr(cell, "number_format", "") or "")) if cell.value is not None else EMPTY
