"""Saving the monthly grid cell by cell: each figure stands or falls by itself, through the same verb as the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis.formulas import FormulaInput, inputs_of
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.actions import Figure, report_many
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthlyResult
from raprong.results.taking_back import take_back
from raprong.results.typed import Typed, Unreadable, read_typed

VALUE = "value"


class CellState(StrEnum):
    """What became of a cell that was typed into."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    INCOMPLETE = "incomplete"  # the formula waits for its other inputs
    REFUSED = "refused"
    OVERTAKEN = "overtaken"  # somebody saved this figure after it was read


@dataclass(frozen=True)
class CellEntry:
    """What was typed for one KPI and month: the text of its value, or of each input by its name.

    `seen` is the version that stood there when it was read, 0 for none.
    """

    kpi: KpiYear
    month: date
    texts: Mapping[str, str]
    seen: int


@dataclass(frozen=True)
class CellAnswer:
    """What became of an entry, what stands there now, and where it was not saved the sentence why."""

    entry: CellEntry
    state: CellState
    stored: MonthlyResult | None = None
    sentence: str = ""
    field: str = VALUE  # where the sentence belongs


class CellRefused(Exception):
    """An entry cannot be reported as it is typed."""

    def __init__(self, sentence: str, *, field: str = VALUE, state: CellState = CellState.REFUSED) -> None:
        super().__init__(sentence)
        self.sentence, self.field, self.state = sentence, field, state


def save_cells(run: Run, entries: Sequence[CellEntry], *, by: Person, at: datetime) -> list[CellAnswer]:
    """Report every entry by itself: one that is refused holds none of the others back.

    Rights, open months, versions and the trail are those of `actions.report_many`.
    """
    return [save_cell(run, entry, by=by, at=at) for entry in entries]


def save_cell(run: Run, entry: CellEntry, *, by: Person, at: datetime) -> CellAnswer:
    """Report one entry and tell what became of it. Nothing is raised: each cell of a grid has an answer of its own."""
    try:
        stored = _save(run, entry, by=by, at=at)
    except CellRefused as refused:
        return CellAnswer(entry, refused.state, _stored(entry), refused.sentence, refused.field)
    except Stale:
        return CellAnswer(entry, CellState.OVERTAKEN, _stored(entry))
    except Refused as refused:
        return CellAnswer(entry, CellState.REFUSED, _stored(entry), refused.sentence)
    except Faults as faults:
        sentence = " ".join(str(fault.sentence) for fault in faults.faults)
        return CellAnswer(entry, CellState.REFUSED, _stored(entry), sentence)
    unchanged = stored is not None and stored.version <= entry.seen
    return CellAnswer(entry, CellState.UNCHANGED if unchanged else CellState.SAVED, stored)


def _save(run: Run, entry: CellEntry, *, by: Person, at: datetime) -> MonthlyResult | None:
    """Report what was typed; a cell that was emptied takes its figure back."""
    if entry.seen and not any(text.strip() for text in entry.texts.values()):
        take_back(entry.kpi, entry.month, seen=entry.seen, by=by, at=at)
        return None
    return report_many(run, entry.month, [figure_of(entry)], by=by, at=at)[0]


def figure_of(entry: CellEntry) -> Figure:
    """What an entry reports. Refused with `CellRefused` where its texts cannot be read or are not all there."""
    kpi = entry.kpi
    if kpi.expression:
        return _reckoned(entry, inputs_of(kpi.inputs))
    said = _read(entry, VALUE, kpi.measure)
    if said.is_empty:
        raise CellRefused(_("Enter the figure, or “n/a” where nothing applies this month."))
    return Figure(kpi, said.value, said.status, seen=entry.seen)


def _reckoned(entry: CellEntry, inputs: Sequence[FormulaInput]) -> Figure:
    """The inputs of a formula. A status typed into one of them is that of the whole figure."""
    said = {one.name: _read(entry, one.name, one.measure) for one in inputs}
    status = next((one.status for one in said.values() if one.status != ResultStatus.VALUE), ResultStatus.VALUE)
    if status != ResultStatus.VALUE:
        return Figure(entry.kpi, None, status, seen=entry.seen)
    figures = {name: one.value for name, one in said.items() if one.value is not None}
    _check_complete(inputs, figures)
    return Figure(entry.kpi, None, seen=entry.seen, inputs=figures)


def _check_complete(inputs: Sequence[FormulaInput], figures: Mapping[str, Decimal]) -> None:
    waiting = [one for one in inputs if one.name not in figures]
    if waiting:
        sentence = _("It is saved once this is entered too: %(titles)s.")
        titles = ", ".join(one.title for one in waiting)
        raise CellRefused(sentence % {"titles": titles}, field=waiting[0].name, state=CellState.INCOMPLETE)


def _read(entry: CellEntry, field: str, measure: str) -> Typed:
    criteria = criteria_of(entry.kpi) if field == VALUE else None
    try:
        return read_typed(entry.texts.get(field, ""), measure=measure, criteria=criteria)
    except Unreadable as unreadable:
        raise CellRefused(str(unreadable), field=field) from None


def _stored(entry: CellEntry) -> MonthlyResult | None:
    """What stands there now, with who reported it."""
    return (
        MonthlyResult.objects.filter(kpi=entry.kpi, month=entry.month)
        .select_related("kpi", "reported_by")
        .order_by("pk")
        .first()
    )
