"""Tables for a terminal, in which Thai marks above and below a letter take no room of their own."""

import unicodedata
from collections.abc import Iterator, Sequence

NO_ROOM = {"Mn", "Me", "Cf"}
TWO_CELLS = {"W", "F"}


def width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    shown = (letter for letter in text if unicodedata.category(letter) not in NO_ROOM)
    return sum(2 if unicodedata.east_asian_width(letter) in TWO_CELLS else 1 for letter in shown)


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Lines with columns under each other; the columns in `right` end together, as numbers do."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [_filled(cell, widths[place], place in right) for place, cell in enumerate(row)]
        yield "  ".join(cells).rstrip()


def _filled(cell: str, room: int, to_the_right: bool) -> str:
    space = " " * (room - width(cell))
    return space + cell if to_the_right else cell + space
