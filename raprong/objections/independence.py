"""Who decides on objections has no part in the result: they did not report, score or confirm it, nor work there."""

from datetime import date

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.evaluations.independence import took_part
from raprong.evaluations.models import Conflict
from raprong.evaluations.permissions import scorers_of
from raprong.objections.models import Preliminary
from raprong.organisation.models import Person
from raprong.organisation.queries import unit_of


def check_has_no_part(person: Person, preliminary: Preliminary, *, on: date) -> None:
    """Refuse who reported, scored, confirmed or objected, and who works in the unit."""
    evaluation = preliminary.evaluation
    works_in = unit_of(person, on=on)
    if works_in is not None and works_in.office.pk == preliminary.run.unit_id:
        raise Refused(_("%(person)s works in this unit.") % {"person": person})
    if took_part(person, evaluation.assessment) or preliminary.objections.filter(filed_by=person).exists():
        raise Refused(_("%(person)s had a hand in this report or its objections.") % {"person": person})
    if Conflict.objects.standing().filter(person=person, run=preliminary.run).exists():
        raise Refused(_("%(person)s declared a conflict.") % {"person": person})
    if person.pk in scorers_of(evaluation) | {evaluation.opened_by_id, evaluation.confirmed_by_id}:
        raise Refused(_("%(person)s scored or confirmed this result.") % {"person": person})
