"""A year that has come as far as its self-assessment: three KPIs of three groups, their figures, and what is proven."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO

from raprong.assessments import actions as assessments
from raprong.assessments.enums import PartState
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.assessments.parts import actions as parts
from raprong.assessments.parts.queries import checkers_of, submitters_of
from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.evidence.facts import Proves
from raprong.evidence.models import Credit
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Framework, Kpi, KpiYear
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.lib.sop.standing import FactKind
from raprong.organisation.models import Person
from raprong.processes.models import Run, StepFact
from raprong.results.models import MonthlyResult

IN_MARCH = datetime(2027, 3, 31, 3, 0, tzinfo=UTC)
IN_SEPTEMBER = datetime(2027, 9, 30, 3, 0, tzinfo=UTC)
IN_OCTOBER = datetime(2027, 10, 5, 3, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n%sample evidence\nstartxref\n0\n%%EOF\n"

RISING = [["1", "20"], ["2", "40"], ["3", "60"], ["4", "80"], ["5", "100"]]
FALLING = [["1", "14"], ["2", "13"], ["3", "12"], ["4", "11"], ["5", "10"]]


def person(cast: SampleAgency, name: str) -> Person:
    """Somebody of the cast by the part of the user name that both agencies share."""
    return next(found for username, found in cast.people.items() if username.split(".")[0] == name)


def groups(cast: SampleAgency) -> list[str]:
    """The codes of the groups of the unit that runs the year, in their order."""
    return [code for code, unit in cast.units.items() if unit.parent_id]


def agree_on_kpis(run: Run, cast: SampleAgency) -> list[KpiYear]:
    """Three selected KPIs with weights of 50, 30 and 20, one for each group."""
    framework = Framework.objects.create(run=run, scheme=scheme_as_data(available_schemes()["five-level"]))
    dimension = framework.dimensions.create(title="มิติภายใน", weight=Decimal(100))
    rows = [("1.1", "50", RISING, "ร้อยละ"), ("1.2", "30", RISING, "ร้อยละ"), ("2.1", "20", FALLING, "วัน")]
    return [
        KpiYear.objects.create(
            kpi=Kpi.objects.create(unit=run.unit),
            framework=framework,
            code=code,
            sort_code=code,
            title=f"ตัวชี้วัดตัวอย่าง {code}",
            dimension=dimension,
            group=cast.units[group],
            measure=measure,
            criteria={"kind": "ladder", "levels": levels},
            weight=Decimal(weight),
            target=Decimal(levels[2][1]),
            state=KpiState.SELECTED,
        )
        for (code, weight, levels, measure), group in zip(rows, groups(cast), strict=True)
    ]


def come_to(run: Run, card: str, *, by: Person, at: datetime) -> None:
    """Let every step before the one with this work be done."""
    for step in run.definition.steps:
        if card in step.work:
            return
        if not StepFact.objects.filter(run=run, step=step.code, kind=FactKind.DONE).exists():
            StepFact.objects.create(run=run, step=step.code, kind=FactKind.DONE, by=by, at=at)


def report(kpi: KpiYear, month: date, value: str, *, by: Person) -> MonthlyResult:
    return MonthlyResult.objects.create(
        kpi=kpi, month=month, value=Decimal(value), reported_at=IN_MARCH, reported_by=by
    )


def attach(item: AssessmentItem, content: IO[bytes], name: str, *, by: Person, at: datetime) -> Credit:
    """Hand a file in as evidence of a KPI in the report's round."""
    return evidence.hand_in(content, name, proves=Proves(item.kpi, item.assessment.months), by=by, at=at)


def complete(item: AssessmentItem, *, by: Person, at: datetime) -> None:
    """Write everything a KPI's part needs, with one file of evidence where there is a result."""
    assessments.write(
        item,
        narrative="ดำเนินการครบตามแผน",
        no_figure_because="" if item.result is not None else "รอผลสำรวจ",
        seen=None,
        by=by,
        at=at,
    )
    if item.result is not None:
        content = BytesIO(PDF + f"{item.kpi.code} {item.assessment.months}".encode())
        attach(item, content, f"หลักฐาน {item.kpi.code}.pdf", by=by, at=at)


def gather_parts(assessment: SelfAssessment, *, by: Person, at: datetime) -> None:
    """Let every group's part be handed in and gathered by the planner, and looked at by its own head in between."""
    for part in assessment.parts.exclude(state=PartState.GATHERED):
        if part.state in (PartState.WRITING, PartState.RETURNED):
            part = parts.hand_in(part, by=by, at=at)
        if part.state == PartState.WITH_HEAD:
            part = parts.pass_on(part, by=checkers_of(part, on=at.date())[0], at=at)
        parts.gather(part, by=by, at=at)
    assessment.refresh_from_db()


def submitted_report(run: Run, cast: SampleAgency, months: int, *, at: datetime) -> SelfAssessment:
    """A complete report of a round, written and submitted by the planner."""
    planner = person(cast, "planner")
    assessment = assessments.open_report(run, months, by=planner, at=at)
    for item in assessment.items.all():
        complete(item, by=planner, at=at)
    gather_parts(assessment, by=planner, at=at)
    return assessments.submit(assessment, seen=None, by=submitter(assessment, at=at), at=at)


def submitter(assessment: SelfAssessment, *, at: datetime) -> Person:
    """Somebody whom the SOP lets submit: the planner where it does, else the director."""
    return submitters_of(assessment.run, on=at.date())[-1]
