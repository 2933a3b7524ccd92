"""The messages this room sends."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from raprong.access.queries import people_with_role
from raprong.access.roles import roles_that_hold
from raprong.assessments.models import SelfAssessment
from raprong.core.clock import day_of
from raprong.notifications.actions import tell
from raprong.organisation.models import Person, Unit

KINDS: dict[str, str | Promise] = {
    "assessment.submitted": _(
        "%(unit)s submitted its self-assessment report for %(months)s months. It waits for scoring."
    ),
}


def tell_assessors(assessment: SelfAssessment, *, by: Person, at: datetime) -> None:
    """A report has come in: everybody who scores this unit is told."""
    run = assessment.run
    people = assessors_of(run.unit, at=at)
    tell(
        people,
        "assessment.submitted",
        about=assessment,
        at=at,
        besides=by,
        unit=run.unit.name,
        months=str(assessment.months),
    )


def assessors_of(unit: Unit, *, at: datetime) -> list[Person]:
    """Everybody who scores the reports of a unit on the day of a moment, each once."""
    people = {
        person.pk: person
        for role in roles_that_hold("evaluations.score")
        for person in people_with_role(role, unit, on=day_of(at))
    }
    return list(people.values())
