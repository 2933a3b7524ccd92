"""The panel: named by who may, without anybody who had a part in the result; a member with a conflict stands aside."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.core.clock import day_of
from raprong.core.faults import Fault, FaultList, Faults, all_at_once
from raprong.objections import notices, permissions
from raprong.objections.enums import ProposalState
from raprong.objections.independence import check_has_no_part
from raprong.objections.locks import locked
from raprong.objections.models import PanelMember, Preliminary, Proposal, members_of
from raprong.objections.trail import tell
from raprong.organisation.models import Person


@transaction.atomic
def name_panel(
    preliminary: Preliminary, people: Sequence[Person], *, chair: Person | None, by: Person, at: datetime
) -> list[PanelMember]:
    """Let these people decide on the objections to a result; whoever is no longer among them stands aside.

    Refused as faults, all at once: fewer than the scheme asks for, a chair who is not among them, people of another
    agency, and everybody who reported, scored, confirmed or objected, works in the unit, or declared a conflict.
    """
    preliminary = locked(preliminary)
    permissions.check_may_name(by, preliminary, at=at)
    people = list({person.pk: person for person in people}.values())
    with all_at_once() as faults:
        _check_panel(preliminary, people, chair, faults, at=at)

    chosen = {person.pk for person in people}
    for member in members_of(preliminary).exclude(person__in=chosen):
        _put_aside(member, because="", at=at)
    for person in people:
        PanelMember.objects.update_or_create(
            preliminary=preliminary,
            person=person,
            defaults={"chairs": person == chair, "aside_at": None, "aside_because": ""},
            create_defaults={"chairs": person == chair, "named_at": at, "named_by": by},
        )
    _end_votes(preliminary, at=at)

    notices.tell_panel("objection.named", preliminary, preliminary, by=by, at=at)
    names = [person.name for person in people]
    tell("objection.named", preliminary, preliminary, by=by, at=at, people=names, chair=chair.name if chair else None)
    return list(members_of(preliminary))


@transaction.atomic
def stand_aside(preliminary: Preliminary, *, because: str, by: Person, at: datetime) -> PanelMember:
    """A member declares a conflict and decides no longer; votes under way begin anew without them."""
    preliminary = locked(preliminary)
    permissions.check_may_stand_aside(by, preliminary)
    if not because.strip():
        raise Faults([Fault("because", _("Say what the conflict is."))])

    member = permissions.seat_of(by, preliminary)
    _put_aside(member, because=because.strip(), at=at)
    _end_votes(preliminary, at=at)

    words = {"person": by.name, "because": member.aside_because}
    notices.tell_namers("objection.aside", preliminary, preliminary, by=by, at=at, **words)
    tell("objection.aside", preliminary, preliminary, by=by, at=at, because=member.aside_because)
    return member


def candidates(preliminary: Preliminary, *, at: datetime) -> list[Person]:
    """The people of the agency who could sit on the panel."""
    agency, on = preliminary.run.unit.agency, day_of(at)
    declared = conflicted(preliminary).values("person_id")
    people = agency.people.filter(user__is_active=True).exclude(pk__in=declared).order_by("name")
    return [person for person in people if not refusal(check_has_no_part, person, preliminary, on=on)]


def conflicted(preliminary: Preliminary) -> QuerySet[PanelMember]:
    """Those who declared a conflict."""
    return preliminary.members.filter(aside_at__isnull=False).exclude(aside_because="").select_related("person")


def _check_panel(
    preliminary: Preliminary, people: Sequence[Person], chair: Person | None, faults: FaultList, *, at: datetime
) -> None:
    if len(people) < preliminary.panel_size:
        faults.add("people", _("Choose at least %(count)s people.") % {"count": preliminary.panel_size})
    if chair is None or chair not in people:
        faults.add("chair", _("Choose the chair from among them."))
    declared = set(conflicted(preliminary).values_list("person_id", flat=True))
    for person in people:
        if person.agency_id != preliminary.run.unit.agency_id:
            faults.add("people", _("%(person)s works for another agency.") % {"person": person})
        elif person.pk in declared:
            faults.add("people", _("%(person)s declared a conflict.") % {"person": person})
        elif sentence := refusal(check_has_no_part, person, preliminary, on=day_of(at)):
            faults.add("people", sentence)


def _put_aside(member: PanelMember, *, because: str, at: datetime) -> None:
    member.aside_at, member.aside_because, member.chairs = at, because, False
    member.save(update_fields=["aside_at", "aside_because", "chairs"])


def _end_votes(preliminary: Preliminary, *, at: datetime) -> None:
    """A panel that changes votes on nothing that another panel was asked."""
    voting = Proposal.objects.filter(objection__preliminary=preliminary, state=ProposalState.VOTING)
    voting.update(state=ProposalState.REJECTED, ended_at=at)
