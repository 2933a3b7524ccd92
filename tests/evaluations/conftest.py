"""A year whose last report is submitted and whose step of evaluation is open."""

from datetime import date

from raprong.assessments.enums import State as ReportState
from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.models import new_public_id
from raprong.evaluations import actions as evaluations
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.kpis.models import Framework, Kpi, KpiYear
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from tests.factories.assessments import (
    IN_OCTOBER,
    IN_SEPTEMBER,
    agree_on_kpis,
    come_to,
    report,
    submitted_report,
)
from tests.stage import staged


@staged
def kpis(run: Run, cast: SampleAgency) -> list[KpiYear]:
    """Two KPIs with a result at the end of the year, worth 2.95 and 4, and one without."""
    first, second, third = agree_on_kpis(run, cast)
    report(first, date(2027, 9, 1), "59", by=cast.people["staff"])
    report(second, date(2027, 9, 1), "80", by=cast.people["staff"])
    return [first, second, third]


@staged
def submitted(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> SelfAssessment:
    """The report of the round that counts for the year."""
    planner = cast.people["planner"]
    come_to(run, "assessments.rounds_submitted", by=planner, at=run.started_at)
    made = submitted_report(run, cast, 12, at=IN_SEPTEMBER)
    come_to(run, "evaluations.confirmed", by=planner, at=IN_SEPTEMBER)
    return made


@staged
def evaluation(submitted: SelfAssessment, cast: SampleAgency) -> Evaluation:
    return evaluations.open_evaluation(submitted, by=cast.people["assessor"], at=IN_OCTOBER)


@staged
def neighbour(evaluation: Evaluation, cast: SampleAgency) -> Evaluation:
    """The same three KPIs in another unit of the agency, which numbers them otherwise: there 1.1 is our 1.2."""
    ours, assessor = evaluation.run, cast.people["assessor"]
    unit = Unit.objects.create(agency=ours.unit.agency, kind=ours.unit.kind, code="next-door", name="สำนักข้างเคียง")
    run = Run.objects.create(
        unit=unit, fiscal_year=ours.fiscal_year, sop=ours.sop, started_at=ours.started_at, started_by=ours.started_by
    )
    framework = Framework.objects.create(run=run, scheme=ours.framework.scheme)
    dimension = framework.dimensions.create(title="มิติภายใน", weight=100)
    known = {"state": ReportState.SUBMITTED, "submitted_at": IN_SEPTEMBER, "scheme": framework.scheme}
    made = SelfAssessment.objects.create(run=run, months=12, opened_at=IN_SEPTEMBER, opened_by=assessor, **known)
    theirs = Evaluation.objects.create(assessment=made, opened_at=IN_OCTOBER, opened_by=assessor)
    for code, score in zip(("3.1", "1.1", "1.2"), evaluation.scores.order_by("item__kpi__code"), strict=True):
        item, kpi = score.item, score.item.kpi
        kpi.pk, kpi.public_id, kpi.code, kpi.sort_code = None, new_public_id(), code, code
        kpi.kpi, kpi.framework, kpi.dimension, kpi.group = Kpi.objects.create(unit=unit), framework, dimension, unit
        kpi.save()
        item.pk, item.public_id, item.assessment, item.kpi = None, new_public_id(), made, kpi
        item.save()
        GivenScore.objects.create(evaluation=theirs, item=item, calculated=item.score)
    return theirs


@staged
def scored(evaluation: Evaluation, cast: SampleAgency) -> Evaluation:
    """Every calculated score kept."""
    for score in evaluation.scores.all():
        evaluations.keep_calculated(score, seen=None, by=cast.people["assessor"], at=IN_OCTOBER)
    return evaluations.finish_scoring(evaluation, by=cast.people["assessor"], at=IN_OCTOBER)


@staged
def confirmed(scored: Evaluation, cast: SampleAgency) -> Evaluation:
    return evaluations.confirm(scored, seen=None, by=cast.people["chief-assessor"], at=IN_OCTOBER)
