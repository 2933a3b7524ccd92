"""Answers about letters: who holds them, who checks and signs them, who has read them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from raprong.access.queries import holds, people_with_role
from raprong.access.roles import roles_that_hold
from raprong.circulation.enums import Move, State
from raprong.circulation.models import Handover, Letter, Recipient
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


def addressees(letter: Letter, *, on: date) -> list[Person]:
    """Whom a letter goes to where many are sent: the head of the unit that it is written to, else all of its people."""
    head = head_of(letter.to_unit, on=on) if letter.to_unit else None
    return [head] if head else list(usual_recipients(letter))


def signs_for(person: Person, unit: Unit, *, on: date) -> bool:
    """Whether a person signs letters of a unit: its head, the substitute an order names, or a role that may."""
    if head_of(unit, on=on) == person or holds(person, "circulation.sign", unit, on=on):
        return True
    return acting_for_head_of(unit, person, on=on) != ""


def signer_of(unit: Unit, *, on: date) -> Person | None:
    """Who is expected to sign a unit's letters on a day: the substitute that an order names, else the head."""
    order = order_for(head_position_of(unit), on=on)
    return order.person if order else head_of(unit, on=on)


def asked_to_sign(letter: Letter, *, on: date) -> Person | None:
    """Who is asked to sign a letter on a day: as it says, while they still may; else as for any letter of the unit."""
    asked = letter.signer
    return asked if asked and signs_for(asked, letter.unit, on=on) else signer_of(letter.unit, on=on)


def authors_of(letter: Letter) -> set[int]:
    """The keys of those who drafted a letter and who handed it in last: they do not check it."""
    handed_in = letter.handovers.filter(move=Move.HAND_IN).last()
    return {letter.drafted_by_id} | ({handed_in.by_id} if handed_in else set())


def checkers_of(letter: Letter, *, on: date) -> list[Person]:
    """Who may check a letter: those who work in the unit, else those of the agency who hold the right there."""
    authors = authors_of(letter)
    nearby = [
        person
        for person in people_of(letter.unit.office, on=on)
        if person.pk not in authors and holds(person, "circulation.check", letter.unit, on=on)
    ]
    if nearby:
        return nearby
    holders = {
        person.pk: person
        for role in roles_that_hold("circulation.check")
        for person in people_with_role(role, letter.unit, on=on)
    }
    return [person for person in holders.values() if person.pk not in authors]


def holders_of(letter: Letter, *, on: date) -> list[Person]:
    """In whose hands a letter lies: its drafter, its checkers, its signer; nobody's once it is sent or cancelled."""
    match letter.state:
        case State.DRAFTING:
            return [letter.drafted_by]
        case State.CHECKING:
            return checkers_of(letter, on=on)
        case State.SIGNING:
            signer = asked_to_sign(letter, on=on)
            return [signer] if signer else []
        case State.SIGNED:
            return [letter.drafted_by]
        case _:
            return []


def history_of(letter: Letter) -> QuerySet[Handover]:
    """Every move of a letter, the earliest first."""
    return letter.handovers.select_related("by").order_by("pk")


def returned_because(letter: Letter) -> Handover | None:
    """The handover that brought a draft back, as long as it was not handed in again."""
    last = history_of(letter).last()
    return last if last and last.move == Move.SEND_BACK else None


def letters_to_check(person: Person, *, on: date) -> list[Letter]:
    """Letters handed in that this person is among those to check; the one who signs only where nobody else can."""
    waiting = Letter.objects.visible_to(person, on=on).with_units().filter(state=State.CHECKING)
    return [letter for letter in waiting if _checks(person, letter, on=on)]


def _checks(person: Person, letter: Letter, *, on: date) -> bool:
    checkers = checkers_of(letter, on=on)
    return person in checkers and (len(checkers) == 1 or asked_to_sign(letter, on=on) != person)


def drafts_of(person: Person) -> list[Letter]:
    """Drafts of this person that were never handed in."""
    return list(Letter.objects.with_units().filter(state=State.DRAFTING, drafted_by=person, handovers__isnull=True))


def letters_returned_to(person: Person) -> list[tuple[Letter, Handover]]:
    """Drafts of this person that came back, each with who sent it back and why."""
    drafts = Letter.objects.with_units().filter(state=State.DRAFTING, drafted_by=person)
    return [(letter, back) for letter in drafts if (back := returned_because(letter))]


def letters_to_sign(person: Person, *, on: date) -> list[Letter]:
    """Checked letters that wait for this person, as the one who is asked to sign them."""
    checked = Letter.objects.visible_to(person, on=on).with_units().filter(state=State.SIGNING)
    return [letter for letter in checked if asked_to_sign(letter, on=on) == person]


def letters_to_send(person: Person, *, on: date) -> list[Letter]:
    """Signed letters that this person sends: of those who may, whoever writes the letters of the unit and works there,
    and everybody where there is nobody of that kind."""
    signed = Letter.objects.visible_to(person, on=on).with_units().filter(state=State.SIGNED)
    return [letter for letter in signed if _sends(person, letter, on=on)]


def _sends(person: Person, letter: Letter, *, on: date) -> bool:
    if not holds(person, "circulation.send", letter.unit, on=on):
        return False
    senders = [
        each
        for each in people_of(letter.unit.office, on=on)
        if all(holds(each, right, letter.unit, on=on) for right in ("circulation.send", "circulation.draft"))
    ]
    return not senders or person in senders
