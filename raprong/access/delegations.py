"""Orders by which somebody signs for a post that is not theirs (รักษาราชการแทน, ปฏิบัติราชการแทน).

Papers take the words, the post and the number of the order from here by themselves, and a signature outside its days is
not asked of that person.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from raprong.access.administration import check_may_administer, record_of_agency
from raprong.access.rules import Refused
from raprong.core.faults import FaultList, all_at_once
from raprong.organisation.enums import Authority
from raprong.organisation.models import Appointment, Delegation, Person, Position

MOST_LETTERS = 80


@transaction.atomic
def give_order(
    position: Position,
    person: Person,
    *,
    authority: Authority,
    order_number: str,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    at: datetime,
) -> Delegation:
    """Enter a dated order. Refused, all at once: no number, days that turn round, the holder of the post, people of
    another agency, and days on which another order for the post is in force."""
    position = Position.objects.select_for_update(of=("self",)).select_related("unit__agency").get(pk=position.pk)
    agency = position.unit.agency
    check_may_administer(by, agency, at=at)
    with all_at_once() as faults:
        _check_number(faults, order_number)
        _check_person(faults, position, person, starts_on)
        _check_days(faults, position, starts_on, ends_on)

    made = Delegation.objects.create(
        position=position,
        person=person,
        authority=authority,
        order_number=order_number.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )

    said = {"post": position.title, "person": person.name, "order": made.order_number, "on": starts_on}
    record_of_agency("organisation.order_given", about=made, agency=agency, by=by, at=at, **said)
    return made


@transaction.atomic
def end_order(order: Delegation, *, on: date, by: Person, at: datetime) -> Delegation:
    """Let an order end on a day. What was signed under it stays as it was."""
    order = Delegation.objects.select_for_update(of=("self",)).select_related("position__unit__agency").get(pk=order.pk)
    agency = order.position.unit.agency
    check_may_administer(by, agency, at=at)
    if order.ends_on is not None and order.ends_on <= on:
        raise Refused(_("This order has ended already."))

    order.ends_on = max(on, order.starts_on)
    order.save(update_fields=["ends_on"])

    said = {"post": order.position.title, "order": order.order_number, "on": order.ends_on}
    record_of_agency("organisation.order_ended", about=order, agency=agency, by=by, at=at, **said)
    return order


def days_fault(starts_on: date, ends_on: date | None) -> str:
    """Why an order cannot run from one day to the other; empty when it can."""
    turned = ends_on is not None and ends_on < starts_on
    return _("The order ends before it begins. Turn the two days round.") if turned else ""


def _check_number(faults: FaultList, order_number: str) -> None:
    if not order_number.strip():
        faults.add("order_number", _("Give the number of the order, as papers print it, such as 12/2570."))
    elif len(order_number.strip()) > MOST_LETTERS:
        faults.add("order_number", _("This is too long. Use at most %(most)s letters.") % {"most": MOST_LETTERS})


def _check_person(faults: FaultList, position: Position, person: Person, starts_on: date) -> None:
    if person.agency_id != position.unit.agency_id:
        faults.add("person", _("%(person)s works for another agency.") % {"person": person})
    elif Appointment.objects.in_force(starts_on).filter(position=position, person=person).exists():
        faults.add("person", _("%(person)s holds this post already.") % {"person": person})


def _check_days(faults: FaultList, position: Position, starts_on: date, ends_on: date | None) -> None:
    if sentence := days_fault(starts_on, ends_on):
        faults.add("ends_on", sentence)
        return
    meets = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    others = Delegation.objects.filter(meets, position=position)
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if other := others.select_related("person").first():
        words = {"order": other.order_number, "person": other.person}
        faults.add(
            "starts_on",
            _("Order %(order)s lets %(person)s sign for this post in these days. End it first.") % words,
        )
