"""Reading a KPI workbook or CSV file: plain rows, or every fault at once."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from raprong.lib.scoring.criteria import Bands, Choice, Criteria, Kind, Ladder
from raprong.lib.scoring.criteria_faults import CriteriaFault, criteria_faults
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.thai.digits import to_arabic_digits
from raprong.lib.workbooks import choices, sentences
from raprong.lib.workbooks.archive import open_archive
from raprong.lib.workbooks.cells import (
    Broken,
    Computed,
    NotANumber,
    OutsizeNumber,
    Value,
    begins_formula,
    code_of,
    lines_of,
    matching,
    number_of,
    text_of,
)
from raprong.lib.workbooks.choices import code_for
from raprong.lib.workbooks.columns import (
    BEFORE_LEVELS,
    CANCELLED_FROM,
    CODE,
    DIMENSION,
    GROUP,
    INPUTS,
    KIND,
    LEVELS,
    NEEDED_TEXTS,
    OPTIONAL,
    OPTIONAL_TEXTS,
    OTHER_COLUMNS,
    PARENT,
    PLAN,
    REQUIRED,
    ROUND_CRITERIA,
    SOURCES,
    STARTS_IN,
    STEPS,
    TARGET,
    TITLE,
    WEIGHT,
    WEIGHT_INSIDE,
    TextColumn,
    level_heading,
    score_in,
)
from raprong.lib.workbooks.criteria_cells import PLAN as PLAN_PLACE
from raprong.lib.workbooks.criteria_cells import Unreadable, criteria_in
from raprong.lib.workbooks.csv_table import CSV_SHEET, rows_of_csv
from raprong.lib.workbooks.faults import CellFault, WorkbookFaults, whole_file
from raprong.lib.workbooks.limits import TooManyRows
from raprong.lib.workbooks.line_cells import UnreadableLines, rounds_in, steps_in
from raprong.lib.workbooks.shape import (
    KPI_SHEET,
    MONTHS,
    RESULT_SHEET,
    KpiRow,
    KpiWorkbook,
    MonthlyRow,
    NamedInput,
    ReadRow,
)
from raprong.lib.workbooks.sheets import Column, Row, Sheet, plain_heading
from raprong.lib.workbooks.xlsx import Rows, XlsxBook

FULL_WEIGHT = Decimal(100)
FEWEST_LEVELS = 2

_PAST_YEAR = re.compile(r"ผลปี(?:งบประมาณ)?(?:พ\.ศ\.)?(\d{4})")
_INPUTS = re.compile(r"[;\n]\s*(?=[A-Za-z]\w*\s*=)", re.ASCII)
_INPUT = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\s*=\s*(.+?)\s*(?:\[([^\[\]]*)\])?", re.DOTALL)
_ROUND = re.compile(r"(?:รอบ)?\s*(\d{1,2})\s*(?:เดือน)?")
_LEVEL_PATH = re.compile(r"level_(\d+(?:\.\d+)?)")
_FORMULA_HEADS = ("=", "+", "-", "@")
_ARCHIVE = b"PK"
_OFFICE_BEFORE_2007 = b"\xd0\xcf\x11\xe0"
_MARKS = {KPI_SHEET: REQUIRED, RESULT_SHEET: (CODE, *(heading for _, heading in MONTHS))}

_OPTIONAL_FIELDS = {column.field: column.heading for column in OPTIONAL_TEXTS} | {
    field: heading for field, (heading, _help) in OTHER_COLUMNS.items()
}

Columns = Mapping[str, Column | None]
T = TypeVar("T")


def read_workbook(
    content: bytes,
    *,
    groups: Collection[str] = (),
    dimensions: Collection[str] = (),
    codes_taken: Collection[str] = (),
    results_required: bool = False,
) -> KpiWorkbook:
    """Read a workbook whole, or refuse it with :class:`WorkbookFaults` and every fault found.

    ``groups`` and ``dimensions`` are the names that may be used; with none given, any name may. ``codes_taken`` are
    codes that the year already uses. The sheet of results may be missing unless ``results_required``; where it is
    there it has all twelve months.

    Refused: a file that is no workbook or too large; missing sheets and columns; empty cells that must be filled;
    text in a number, formulas and what begins like one; names that are not known; a code that is used twice; criteria
    that cannot be scored on; a weight that is not above 0 and at most 100; weights that do not add up to exactly 100;
    a month's figure for a code that is no KPI of the workbook.
    """
    sheets = _open(content, wanted=(KPI_SHEET, RESULT_SHEET))
    reading = _Reading(groups, dimensions, codes_taken, weights_needed=True)
    rows = reading.each_row(sheets.get(KPI_SHEET))
    months = reading.months(sheets.get(RESULT_SHEET), required=results_required)
    if faults := [fault for row in rows for fault in row.faults] + reading.faults:
        raise WorkbookFaults(faults)
    return KpiWorkbook(tuple(row.values for row in rows if row.values is not None), tuple(months))


def read_rows(content: bytes, *, groups: Collection[str] = (), dimensions: Collection[str] = ()) -> list[ReadRow]:
    """Read the KPIs of a workbook or a CSV file row by row: each a KPI, or everything that is wrong with that row.

    Refused as a whole with :class:`WorkbookFaults` is only what has no rows to speak of: no workbook, too large, no
    sheet of KPIs, a column missing that every KPI needs. Weights may be empty and need not add up: what is taken in is
    perhaps a part.
    """
    reading = _Reading(groups, dimensions, (), weights_needed=False)
    rows = reading.each_row(sheet_of_kpis(content))
    if reading.faults:
        raise WorkbookFaults(reading.faults)
    return rows


def sheet_of_kpis(content: bytes) -> Sheet | None:
    """The sheet of KPIs of a workbook, if it has one; a CSV file is one. Refuses as :func:`read_rows` does."""
    if content.startswith((_ARCHIVE, _OFFICE_BEFORE_2007)):
        return _open(content, wanted=(KPI_SHEET,)).get(KPI_SHEET)
    return _bounded(CSV_SHEET, partial(rows_of_csv, content), KPI_SHEET)


def _open(content: bytes, *, wanted: Sequence[str]) -> dict[str, Sheet]:
    """The sheets of a workbook that are looked for, as far as they are there."""
    with open_archive(content) as archive:
        try:
            book = XlsxBook(archive)
        except TooManyRows:
            raise whole_file(*sentences.TOO_LARGE) from None
        by_name = {matching(name): name for name in book.names}
        found = {name: by_name[matching(name)] for name in wanted if matching(name) in by_name}
        return {name: _bounded(title, partial(book.rows, title), name) for name, title in found.items()}


def _bounded(title: str, rows: Callable[[], Rows], name: str) -> Sheet:
    try:
        return Sheet(title, rows(), marks=_MARKS[name])
    except TooManyRows:
        raise WorkbookFaults([CellFault(title, None, "", "", *sentences.TOO_MANY_ROWS)]) from None


class _Reading:
    """One reading of a file, gathering faults as it goes. A part that cannot be read comes back empty.

    With ``weights_needed`` every KPI has a weight, and together they are exactly 100.
    """

    def __init__(
        self,
        groups: Collection[str],
        dimensions: Collection[str],
        codes_taken: Collection[str],
        *,
        weights_needed: bool,
    ) -> None:
        self.faults: list[CellFault] = []
        self.known = {GROUP: _by_match(groups), DIMENSION: _by_match(dimensions)}
        self.codes_taken = {code_of(code) for code in codes_taken}
        self.codes: dict[str, int] = {}  # the row in which each code stands first
        self.weights_needed = weights_needed
        self._levels: dict[str, dict[Decimal, Column]] = {}
        self._given: dict[str, frozenset[str]] = {}
        self._past_years: dict[str, list[tuple[int, Column]]] = {}

    # The sheet of KPIs

    def each_row(self, sheet: Sheet | None) -> list[ReadRow]:
        """Every row with its own faults; ``self.faults`` holds those of the whole sheet."""
        columns = self.columns_of(sheet)
        if sheet is None:
            return []
        letters = {heading: column.letter for heading, column in columns.items() if column}
        letters |= {level_heading(score): column.letter for score, column in self.levels_of(sheet).items()}
        letters |= {f"ผลปี {year}": column.letter for year, column in self.past_years(sheet)}
        rows = list(sheet.rows())
        if not rows:
            self.add(sheet, None, None, sentences.EMPTY_SHEET)
        elif self.weights_needed and (column := columns[WEIGHT]):
            self.weights(sheet, rows, column)
        return [self.one_row(sheet, row, columns, letters) for row in rows]

    def one_row(self, sheet: Sheet, row: Row, columns: Columns, letters: Mapping[str, str]) -> ReadRow:
        before = len(self.faults)
        kpi = self.kpi(sheet, row, columns)
        faults = tuple(self.faults[before:])
        del self.faults[before:]
        said = {"code": code_of(row.at(columns[CODE])), "title": text_of(row.at(columns[TITLE]))}
        return ReadRow(sheet.name, row.number, kpi, faults, said, letters)

    def columns_of(self, sheet: Sheet | None) -> Columns:
        if sheet is None:
            self.missing_sheet(KPI_SHEET)
            return {}
        needed = {heading: self.required_column(sheet, heading) for heading in (*BEFORE_LEVELS, TARGET)}
        if len(self.levels_of(sheet)) < FEWEST_LEVELS:
            needed |= {heading: self.required_column(sheet, heading) for _score, heading in LEVELS}
        return needed | {heading: sheet.column(heading) for heading in OPTIONAL}

    def kpi(self, sheet: Sheet, row: Row, columns: Columns) -> KpiRow | None:
        before = len(self.faults)
        values: dict[str, Any] = {"code": self.new_code(sheet, row, columns[CODE])}
        for needed in NEEDED_TEXTS[1:]:
            values[needed.field] = self.named_text(sheet, row, columns, needed)
        values["weight"] = self.weight(sheet, row, columns[WEIGHT], needed=self.weights_needed)
        values |= self.criteria(sheet, row, columns)
        values["target"] = self.needed_number(sheet, row, columns[TARGET])
        for optional in OPTIONAL_TEXTS:
            if column := columns[optional.heading]:
                values[optional.field] = self.optional_text(sheet, row, column, optional)
        values |= self.figures(sheet, row, columns)
        baseline = self.baseline(sheet, row)
        if len(self.faults) > before:
            return None
        return KpiRow(row=row.number, baseline=baseline, given=self.given(sheet, columns), **values)

    def new_code(self, sheet: Sheet, row: Row, column: Column | None) -> str:
        if column is None:
            return ""
        if hasattr(row.at(column), "isoformat"):
            self.add(sheet, row, column, sentences.CODE_IS_A_DATE)
            return ""
        code = code_of(self.text(sheet, row, column, NEEDED_TEXTS[0]))
        if code in self.codes:
            self.add(sheet, row, column, sentences.code_used_above(code, self.codes[code]))
        elif code in self.codes_taken:
            self.add(sheet, row, column, sentences.code_taken(code))
        if code:
            self.codes.setdefault(code, row.number)
        return code

    def named_text(self, sheet: Sheet, row: Row, columns: Columns, asked: TextColumn) -> str:
        """A text that must be there; a group's or a dimension's name has to be a known one, where names are known."""
        column = columns[asked.heading]
        written = self.text(sheet, row, column, asked)
        known = self.known.get(asked.heading)
        if written and known and matching(written) not in known:
            self.add(sheet, row, column, sentences.unknown_name(written, list(known.values())))
        return written

    def optional_text(self, sheet: Sheet, row: Row, column: Column, asked: TextColumn) -> str:
        written = self.text(sheet, row, column, asked, needed=False)
        if not written or not asked.choices:
            return written
        if (code := code_for(written, asked.choices)) is None:
            self.add(sheet, row, column, sentences.not_in_list(written, [choice.word for choice in asked.choices]))
        return code or ""

    def weight(self, sheet: Sheet, row: Row, column: Column | None, *, needed: bool) -> Decimal | None:
        weight = self.needed_number(sheet, row, column) if needed else self.number(sheet, row, column)
        if weight is not None and (not 0 < weight <= FULL_WEIGHT or weight != round(weight, 2)):
            self.add(sheet, row, column, sentences.weight_out_of_range(weight))
        return weight

    def weights(self, sheet: Sheet, rows: Sequence[Row], column: Column) -> None:
        """The weights together: exactly 100."""
        read = [_number_or_none(row, column) for row in rows]
        total = sum_exactly(weight for weight in read if weight is not None)
        if total != FULL_WEIGHT:
            self.add(sheet, None, column, sentences.weights_do_not_add_up(total, all_read=None not in read))

    # Criteria

    def criteria(self, sheet: Sheet, row: Row, columns: Columns) -> dict[str, Any]:
        """The levels that are filled in; officers leave some out. Where a column is missing, that alone is said."""
        before = len(self.faults)
        kind = self.kind(sheet, row, columns[KIND])
        rounds = self.lines(sheet, row, columns[ROUND_CRITERIA], partial(rounds_in, kind=kind or Kind.LADDER))
        level_columns = self.levels_of(sheet)
        cells = {level: self.plain(sheet, row, column) for level, column in level_columns.items()}
        plan = self.plain(sheet, row, columns[PLAN])
        if kind is None or len(self.faults) > before:
            return {"levels": ()}
        if kind.startswith(Kind.DEVIATION) and not text_of(plan):
            self.add(sheet, row, columns[PLAN] or columns[KIND], sentences.NO_PLAN)
            return {"levels": ()}
        places: dict[Decimal, Column | None] = {**level_columns, PLAN_PLACE: columns[PLAN]}
        try:
            criteria = criteria_in(kind, cells, plan)
        except Unreadable as unreadable:
            for level, said in unreadable.faults.items():
                self.add(sheet, row, places.get(level), said)
            return {"levels": ()}
        if len(level_columns) >= FEWEST_LEVELS:
            for fault in criteria_faults(criteria):
                place = _place_of(fault, criteria, next(iter(level_columns)))
                self.add(sheet, row, places.get(place), (fault.sentence, fault.sentence_th))
        if isinstance(criteria, Ladder):
            return {"levels": tuple((rung.score, rung.at) for rung in criteria.rungs), "round_criteria": rounds}
        return {"levels": (), "other_criteria": criteria, "round_criteria": rounds}

    def kind(self, sheet: Sheet, row: Row, column: Column | None) -> str | None:
        """The kind of the criteria; a ladder where nothing is said, and none where what is said is not known."""
        written = text_of(row.at(column))
        if not written:
            return Kind.LADDER
        if (code := code_for(written, choices.KINDS)) is None:
            self.add(sheet, row, column, sentences.not_in_list(written, [kind.word for kind in choices.KINDS]))
        return code

    def baseline(self, sheet: Sheet, row: Row) -> tuple[tuple[int, Decimal], ...]:
        past = [(year, self.number(sheet, row, column)) for year, column in self.past_years(sheet)]
        return tuple((year, figure) for year, figure in past if figure is not None)

    def given(self, sheet: Sheet, columns: Columns) -> frozenset[str]:
        """The fields of which the sheet has a column, beyond those of every sheet."""
        if sheet.name not in self._given:
            years = {f"baseline_{year}" for year, _column in self.past_years(sheet)}
            fields = {field for field, heading in _OPTIONAL_FIELDS.items() if columns[heading]}
            self._given[sheet.name] = frozenset(fields | years)
        return self._given[sheet.name]

    def levels_of(self, sheet: Sheet) -> dict[Decimal, Column]:
        """The columns of levels by the score each stands for, lowest first; a scale may have others than 1 to 5."""
        if sheet.name not in self._levels:
            found = ((score_in(plain_heading(column.heading)), column) for column in reversed(sheet.columns))
            self._levels[sheet.name] = dict(sorted((score, column) for score, column in found if score is not None))
        return self._levels[sheet.name]

    # Other columns

    def figures(self, sheet: Sheet, row: Row, columns: Columns) -> dict[str, Any]:
        """What is neither text nor criteria, as far as its columns are there."""
        parent = code_of(self.line(sheet, row, columns[PARENT]))
        if parent and parent == code_of(row.at(columns[CODE])):
            self.add(sheet, row, columns[PARENT], sentences.PARENT_ITSELF)
        titles = self.line(sheet, row, columns[SOURCES])
        return {
            "parent": parent,
            "weight_inside": self.weight(sheet, row, columns[WEIGHT_INSIDE], needed=False),
            "sources": tuple(dict.fromkeys(title.strip() for title in titles.split(";") if title.strip())),
            "inputs": self.inputs(sheet, row, columns[INPUTS]),
            "steps": self.lines(sheet, row, columns[STEPS], steps_in),
            "starts_in": self.round(sheet, row, columns[STARTS_IN]),
            "cancelled_from": self.round(sheet, row, columns[CANCELLED_FROM]),
        }

    def inputs(self, sheet: Sheet, row: Row, column: Column | None) -> tuple[NamedInput, ...]:
        if row.at(column) is None:
            return ()
        parts = [part for part in _INPUTS.split(lines_of(self.plain(sheet, row, column))) if part.strip(" ;\n")]
        found = [_INPUT.fullmatch(part.strip(" ;\n")) for part in parts]
        if None in found:
            self.add(sheet, row, column, sentences.NOT_INPUTS)
        return tuple(NamedInput(part[1], " ".join(part[2].split()), part[3] or "") for part in found if part)

    def lines(
        self, sheet: Sheet, row: Row, column: Column | None, read: Callable[[Value], tuple[T, ...]]
    ) -> tuple[T, ...]:
        """A cell of lines; a formula, and a line that cannot be read, are told."""
        if row.at(column) is None:
            return ()
        try:
            return read(self.line(sheet, row, column, long=True))
        except UnreadableLines as unreadable:
            self.add(sheet, row, column, unreadable.said)
            return ()

    def round(self, sheet: Sheet, row: Row, column: Column | None) -> int | None:
        if row.at(column) is None:
            return None
        written = to_arabic_digits(text_of(self.plain(sheet, row, column)))
        if not written or written == "-":
            return None
        found = _ROUND.fullmatch(written)
        if found is None or not 1 <= int(found[1]) <= 12:
            self.add(sheet, row, column, sentences.NOT_A_ROUND)
            return None
        return int(found[1])

    # The sheet of results

    def months(self, sheet: Sheet | None, *, required: bool) -> list[MonthlyRow]:
        if sheet is None:
            if required:
                self.missing_sheet(RESULT_SHEET)
            return []
        code_column = self.required_column(sheet, CODE)
        columns = [(month, self.required_column(sheet, heading)) for month, heading in MONTHS]
        seen: dict[str, int] = {}
        return [self.month_row(sheet, row, code_column, columns, seen) for row in sheet.rows()]

    def month_row(
        self,
        sheet: Sheet,
        row: Row,
        code_column: Column | None,
        columns: Sequence[tuple[int, Column | None]],
        seen: dict[str, int],
    ) -> MonthlyRow:
        figures = tuple((month, self.number(sheet, row, column)) for month, column in columns)
        code = code_of(self.text(sheet, row, code_column, NEEDED_TEXTS[0]))
        if code in seen:
            self.add(sheet, row, code_column, sentences.results_twice(code, seen[code]))
        elif code and code not in self.codes:
            self.add(sheet, row, code_column, sentences.results_of_no_kpi(code))
        if code:
            seen.setdefault(code, row.number)
        return MonthlyRow(row.number, code, figures)

    # Cells

    def text(self, sheet: Sheet, row: Row, column: Column | None, asked: TextColumn, *, needed: bool = True) -> str:
        """A text of at most so many letters; a formula, and what begins like one, is told."""
        if column is None:
            return ""
        text = self.line(sheet, row, column, long=asked.long)
        if not text and needed and not isinstance(row.at(column), (Computed, Broken)):
            self.add(sheet, row, column, sentences.EMPTY_CELL)
        if len(text) > asked.most:
            self.add(sheet, row, column, sentences.too_long(len(text), asked.most))
        return text

    def line(self, sheet: Sheet, row: Row, column: Column | None, *, long: bool = False) -> str:
        value = row.at(column)
        if value is None:
            return ""
        if isinstance(value, Computed):
            self.add(sheet, row, column, sentences.FORMULA_CELL)
            return ""
        if isinstance(value, Broken):
            self.add(sheet, row, column, sentences.broken(value.text))
            return ""
        text = lines_of(value) if long else text_of(value)
        if text[:1] in _FORMULA_HEADS and isinstance(value, str) and "'" not in value[:2] and begins_formula(text):
            self.add(sheet, row, column, sentences.FORMULA_TEXT)
        return text

    def plain(self, sheet: Sheet, row: Row, column: Column | None) -> Value:
        """What a cell says; of a formula what it came to, as long as that comes from this file."""
        value = row.at(column)
        if not isinstance(value, (Broken, Computed)):
            return value
        if isinstance(value, Broken):
            self.add(sheet, row, column, sentences.broken(value.text))
            return None
        if value.elsewhere:
            self.add(sheet, row, column, sentences.FROM_ELSEWHERE)
        elif isinstance(value.value, Broken):
            self.add(sheet, row, column, sentences.broken(value.value.text))
        elif value.value is None:
            self.add(sheet, row, column, sentences.EMPTY_NUMBER)
        else:
            return value.value
        return None

    def needed_number(self, sheet: Sheet, row: Row, column: Column | None) -> Decimal | None:
        before = len(self.faults)
        number = self.number(sheet, row, column)
        if number is None and column is not None and len(self.faults) == before:
            self.add(sheet, row, column, sentences.EMPTY_NUMBER)
        return number

    def number(self, sheet: Sheet, row: Row, column: Column | None) -> Decimal | None:
        value = self.plain(sheet, row, column)
        if value is None:
            return None
        try:
            return number_of(value)
        except NotANumber:
            self.add(sheet, row, column, sentences.not_a_number(text_of(value)))
        except OutsizeNumber as outsize:
            self.add(sheet, row, column, sentences.outsize_number(str(outsize)))
        return None

    # Whole sheets

    def missing_sheet(self, name: str) -> None:
        self.faults.append(CellFault(name, None, "", "", *sentences.no_sheet(name)))

    def required_column(self, sheet: Sheet, heading: str) -> Column | None:
        column = sheet.column(heading)
        if column is None:
            row = sheet.heading_row
            self.faults.append(CellFault(sheet.name, row, "", heading, *sentences.no_column(heading, row)))
        return column

    def past_years(self, sheet: Sheet) -> list[tuple[int, Column]]:
        """The columns with results of past years, by the year (พ.ศ.)."""
        if sheet.name not in self._past_years:
            found = ((_PAST_YEAR.fullmatch(plain_heading(column.heading)), column) for column in sheet.columns)
            self._past_years[sheet.name] = [(int(year[1]), column) for year, column in found if year]
        return self._past_years[sheet.name]

    def add(self, sheet: Sheet, row: Row | None, column: Column | None, said: sentences.Both) -> None:
        letter, heading = (column.letter, column.heading) if column else ("", "")
        self.faults.append(CellFault(sheet.name, row.number if row else None, letter, heading, *said))


def _place_of(fault: CriteriaFault, criteria: Criteria, first: Decimal) -> Decimal:
    """The level in whose cell a fault of criteria lies; that of the plan, and the first level for a whole."""
    kind, _underscore, rest = fault.path.partition("_")
    number = int(rest.partition("_")[0]) if rest.partition("_")[0].isdigit() else 0
    if kind == "plan":
        return PLAN_PLACE
    if kind == "band" and isinstance(criteria, Bands):
        return criteria.ranges[number - 1].score
    if kind == "option" and isinstance(criteria, Choice):
        return criteria.options[number - 1].score
    level = _LEVEL_PATH.search(fault.path)
    return Decimal(level[1]) if level else first


def _by_match(names: Collection[str]) -> dict[str, str]:
    return {matching(name): name for name in names if name}


def _number_or_none(row: Row, column: Column) -> Decimal | None:
    try:
        return number_of(row.at(column))
    except (NotANumber, OutsizeNumber):
        return None
