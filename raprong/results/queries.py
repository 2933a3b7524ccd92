from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from raprong.audit.models import Entry
from raprong.audit.queries import entries_about
from raprong.core.clock import day_of
from raprong.core.references import reference
from raprong.documents.monthly_report.shape import MonthlyReport
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import measured, reported_kpis, scheme_of, selected_kpis
from raprong.lib.scoring.card import ScoreCard
from raprong.lib.scoring.rollup import MeasuredKpi
from raprong.lib.scoring.rollup import score_card as card_of
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from raprong.records.models import Record, RecordQuerySet
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthClose, MonthlyResult
from raprong.results.months import is_due, last_day_of, months_begun, round_on
from raprong.results.standings import Standing, standings_upto


@dataclass(frozen=True)
class DueMonth:
    """A month that has begun, is not closed, and for which some figures are not reported yet."""

    month: date
    due_on: date  # its last day
    missing: tuple[KpiYear, ...]


def results_of(run: Run) -> QuerySet[MonthlyResult]:
    """Every figure of a run's selected KPIs, month by month."""
    return MonthlyResult.objects.filter(kpi__in=selected_kpis(run)).select_related("kpi", "reported_by")


def figures_of_month(kpis: Iterable[KpiYear], month: date) -> dict[int, MonthlyResult]:
    """What is reported for these KPIs and one month, by the KPI's primary key."""
    return {kpi: result for (kpi, _month), result in figures_of_months(kpis, [month]).items()}


def figures_of_months(kpis: Iterable[KpiYear], months: Iterable[date]) -> dict[tuple[int, date], MonthlyResult]:
    """What is reported for these KPIs and months, by the KPI's primary key and the month."""
    found = MonthlyResult.objects.filter(kpi__in=[kpi.pk for kpi in kpis], month__in=months).order_by()
    return {(result.kpi_id, result.month): result for result in found}


def figures_upto(run: Run, *, upto: date) -> dict[int, Decimal | None]:
    """The latest cumulative figure of each selected KPI, by its primary key.

    Looked at are months that end on or before `upto`; a month in which nothing applied leaves the figure before it
    standing. None: no figure at all, which is not nought.
    """
    figures: dict[int, Decimal | None] = dict.fromkeys(selected_kpis(run).values_list("pk", flat=True))
    ended = [month for month in run.year.months() if last_day_of(run, month) <= upto]
    reported = MonthlyResult.objects.filter(kpi__in=list(figures), month__in=ended, status=ResultStatus.VALUE)
    figures.update(reported.order_by("month").values_list("kpi_id", "value"))
    return figures


def score_card(run: Run, *, upto: date) -> ScoreCard:
    """The year's scores from what had been reported up to a day, KPIs in the order of `selected_kpis`.

    Each is scored by the criteria of the round that the day belongs to, or stands with the status that it has instead.
    """
    return card_of(measured_upto(run, upto=upto), scheme_of(run))


def measured_upto(run: Run, *, upto: date) -> list[MeasuredKpi]:
    """The KPIs of `selected_kpis` with what stands for each on a day, ready to be scored."""
    kpis, months = list(selected_kpis(run)), round_on(run, upto)
    standings = standings_upto(run, kpis, upto=upto, months=months)
    return [measured_as(kpi, standings[kpi.pk], months=months) for kpi in kpis]


def measured_as(kpi: KpiYear, standing: Standing, *, months: int) -> MeasuredKpi:
    """A KPI with what stands for it in a round."""
    return replace(measured(kpi, standing.figure, months=months), status=standing.status, because=standing.because)


def closed_months(run: Run) -> dict[date, MonthClose]:
    """The months of a run that are closed, each with the closing that holds."""
    standing = MonthClose.objects.standing().filter(run=run)
    return {close.month: close for close in standing.select_related("closed_by")}


def reports_of(run: Run) -> RecordQuerySet:
    """The reports of the closed months in the cabinet; `about` refers to each month's closing."""
    return reports_about(closed_months(run).values())


def reports_about(closings: Iterable[MonthClose]) -> RecordQuerySet:
    """The reports of certain closings, of those that no longer hold too; `about` refers to each of them."""
    return Record.objects.filter(kind=MonthlyReport.kind, about__in=[reference(close) for close in closings])


def still_missing(run: Run, months: Iterable[date], *, group: Unit | None = None) -> dict[date, list[KpiYear]]:
    """For each of the months that is not closed, the KPIs that owe a figure; complete months are left out."""
    closed, kpis = closed_months(run), _kpis(run, group)
    reported = set(results_of(run).values_list("kpi_id", "month"))
    found = {
        month: [kpi for kpi in kpis if is_due(run, kpi, month) and (kpi.pk, month) not in reported]
        for month in months
        if month not in closed
    }
    return {month: missing for month, missing in found.items() if missing}


def months_due(run: Run, *, at: datetime, group: Unit | None = None) -> list[DueMonth]:
    """The months that wait for figures of a group, or of the whole unit, oldest first."""
    waiting = still_missing(run, months_begun(run, day_of(at)), group=group)
    return [DueMonth(month, last_day_of(run, month), tuple(missing)) for month, missing in waiting.items()]


def history_of(result: MonthlyResult) -> QuerySet[Entry]:
    """Who reported and corrected a figure, oldest first; each entry's facts hold `before` and `after`."""
    return entries_about(result)


def _kpis(run: Run, group: Unit | None) -> list[KpiYear]:
    kpis = reported_kpis(run)
    return list(kpis.filter(group=group) if group else kpis)
