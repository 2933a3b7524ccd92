"""The layout of an export: which sheets and columns the workbook has and how files are named. Data of an agency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from raprong.lib.definition_file import read_definition
from raprong.lib.rendering.xlsx import Value

MONTHS = tuple(f"month_{number}" for number in range(1, 13))  # counted from October
LEVELS = tuple(f"level_{number}" for number in range(1, 6))
KPI_VALUES = {
    "number",
    "code",
    "title",
    "dimension",
    "group",
    "measure",
    "weight",
    "target",
    "result",
    "status",
    "score",
    "weighted",
    "narrative",
    "factors",
    "obstacles",
    "suggestions",
    "no_figure_because",
    "evidence",
    *LEVELS,
    *MONTHS,
}
EVIDENCE_VALUES = {"number", "kpi", "kpi_title", "title", "type", "file", "added_on", "collector", "sha256", "path"}
VALUES = {"kpis": KPI_VALUES, "evidence": EVIDENCE_VALUES}
PLACES = {"agency", "unit", "fiscal_year", "round", "receipt", "total"}  # in texts above a table and in names of files
FILE_PLACES = {"number", "name"}

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class LayoutColumn:
    """A column: its heading, and what stands in each of its cells: a value of the row, or the same text in all.

    `counts` says that figures in it are numbers to the spreadsheet.
    """

    heading: str
    value: str = ""
    constant: str = ""
    width: Annotated[float, Field(ge=2, le=120)] = 12
    counts: bool = False

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class LayoutSheet:
    """A sheet: a row for each KPI of the report, or for each piece of evidence."""

    title: Annotated[str, Field(min_length=1, max_length=31)]
    of: Literal["kpis", "evidence"]
    columns: Annotated[tuple[LayoutColumn, ...], Field(min_length=1)]
    above: tuple[str, ...] = ()

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class ExportLayout:
    """How the package of a department's system looks. Without any SOP it is for all that no other layout names."""

    code: str
    title_th: str
    title_en: str
    workbook: str
    evidence_file: str
    sheets: Annotated[tuple[LayoutSheet, ...], Field(min_length=1)]
    sops: tuple[str, ...] = ()
    source: str = ""
    notes: str = ""

    __pydantic_config__ = _STRICT


def read_layout(path: Path) -> ExportLayout:
    """Read a layout; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    return read_definition(path, ExportLayout, [_columns_say_what_is_known, _places_are_known])


def filled(pattern: str, places: dict[str, str]) -> str:
    """A text of a layout with its places filled in."""
    return pattern.format_map(places)


def cells_of(sheet: LayoutSheet, row: dict[str, Value]) -> list[Value]:
    """The cells of one row in the order of the sheet's columns."""
    return [column.constant or row.get(column.value) for column in sheet.columns]


def _columns_say_what_is_known(data: Any) -> Iterator[tuple[Sequence[int | str], str]]:
    for number, sheet in enumerate(_rows(data, "sheets")):
        known = VALUES.get(str(sheet.get("of")))
        for place, column in enumerate(_rows(sheet, "columns")):
            where = ("sheets", number, "columns", place)
            value, constant = str(column.get("value") or ""), str(column.get("constant") or "")
            if bool(value) == bool(constant):
                yield where, "Give the column either a value or a constant, and not both."
            elif value and known is not None and value not in known:
                yield (*where, "value"), f"There is no value {value} here. Use one of: {', '.join(sorted(known))}."


def _places_are_known(data: Any) -> Iterator[tuple[Sequence[int | str], str]]:
    if not isinstance(data, dict):
        return
    for number, sheet in enumerate(_rows(data, "sheets")):
        lines = sheet.get("above")
        for place, line in enumerate(lines if isinstance(lines, list) else ()):
            yield from _unknown_places(("sheets", number, "above", place), line, PLACES)
    yield from _unknown_places(("workbook",), data.get("workbook"), PLACES)
    yield from _unknown_places(("evidence_file",), data.get("evidence_file"), FILE_PLACES)


def _unknown_places(
    where: Sequence[int | str], text: object, known: set[str]
) -> Iterator[tuple[Sequence[int | str], str]]:
    if not isinstance(text, str):
        return
    try:
        named = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        yield where, "Close every brace, and write {{ or }} for one that is meant as a letter."
        return
    for name in sorted(named - known):
        yield where, f"There is no place {{{name}}} here. Use: {', '.join(f'{{{each}}}' for each in sorted(known))}."


def _rows(data: Any, key: str) -> list[dict[str, Any]]:
    rows = data.get(key) if isinstance(data, dict) else None
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []
