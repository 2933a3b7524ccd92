"""What stands for a KPI at a moment: its latest figure, or why it has none. None of these is nought."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from raprong.kpis.models import KpiYear
from raprong.lib.scoring.card import Status
from raprong.processes.models import Run
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthlyResult
from raprong.results.months import last_day_of


@dataclass(frozen=True)
class Standing:
    """The latest figure of a KPI, or the status that it has instead and why.

    Without either nobody has reported: a parent is then scored from its parts, and any other KPI is waited for.
    """

    figure: Decimal | None = None
    status: Status | None = None
    because: str = ""


def standings_upto(run: Run, kpis: Iterable[KpiYear], *, upto: date, months: int) -> dict[int, Standing]:
    """What stands for each KPI in a round, by its primary key, from the months that end on or before `upto`.

    A KPI that is cancelled from this round or an earlier one is cancelled, and one that starts in a later round has not
    started, whatever was reported. Else its latest figure stands: a month in which nothing applied, or for which the
    data do not exist, leaves the figure before it standing. Without any figure the latest month says which of the two
    it is.
    """
    found = list(kpis)
    reported = _reported(run, found, upto=upto)
    return {kpi.pk: _standing(kpi, reported.get(kpi.pk, []), months) for kpi in found}


def _reported(run: Run, kpis: Sequence[KpiYear], *, upto: date) -> Mapping[int, list[MonthlyResult]]:
    """What was reported for the months that have ended, the earliest first, by the KPI's primary key."""
    ended = [month for month in run.year.months() if last_day_of(run, month) <= upto]
    rows = MonthlyResult.objects.filter(kpi__in=[kpi.pk for kpi in kpis], month__in=ended)
    by_kpi: dict[int, list[MonthlyResult]] = {}
    for row in rows.only("kpi_id", "month", "status", "value", "note").order_by("month"):
        by_kpi.setdefault(row.kpi_id, []).append(row)
    return by_kpi


def _standing(kpi: KpiYear, reported: Sequence[MonthlyResult], months: int) -> Standing:
    if kpi.cancelled_from is not None and kpi.cancelled_from <= months:
        return Standing(status=Status.CANCELLED, because=kpi.cancelled_because)
    if kpi.starts_in is not None and kpi.starts_in > months:
        return Standing(status=Status.NOT_STARTED)
    figures = [row.value for row in reported if row.status == ResultStatus.VALUE]
    if figures:
        return Standing(figures[-1])
    if reported:
        return Standing(status=Status(reported[-1].status), because=reported[-1].note)
    return Standing()
