"""What waits for a person of letters: to hand in, to check, to mend, to sign, to send, to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.circulation import queries
from raprong.circulation.enums import LetterWork
from raprong.circulation.models import Letter, Recipient
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, short_date

FEW = 5  # more letters of one kind are one line, which leads to the page of many
MANY: dict[LetterWork, str | Promise] = {
    LetterWork.HAND_IN: gettext_lazy("Hand in %(count)s letters for checking"),
    LetterWork.PASS: gettext_lazy("Check %(count)s letters"),
    LetterWork.SIGN: gettext_lazy("Sign %(count)s letters"),
    LetterWork.SEND: gettext_lazy("Send %(count)s letters"),
}

LineOf = Callable[[Letter], Waiting]


def letters_to_hand_in(desk: Desk) -> Iterator[Waiting]:
    """Own drafts that nobody has been given to check yet, and own drafts that came back."""
    yield from _few_or_many(queries.drafts_of(desk.person), LetterWork.HAND_IN, "draft", _draft)
    for letter, back in queries.letters_returned_to(desk.person):
        yield Waiting(
            _("Change: %(thing)s") % {"thing": letter.subject},
            _("Sent back: %(because)s") % {"because": back.because},
            None,
            _page(letter),
            _("Open"),
            True,
            key=f"change {letter.public_id} {back.pk}",
            asked_at=back.at,
        )


def _draft(letter: Letter) -> Waiting:
    return Waiting(
        _("Hand in for checking: %(thing)s") % {"thing": letter.subject},
        _("Drafted on %(day)s, and with nobody to check yet") % {"day": short_date(letter.drafted_at)},
        None,
        _page(letter),
        _("Open"),
        True,
        key=f"draft {letter.public_id}",
        asked_at=letter.drafted_at,
    )


def letters_to_check(desk: Desk) -> Iterator[Waiting]:
    """Letters handed in that this person may check."""
    letters = queries.letters_to_check(desk.person, on=desk.on)
    yield from _few_or_many(letters, LetterWork.PASS, "check-letter", _check)


def _check(letter: Letter) -> Waiting:
    return Waiting(
        _("Check: %(thing)s") % {"thing": letter.subject},
        _("Drafted by %(person)s") % {"person": letter.drafted_by},
        None,
        _page(letter, "check"),
        _("Read and check"),
        True,
        key=f"check-letter {letter.public_id}",
        asked_at=letter.drafted_at,
    )


def letters_to_sign(desk: Desk) -> Iterator[Waiting]:
    """Checked letters that wait for this person's signature."""
    letters = queries.letters_to_sign(desk.person, on=desk.on)
    yield from _few_or_many(letters, LetterWork.SIGN, "sign", _sign)


def _sign(letter: Letter) -> Waiting:
    return Waiting(
        _("Sign: %(thing)s") % {"thing": letter.subject},
        _("Drafted by %(person)s") % {"person": letter.drafted_by},
        None,
        _page(letter, "sign"),
        _("Read and sign"),
        True,
        key=f"sign {letter.public_id}",
        asked_at=letter.drafted_at,
    )


def letters_to_send(desk: Desk) -> Iterator[Waiting]:
    """Signed letters that nobody has sent yet."""
    letters = queries.letters_to_send(desk.person, on=desk.on)
    yield from _few_or_many(letters, LetterWork.SEND, "send", _send)


def _send(letter: Letter) -> Waiting:
    return Waiting(
        _("Send: %(thing)s") % {"thing": letter.subject},
        _("Signed, number %(number)s") % {"number": letter.number_text},
        None,
        _page(letter, "send"),
        _("Send"),
        key=f"send {letter.public_id}",
        asked_at=letter.signed_at,
    )


def letters_to_read(desk: Desk) -> Iterator[Waiting]:
    """Letters that reached this person and wait to be acknowledged."""
    received = Recipient.objects.filter(person=desk.person, acknowledged_at__isnull=True).select_related("letter__unit")
    for recipient in received:
        letter = recipient.letter
        yield Waiting(
            _("Read: %(thing)s") % {"thing": letter.subject},
            _("From %(unit)s on %(day)s") % {"unit": unit_name(letter.unit), "day": short_date(recipient.delivered_at)},
            None,
            _page(letter),
            _("Open and read"),
            key=f"read {letter.public_id}",
            asked_at=recipient.delivered_at,
        )


def _few_or_many(letters: Sequence[Letter], work: LetterWork, kind: str, line: LineOf) -> Iterator[Waiting]:
    """A line for each letter, or one line for all of them where there are more than a few."""
    lines = [line(letter) for letter in letters]
    if len(lines) <= FEW:
        yield from lines
        return
    yield Waiting(
        str(MANY[work]) % {"count": digits(len(lines))},
        _("All of them can be done in one go."),
        None,
        reverse("circulation:many-choose", kwargs={"work": work}),
        _("Open"),
        True,
        key=f"{kind} many",
        asked_at=min((one.asked_at for one in lines if one.asked_at), default=None),
    )


def _page(letter: Letter, view: str = "letter") -> str:
    return reverse(f"circulation:{view}", kwargs={"letter": letter.public_id})
