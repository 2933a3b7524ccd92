from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused, refusal
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import Fault, FaultList, Faults, all_at_once
from raprong.core.freshness import check_fresh
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import reported_kpis, selected_kpis
from raprong.lib.thai.dates import month_and_year
from raprong.lib.workbooks.shape import MonthlyRow
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.processes.queries import storage_of
from raprong.records.papers import seal_and_deposit
from raprong.results import permissions, policies
from raprong.results.documents import monthly_report
from raprong.results.enums import ResultStatus
from raprong.results.facts import digest_of, facts_of
from raprong.results.follow_up import actions_followed, unexplained
from raprong.results.models import MonthClose, MonthlyResult
from raprong.results.months import month_title
from raprong.results.queries import figures_of_months, results_of, still_missing
from raprong.results.readings import keep_readings

REPORT_TITLE = "รายงานผลการดำเนินงานรายเดือน "  # in the cabinet words are Thai in every language
REVISED = " (ปิดครั้งที่ %s)"

# What the rules and the trail ask of a KPI and its group; put together once, because it is asked with every save.
OF_KPI = ["public_id", "code", "title", "state", "criteria", "round_criteria", "inputs", "expression"]
OF_GROUP = ["group__agency", "group__parent", "group__name"]
LOCKED = (
    KpiYear.objects.select_for_update(of=("self",))
    .select_related("group")
    .with_sums()
    .only(*OF_KPI, *OF_GROUP)
    .order_by("pk")
)


@dataclass(frozen=True)
class Figure:
    """What is reported for one KPI and month.

    Without a `note` the one that stands there stays. `seen` is the version read before, 0 for a month that was empty.
    With `inputs` the value is not looked at: the KPI's formula reckons it from them.
    """

    kpi: KpiYear
    value: Decimal | None
    status: str = ResultStatus.VALUE
    note: str | None = None
    seen: int | None = None
    inputs: Mapping[str, Decimal] = field(default_factory=dict)


@transaction.atomic
def report(
    kpi: KpiYear,
    *,
    month: date,
    value: Decimal | None,
    status: str,
    note: str,
    seen: int | None,
    by: Person,
    at: datetime,
) -> MonthlyResult:
    """Report what a KPI had reached, cumulatively since October, at the end of a month; or correct what was reported.

    `month` is its first day. Refused: a month that has not begun or is closed, a KPI that was not selected, somebody
    who does not report for the KPI's group, and, as faults, a figure with more than 4 decimals or out of reach. A
    figure that changes nothing is not written down again. The audit trail keeps what stood there before.
    """
    run = kpi.run
    kpi = _locked(run, [kpi])[kpi.pk]
    permissions.check_may_report(by, run, [kpi], month, at=at)
    policies.check_figure(kpi, value, status)
    return _written(run, [(Figure(kpi, value, status, note, seen), month)], by=by, at=at)[0]


@transaction.atomic
def report_many(run: Run, month: date, figures: Sequence[Figure], *, by: Person, at: datetime) -> list[MonthlyResult]:
    """Report one month of several KPIs of a run: all of it, or nothing and every fault at once.

    A fault's field is the KPI's public id. The rest is as in `report`.
    """
    locked = _locked(run, [figure.kpi for figure in figures])
    _check_are_of_run([figure.kpi for figure in figures], locked)
    figures = [replace(figure, kpi=locked[figure.kpi.pk]) for figure in figures]
    permissions.check_may_report(by, run, list(locked.values()), month, at=at)
    with all_at_once() as found:
        figures = [_reckoned(figure, found) for figure in figures]
        for figure in figures:
            kpi = figure.kpi
            found.faults += policies.faults_of_figure(kpi, figure.value, figure.status, field=kpi.public_id)
    return _written(run, [(figure, month) for figure in figures], by=by, at=at)


def _reckoned(figure: Figure, found: FaultList) -> Figure:
    """A figure with the value that its inputs come to; where they come to none, the faults are the figure's."""
    if not figure.inputs or figure.status != ResultStatus.VALUE:
        return replace(figure, inputs={})
    try:
        return replace(figure, value=policies.reckoned(figure.kpi, figure.inputs))
    except Faults as refused:
        found.faults += [Fault(figure.kpi.public_id, fault.sentence) for fault in refused.faults]
        return figure


@transaction.atomic
def take_in(run: Run, rows: Sequence[MonthlyRow], *, by: Person, at: datetime) -> int:
    """Report every figure of a workbook's sheet of results; answers how many figures are new or corrected.

    All of it, or nothing and every fault at once, each with its row: a code that no selected KPI has, figures of a KPI
    that is reckoned from its parts, and whatever `report` would refuse. An empty cell, and one that says what is stored
    already, changes nothing.
    """
    kpis = {kpi.code: kpi for kpi in _locked(run, list(reported_kpis(run))).values()}
    sums = set(selected_kpis(run).values_list("code", flat=True)) - kpis.keys()
    news = _news(run, rows)
    with all_at_once() as found:
        found.faults += [_unknown_code(row) for row in rows if row.code not in kpis and row.code not in sums]
        found.faults += [
            _figures_of_a_sum(row)
            for row in rows
            if row.code in sums and any(at is not None for _month, at in row.figures)
        ]
        found.faults += _refusals_of_groups(
            run, [kpis[row.code].group for row, _month, _value in news if row.code in kpis], by, at
        )
        for row, month, value in news:
            if row.code in kpis:
                found.faults += _faults_of_cell(run, row, kpis[row.code], month, value, on=day_of(at))
    figures = [(Figure(kpis[row.code], value), month) for row, month, value in news]
    return len(_written(run, figures, by=by, at=at))


@transaction.atomic
def close_month(
    run: Run,
    month: date,
    *,
    because: str = "",
    waived: Mapping[str, str] | None = None,
    by: Person,
    at: datetime,
) -> MonthClose:
    """Close a month: its figures no longer change, and are kept as they stood, with a digest over all of them.

    Each figure that is not reported is waived with a reason: its own, by the KPI's public id in `waived`, or the one of
    all, `because`. Refused while a figure below the chosen level has no cause and action. The month's report is sealed
    and put into the cabinet. A month that was opened again closes with the next revision.
    """
    kpis = list(_locked(run, list(reported_kpis(run))).values())
    permissions.check_may_close(by, run, month, at=at)
    missing = still_missing(run, [month]).get(month, [])
    reasons = _reasons(missing, because, waived or {})
    with all_at_once() as found:
        found.faults += policies.faults_of_closing(month, missing, reasons, unexplained(run, months=[month]))
    snapshot = _snapshot(kpis, month, missing, reasons)

    close = MonthClose.objects.create(
        run=run,
        month=month,
        revision=MonthClose.objects.filter(run=run, month=month).count() + 1,
        snapshot=snapshot,
        digest=digest_of(snapshot),
        because=because.strip(),
        closed_at=at,
        closed_by=by,
    )
    _deposit_report(close, by=by, at=at)

    record(
        "result.month_closed",
        about=close,
        by=by,
        at=at,
        place=run.unit,
        fiscal_year=run.fiscal_year,
        month=month,
        revision=close.revision,
        digest=close.digest,
        not_reported=[kpi.code for kpi in missing],
        waived=snapshot["waived"],
        because=because.strip(),
    )
    return close


def _deposit_report(close: MonthClose, *, by: Person, at: datetime) -> None:
    run = close.run
    seal_and_deposit(
        monthly_report(close, list(reported_kpis(run)), list(results_of(run)), actions_followed(close)),
        title=f"{REPORT_TITLE}{month_and_year(close.month, thai_digits=False)} {run.unit.name}{_which(close)}",
        about=close,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        storage=storage_of(run),
        by=by,
        at=at,
        which=f"{close.month:%Y-%m}" if close.revision == 1 else f"{close.month:%Y-%m}-{close.revision}",
    )


def _which(close: MonthClose) -> str:
    return "" if close.revision == 1 else REVISED % close.revision


def _locked(run: Run, kpis: Sequence[KpiYear]) -> dict[int, KpiYear]:
    """KPIs of a run, locked one after another in one order, so that a closing waits for reports and reports for it."""
    return {kpi.pk: kpi for kpi in LOCKED.filter(framework__run=run, pk__in=[kpi.pk for kpi in kpis])}


def _check_are_of_run(kpis: Iterable[KpiYear], locked: Container[int]) -> None:
    for kpi in kpis:
        if kpi.pk not in locked:
            raise Refused(_("%(kpi)s is not a KPI of this year's agreement.") % {"kpi": kpi})


def _written(run: Run, figures: Sequence[tuple[Figure, date]], *, by: Person, at: datetime) -> list[MonthlyResult]:
    """Store checked figures of locked KPIs, each for its month; the database can score by each of them then."""
    stored = figures_of_months({figure.kpi for figure, _month in figures}, {month for _figure, month in figures})
    for figure, month in figures:
        place = figure.kpi.pk, month
        stored[place] = _write(run, figure, month, stored.get(place), by=by, at=at)
    written = [stored[figure.kpi.pk, month] for figure, month in figures]
    if first := [result.kpi for result in written if result.version == 1 and result.reported_at == at]:
        keep_readings(run, first)
    return written


def _write(
    run: Run, figure: Figure, month: date, result: MonthlyResult | None, *, by: Person, at: datetime
) -> MonthlyResult:
    """Store a figure in place of what stands there and write it down, unless nothing changes."""
    if result is None:
        return _first(run, figure, month, by=by, at=at)
    check_fresh(result, figure.seen)
    result.kpi = figure.kpi  # already read
    before = facts_of(result)
    result.value, result.status, result.inputs = figure.value, figure.status, _as_data(figure.inputs)
    if figure.note is not None:
        result.note = figure.note.strip()
    if facts_of(result) == before:
        return result
    result.version += 1
    result.reported_at, result.reported_by = at, by
    result.save(update_fields=["value", "status", "inputs", "note", "version", "reported_at", "reported_by"])
    _record(run, "result.corrected", result, by=by, at=at, before=before, after=facts_of(result))
    return result


def _first(run: Run, figure: Figure, month: date, *, by: Person, at: datetime) -> MonthlyResult:
    result = MonthlyResult.objects.create(
        kpi=figure.kpi,
        month=month,
        value=figure.value,
        status=figure.status,
        inputs=_as_data(figure.inputs),
        note=(figure.note or "").strip(),
        reported_at=at,
        reported_by=by,
    )
    _record(run, "result.reported", result, by=by, at=at, after=facts_of(result))
    return result


def _record(run: Run, kind: str, result: MonthlyResult, *, by: Person, at: datetime, **facts: Any) -> None:
    record(kind, about=result, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year, month=result.month, **facts)


def _as_data(inputs: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: format(figure, "f") for name, figure in inputs.items()}


def _news(run: Run, rows: Sequence[MonthlyRow]) -> list[tuple[MonthlyRow, date, Decimal]]:
    """The figures of a sheet that say something else than what is stored."""
    stored = {(code, month): value for code, month, value in results_of(run).values_list("kpi__code", "month", "value")}
    cells = [(row, run.year.month(number)[0], value) for row in rows for number, value in row.figures]
    return [
        (row, month, value)
        for row, month, value in cells
        if value is not None and stored.get((row.code, month)) != value
    ]


def _unknown_code(row: MonthlyRow) -> Fault:
    sentence = _("Row %(row)s: no KPI of this year's agreement has the code %(code)s.")
    return Fault("", sentence % {"row": row.row, "code": row.code})


def _figures_of_a_sum(row: MonthlyRow) -> Fault:
    sentence = _("Row %(row)s: KPI %(code)s is reckoned from its parts. Leave its figures empty.")
    return Fault("", sentence % {"row": row.row, "code": row.code})


def _refusals_of_groups(run: Run, groups: Iterable[Unit], by: Person, at: datetime) -> list[Fault]:
    sentences = permissions.refusals_to_report(by, run, groups, at=at).values()
    return [Fault("", sentence) for sentence in dict.fromkeys(sentences) if sentence]


def _faults_of_cell(run: Run, row: MonthlyRow, kpi: KpiYear, month: date, value: Decimal, *, on: date) -> list[Fault]:
    reasons = [fault.sentence for fault in policies.faults_of_figure(kpi, value, ResultStatus.VALUE)]
    if sentence := refusal(policies.check_month_is_open, run, month, on=on):
        reasons.append(sentence)
    place = _("Row %(row)s, %(month)s") % {"row": row.row, "month": month_title(month)}
    return [Fault("", f"{place}: {reason}") for reason in reasons]


def _reasons(missing: Sequence[KpiYear], because: str, waived: Mapping[str, str]) -> dict[str, str]:
    """Why each figure is missing, by the KPI's code: its own reason, else the one of all."""
    return {kpi.code: waived.get(kpi.public_id, "").strip() or because.strip() for kpi in missing}


def _snapshot(
    kpis: Sequence[KpiYear], month: date, missing: Sequence[KpiYear], reasons: Mapping[str, str]
) -> dict[str, Any]:
    """The month as it stood: figures by code, the codes of what was not reported, and why."""
    results = MonthlyResult.objects.filter(kpi__in=kpis, month=month).select_related("kpi").order_by("kpi__code")
    return {
        "figures": {result.kpi.code: facts_of(result) for result in results},
        "not_reported": [kpi.code for kpi in missing],
        "waived": dict(reasons),
    }
