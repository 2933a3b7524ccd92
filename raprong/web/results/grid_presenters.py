"""The monthly grid as rows and cells. No queries here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from raprong.kpis.enums import Counting
from raprong.kpis.formulas import inputs_of
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.lib.scoring.criteria import YesNo
from raprong.processes.models import Run
from raprong.results.enums import ResultStatus
from raprong.results.grid import VALUE, CellAnswer, CellState
from raprong.results.marks import Marks, Place
from raprong.results.models import MonthlyResult
from raprong.results.months import is_due, last_day_of, month_title, round_on
from raprong.web.results.figure_presenters import MarkView, marks_view
from raprong.web.results.figures import shown
from raprong.web.results.levels import Reached, reached
from raprong.web.results.presenters import MonthView, levels_of, told
from raprong.web.shell.filters import digits, moment, with_measure

COUNTS: dict[str, Callable[[], str]] = {
    Counting.CUMULATIVE: lambda: _("cumulative"),
    Counting.MONTHLY: lambda: _("monthly"),
    Counting.ANNUAL: lambda: _("annual"),
}
Stored = Mapping[tuple[int, date], MonthlyResult]


@dataclass(frozen=True)
class Typing:
    """What was typed into a cell and could not be saved, with the sentence why where this cell is the reason."""

    text: str
    fault: str = ""


@dataclass(frozen=True)
class CellView:
    """One KPI, or one input of its formula, in one month."""

    kpi: KpiYear
    month: MonthView
    field: str
    stored: MonthlyResult | None
    level: Reached | None
    typing: Typing | None = None
    marks: MarkView | None = None

    @property
    def name(self) -> str:
        return f"{self.kpi.public_id}-{self.month.code}-{self.field}"

    @property
    def stored_text(self) -> str:
        return text_of(self.stored, self.field)

    @property
    def text(self) -> str:
        return self.typing.text if self.typing else self.stored_text

    @property
    def fault(self) -> str:
        return self.typing.fault if self.typing else ""

    @property
    def version(self) -> int:
        return self.stored.version if self.stored else 0

    @property
    def status(self) -> str:
        return str(self.stored.status) if self.stored else ""

    @property
    def said(self) -> str:
        return said_of(self.stored)

    @property
    def waits(self) -> bool:
        """Whether a figure is owed: the month is over, still open, and nothing is reported."""
        owed = is_due(self.kpi.run, self.kpi, self.month.month)
        return owed and self.stored is None and self.month.over and not self.month.closed

    @property
    def open(self) -> bool:
        return self.month.begun and not self.month.closed


@dataclass(frozen=True)
class RowView:
    """A KPI, an input of its formula, or a KPI that is reckoned from its parts, through the months."""

    kpi: KpiYear
    cells: Sequence[CellView]
    own: bool  # whether this person reports for it
    input_title: str = ""
    measure: str = ""
    is_sum: bool = False

    @property
    def typed_into(self) -> bool:
        """Whether figures are typed in this row: not where they are reckoned."""
        return self.own and not self.is_sum and (bool(self.input_title) or not self.kpi.expression)

    @property
    def head_of_inputs(self) -> bool:
        return bool(self.kpi.expression) and not self.input_title and not self.is_sum

    @property
    def counts(self) -> str:
        """How its figure counts, in one word."""
        return COUNTS[self.kpi.counting]()

    @property
    def levels(self) -> str:
        """The levels in one line, for the line under the grid."""
        return " · ".join(f"{level}: {at}" for level, at in levels_of(self.kpi))

    @property
    def target(self) -> str:
        return digits(with_measure(told(self.kpi, self.kpi.target), self.kpi.measure))

    @property
    def seen(self) -> str:
        """What stands in the open months: version and text of each field. The form posts it back with what is typed."""
        fields = [one.name for one in inputs_of(self.kpi.inputs)] if self.kpi.expression else [VALUE]
        return json.dumps(
            {
                cell.month.code: [cell.version, {field: text_of(cell.stored, field) for field in fields}]
                for cell in self.cells
                if cell.open
            },
            ensure_ascii=False,
        )


def text_of(stored: MonthlyResult | None, field: str = VALUE) -> str:
    """What stands in a cell, as it may be typed again."""
    if stored is None:
        return ""
    if stored.status == ResultStatus.NOT_APPLICABLE:
        return _("n/a")
    if stored.status == ResultStatus.MISSING:
        return _("no data")
    if field != VALUE:
        return str(stored.inputs.get(field, ""))
    return told(stored.kpi, stored.value) if isinstance(criteria_of(stored.kpi), YesNo) else shown(stored.value)


def said_of(stored: MonthlyResult | None) -> str:
    """Who reported a figure and when, with the remark."""
    if stored is None:
        return ""
    said = _("%(person)s, %(moment)s") % {"person": stored.reported_by, "moment": moment(stored.reported_at)}
    return f"{said} · {stored.note}" if stored.note else said


def rows_of(
    run: Run,
    kpis: Sequence[KpiYear],
    months: Sequence[MonthView],
    stored: Stored,
    own: set[int],
    typing: Mapping[str, Typing],
    marks: Mapping[Place, Marks],
) -> list[RowView]:
    """The rows of the grid: every KPI, and under it the inputs of its formula."""
    rounds = {view.month: round_on(run, last_day_of(run, view.month)) for view in months}

    def cells(kpi: KpiYear, field: str) -> list[CellView]:
        found = [CellView(kpi, view, field, stored.get((kpi.pk, view.month)), None) for view in months]
        return [_complete(cell, rounds[cell.month.month], typing, marks) for cell in found]

    rows: list[RowView] = []
    for kpi in kpis:
        mine = kpi.pk in own
        if kpi.is_sum:
            rows.append(RowView(kpi, (), mine, measure=kpi.measure, is_sum=True))
            continue
        rows.append(RowView(kpi, cells(kpi, VALUE), mine, measure=kpi.measure))
        if kpi.expression:
            rows += [RowView(kpi, cells(kpi, one.name), mine, one.title, one.measure) for one in inputs_of(kpi.inputs)]
    return rows


def _complete(cell: CellView, months: int, typing: Mapping[str, Typing], marks: Mapping[Place, Marks]) -> CellView:
    value = cell.stored.value if cell.stored and cell.field == VALUE else None
    return CellView(
        cell.kpi,
        cell.month,
        cell.field,
        cell.stored,
        reached(cell.kpi, value, months=months),
        typing.get(cell.name),
        marks_view(marks.get((cell.kpi.pk, cell.month.month))) if cell.field == VALUE else None,
    )


def sentence_of(answer: CellAnswer) -> str:
    """Why a cell was not saved, in words."""
    if answer.state is not CellState.OVERTAKEN:
        return answer.sentence
    if answer.stored is None:
        return _("Somebody took this figure back after you opened the page.")
    return _("%(person)s saved “%(figure)s” on %(moment)s. Enter puts yours in its place, Escape keeps theirs.") % {
        "person": answer.stored.reported_by,
        "figure": text_of(answer.stored),
        "moment": moment(answer.stored.reported_at),
    }


def answer_as_data(run: Run, answer: CellAnswer, marks: Mapping[Place, Marks]) -> dict[str, Any]:
    """What became of a cell, as the script of the grid takes it."""
    told_now = standing_as_data(run, answer.entry.kpi, answer.entry.month, answer.stored, marks)
    return told_now | {"state": str(answer.state), "sentence": sentence_of(answer), "field": answer.field}


def standing_as_data(
    run: Run, kpi: KpiYear, month: date, stored: MonthlyResult | None, marks: Mapping[Place, Marks]
) -> dict[str, Any]:
    """What stands in a cell now."""
    level = reached(kpi, stored.value if stored else None, months=round_on(run, last_day_of(run, month)))
    hanging = marks_view(marks.get((kpi.pk, month)))
    fields = [VALUE, *(one.name for one in inputs_of(kpi.inputs))]
    return {
        "kpi": kpi.public_id,
        "month": f"{month:%Y-%m}",
        "version": stored.version if stored else 0,
        "texts": {field: text_of(stored, field) for field in fields},
        "status": str(stored.status) if stored else "",
        "level": level.words if level else "",
        "tint": level.tint if level else None,
        "said": said_of(stored),
        "sign": hanging.sign if hanging else "",
        "hanging": hanging.words if hanging else "",
    }


def fault_lines(run: Run, answers: Sequence[CellAnswer]) -> list[tuple[str, str, str]]:
    """Every cell that was not saved, as the summary at the top names it: anchor, place, sentence."""
    return [
        (
            f"{answer.entry.kpi.public_id}-{answer.entry.month:%Y-%m}-{answer.field}",
            f"{answer.entry.kpi.code} {month_title(answer.entry.month)}",
            sentence_of(answer),
        )
        for answer in answers
        if answer.state not in (CellState.SAVED, CellState.UNCHANGED)
    ]
