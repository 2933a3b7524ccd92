"""How complete and how punctual the groups of a run report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from raprong.audit.models import Entry
from raprong.core.clock import day_of
from raprong.core.references import reference
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import reported_kpis
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from raprong.results.definitions import rhythms
from raprong.results.models import MonthlyResult
from raprong.results.months import is_due, last_day_of
from raprong.results.queries import results_of


@dataclass(frozen=True)
class Punctuality:
    """Of the figures that a group owed, how many are there, and how many were first reported in time."""

    group: Unit
    due: int
    reported: int
    on_time: int


def punctuality_of(run: Run, *, on: date) -> list[Punctuality]:
    """The groups of a run in their order, over the months that are over and past their days of grace.

    A status instead of a value counts as reported: it is an answer. On time is what was first reported within the days
    of grace, whenever it was corrected later.
    """
    ended = [month for month in run.year.months() if _last_day(run, month) < on]
    kpis = list(reported_kpis(run))
    firsts = _first_reports(results_of(run).filter(month__in=ended))
    groups: dict[Unit, list[tuple[KpiYear, date]]] = {}
    for kpi in kpis:
        groups.setdefault(kpi.group, []).extend((kpi, month) for month in ended if is_due(run, kpi, month))
    return [
        Punctuality(
            group,
            due=len(cells),
            reported=sum((kpi.pk, month) in firsts for kpi, month in cells),
            on_time=sum(_in_time(run, month, firsts.get((kpi.pk, month))) for kpi, month in cells),
        )
        for group, cells in sorted(groups.items(), key=lambda pair: (pair[0].order, pair[0].name))
    ]


def _last_day(run: Run, month: date) -> date:
    return last_day_of(run, month) + timedelta(days=rhythms().on_time_days)


def _in_time(run: Run, month: date, first: datetime | None) -> bool:
    return first is not None and day_of(first) <= _last_day(run, month)


def _first_reports(results: Iterable[MonthlyResult]) -> dict[tuple[int, date], datetime]:
    """When each figure was reported first, by KPI and month; of a corrected one the trail tells."""
    found = list(results)
    corrected = {reference(result): result for result in found if result.version > 1}
    told = Entry.objects.filter(kind="result.reported", about__in=list(corrected)).values_list("about", "at")
    first = dict(told)
    return {(one.kpi_id, one.month): first.get(reference(one), one.reported_at) for one in found}
