"""A year whose last report is submitted and whose step of evaluation is open."""

from datetime import date

from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import actions as evaluations
from raprong.evaluations.models import Evaluation
from raprong.kpis.models import KpiYear
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
def scored(evaluation: Evaluation, cast: SampleAgency) -> Evaluation:
    """Every calculated score kept."""
    for score in evaluation.scores.all():
        evaluations.keep_calculated(score, seen=None, by=cast.people["assessor"], at=IN_OCTOBER)
    return evaluations.finish_scoring(evaluation, by=cast.people["assessor"], at=IN_OCTOBER)


@staged
def confirmed(scored: Evaluation, cast: SampleAgency) -> Evaluation:
    return evaluations.confirm(scored, seen=None, by=cast.people["chief-assessor"], at=IN_OCTOBER)
