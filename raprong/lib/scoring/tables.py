"""Tables to score: a CSV file, an xlsx workbook or a Parquet file becomes a document, and a fault its row and column.

One row is one KPI. Columns are found by their headings, English or those of the KPI workbook: code, weight, result,
status, kind, plan, parent, weight inside, given score, because, and a column for each level (``level 1``, ``ระดับ 1``).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from raprong.lib.scoring.card import Status
from raprong.lib.scoring.criteria import Criteria, Kind, criteria_as_data
from raprong.lib.scoring.document_faults import Fault, ScoringFaults
from raprong.lib.workbooks import choices, columns, sentences
from raprong.lib.workbooks.archive import open_archive
from raprong.lib.workbooks.cells import (
    Broken,
    Computed,
    NotANumber,
    OutsizeNumber,
    Value,
    begins_formula,
    code_of,
    matching,
    number_of,
    text_of,
)
from raprong.lib.workbooks.choices import ChoiceOf, code_for
from raprong.lib.workbooks.criteria_cells import PLAN as PLAN_PLACE
from raprong.lib.workbooks.criteria_cells import Unreadable, criteria_in
from raprong.lib.workbooks.csv_table import CSV_SHEET, rows_of_csv
from raprong.lib.workbooks.faults import CellFault, WorkbookFaults
from raprong.lib.workbooks.limits import TooManyRows
from raprong.lib.workbooks.shape import KPI_SHEET, MONTHS, RESULT_SHEET
from raprong.lib.workbooks.sheets import Column, Row, Sheet, plain_heading
from raprong.lib.workbooks.xlsx import Rows, XlsxBook

HEADINGS = {
    "code": (columns.CODE, "code"),
    "weight": (columns.WEIGHT, "weight"),
    "result": ("ผลการดำเนินงาน", "ผล", "result"),
    "status": ("สถานะ", "status"),
    "kind": (columns.KIND, "kind"),
    "plan": (columns.PLAN, "plan"),
    "parent": (columns.PARENT, "parent"),
    "weight_inside": (columns.WEIGHT_INSIDE, "weight inside"),
    "overridden": ("คะแนนที่กำหนด", "given score", "overridden"),
    "because": ("เหตุผล", "because"),
}
NEEDED = ("code", "weight")
STATUSES = (
    ChoiceOf(Status.REPORTED, "รายงานแล้ว", ("มีผล",)),
    ChoiceOf(Status.NOT_REPORTED, "ยังไม่รายงาน", ("not reported",)),
    ChoiceOf(Status.MISSING, "ไม่มีข้อมูล", ("no data",)),
    ChoiceOf(Status.NOT_APPLICABLE, "ไม่เกี่ยวข้อง", ("ไม่ประเมิน", "not applicable", "n/a")),
    ChoiceOf(Status.CANCELLED, "ยกเลิก", ("ยกเลิกตัวชี้วัด",)),
    ChoiceOf(Status.NOT_STARTED, "ยังไม่เริ่ม", ("เริ่มรายงานรอบถัดไป", "not started")),
)
_LEVEL = re.compile(r"(?:level|ระดับคะแนน|ระดับ|คะแนน)?(\d{1,3}(?:\.\d{1,4})?)")
_PATH = re.compile(r"kpis\[(\d+)\](?:\.(\w+))?.*")
_KPI = re.compile(r"kpis\[(\d+)\]")
_ANSWERED = (Kind.YES_NO, Kind.CHOICE)
_OFFICE = (b"PK", b"\xd0\xcf\x11\xe0")
_PARQUET = b"PAR1"
_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")


@dataclass
class Table:
    """A table read as a document to score, and where each KPI of it stands."""

    document: dict[str, Any]
    sheet: str = ""
    rows: list[int] = field(default_factory=list)
    columns: Mapping[str, Column | None] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)

    def placed(self, fault: Fault) -> CellFault:
        """A fault of the document, told by the row and the column that it comes from."""
        sentence = _KPI.sub(lambda other: f"row {self.rows[int(other[1])]}", fault.sentence)
        found = _PATH.fullmatch(fault.path)
        if found is None:
            return CellFault(self.sheet, None, "", fault.path, sentence, "")
        column = self.columns.get(found[2] or "")
        letter, heading = (column.letter, column.heading) if column else ("", "levels" if found[2] else "")
        return CellFault(self.sheet, self.rows[int(found[1])], letter, heading, sentence, "")


def is_table(content: bytes, name: str) -> bool:
    """Whether a file is a table, by its first bytes or its name; without a name of its own, whatever is not JSON."""
    if content.startswith((*_OFFICE, _PARQUET)) or name.lower().endswith(_ENDINGS):
        return True
    return (
        name == "-" and b"," in content and not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))
    )


def read_table(content: bytes, name: str = "") -> Table:
    """Read a table as a document; its ``faults`` are those of single cells, to be told with those of the document.

    Refused as a whole with ``WorkbookFaults``: a file too large, damaged or in letters that cannot be read, too many
    rows, no row of headings, and a needed column that is not there.
    """
    try:
        return _table(_sheets(content, name))
    except TooManyRows:
        raise WorkbookFaults([CellFault("", None, "", "", *sentences.TOO_MANY_ROWS)]) from None


def fault_sentences(table: Table, refused: ScoringFaults | None = None) -> list[str]:
    """Every fault of a table in the order of its rows, those of its cells and those of the document it makes."""
    of_document = () if refused is None else refused.faults
    faults = [*table.faults, *(table.placed(fault) for fault in of_document)]
    return [str(fault) for fault in sorted(faults, key=lambda fault: fault.row or 0)]


def _sheets(content: bytes, name: str) -> list[Sheet]:
    """The sheet of KPIs, and the sheet of monthly results where a workbook has one."""
    if content.startswith(_PARQUET) or name.lower().endswith(".parquet"):
        # Loaded here: it takes longer to load than a document to score, and only Parquet asks for it.
        from raprong.lib.scoring.parquet_table import rows_of_parquet

        return [_sheet("", rows_of_parquet(content))]
    if not (content.startswith(_OFFICE) or name.lower().endswith(".xlsx")):
        return [_sheet(CSV_SHEET, rows_of_csv(content))]
    with open_archive(content) as archive:
        book = XlsxBook(archive)
        by_name = {matching(name): name for name in book.names}
        first = by_name.get(matching(KPI_SHEET)) or next(iter(book.names), "")
        if not first:
            raise WorkbookFaults([CellFault("", None, "", "", *sentences.no_sheet(KPI_SHEET))])
        months = by_name.get(matching(RESULT_SHEET))
        return [_sheet(name, book.rows(name)) for name in (first, months) if name]


def _sheet(name: str, rows: Rows) -> Sheet:
    known = [heading for headings in HEADINGS.values() for heading in headings]
    return Sheet(name, rows, marks=[*known, *(heading for _level, heading in columns.LEVELS)])


def _table(sheets: Sequence[Sheet]) -> Table:
    sheet = sheets[0]
    found = {name: _column(sheet, headings) for name, headings in HEADINGS.items()}
    missing = [sentences.no_column(HEADINGS[name][-1], sheet.heading_row) for name in NEEDED if found[name] is None]
    if missing:
        raise WorkbookFaults([CellFault(sheet.name, None, "", "", *said) for said in missing])
    levels = {level: column for column in sheet.columns if (level := _level_of(column)) is not None}
    months = _last_figures(sheets[1]) if len(sheets) > 1 and found["result"] is None else {}
    table = Table({"kpis": []}, sheet.name, columns=found)
    for row in sheet.rows():
        reading = _RowReading(table, row, found, levels, months)
        table.rows.append(row.number)
        table.document["kpis"].append(reading.kpi())
    return table


def _column(sheet: Sheet, headings: Sequence[str]) -> Column | None:
    return next((found for heading in headings if (found := sheet.column(heading))), None)


def _level_of(column: Column) -> Decimal | None:
    found = _LEVEL.fullmatch(plain_heading(column.heading))
    return Decimal(found[1]) if found else None


def _last_figures(sheet: Sheet) -> dict[str, Value]:
    """By code, the last month's figure in the sheet of monthly results; figures there are cumulative."""
    code = _column(sheet, HEADINGS["code"])
    months = [sheet.column(heading) for _month, heading in MONTHS]
    figures: dict[str, Value] = {}
    for row in sheet.rows():
        said = [cell for column in months if (cell := row.at(column)) is not None and text_of(cell)]
        if said:
            figures[code_of(row.at(code))] = said[-1]
    return figures


class _RowReading:
    """One row on its way to a KPI of the document."""

    def __init__(
        self,
        table: Table,
        row: Row,
        found: Mapping[str, Column | None],
        levels: Mapping[Decimal, Column],
        months: Mapping[str, Value],
    ) -> None:
        self.table, self.row, self.found, self.levels, self.months = table, row, found, levels, months

    def kpi(self) -> dict[str, Any]:
        """The KPI of the row. One that cannot be read stands in for itself, so that the others are checked as well."""
        before = len(self.table.faults)
        code = code_of(self.text("code"))
        parent = code_of(self.text("parent"))
        kind = self.choice("kind", choices.KINDS) or Kind.LADDER
        inside = self.number("weight_inside") if parent else None
        weight = inside or self.number("weight")
        status = self.choice("status", STATUSES)
        kpi = {
            "code": code,
            "weight": weight,
            "result": self.result(kind, code),
            "status": status or None,
            "parent": parent or None,
            "overridden": self.number("overridden"),
            "because": self.text("because") or None,
            "criteria": self.criteria(kind),
        }
        if len(self.table.faults) > before:
            return {"code": code or f"row {self.row.number}", "weight": "1", "status": str(Status.CANCELLED)}
        return {name: value for name, value in kpi.items() if value is not None or name in NEEDED}

    def text(self, name: str) -> str:
        column = self.found[name]
        cell = self.row.at(column)
        if isinstance(cell, Computed):
            self.fault(column, sentences.FORMULA_CELL)
            return ""
        written = text_of(cell)
        if begins_formula(written):
            self.fault(column, sentences.FORMULA_TEXT)
            return ""
        return written

    def number(self, name: str) -> str | None:
        return self.figure(self.found[name], self.row.at(self.found[name]))

    def figure(self, column: Column | None, cell: Value) -> str | None:
        if isinstance(cell, Computed) and cell.elsewhere:
            self.fault(column, sentences.FROM_ELSEWHERE)
            return None
        try:
            number = number_of(cell)
        except NotANumber:
            self.fault(column, sentences.not_a_number(text_of(cell)))
        except OutsizeNumber as outsize:
            self.fault(column, sentences.outsize_number(str(outsize)))
        else:
            return None if number is None else format(number, "f")
        return None

    def choice(self, name: str, among: tuple[ChoiceOf, ...]) -> str:
        written = self.text(name)
        code = code_for(written, among) if written else ""
        if code is None:
            self.fault(self.found[name], sentences.not_in_list(written, [one.word for one in among]))
        return code or ""

    def result(self, kind: str, code: str) -> str | None:
        if kind in _ANSWERED and self.found["result"] is not None:
            return self.text("result") or None
        cell = self.row.at(self.found["result"]) if self.found["result"] is not None else self.months.get(code)
        return self.figure(self.found["result"], cell)

    def criteria(self, kind: str) -> dict[str, object] | None:
        cells = {level: self.row.at(column) for level, column in self.levels.items()}
        for level, cell in cells.items():
            if isinstance(cell, (Computed, Broken)):
                self.fault(self.levels[level], sentences.FORMULA_CELL)
                return None
        if not any(text_of(cell) for cell in cells.values()):
            return None
        try:
            criteria: Criteria = criteria_in(kind, cells, self.row.at(self.found["plan"]))
        except Unreadable as unreadable:
            for level, said in unreadable.faults.items():
                self.fault(self.found["plan"] if level == PLAN_PLACE else self.levels.get(level), said)
            return None
        return criteria_as_data(criteria)

    def fault(self, column: Column | None, said: sentences.Both) -> None:
        letter, heading = (column.letter, column.heading) if column else ("", "")
        self.table.faults.append(CellFault(self.table.sheet, self.row.number, letter, heading, *said))
