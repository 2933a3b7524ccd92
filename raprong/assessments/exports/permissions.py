"""Who may have a package made: those who gather or submit reports of the unit."""

from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.assessments.enums import ExportState, State
from raprong.assessments.models import Export, SelfAssessment
from raprong.core.clock import day_of
from raprong.organisation.models import Person

EXPORT = "assessments.export"


def check_may_export(person: Person, assessment: SelfAssessment, *, at: datetime) -> None:
    """A package is made of what no longer changes."""
    check_holds(person, EXPORT, assessment.run.unit, on=day_of(at))
    if assessment.state != State.SUBMITTED:
        raise Refused(_("The package is made once the report is submitted."))


def check_may_take_workbook(person: Person, assessment: SelfAssessment, *, at: datetime) -> None:
    """The workbook alone may be looked at before the report is submitted."""
    check_holds(person, EXPORT, assessment.run.unit, on=day_of(at))


def check_may_cancel(person: Person, export: Export, *, at: datetime) -> None:
    check_holds(person, EXPORT, export.assessment.run.unit, on=day_of(at))
    if export.state not in (ExportState.WAITING, ExportState.MAKING):
        raise Refused(_("The package is no longer being made."))
