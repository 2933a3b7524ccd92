"""Letters in words: where they stand, and who has read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from raprong.circulation.enums import LetterKind, State
from raprong.circulation.models import Letter, Recipient
from raprong.circulation.queries import ReadingStanding
from raprong.web.shell.filters import digits, moment

PILLS = {State.DRAFTING: "now", State.SIGNED: "now", State.SENT: "done", State.CANCELLED: "late"}


def state_pill(letter: Letter) -> tuple[str, str]:
    return PILLS[State(letter.state)], str(State(letter.state).label)


def recipient_pill(recipient: Recipient) -> tuple[str, str]:
    """Whether a letter that reached somebody was opened and acknowledged."""
    if recipient.acknowledged_at:
        return "done", _("Acknowledged")
    if recipient.read_at:
        return "now", _("Read, not acknowledged")
    return "wait", _("Not opened yet")


def kind_of(letter: Letter) -> str:
    return str(LetterKind(letter.kind).label)


def number_of(letter: Letter) -> str:
    """The number as printed; a dash before it is signed."""
    return letter.number_text or "–"


def steps(letter: Letter) -> list[dict[str, Any]]:
    """The way of a letter, for the stepper."""
    reached = 1 if letter.state == State.CANCELLED else list(State).index(State(letter.state))
    moments = (letter.drafted_at, letter.signed_at, letter.sent_at or letter.cancelled_at)
    last = _("Taken back") if letter.state == State.CANCELLED else _("Sent")
    labels = [_("Drafted"), _("Signed and numbered"), last]
    return [
        {
            "label": label,
            "state": "done" if number <= reached else "now" if number == reached + 1 else "wait",
            "note": moment(at) if at else "",
        }
        for number, (label, at) in enumerate(zip(labels, moments, strict=True))
    ]


def reading_sentence(reading: ReadingStanding) -> str:
    """How many have read it, with the whole beside it."""
    words = {"read": digits(reading.read), "all": digits(reading.sent_to), "noted": digits(reading.acknowledged)}
    return _("Read by %(read)s of %(all)s, acknowledged by %(noted)s.") % words


def intent(letter: Letter) -> str:
    """What somebody says by signing a letter."""
    return _("I have read this paper, and I sign it for %(unit)s.") % {"unit": letter.unit}


def file_name_of_draft(letter: Letter) -> str:
    return f"{letter.kind}-draft.pdf"
