"""Answers about letters: who signs them, who has read them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from raprong.access.queries import holds
from raprong.circulation.enums import State
from raprong.circulation.models import Letter, Recipient
from raprong.core.clock import day_of
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import head_of, head_position_of, people_of
from raprong.signatures.posts import acting_for_head_of, order_for


@dataclass(frozen=True)
class ReadingStanding:
    """How far a letter has been read."""

    sent_to: int
    read: int
    acknowledged: int


def reading_of(letter: Letter) -> ReadingStanding:
    counts = letter.recipients.aggregate(
        sent_to=Count("pk"),
        read=Count("pk", filter=Q(read_at__isnull=False)),
        acknowledged=Count("pk", filter=Q(acknowledged_at__isnull=False)),
    )
    return ReadingStanding(**counts)


def recipients_of(letter: Letter) -> QuerySet[Recipient]:
    """Everybody the letter was sent to; those who have not read it first."""
    return letter.recipients.select_related("person").order_by("read_at", "person__name")


def unread_by(person: Person) -> QuerySet[Recipient]:
    """Letters that reached a person and were not opened yet."""
    return Recipient.objects.filter(person=person, read_at__isnull=True).select_related("letter__unit")


def usual_recipients(letter: Letter) -> QuerySet[Person]:
    """Everybody who works, on the day of signing, in the unit that the letter goes to, or in the one that sends it."""
    assert letter.signed_at is not None
    return people_of(letter.to_unit or letter.unit.office, on=day_of(letter.signed_at))


def signs_for(person: Person, unit: Unit, *, on: date) -> bool:
    """Whether a person signs letters of a unit: its head, the substitute an order names, or a role that may."""
    if head_of(unit, on=on) == person or holds(person, "circulation.sign", unit, on=on):
        return True
    return acting_for_head_of(unit, person, on=on) != ""


def signer_of(unit: Unit, *, on: date) -> Person | None:
    """Who is expected to sign a unit's letters on a day: the substitute that an order names, else the head."""
    order = order_for(head_position_of(unit), on=on)
    return order.person if order else head_of(unit, on=on)


def letters_to_sign(person: Person, *, on: date) -> list[Letter]:
    """Drafts that wait for this person, as the one expected to sign for the sending unit."""
    drafts = Letter.objects.visible_to(person, on=on).with_units().filter(state=State.DRAFTING)
    return [letter for letter in drafts if signer_of(letter.unit, on=on) == person]
