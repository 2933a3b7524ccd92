"""A year that has come as far as a certain work: three selected KPIs of three groups, the steps before it done."""

from datetime import datetime
from decimal import Decimal

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Framework, Kpi, KpiYear
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.lib.sop.standing import FactKind
from raprong.organisation.models import Person
from raprong.processes.models import Run, StepFact

RISING = [["1", "20"], ["2", "40"], ["3", "60"], ["4", "80"], ["5", "100"]]
FALLING = [["1", "14"], ["2", "13"], ["3", "12"], ["4", "11"], ["5", "10"]]


def agree_on_kpis(run: Run, cast: SampleAgency) -> list[KpiYear]:
    """1.1, 1.2 and 2.1 (fewer days is better), one for each group in their order, with weights of 50, 30 and 20."""
    framework = Framework.objects.create(run=run, scheme=scheme_as_data(available_schemes()["five-level"]))
    dimension = framework.dimensions.create(title="มิติภายใน", weight=Decimal(100))
    groups = [unit for unit in cast.units.values() if unit.parent_id == run.unit_id]
    rows = [("1.1", "50", RISING, "ร้อยละ"), ("1.2", "30", RISING, "ร้อยละ"), ("2.1", "20", FALLING, "วัน")]
    return [
        KpiYear.objects.create(
            kpi=Kpi.objects.create(unit=run.unit),
            framework=framework,
            code=code,
            sort_code=code,
            title=f"ตัวชี้วัดตัวอย่าง {code}",
            dimension=dimension,
            group=group,
            measure=measure,
            criteria={"kind": "ladder", "levels": levels},
            weight=Decimal(weight),
            target=Decimal(levels[2][1]),
            state=KpiState.SELECTED,
        )
        for (code, weight, levels, measure), group in zip(rows, groups, strict=True)
    ]


def come_to(run: Run, card: str, *, by: Person, at: datetime) -> None:
    """Let every step before the one with this work be done."""
    done = set(run.facts.filter(kind=FactKind.DONE).values_list("step", flat=True))
    for step in run.definition.steps:
        if card in step.work:
            return
        if step.code not in done:
            StepFact.objects.create(run=run, step=step.code, kind=FactKind.DONE, by=by, at=at)
