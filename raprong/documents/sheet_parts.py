"""What the tables of several papers share as workbooks."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from raprong.documents.labels import labels
from raprong.documents.parts import FIVE, Levels
from raprong.lib.rendering.xlsx import SheetColumn, SheetRow, Value
from raprong.lib.thai.dates import long_date

CODE, NAME, UNIT, FIGURE, TEXT = 6, 34, 10, 10, 20  # letters


def one_line(heading: str) -> str:
    """A heading that a page breaks, in one line."""
    return heading.replace("\n", " ").strip()


def in_agency(paper: Any) -> str:
    """The unit, with the agency it is of."""
    return " ".join(dict.fromkeys((paper.unit, paper.agency)))


def between(paper: Any) -> str:
    """From which day to which, and that the scores may still change, where they may."""
    words = labels()["round_report"]
    days = [long_date(day, thai_digits=False) for day in (paper.starts_on, paper.ends_on)]
    said = f"{words['from']} {days[0]} {words['until']} {days[1]}"
    return f"{said} {words['provisional']}" if paper.provisional else said


def figure(value: Decimal | None) -> str:
    """A figure within a line of words; a dash while there is none."""
    return "–" if value is None else format(value, "f")


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
