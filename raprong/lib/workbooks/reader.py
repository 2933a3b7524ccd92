"""Reading a KPI workbook: plain rows, or every fault at once."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from raprong.lib.scoring.ladder import Rung, ladder_faults
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.workbooks import sentences
from raprong.lib.workbooks.archive import check_archive, not_a_workbook
from raprong.lib.workbooks.cells import NotANumber, OutsizeNumber, code_of, matching, number_of, text_of
from raprong.lib.workbooks.faults import CellFault, WorkbookFaults
from raprong.lib.workbooks.shape import KPI_SHEET, MONTHS, RESULT_SHEET, KpiRow, KpiWorkbook, MonthlyRow
from raprong.lib.workbooks.sheets import MOST_COLUMNS, MOST_ROWS, Column, Row, Sheet, plain_heading

CODE, TITLE, DIMENSION, GROUP, MEASURE = "รหัส", "ตัวชี้วัด", "มิติ", "กลุ่มงานผู้รับผิดชอบ", "หน่วยวัด"
WEIGHT, TARGET = "น้ำหนัก", "ค่าเป้าหมาย"
FORMULA, DATA_SOURCE, FIGURE_SOURCE = "สูตรการคำนวณ", "แหล่งข้อมูล", "ที่มาของตัวเลข"
LEVELS = tuple((Decimal(level), f"ระดับ {level}") for level in range(1, 6))
REQUIRED = (CODE, TITLE, DIMENSION, GROUP, MEASURE, WEIGHT, *(heading for _, heading in LEVELS), TARGET)
OPTIONAL = (FORMULA, DATA_SOURCE, FIGURE_SOURCE)
FULL_WEIGHT = Decimal(100)

_MOST_LETTERS = {CODE: 20, TITLE: 300, DIMENSION: 200, GROUP: 200, MEASURE: 80, DATA_SOURCE: 300}
_HEADING_OF_LEVEL = dict(LEVELS)
_PAST_YEAR = re.compile(r"ผลปี(?:พ\.ศ\.)?(\d{4})")

Columns = dict[str, Column | None]


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
    text in a number; names that are not known; a code that is used twice; levels that turn back or are fewer than
    two; a weight that is not above 0 and at most 100; weights that do not add up to exactly 100; a month's figure
    for a code that is no KPI of the workbook.
    """
    check_archive(content)
    sheets = _open(content)
    reading = _Reading(groups, dimensions, codes_taken)
    kpis = reading.kpis(sheets.get(KPI_SHEET))
    months = reading.months(sheets.get(RESULT_SHEET), required=results_required)
    if reading.faults:
        raise WorkbookFaults(reading.faults)
    return KpiWorkbook(tuple(kpis), tuple(months))


def _open(content: bytes) -> dict[str, Sheet]:
    """The two sheets, as far as they are there; what the file's reader cannot make sense of is refused."""
    marks = {KPI_SHEET: REQUIRED, RESULT_SHEET: (CODE, *(heading for _, heading in MONTHS))}
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        by_name = {matching(sheet.title): sheet for sheet in book.worksheets}
        return {
            name: Sheet(found.title, found.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), marks=headings)
            for name, headings in marks.items()
            if (found := by_name.get(matching(name)))
        }
    except Exception:  # a damaged part surfaces as almost any exception of the file's reader
        raise not_a_workbook() from None


class _Reading:
    """One reading of a workbook, gathering faults as it goes. A part that cannot be read comes back empty."""

    def __init__(self, groups: Collection[str], dimensions: Collection[str], codes_taken: Collection[str]) -> None:
        self.faults: list[CellFault] = []
        self.known = {GROUP: _by_match(groups), DIMENSION: _by_match(dimensions)}
        self.codes_taken = {code_of(code) for code in codes_taken}
        self.codes: dict[str, int] = {}  # the row in which each code stands first

    # The sheet of KPIs

    def kpis(self, sheet: Sheet | None) -> list[KpiRow]:
        if sheet is None:
            self.missing_sheet(KPI_SHEET)
            return []
        self.length(sheet)
        columns: Columns = {heading: self.required_column(sheet, heading) for heading in REQUIRED}
        columns |= {heading: sheet.column(heading) for heading in OPTIONAL}
        rows = list(sheet.rows())
        if not rows:
            self.add(sheet, None, None, sentences.EMPTY_SHEET)
        read = [self.kpi(sheet, row, columns) for row in rows]
        if rows and (column := columns[WEIGHT]):
            self.weights(sheet, rows, column)
        return [kpi for kpi in read if kpi is not None]

    def kpi(self, sheet: Sheet, row: Row, columns: Columns) -> KpiRow | None:
        before = len(self.faults)
        code = self.new_code(sheet, row, columns[CODE])
        title, measure = (self.text(sheet, row, columns[heading], heading) for heading in (TITLE, MEASURE))
        dimension, group = (self.name(sheet, row, columns[heading], heading) for heading in (DIMENSION, GROUP))
        weight = self.weight(sheet, row, columns[WEIGHT])
        levels = self.levels(sheet, row, columns)
        target = self.needed_number(sheet, row, columns[TARGET])
        baseline = self.baseline(sheet, row)
        data_source = self.text(sheet, row, columns[DATA_SOURCE], DATA_SOURCE, needed=False)
        if len(self.faults) > before or weight is None or target is None:
            return None
        return KpiRow(
            row=row.number,
            code=code,
            title=title,
            dimension=dimension,
            group=group,
            measure=measure,
            weight=weight,
            levels=levels,
            target=target,
            baseline=baseline,
            formula=text_of(row.at(columns[FORMULA]).value),
            data_source=data_source,
            figure_source=text_of(row.at(columns[FIGURE_SOURCE]).value),
        )

    def new_code(self, sheet: Sheet, row: Row, column: Column | None) -> str:
        if column is None:
            return ""
        if hasattr(row.at(column).value, "isoformat"):
            self.add(sheet, row, column, sentences.CODE_IS_A_DATE)
            return ""
        code = code_of(self.text(sheet, row, column, CODE))
        if code in self.codes:
            self.add(sheet, row, column, sentences.code_used_above(code, self.codes[code]))
        elif code in self.codes_taken:
            self.add(sheet, row, column, sentences.code_taken(code))
        if code:
            self.codes.setdefault(code, row.number)
        return code

    def name(self, sheet: Sheet, row: Row, column: Column | None, heading: str) -> str:
        """A group's or a dimension's name; where the names are known, it has to be one of them."""
        written = self.text(sheet, row, column, heading)
        known = self.known[heading]
        if written and known and matching(written) not in known:
            self.add(sheet, row, column, sentences.unknown_name(written, list(known.values())))
        return written

    def weight(self, sheet: Sheet, row: Row, column: Column | None) -> Decimal | None:
        weight = self.needed_number(sheet, row, column)
        if weight is not None and (not 0 < weight <= FULL_WEIGHT or weight != round(weight, 2)):
            self.add(sheet, row, column, sentences.weight_out_of_range(weight))
        return weight

    def weights(self, sheet: Sheet, rows: Sequence[Row], column: Column) -> None:
        """The weights together: exactly 100."""
        read = [_number_or_none(row, column) for row in rows]
        total = sum_exactly(weight for weight in read if weight is not None)
        if total != FULL_WEIGHT:
            self.add(sheet, None, column, sentences.weights_do_not_add_up(total, all_read=None not in read))

    def levels(self, sheet: Sheet, row: Row, columns: Columns) -> tuple[tuple[Decimal, Decimal], ...]:
        """The levels that are filled in; officers leave some out. Where a column is missing, that alone is said."""
        before = len(self.faults)
        read = [(level, self.number(sheet, row, columns[heading])) for level, heading in LEVELS]
        levels = tuple((level, at) for level, at in read if at is not None)
        column_missing = any(columns[heading] is None for _, heading in LEVELS)
        if len(self.faults) > before or (column_missing and len(levels) < 2):
            return ()
        for fault in ladder_faults([Rung(at, level) for level, at in levels]):
            heading = _HEADING_OF_LEVEL[fault.level] if fault.level is not None else LEVELS[0][1]
            self.add(sheet, row, columns[heading], (fault.sentence, fault.sentence_th))
        return levels

    def baseline(self, sheet: Sheet, row: Row) -> tuple[tuple[int, Decimal], ...]:
        past = [
            (int(found[1]), self.number(sheet, row, column))
            for column in sheet.columns
            if (found := _PAST_YEAR.fullmatch(plain_heading(column.heading)))
        ]
        return tuple((year, figure) for year, figure in past if figure is not None)

    # The sheet of results

    def months(self, sheet: Sheet | None, *, required: bool) -> list[MonthlyRow]:
        if sheet is None:
            if required:
                self.missing_sheet(RESULT_SHEET)
            return []
        self.length(sheet)
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
        code = code_of(self.text(sheet, row, code_column, CODE))
        if code in seen:
            self.add(sheet, row, code_column, sentences.results_twice(code, seen[code]))
        elif code and code not in self.codes:
            self.add(sheet, row, code_column, sentences.results_of_no_kpi(code))
        if code:
            seen.setdefault(code, row.number)
        return MonthlyRow(row.number, code, figures)

    # Cells

    def text(self, sheet: Sheet, row: Row, column: Column | None, heading: str, *, needed: bool = True) -> str:
        if column is None:
            return ""
        text = text_of(row.at(column).value)
        if not text and needed:
            self.add(sheet, row, column, sentences.EMPTY_CELL)
        if len(text) > _MOST_LETTERS[heading]:
            self.add(sheet, row, column, sentences.too_long(len(text), _MOST_LETTERS[heading]))
        return text

    def needed_number(self, sheet: Sheet, row: Row, column: Column | None) -> Decimal | None:
        before = len(self.faults)
        number = self.number(sheet, row, column)
        if number is None and column is not None and len(self.faults) == before:
            self.add(sheet, row, column, sentences.EMPTY_NUMBER)
        return number

    def number(self, sheet: Sheet, row: Row, column: Column | None) -> Decimal | None:
        cell = row.at(column)
        try:
            return number_of(cell.value, percent=cell.percent)
        except NotANumber:
            self.add(sheet, row, column, sentences.not_a_number(text_of(cell.value)))
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

    def length(self, sheet: Sheet) -> None:
        if sheet.too_long:
            self.add(sheet, None, None, sentences.TOO_MANY_ROWS)

    def add(self, sheet: Sheet, row: Row | None, column: Column | None, said: sentences.Both) -> None:
        letter, heading = (column.letter, column.heading) if column else ("", "")
        self.faults.append(CellFault(sheet.name, row.number if row else None, letter, heading, *said))


def _by_match(names: Collection[str]) -> dict[str, str]:
    return {matching(name): name for name in names if name}


def _number_or_none(row: Row, column: Column) -> Decimal | None:
    cell = row.at(column)
    try:
        return number_of(cell.value, percent=cell.percent)
    except (NotANumber, OutsizeNumber):
        return None
