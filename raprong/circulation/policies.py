"""What the state of a letter allows."""

from datetime import date

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.circulation.enums import UNSIGNED, State
from raprong.circulation.models import Letter, Recipient
from raprong.core.clock import day_of


def check_can_revise(letter: Letter) -> None:
    if letter.state in (State.CHECKING, State.SIGNING):
        raise Refused(_("The letter has been handed in. It changes again when it is sent back."))
    if letter.state != State.DRAFTING:
        raise Refused(_("The letter is signed. It does not change any more."))


def check_can_hand_in(letter: Letter) -> None:
    if letter.state in (State.CHECKING, State.SIGNING):
        raise Refused(_("The letter has been handed in already."))
    check_can_revise(letter)


def check_can_check(letter: Letter) -> None:
    if letter.state == State.DRAFTING:
        raise Refused(_("The letter is still being drafted. It is checked when it is handed in."))
    if letter.state == State.SIGNING:
        raise Refused(_("The letter is checked. It waits for the signature."))
    _check_not_signed(letter)


def check_can_send_back(letter: Letter) -> None:
    if letter.state == State.DRAFTING:
        raise Refused(_("The letter is still being drafted."))
    _check_not_signed(letter)


def check_can_sign(letter: Letter) -> None:
    if letter.state in (State.DRAFTING, State.CHECKING):
        raise Refused(_("The letter is not checked yet. It is signed once another person has checked it."))
    _check_not_signed(letter)


def check_can_send(letter: Letter) -> None:
    if letter.state in UNSIGNED:
        raise Refused(_("The letter is not signed yet."))
    if letter.state == State.SENT:
        raise Refused(_("The letter has been sent already."))
    _check_not_cancelled(letter)


def check_can_cancel(letter: Letter) -> None:
    """A signed letter that nobody has received yet. A draft has no number to cancel, and a sent letter was read."""
    if letter.state in UNSIGNED:
        raise Refused(_("The letter is not signed yet. Change its words instead."))
    if letter.state == State.SENT:
        raise Refused(_("The letter has been sent. Send another that corrects it."))
    _check_not_cancelled(letter)


def _check_not_signed(letter: Letter) -> None:
    _check_not_cancelled(letter)
    if letter.state not in UNSIGNED:
        raise Refused(_("The letter is signed already: %(number)s.") % {"number": letter.number_text})


def _check_not_cancelled(letter: Letter) -> None:
    if letter.state == State.CANCELLED:
        raise Refused(_("The letter is cancelled. Its number %(number)s stays.") % {"number": letter.number_text})


def check_can_call_again(letter: Letter, *, on: date) -> None:
    """A sent letter that somebody has not opened yet, once a day."""
    if letter.state != State.SENT:
        raise Refused(_("The letter has not been sent yet."))
    unread = letter.recipients.filter(read_at__isnull=True)
    if not unread.exists():
        raise Refused(_("Everybody has opened this letter."))
    if all(called and day_of(called) == on for called in unread.values_list("called_at", flat=True)):
        raise Refused(_("Those who have not opened it were asked today already."))


def check_can_acknowledge(recipient: Recipient) -> None:
    if recipient.acknowledged_at is not None:
        raise Refused(_("You have acknowledged this letter already."))
