from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.assessments import policies
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.assessments.parts.policies import check_can_be_written
from raprong.assessments.parts.queries import acts_as_submitter, part_of, rules_of
from raprong.core.clock import day_of
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.processes.words import title_of


def check_may_open(person: Person, run: Run, months: int, *, at: datetime) -> None:
    """Those who write reports for the whole unit."""
    check_holds(person, "assessments.write", run.unit, on=day_of(at))
    policies.check_can_open(run, months, at=at)


def check_may_refresh(person: Person, assessment: SelfAssessment, *, at: datetime) -> None:
    check_holds(person, "assessments.write", assessment.run.unit, on=day_of(at))
    policies.check_can_change(assessment, at=at)


def check_may_write(person: Person, item: AssessmentItem, *, at: datetime) -> None:
    """Those who write reports for the group that answers for the KPI, while the group's part lies with it."""
    check_holds(person, "assessments.write", item.kpi.group, on=day_of(at))
    policies.check_can_change(item.assessment, at=at)
    check_can_be_written(part_of(item))


def check_may_submit(person: Person, assessment: SelfAssessment, *, at: datetime) -> None:
    """Those whose role lets them submit, of the parties that the SOP lets submit where it names any."""
    run, on = assessment.run, day_of(at)
    check_holds(person, "assessments.submit", run.unit, on=on)
    policies.check_can_submit(assessment, at=at)
    if (rules := rules_of(run)) and not acts_as_submitter(person, run, on=on):
        parties = ", ".join(title_of(run.definition.party(code)) for code in rules.submitted_by)
        raise Refused(_("By this SOP the report is submitted by: %(parties)s.") % {"parties": parties})
