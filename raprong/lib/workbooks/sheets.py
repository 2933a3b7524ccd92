"""A sheet with its row of headings found."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from raprong.lib.workbooks.cells import Value, matching, text_of
from raprong.lib.workbooks.columns import ALSO
from raprong.lib.workbooks.xlsx import Rows

_ROWS_BEFORE_HEADINGS = 15
_IN_BRACKETS = re.compile(r"[(（].*?[)）]")
_SUM_WORDS = {"รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "ผลรวม", "total"}
_CELLS_OF_A_TITLE = 3


@dataclass(frozen=True)
class Column:
    """A column by its letter and the heading it has in this sheet."""

    letter: str
    heading: str
    index: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet beneath the headings."""

    number: int
    cells: Sequence[Value]

    def at(self, column: Column | None) -> Value:
        return self.cells[column.index] if column and column.index < len(self.cells) else None


class Sheet:
    """A sheet of a workbook, its headings, and the rows beneath them that say something.

    ``marks`` are the headings that tell which row holds them; titles may stand above it.
    """

    def __init__(self, name: str, rows: Rows, *, marks: Collection[str]) -> None:
        self.name = name
        place = _find_headings(rows, {plain_heading(mark) for mark in marks})
        self.heading_row, headings = rows[place] if rows else (1, [])
        self.columns = [
            Column(get_column_letter(number), heading, number - 1)
            for number, cell in enumerate(headings, start=1)
            if (heading := text_of(cell))
        ]
        self._by_heading: dict[str, Column] = {}
        for column in self.columns:
            self._by_heading.setdefault(plain_heading(column.heading), column)
        self._rows = rows[place + 1 :]

    def column(self, heading: str) -> Column | None:
        """The column under a heading or another word for it; brackets after it, spaces and digits do not matter."""
        names = (heading, *ALSO.get(heading, ()))
        return next((found for name in names if (found := self._by_heading.get(plain_heading(name)))), None)

    def rows(self) -> Iterator[Row]:
        """The rows that say something; a row of sums and a title across the sheet say nothing new."""
        for number, cells in self._rows:
            said = [cell for cell in cells if cell is not None and cell != ""]
            if said and not _is_title(said) and not _is_sum(said) and any(map(text_of, said)):
                yield Row(number, cells)


def plain_heading(heading: str) -> str:
    return matching(_IN_BRACKETS.sub("", heading)).removesuffix(":")


def _is_title(said: Sequence[Value]) -> bool:
    return len(said) >= _CELLS_OF_A_TITLE and isinstance(said[0], str) and all(cell == said[0] for cell in said)


def _is_sum(said: Sequence[Value]) -> bool:
    return any(isinstance(cell, str) and len(cell) < 40 and matching(cell) in _SUM_WORDS for cell in said[:3])


def _find_headings(rows: Rows, marks: set[str]) -> int:
    """Where the row stands that holds most of the headings looked for."""
    found = [
        len(marks & {plain_heading(text_of(cell)) for cell in cells if cell is not None})
        for _number, cells in rows[:_ROWS_BEFORE_HEADINGS]
    ]
    return found.index(max(found)) if found else 0
