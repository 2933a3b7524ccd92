"""Who answers for the unit, who names a panel, and who sits on it."""

from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds, check_holds_in_agency
from raprong.access.rules import Refused
from raprong.core.clock import day_of
from raprong.objections import policies
from raprong.objections.independence import check_has_no_part
from raprong.objections.models import Objection, PanelMember, Preliminary, Proposal, members_of
from raprong.organisation.models import Person, Unit


def check_answers_for(person: Person, unit: Unit, *, at: datetime) -> None:
    check_holds(person, "objections.answer", unit, on=day_of(at))


def check_may_open(person: Person, preliminary: Preliminary, *, at: datetime) -> None:
    check_answers_for(person, preliminary.run.unit, at=at)
    policies.check_can_open(preliminary)


def check_may_accept(person: Person, preliminary: Preliminary, *, at: datetime) -> None:
    check_answers_for(person, preliminary.run.unit, at=at)
    policies.check_can_accept(preliminary)


def check_may_object(person: Person, preliminary: Preliminary, *, at: datetime) -> None:
    check_answers_for(person, preliminary.run.unit, at=at)
    policies.check_can_object(preliminary, on=day_of(at))


def check_may_withdraw(person: Person, objection: Objection, *, at: datetime) -> None:
    check_answers_for(person, objection.preliminary.run.unit, at=at)
    policies.check_can_withdraw(objection)


def check_may_close(person: Person, preliminary: Preliminary, *, at: datetime) -> None:
    """Whoever announces the result closes a window that has passed."""
    check_holds(person, "evaluations.announce", preliminary.run.unit, on=day_of(at))
    policies.check_can_close(preliminary, on=day_of(at))


def check_may_name(person: Person, preliminary: Preliminary, *, at: datetime) -> None:
    """Whoever names a panel has no part in the result either."""
    check_holds_in_agency(person, "objections.name_panel", preliminary.run.unit.agency, on=day_of(at))
    check_has_no_part(person, preliminary, on=day_of(at))
    policies.check_can_name(preliminary)


def check_may_stand_aside(person: Person, preliminary: Preliminary) -> None:
    seat_of(person, preliminary)
    policies.check_is_open(preliminary)


def check_may_propose(person: Person, objection: Objection, *, at: datetime) -> None:
    """The chair of a panel that is complete and still without a part in the result."""
    if not seat_of(person, objection.preliminary).chairs:
        raise Refused(_("The chair of the panel proposes the decision."))
    check_has_no_part(person, objection.preliminary, on=day_of(at))
    policies.check_can_propose(objection)
    sitting, size = members_of(objection.preliminary).count(), objection.preliminary.panel_size
    if sitting < size:
        raise Refused(
            _("The panel has %(count)s of %(size)s people. Name the others first.") % {"count": sitting, "size": size}
        )


def check_may_vote(person: Person, proposal: Proposal, *, at: datetime) -> None:
    seat_of(person, proposal.objection.preliminary)
    check_has_no_part(person, proposal.objection.preliminary, on=day_of(at))
    policies.check_can_vote(proposal)
    if proposal.votes.filter(person=person).exists():
        raise Refused(_("You have voted already."))


def seat_of(person: Person, preliminary: Preliminary) -> PanelMember:
    """The seat of somebody who decides; refused to everybody else."""
    seat = members_of(preliminary).filter(person=person).first()
    if seat is None:
        raise Refused(_("The members of the panel decide."))
    return seat
