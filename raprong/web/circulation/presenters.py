"""Letters in words: where they stand, and who has read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from raprong.circulation import documents
from raprong.circulation.enums import LetterKind, Move, State
from raprong.circulation.models import Handover, Letter, Recipient
from raprong.circulation.proofs import findings_in, is_too_long
from raprong.circulation.queries import ReadingStanding
from raprong.lib.thai.names import join_english, join_thai
from raprong.organisation.models import Person
from raprong.web.shell.filters import digits, in_thai, moment, named
from raprong.web.stationery.looking import Look, look_at
from raprong.web.stationery.proofs import Proof, proof_of, unread

PILLS = {
    State.DRAFTING: "now",
    State.CHECKING: "now",
    State.SIGNING: "now",
    State.SIGNED: "now",
    State.SENT: "done",
    State.CANCELLED: "late",
}
WAY = (State.CHECKING, State.SIGNING, State.SIGNED, State.SENT)  # each state says that the step before it is done


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


def steps(letter: Letter, history: Sequence[Handover]) -> list[dict[str, Any]]:
    """The way of a letter, for the stepper."""
    cancelled = letter.state == State.CANCELLED
    standing = State.SIGNED if cancelled else State(letter.state)
    reached = WAY.index(standing) + 1 if standing in WAY else 0
    last = _("Taken back") if cancelled else _("Sent")
    labels = [_("Drafted"), _("Checked"), _("Signed and numbered"), last]
    moments = (
        _moment_of(history, Move.HAND_IN) if reached > 0 else letter.drafted_at,
        _moment_of(history, Move.PASS) if reached > 1 else None,
        letter.signed_at,
        letter.sent_at or letter.cancelled_at,
    )
    return [
        {
            "label": label,
            "state": "done" if number < reached else "now" if number == reached else "wait",
            "note": moment(at) if at else "",
        }
        for number, (label, at) in enumerate(zip(labels, moments, strict=True))
    ]


def _moment_of(history: Sequence[Handover], move: Move) -> datetime | None:
    return next((handover.at for handover in reversed(history) if handover.move == move), None)


def held_by(letter: Letter, holders: Sequence[Person]) -> str:
    """In whose hands the letter lies, and what they do with it; empty where it needs nothing more."""
    names = (join_thai if in_thai() else join_english)([person.name for person in holders])
    waits = {
        State.DRAFTING: _("With %(people)s, to be drafted and handed in."),
        State.CHECKING: _("With %(people)s, to be checked."),
        State.SIGNING: _("With %(people)s, to be signed."),
        State.SIGNED: _("With %(people)s, to be sent."),
    }
    sentence = waits.get(State(letter.state), "")
    return sentence % {"people": names or _("nobody yet")} if sentence else ""


def history(letter: Letter, handovers: Sequence[Handover]) -> list[dict[str, Any]]:
    """What happened to a letter, the earliest first: who did what when, and why where it went back."""
    words = {
        Move.HAND_IN: _("handed it in for checking"),
        Move.SEND_BACK: _("sent it back"),
        Move.PASS: _("checked it and passed it on"),
        Move.SIGN: _("signed it"),
        Move.SEND: _("sent it"),
        Move.CANCEL: _("took it back"),
    }
    drafted = {"by": letter.drafted_by.name, "did": _("drafted it"), "at": letter.drafted_at, "because": ""}
    return [
        drafted,
        *({"by": one.by.name, "did": words[Move(one.move)], "at": one.at, "because": one.because} for one in handovers),
    ]


def proof_of_letter(letter: Letter, *, anchors: bool = False) -> Proof:
    """What the proof-reader marks in a letter as it stands; `anchors` lead to the fields of its form."""
    return unread() if is_too_long(letter) else proof_of(findings_in(letter), places(), anchors=anchors)


def look_of(letter: Letter) -> Look:
    """The paper of a draft as it stands; where it cannot be printed, each fault with its place and line."""
    labels = places()
    faults = tuple(f"{labels.get(place, place)}: {sentence}" for place, sentence in documents.faults_in(letter))
    return Look(faults=faults) if faults else look_at(documents.draft_paper(letter), documents.style_of(letter))


def places() -> dict[str, Any]:
    """What the places of a letter are called, for the proof-reader's marks."""
    return {"subject": _("Subject"), **documents.TEXTS}


def reading_sentence(reading: ReadingStanding) -> str:
    """How many have read it, with the whole beside it."""
    words = {"read": digits(reading.read), "all": digits(reading.sent_to), "noted": digits(reading.acknowledged)}
    return _("Read by %(read)s of %(all)s, acknowledged by %(noted)s.") % words


def intent(letter: Letter) -> str:
    """What somebody says by signing a letter."""
    return _("I have read this paper, and I sign it for %(unit)s.") % {"unit": named(letter.unit)}


def file_name_of_draft(letter: Letter) -> str:
    return f"{letter.kind}-draft.pdf"
