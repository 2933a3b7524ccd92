"""Who may draft, check, sign and send a unit's letters; only the person a letter reached says that they read it."""

from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.circulation import policies
from raprong.circulation.enums import State
from raprong.circulation.models import Letter, Recipient
from raprong.circulation.queries import authors_of, signs_for
from raprong.core.clock import day_of
from raprong.organisation.models import Person, Unit


def check_may_draft(person: Person, unit: Unit, *, at: datetime) -> None:
    check_holds(person, "circulation.draft", unit, on=day_of(at))


def check_may_revise(person: Person, letter: Letter, *, at: datetime) -> None:
    check_holds(person, "circulation.draft", letter.unit, on=day_of(at))
    policies.check_can_revise(letter)


def check_may_hand_in(person: Person, letter: Letter, *, at: datetime) -> None:
    check_holds(person, "circulation.draft", letter.unit, on=day_of(at))
    policies.check_can_hand_in(letter)


def check_may_check_for(person: Person, unit: Unit, *, at: datetime) -> None:
    check_holds(person, "circulation.check", unit, on=day_of(at))


def check_may_check(person: Person, letter: Letter, *, at: datetime) -> None:
    """Two pairs of eyes: who drafted a letter or handed it in does not check it."""
    check_may_check_for(person, letter.unit, at=at)
    policies.check_can_check(letter)
    if person.pk in authors_of(letter):
        raise Refused(_("You drafted this letter or handed it in. Another person checks it."))


def check_may_send_back(person: Person, letter: Letter, *, at: datetime) -> None:
    """Who checks it may send it back, and after that who signs it."""
    if letter.state == State.CHECKING:
        check_may_check(person, letter, at=at)
    else:
        check_signs_for(person, letter.unit, at=at)
    policies.check_can_send_back(letter)


def check_may_sign(person: Person, letter: Letter, *, at: datetime) -> None:
    check_signs_for(person, letter.unit, at=at)
    policies.check_can_sign(letter)


def check_signs_for(person: Person, unit: Unit, *, at: datetime) -> None:
    """The head of the sending unit, the substitute an order names, or a role that signs for the unit."""
    if not signs_for(person, unit, on=day_of(at)):
        raise Refused(_("The head of %(unit)s signs this, or an executive.") % {"unit": unit})


def check_may_send(person: Person, letter: Letter, *, at: datetime) -> None:
    check_holds(person, "circulation.send", letter.unit, on=day_of(at))
    policies.check_can_send(letter)


def check_may_call_again(person: Person, letter: Letter, *, at: datetime) -> None:
    """Whoever sends the unit's letters asks those once more who have not opened one."""
    check_holds(person, "circulation.send", letter.unit, on=day_of(at))
    policies.check_can_call_again(letter, on=day_of(at))


def check_may_cancel(person: Person, letter: Letter, *, at: datetime) -> None:
    """Who may sign it may take it back before it leaves."""
    check_signs_for(person, letter.unit, at=at)
    policies.check_can_cancel(letter)


def check_is_recipient(person: Person, recipient: Recipient) -> None:
    if recipient.person_id != person.pk:
        raise Refused(
            _("This letter reached %(person)s. Only they can say that they read it.") % {"person": recipient.person}
        )


def check_may_acknowledge(person: Person, recipient: Recipient) -> None:
    check_is_recipient(person, recipient)
    policies.check_can_acknowledge(recipient)
