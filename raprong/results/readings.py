"""Criteria as the database scores by them. Made from the KPIs; see `results.department` and ADR 0012."""

from collections.abc import Iterable

from django.db import transaction

from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of, scheme_of
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.stretches import Stretch, score_places, stretches_of
from raprong.processes.models import Run
from raprong.results.models import CriteriaReading, CriteriaStretch


@transaction.atomic
def keep_readings(run: Run, kpis: Iterable[KpiYear]) -> int:
    """Read the criteria of KPIs of a run for each of its rounds, where no reading holds; answers how many were read."""
    scheme = scheme_of(run)
    asked = KpiYear.objects.of_run(run).filter(pk__in=[kpi.pk for kpi in kpis])
    found = list(asked.only("criteria", "round_criteria"))
    held = {(reading.kpi_id, reading.months): reading for reading in CriteriaReading.objects.filter(kpi__in=found)}
    read = [
        (kpi, months)
        for kpi in found
        for months in run.definition.reporting.rounds
        if not _holds(held.get((kpi.pk, months)), kpi, scheme)
    ]
    for kpi, months in read:
        _read(kpi, months, scheme)
    return len(read)


def _holds(reading: CriteriaReading | None, kpi: KpiYear, scheme: Scheme) -> bool:
    return reading is not None and (
        reading.criteria == kpi.criteria
        and reading.round_criteria == kpi.round_criteria
        and reading.below == scheme.below
        and reading.places == score_places(scheme)
    )


def _read(kpi: KpiYear, months: int, scheme: Scheme) -> None:
    CriteriaReading.objects.filter(kpi=kpi, months=months).delete()
    reading = CriteriaReading.objects.create(
        kpi=kpi,
        months=months,
        below=scheme.below,
        places=score_places(scheme),
        criteria=kpi.criteria,
        round_criteria=kpi.round_criteria,
    )
    CriteriaStretch.objects.bulk_create(_row(reading, stretch) for stretch in _stretches(kpi, months, scheme))


def _stretches(kpi: KpiYear, months: int, scheme: Scheme) -> tuple[Stretch, ...]:
    """The stretches of a KPI in a round; none where there are no criteria that whole numbers can hold."""
    if not kpi.criteria:
        return ()
    try:
        criteria = criteria_of(kpi, months=months)
        return stretches_of(criteria, below=scheme.below, places=score_places(scheme), months=months)
    except (ArithmeticError, ValueError):
        return ()


def _row(reading: CriteriaReading, stretch: Stretch) -> CriteriaStretch:
    return CriteriaStretch(
        reading=reading,
        lowest=stretch.start,
        highest=stretch.end - 1,
        base=stretch.base,
        rate=stretch.rate,
        den=stretch.den,
        fall=stretch.fall,
    )
