"""The messages this room sends."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from raprong.access.queries import people_with_role
from raprong.access.roles import roles_that_hold
from raprong.assessments.enums import PartState
from raprong.assessments.models import GroupPart, SelfAssessment
from raprong.assessments.parts.queries import checkers_of, gatherers_of, submitters_of
from raprong.core.clock import day_of
from raprong.notifications.actions import tell
from raprong.organisation.models import Person, Unit

KINDS: dict[str, str | Promise] = {
    "assessment.submitted": _(
        "%(unit)s submitted its self-assessment report for %(months)s months. It waits for scoring."
    ),
    "assessment.part_waits": _(
        "The part of %(group)s in the report for %(months)s months waits for you to look at it."
    ),
    "assessment.part_sent_back": _(
        "The part of %(group)s in the report for %(months)s months came back from %(person)s: %(because)s"
    ),
    "assessment.all_gathered": _(
        "Every group's part of the report for %(months)s months is gathered. It can be submitted."
    ),
}
LONGEST_QUOTED = 200


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


def tell_of_part(part: GroupPart, *, by: Person, at: datetime) -> None:
    """Whoever looks at a part next is told: the group's head, or planning."""
    on = day_of(at)
    with_head = part.state == PartState.WITH_HEAD
    people = checkers_of(part, on=on) if with_head else gatherers_of(part.assessment.run, on=on)
    tell(people, "assessment.part_waits", about=part, at=at, besides=by, **_words(part))


def tell_group(part: GroupPart, *, because: str, by: Person, at: datetime) -> None:
    """Those who write for the group are told that its part came back, and the first reason."""
    people = {
        person.pk: person
        for role in roles_that_hold("assessments.write")
        for person in people_with_role(role, part.group, on=day_of(at))
    }
    words = _words(part) | {"person": by.name, "because": because[:LONGEST_QUOTED]}
    tell(people.values(), "assessment.part_sent_back", about=part, at=at, besides=by, **words)


def tell_submitters(assessment: SelfAssessment, *, by: Person, at: datetime) -> None:
    """Everything is gathered: those who submit are told."""
    people = submitters_of(assessment.run, on=day_of(at))
    tell(people, "assessment.all_gathered", about=assessment, at=at, besides=by, months=str(assessment.months))


def _words(part: GroupPart) -> dict[str, str]:
    return {"group": part.group.name, "months": str(part.assessment.months)}
