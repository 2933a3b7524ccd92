from datetime import datetime

from raprong.access.permissions import check_holds
from raprong.assessments import policies
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.core.clock import day_of
from raprong.organisation.models import Person
from raprong.processes.models import Run


def check_may_open(person: Person, run: Run, months: int, *, at: datetime) -> None:
    """Those who write reports for the whole unit."""
    check_holds(person, "assessments.write", run.unit, on=day_of(at))
    policies.check_can_open(run, months, at=at)


def check_may_refresh(person: Person, assessment: SelfAssessment, *, at: datetime) -> None:
    check_holds(person, "assessments.write", assessment.run.unit, on=day_of(at))
    policies.check_can_change(assessment, at=at)


def check_may_write(person: Person, item: AssessmentItem, *, at: datetime) -> None:
    """Those who write reports for the group that answers for the KPI."""
    check_holds(person, "assessments.write", item.kpi.group, on=day_of(at))
    policies.check_can_change(item.assessment, at=at)


def check_may_submit(person: Person, assessment: SelfAssessment, *, at: datetime) -> None:
    check_holds(person, "assessments.submit", assessment.run.unit, on=day_of(at))
    policies.check_can_submit(assessment, at=at)
