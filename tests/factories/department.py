"""A department of many units in the middle of a year, with KPIs of every kind at random."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from random import Random

from raprong.kpis.enums import CriteriaKind, KpiState
from raprong.kpis.models import Framework, Kpi, KpiYear
from raprong.lib.scoring.card import Status
from raprong.lib.scoring.criteria import criteria_as_data
from raprong.lib.scoring.rollup import MeasuredKpi
from raprong.lib.scoring.scheme import Scheme, scheme_as_data
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthlyResult
from tests.lib.scoring.random_kpis import a_kpi, a_scheme

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def department(
    like: Run, *, units: int, kpis: int, scheme: Callable[[], Scheme], kpi: Callable[[str], MeasuredKpi], at: datetime
) -> list[Run]:
    """So many units beside the one of a run, each with so many selected KPIs and what was reported for them."""
    runs = [_run(like, number, at) for number in range(units)]
    for run in runs:
        _fill(run, [kpi(f"1.{number}") for number in range(1, kpis + 1)], scheme(), at)
    return runs


def _run(like: Run, number: int, at: datetime) -> Run:
    unit = Unit.objects.create(
        agency=like.unit.agency,
        kind=UnitKind.OFFICE,
        code=f"random-{number}",
        name=f"สำนักที่ {number}",
        order=100 + number,
    )
    return Run.objects.create(
        unit=unit, fiscal_year=like.fiscal_year, sop=like.sop, started_at=at, started_by=like.started_by
    )


def _fill(run: Run, measured: list[MeasuredKpi], scheme: Scheme, at: datetime) -> None:
    framework = Framework.objects.create(run=run, scheme=scheme_as_data(scheme))
    dimension = framework.dimensions.create(title="มิติภายใน", weight=Decimal(100))
    ids = Kpi.objects.bulk_create(Kpi(unit=run.unit) for _ in measured)
    rows = KpiYear.objects.bulk_create(
        KpiYear(
            kpi=kpi,
            framework=framework,
            code=one.code,
            sort_code=f"{number:04}",
            title=f"ตัวชี้วัดตัวอย่าง {one.code}",
            dimension=dimension,
            group=run.unit,
            measure="ร้อยละ",
            criteria_kind=CriteriaKind(one.criteria.kind),
            criteria=criteria_as_data(one.criteria),
            weight=one.weight,
            state=KpiState.SELECTED,
            cancelled_from=6 if one.status is Status.CANCELLED else None,
            starts_in=12 if one.status is Status.NOT_STARTED else None,
        )
        for number, (kpi, one) in enumerate(zip(ids, measured, strict=True))
        if one.criteria is not None
    )
    by = run.started_by
    MonthlyResult.objects.bulk_create(
        MonthlyResult(kpi=kpi, month=month, status=status, value=value, reported_at=at, reported_by=by)
        for kpi, one in zip(rows, measured, strict=True)
        for month, status, value in _reported(one)
    )


def _reported(one: MeasuredKpi) -> Iterator[tuple[date, ResultStatus, Decimal | None]]:
    """A figure in October, or what it says instead; in November at times that nothing applied."""
    if one.result is not None:
        yield OCTOBER, ResultStatus.VALUE, one.result
        if one.result % 2 == 0:
            yield NOVEMBER, ResultStatus.NOT_APPLICABLE, None
    elif one.status in (Status.MISSING, Status.NOT_APPLICABLE):
        yield OCTOBER, ResultStatus(one.status), None


def random_department(like: Run, random: Random, *, units: int, kpis: int, at: datetime) -> list[Run]:
    """Every kind of criteria, status and scheme at random."""
    return department(
        like, units=units, kpis=kpis, scheme=lambda: a_scheme(random), kpi=lambda code: a_kpi(random, code), at=at
    )
