"""The lock that the verbs of this room hold: the preliminary result first, so that none waits for another."""

from raprong.objections.models import Objection, Preliminary


def locked(preliminary: Preliminary) -> Preliminary:
    return Preliminary.objects.with_story().select_for_update(of=("self",)).get(pk=preliminary.pk)


def locked_objection(objection: Objection) -> Objection:
    preliminary = locked(objection.preliminary)
    objection = Objection.objects.with_story().select_for_update(of=("self",)).get(pk=objection.pk)
    objection.preliminary = preliminary
    return objection
