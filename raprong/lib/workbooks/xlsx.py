"""Reading the cells of an xlsx workbook in one pass, within fixed bounds.

Nothing is calculated and nothing outside the file is asked: of a formula the saved value is read, and that it was one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from posixpath import dirname, join, normpath
from typing import Any
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from raprong.lib.workbooks import sentences
from raprong.lib.workbooks.archive import Archive
from raprong.lib.workbooks.cells import Broken, Computed, Value, exactly
from raprong.lib.workbooks.faults import WorkbookFaults, whole_file
from raprong.lib.workbooks.limits import (
    MOST_COLUMNS,
    MOST_LETTERS_IN_CELL,
    MOST_MERGES,
    MOST_ROWS,
    MOST_TEXTS,
    TooManyRows,
)

Rows = list[tuple[int, list[Value]]]  # the number of a row and its cells; rows that say nothing are left out

_WORKBOOK = "xl/workbook.xml"
_PERCENT_FORMATS = {9, 10, 67, 68}
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)}
_PLACES = re.compile(r"[#,]*0(?:\.(0+))")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_ELSEWHERE = re.compile(r"\[\d+\]|https?:|\|", re.IGNORECASE)  # another workbook, an address, another program
_FROM_1900, _FROM_1904 = datetime(1899, 12, 30, tzinfo=UTC), datetime(1904, 1, 1, tzinfo=UTC)
_ESCAPED_RETURN = "_x000D_"


class _LocalNames(dict[str, str]):
    """Names of elements without the prefix that some programs write."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


@dataclass(frozen=True)
class Format:
    """How a number is shown, as far as it tells what the number is."""

    percent: bool = False
    moment: bool = False
    places: int = 0


class XlsxBook:
    """An opened workbook: the names of its sheets, and their cells on asking."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        workbook = self._workbook_part()
        self._parts, self._from_1904 = self._sheets_of(workbook)
        self._strings = self._read_strings(workbook)
        self._formats = self._read_formats(workbook)

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def rows(self, name: str) -> Rows:
        """The cells of a sheet, merged ranges filled with their value. Too many rows raise :class:`TooManyRows`."""
        reading = _SheetReading(self._strings, self._formats, _FROM_1904 if self._from_1904 else _FROM_1900)
        self._parse(self._parts[name], reading.start, reading.end, reading.text)
        return _filled(reading.rows, reading.merges)

    def _workbook_part(self) -> str:
        for kind, target, _id in self._relations(""):
            if kind.endswith("/officeDocument"):
                return target
        return _WORKBOOK

    def _sheets_of(self, workbook: str) -> tuple[dict[str, str], bool]:
        targets = {name: target for kind, target, name in self._relations(workbook) if kind.endswith("/worksheet")}
        parts: dict[str, str] = {}
        settings: dict[str, str] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                wanted = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                if wanted in targets:
                    parts[attributes.get("name", "")] = targets[wanted]
            elif name == "workbookPr":
                settings.update(attributes)

        self._parse(workbook, start)
        return parts, settings.get("date1904", "0") in ("1", "true")

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """What a part points at: kind, part and id."""
        folder, _slash, name = part.rpartition("/")
        source = join(folder, "_rels", f"{name}.rels")
        found: list[tuple[str, str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = normpath(join("/", dirname(part), attributes.get("Target", ""))).lstrip("/")
                found.append((attributes.get("Type", ""), target, attributes.get("Id", "")))

        if source in self._archive.names:
            self._parse(source, start)
        return iter(found)

    def _read_strings(self, workbook: str) -> list[str]:
        part = self._target(workbook, "/sharedStrings")
        if not part:
            return []
        reading = _StringsReading()
        self._parse(part, reading.start, reading.end, reading.text)
        return reading.strings

    def _read_formats(self, workbook: str) -> list[Format]:
        part = self._target(workbook, "/styles")
        codes: dict[int, str] = {}
        formats: list[Format] = []
        inside: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "numFmt":
                codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            elif name == "cellXfs":
                inside.append(name)
            elif name == "xf" and inside:
                formats.append(_format(int(attributes.get("numFmtId", 0)), codes))

        def end(name: str) -> None:
            if name == "cellXfs":
                inside.clear()

        if part:
            self._parse(part, start, end)
        return formats

    def _target(self, workbook: str, kind: str) -> str:
        found = (target for asked, target, _id in self._relations(workbook) if asked.endswith(kind))
        return next((target for target in found if target in self._archive.names), "")

    def _parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read a part; entities and what is no XML are refused."""
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def first(name: str, attributes: dict[str, str]) -> None:
            """The first element tells whether names have a prefix; most programs write none, and none is looked for."""
            local = _LocalNames()
            plain = ":" not in name
            parser.StartElementHandler = start if plain else lambda named, held: start(local[named], held)
            if end is not None:
                parser.EndElementHandler = end if plain else lambda named: end(local[named])
            start(local[name], attributes)

        parser.StartElementHandler = first
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse
        try:
            for chunk in self._archive.chunks(part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except WorkbookFaults:
            raise
        except (expat.ExpatError, ValueError, IndexError, KeyError, OverflowError):
            raise whole_file(*sentences.NOT_A_WORKBOOK) from None


def _refuse(*_doctype: Any) -> None:
    raise whole_file(*sentences.NOT_A_WORKBOOK)


def _format(number: int, codes: dict[int, str]) -> Format:
    code = codes.get(number) or BUILTIN_FORMATS.get(number, "")
    if number in _PERCENT_FORMATS or "%" in code:
        return Format(percent=True)
    if number in _DATE_FORMATS or (code and is_date_format(code)):
        return Format(moment=True)
    places = _PLACES.fullmatch(code)
    return Format(places=len(places[1]) if places else 0)


class _StringsReading:
    """The texts that cells share; readings of a text (furigana) are left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._parts: list[str] = []
        self._letters = 0
        self._inside = self._aside = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            if len(self.strings) >= MOST_TEXTS:
                raise TooManyRows
            self._parts, self._letters = [], 0
        elif name == "rPh":
            self._aside = True
        elif name == "t":
            self._inside = not self._aside

    def end(self, name: str) -> None:
        if name == "si":
            self.strings.append(_clean("".join(self._parts)))
        elif name == "rPh":
            self._aside = False
        elif name == "t":
            self._inside = False

    def text(self, text: str) -> None:
        if self._inside and self._letters <= MOST_LETTERS_IN_CELL:
            self._parts.append(text)
            self._letters += len(text)


class _SheetReading:
    """One sheet on its way in. What begins with an underscore belongs to the cell that is open."""

    def __init__(self, strings: list[str], formats: list[Format], epoch: datetime) -> None:
        self.rows: Rows = []
        self.merges: list[tuple[int, int, int, int]] = []  # first row, first column, last row, last column
        self._strings, self._formats = strings, formats
        self._epoch = epoch
        self._columns: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], Value] = {}  # by style and text: most stand in many cells
        self._shared: dict[str, bool] = {}  # shared formulas that look elsewhere
        self._row, self._cells = 0, list[Value]()
        self._column = -1
        self._cell: dict[str, str] = {}
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = self._elsewhere = False
        self._into: list[str] | None = None
        self._letters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell, self._value, self._has_formula, self._letters = attributes, [], False, 0
            self._column += 1
            if (place := attributes.get("r")) is not None:
                letters = place.rstrip("0123456789")
                column = self._columns.get(letters)
                self._column = self._column_of(letters) if column is None else column
        elif name in ("v", "t"):
            self._into = self._value
        elif name == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._cells, self._column = [], -1
        elif name == "f":
            self._has_formula, self._formula = True, []
            self._shared_id = attributes.get("si", "")
            self._into = self._formula
        elif name == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", ""))):
            if len(self.merges) >= MOST_MERGES:
                raise TooManyRows
            first, top, last, bottom = found.groups()
            self.merges.append((int(top), _column_number(first), int(bottom), _column_number(last)))

    def text(self, text: str) -> None:
        if self._into is not None and self._letters <= MOST_LETTERS_IN_CELL:
            self._into.append(text)
            self._letters += len(text)

    def end(self, name: str) -> None:
        if name == "c":
            if (self._value or self._has_formula) and self._column < MOST_COLUMNS:
                value = self._plain("".join(self._value))
                self._put(Computed(value, self._elsewhere) if self._has_formula else value)
        elif name in ("v", "t"):
            self._into = None
        elif name == "row":
            if self._cells:
                if len(self.rows) >= MOST_ROWS:
                    raise TooManyRows
                self.rows.append((self._row, self._cells))
        elif name == "f":
            self._into = None
            self._elsewhere = bool(_ELSEWHERE.search("".join(self._formula)))
            if self._shared_id:
                self._elsewhere = self._shared.setdefault(self._shared_id, self._elsewhere)

    def _column_of(self, letters: str) -> int:
        self._columns[letters] = number = _column_number(letters)
        return number

    def _put(self, value: Value) -> None:
        if value is None:
            return
        missing = self._column - len(self._cells)
        if not missing:
            self._cells.append(value)
        elif missing > 0:
            self._cells += [None] * missing
            self._cells.append(value)
        else:
            self._cells[self._column] = value

    def _plain(self, text: str) -> Value:
        kind = self._cell.get("t", "n")
        if kind == "s":
            return self._strings[int(text)] if text else None
        if kind == "n":
            return self._known_number(self._cell.get("s", ""), text) if text else None
        if kind == "b":
            return text == "1"
        if kind == "e":
            return Broken(text)
        if kind == "d":
            return datetime.fromisoformat(text)
        return _clean(text) or None

    def _known_number(self, style: str, text: str) -> Value:
        asked = (style, text)
        if asked not in self._numbers:
            self._numbers[asked] = self._number(style, text)
        return self._numbers[asked]

    def _number(self, style: str, text: str) -> Value:
        shown = self._formats[int(style)] if style and int(style) < len(self._formats) else None
        if shown is not None and shown.moment:
            return self._moment(float(text))
        number = Decimal(text) if len(text) < 15 and text.isdecimal() else exactly(float(text))
        if shown is not None and shown.percent:
            return Decimal(format((number * 100).normalize(), "f"))
        if shown is not None and shown.places > -int(number.as_tuple().exponent) > 0:
            return number.quantize(Decimal(1).scaleb(-shown.places))
        return number

    def _moment(self, days: float) -> Value:
        try:
            return self._epoch + timedelta(days=days)
        except OverflowError:
            return exactly(days)


def _clean(text: str) -> str:
    return text.replace(_ESCAPED_RETURN, "") if _ESCAPED_RETURN in text else text


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _filled(rows: Rows, merges: list[tuple[int, int, int, int]]) -> Rows:
    """The rows with every merged range filled with its value; ranges that overlap without end are refused."""
    at, left_to_fill = dict(rows), MOST_ROWS * MOST_COLUMNS
    for top, left, bottom, right in merges:
        first, right = at.get(top, []), min(right, MOST_COLUMNS - 1)
        value = first[left] if left < len(first) else None
        if value is None:
            continue
        left_to_fill -= (min(bottom, top + MOST_ROWS) - top + 1) * (right - left + 1)
        if left_to_fill < 0:
            raise TooManyRows
        for number in range(top, min(bottom, top + MOST_ROWS) + 1):
            if (cells := at.get(number)) is not None:
                _fill(cells, left, right, value)
    return rows


def _fill(cells: list[Value], left: int, right: int, value: Value) -> None:
    cells.extend([None] * (right + 1 - len(cells)))
    for column in range(left, right + 1):
        if cells[column] is None:
            cells[column] = value
