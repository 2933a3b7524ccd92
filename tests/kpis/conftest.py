"""A year under an SOP that asks for no order among the works of KPIs, so that each verb can be met by itself."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.proposals import Proposal
from raprong.processes.models import Run
from tests.cast import FISCAL_YEAR, NEW_YEAR
from tests.factories.kpis import ladder, orderless_run
from tests.stage import staged


@staged
def open_run(cast: SampleAgency) -> Run:
    return orderless_run(cast)


@staged
def framework(open_run: Run, cast: SampleAgency) -> Framework:
    """A framework with two sources and two dimensions of 60 and 40."""
    planner = cast.people["planner"]
    held = kpis.receive_policy(
        open_run,
        criteria_note="เกณฑ์ตามหนังสือเวียน",
        sources=[("ministry-policy", "นโยบายกระทรวง", ""), ("department-strategy", "ยุทธศาสตร์กรม", "ข้อ 2")],
        seen=None,
        by=planner,
        at=NEW_YEAR,
    )
    weights = [("ประสิทธิผล", Decimal(60)), ("ประสิทธิภาพ", Decimal(40))]
    return kpis.set_dimensions(held, weights, seen=None, by=planner, at=NEW_YEAR)


@pytest.fixture
def proposal(framework: Framework, cast: SampleAgency) -> Callable[..., Proposal]:
    """Makes a sound proposal of group 1, with changes."""

    def make(code: str = "1.1", **changes: Any) -> Proposal:
        values: dict[str, Any] = {
            "title": f"ตัวชี้วัด {code}",
            "dimension": framework.dimensions.first(),
            "group": cast.units["mip-1"],
            "measure": "ร้อยละ",
            "criteria": ladder(20, 40, 60, 80, 100),
            "target": Decimal(80),
            "sources": [framework.sources.first()],
        }
        return Proposal(code=code, **(values | changes))

    return make


@pytest.fixture
def propose(open_run: Run, cast: SampleAgency, proposal: Callable[..., Proposal]) -> Callable[..., KpiYear]:
    """Proposes a KPI of group 1 as its staff member."""

    def make(code: str = "1.1", **changes: Any) -> KpiYear:
        return kpis.propose(open_run, proposal(code, **changes), by=cast.people["staff"], at=NEW_YEAR)

    return make


@pytest.fixture
def last_year(open_run: Run, cast: SampleAgency) -> dict[str, KpiYear]:
    """Three KPIs of group 1 in the year before, selected, by their codes; 1.1.1 is a part of 1.1."""
    planner, group = cast.people["planner"], cast.units["mip-1"]
    run = Run.objects.create(
        unit=cast.office, fiscal_year=FISCAL_YEAR - 1, sop=open_run.sop, started_at=NEW_YEAR, started_by=planner
    )
    sources = [("ministry-policy", "นโยบายกระทรวง", "")]
    held = kpis.receive_policy(run, criteria_note="-", sources=sources, seen=None, by=planner, at=NEW_YEAR)
    kpis.set_dimensions(held, [("ประสิทธิผล", Decimal(100))], seen=None, by=planner, at=NEW_YEAR)

    def propose_last_year(code: str, **changes: Any) -> KpiYear:
        values: dict[str, Any] = {
            "title": f"ตัวชี้วัด {code}",
            "dimension": held.dimensions.first(),
            "group": group,
            "measure": "ร้อยละ",
            "criteria": ladder(20, 40, 60, 80, 100),
            "target": Decimal(80),
            "sources": list(held.sources.all()),
        }
        return kpis.propose(run, Proposal(code=code, **(values | changes)), by=planner, at=NEW_YEAR)

    first = propose_last_year("1.1", definition="นิยามของปีก่อน", baseline={2568: Decimal(70)})
    part = propose_last_year("1.1.1", parent=first, weight_inside=Decimal(40))
    other = propose_last_year("1.2", sources=[])
    KpiYear.objects.update(state=KpiState.SELECTED)
    KpiYear.objects.filter(parent=None).update(weight=50)
    return {kpi.code: KpiYear.objects.get(pk=kpi.pk) for kpi in (first, part, other)}
