"""What the tables of several papers share as workbooks."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from raprong.documents.parts import FIVE, Levels
from raprong.lib.rendering.xlsx import SheetColumn, SheetRow, Value

CODE, NAME, UNIT, FIGURE, TEXT = 8, 46, 14, 12, 30  # letters


def one_line(heading: str) -> str:
    """A heading that a page breaks, in one line."""
    return heading.replace("\n", " ").strip()


def level_columns(levels: Levels, over: str) -> list[SheetColumn]:
    """A column for each level of a scale, under the words that stand over them all."""
    return [SheetColumn(f"{over} {name}", FIGURE, counts=True) for name in levels.scores or FIVE]


def level_values(levels: Levels) -> list[Value]:
    texts = (levels.one, levels.two, levels.three, levels.four, levels.five, *levels.more)
    return [text or None for text in texts[: len(levels.scores) or 5]]


def weight_value(weight: Decimal, *, inside: bool) -> Value:
    """A weight that counts in the total; that of a part stands in brackets, so that nobody adds it up."""
    return f"({weight})" if inside else weight


def in_dimensions(rows: Iterable[Any], values: Callable[[Any], list[Value]], columns: int) -> Iterator[SheetRow]:
    """The rows in the order they come, each dimension headed by its name where it has one."""
    last = ""
    for row in rows:
        if row.dimension and row.dimension != last:
            yield SheetRow([None, row.dimension, *[None] * (columns - 2)], part=True)
        last = row.dimension
        yield SheetRow(values(row))
