"""The verbs of letters."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.identity import ConfirmedIdentity
from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.circulation import documents, permissions
from raprong.circulation.enums import LetterKind, Move
from raprong.circulation.models import Handover, Letter, Recipient
from raprong.circulation.numbers import number_text, take_next
from raprong.circulation.proofs import findings_in, sentence_of
from raprong.circulation.queries import asked_to_sign, authors_of, checkers_of, signs_for
from raprong.circulation.signers import appointed_signer
from raprong.circulation.workflow import MOVES
from raprong.core.clock import day_of
from raprong.core.faults import Fault, Faults, all_at_once
from raprong.core.freshness import check_fresh
from raprong.core.models import PublicIdModel
from raprong.core.references import reference
from raprong.lib.thai.dates import long_date
from raprong.lib.thai.proofreading import Severity
from raprong.notifications.actions import tell
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import position_of
from raprong.records.actions import Storage
from raprong.records.papers import seal_and_deposit
from raprong.seals import papers as seals
from raprong.signatures import actions as signatures
from raprong.stationery.queries import Shown

LONGEST_SUBJECT = 300


@transaction.atomic
def draft(
    unit: Unit,
    *,
    kind: LetterKind,
    subject: str,
    content: Mapping[str, Any],
    about: PublicIdModel,
    fiscal_year: int,
    to_unit: Unit | None,
    storage: Storage,
    by: Person,
    at: datetime,
) -> Letter:
    """Draft a letter of a unit, to another unit or to its own people.

    Who is asked to sign it follows from its kind, as definitions/letters.yaml says. `content` is the data of the paper
    of this kind, without its number, date and signature: these come with signing. Content that does not fit the paper
    is refused, every fault at once. `storage` says how it is kept once signed.
    """
    permissions.check_may_draft(by, unit, at=at)
    letter = Letter(
        unit=unit,
        to_unit=to_unit,
        fiscal_year=fiscal_year,
        kind=kind,
        about=reference(about),
        subject=subject,
        content=dict(content),
        storage=asdict(storage),
        signer=appointed_signer(unit, kind, on=day_of(at)),
        drafted_at=at,
        drafted_by=by,
    )
    _check_prints(letter)
    letter.content = documents.in_own_digits(content, thai_digits=documents.prints_thai_digits(letter))
    letter.save()

    _record("letter.drafted", letter, by=by, at=at, letter_kind=str(letter.kind), subject=subject)
    return letter


@transaction.atomic
def revise(
    letter: Letter, *, subject: str, content: Mapping[str, Any], seen: int | None, by: Person, at: datetime
) -> Letter:
    """Change the words of a letter that is not signed yet."""
    letter = _locked(letter)
    permissions.check_may_revise(by, letter, at=at)
    check_fresh(letter, seen)

    letter.subject, letter.content = subject, dict(content)
    _check_prints(letter)
    _save_next_version(letter, "subject", "content")

    _record("letter.revised", letter, by=by, at=at, subject=subject)
    return letter


@transaction.atomic
def choose_signer(letter: Letter, signer: Person | None, *, seen: int | None, by: Person, at: datetime) -> Letter:
    """Ask somebody to sign a draft; None asks the head of the unit. Refused: who may not sign letters of the unit."""
    letter = _locked(letter)
    permissions.check_may_revise(by, letter, at=at)
    check_fresh(letter, seen)
    if signer is not None and not signs_for(signer, letter.unit, on=day_of(at)):
        words = {"person": signer, "unit": letter.unit}
        raise Faults([Fault("signer", _("%(person)s may not sign letters of %(unit)s.") % words)])

    letter.signer = signer
    _save_next_version(letter, "signer")

    _record("letter.signer_chosen", letter, by=by, at=at, signer=signer.name if signer else "")
    return letter


@transaction.atomic
def hand_in(letter: Letter, *, seen: int | None, by: Person, at: datetime) -> Letter:
    """Hand a draft in to be checked by another person. An empty place or words that run off are told at their field."""
    letter = _locked(letter)
    permissions.check_may_hand_in(by, letter, at=at)
    check_fresh(letter, seen)
    _check_nothing_empty(letter)
    _check_nothing_runs_off(letter)
    _check_prints(letter)

    _move(letter, Move.HAND_IN, by=by, at=at)
    _save_next_version(letter, "state")

    checkers = checkers_of(letter, on=day_of(at))
    tell(checkers, "letter.to_check", about=letter, at=at, besides=by, letter=letter.subject)
    _record("letter.handed_in", letter, by=by, at=at)
    return letter


@transaction.atomic
def send_back(letter: Letter, *, because: str, seen: int | None, by: Person, at: datetime) -> Letter:
    """Send a letter back to its drafter with what is to be changed: from its check, or instead of signing it."""
    letter = _locked(letter)
    permissions.check_may_send_back(by, letter, at=at)
    check_fresh(letter, seen)
    if not because.strip():
        raise Faults([Fault("because", _("Say what is to be changed. The drafter reads it."))])

    authors = list(Person.objects.filter(pk__in=authors_of(letter)))
    _move(letter, Move.SEND_BACK, by=by, at=at, because=because.strip())
    _save_next_version(letter, "state")

    words = {"letter": letter.subject, "because": because.strip()}
    tell(authors, "letter.sent_back", about=letter, at=at, besides=by, **words)
    _record("letter.sent_back", letter, by=by, at=at, because=because.strip())
    return letter


@transaction.atomic
def pass_on(letter: Letter, *, seen: int | None, by: Person, at: datetime) -> Letter:
    """Say that a letter is checked, and pass it on to be signed."""
    letter = _locked(letter)
    permissions.check_may_check(by, letter, at=at)
    check_fresh(letter, seen)

    _move(letter, Move.PASS, by=by, at=at)
    _save_next_version(letter, "state")

    signer = asked_to_sign(letter, on=day_of(at))
    tell(filter(None, [signer]), "letter.to_sign", about=letter, at=at, besides=by, letter=letter.subject)
    _record("letter.checked", letter, by=by, at=at)
    return letter


@transaction.atomic
def sign(
    letter: Letter, *, identity: ConfirmedIdentity, by: Person, at: datetime, seen_sha256: str | None = None
) -> Letter:
    """Sign a letter that was checked: it gets the next number of its series, and the paper is sealed and deposited.

    `seen_sha256` is the hash of the draft's paper that the signer looked at; refused where the draft has changed
    since. None takes the draft as it is.
    """
    letter = _locked(letter)
    permissions.check_may_sign(by, letter, at=at)
    _check_nothing_empty(letter)
    shown = sha256_of_draft(letter)
    if seen_sha256 not in (None, shown):
        raise Refused(_("The letter has changed since you opened it. Read it again before you sign."))
    _give_signature(letter, shown, identity=identity, by=by, at=at)

    on = day_of(at)
    letter.number = take_next(letter.unit, LetterKind(letter.kind), on=on)
    letter.number_text = number_text(letter.unit, LetterKind(letter.kind), letter.number, on=on)
    letter.signed_at, letter.signed_by = at, by
    letter.sealed = seal_and_deposit(
        documents.signed_paper(letter),
        shown=Shown(day_of(letter.drafted_at), at),
        title=f"{letter.subject} ({letter.number_text})"[:300],
        about=letter,
        unit=letter.unit,
        fiscal_year=letter.fiscal_year,
        storage=Storage(**letter.storage),
        by=by,
        at=at,
    ).file
    _move(letter, Move.SIGN, by=by, at=at)
    _save_next_version(letter, "number", "number_text", "signed_at", "signed_by", "sealed", "state")

    words = {"letter": letter.subject, "number": letter.number_text}
    tell([letter.drafted_by], "letter.signed", about=letter, at=at, besides=by, **words)
    _record("letter.signed", letter, by=by, at=at, number=letter.number_text, sha256=letter.sealed.sha256)
    return letter


@transaction.atomic
def send(letter: Letter, *, recipients: Iterable[Person], by: Person, at: datetime) -> Letter:
    """Send a signed letter to people of the agency, each of whom is told."""
    letter = _locked(letter)
    permissions.check_may_send(by, letter, at=at)
    people = list({person.pk: person for person in recipients}.values())
    _check_recipients(people, letter)

    Recipient.objects.bulk_create(Recipient(letter=letter, person=person, delivered_at=at) for person in people)
    letter.sent_at = at
    _move(letter, Move.SEND, by=by, at=at)
    _save_next_version(letter, "sent_at", "state")

    tell(people, "letter.received", about=letter, at=at, besides=by, letter=letter.subject)
    names = [person.name for person in people]
    _record("letter.sent", letter, by=by, at=at, recipients=names)
    return letter


@transaction.atomic
def call_again(letter: Letter, *, by: Person, at: datetime) -> list[Recipient]:
    """Ask those once more who have not opened a letter; nobody hears of it twice a day, and nobody who has read it."""
    letter = _locked(letter)
    permissions.check_may_call_again(by, letter, at=at)

    unread = letter.recipients.select_for_update(of=("self",)).select_related("person").filter(read_at__isnull=True)
    called = [one for one in unread if one.called_at is None or day_of(one.called_at) != day_of(at)]
    Recipient.objects.filter(pk__in=[one.pk for one in called]).update(called_at=at)

    people = [one.person for one in called]
    words = {"letter": letter.subject, "day": long_date(day_of(letter.sent_at or at))}
    tell(people, "letter.second_call", about=letter, at=at, besides=None, **words)
    _record("letter.called_again", letter, by=by, at=at, people=[person.name for person in people])
    return called


@transaction.atomic
def cancel(letter: Letter, *, because: str, seen: int | None, by: Person, at: datetime) -> Letter:
    """Take back a signed letter before it is sent. Its number is not given again: it stays, with the reason."""
    letter = _locked(letter)
    permissions.check_may_cancel(by, letter, at=at)
    check_fresh(letter, seen)
    if not because.strip():
        raise Faults([Fault("because", _("Say why the letter is cancelled. The reason stands in the register."))])

    letter.cancelled_at, letter.cancelled_by, letter.cancelled_because = at, by, because.strip()
    _move(letter, Move.CANCEL, by=by, at=at, because=because.strip())
    _save_next_version(letter, "cancelled_at", "cancelled_by", "cancelled_because", "state")
    for paper in seals.papers_about(letter):
        seals.cancel(paper, because=because, by=by, at=at)

    words = {"letter": letter.subject, "number": letter.number_text}
    tell([letter.drafted_by], "letter.cancelled", about=letter, at=at, besides=by, **words)
    _record("letter.cancelled", letter, by=by, at=at, number=letter.number_text, because=because.strip())
    return letter


@transaction.atomic
def mark_read(recipient: Recipient, *, by: Person, at: datetime) -> Recipient:
    """Remember when the person whom a letter reached first opened it. Opening it again changes nothing."""
    recipient = _locked_recipient(recipient)
    permissions.check_is_recipient(by, recipient)
    if recipient.read_at is not None:
        return recipient

    recipient.read_at = at
    recipient.save(update_fields=["read_at"])

    _record("letter.read", recipient.letter, by=by, at=at)
    return recipient


@transaction.atomic
def acknowledge(recipient: Recipient, *, by: Person, at: datetime) -> Recipient:
    """The person whom a letter reached says that they have taken note of it. Who says so has read it."""
    recipient = _locked_recipient(recipient)
    permissions.check_may_acknowledge(by, recipient)

    recipient.read_at = recipient.read_at or at
    recipient.acknowledged_at = at
    recipient.save(update_fields=["read_at", "acknowledged_at"])

    _record("letter.acknowledged", recipient.letter, by=by, at=at)
    return recipient


def sha256_of_draft(letter: Letter) -> str:
    """The hash of a draft's paper: the same content always prints to the same bytes."""
    return sha256(documents.printed_draft(letter)).hexdigest()


def _give_signature(letter: Letter, shown: str, *, identity: ConfirmedIdentity, by: Person, at: datetime) -> None:
    """Write the signature down where signatures are kept: who, how proven, and what they saw."""
    position = position_of(by, on=day_of(at))
    asked = [signatures.Signatory(by, position.title if position else "")]
    [request] = signatures.ask(letter, asked, unit=letter.unit, fiscal_year=letter.fiscal_year, by=by, at=at)
    signatures.sign(request, seen_sha256=shown, identity=identity, about=letter, by=by, at=at)


def _move(letter: Letter, move: Move, *, by: Person, at: datetime, because: str = "") -> None:
    _from, letter.state = MOVES[move]
    Handover.objects.create(letter=letter, move=move, by=by, at=at, because=because)


def _check_nothing_empty(letter: Letter) -> None:
    with all_at_once() as faults:
        for finding in findings_in(letter):
            if finding.severity is Severity.ERROR:
                faults.add(finding.place, sentence_of(finding))


def _check_nothing_runs_off(letter: Letter) -> None:
    """Letters without a place to break run over the edge of the paper, and nobody reads them there."""
    with all_at_once() as faults:
        for finding in findings_in(letter):
            if finding.code == "too-wide":
                faults.add(finding.place, sentence_of(finding))


def _check_prints(letter: Letter) -> None:
    with all_at_once() as faults:
        if not letter.subject.strip():
            faults.add("subject", _("Enter the subject."))
        if len(letter.subject) > LONGEST_SUBJECT:
            faults.add("subject", _("Use at most %(longest)s letters.") % {"longest": LONGEST_SUBJECT})
        for place, sentence in documents.faults_in(letter):
            faults.add(place, sentence)


def _check_recipients(people: list[Person], letter: Letter) -> None:
    with all_at_once() as faults:
        if not people:
            faults.add("recipients", _("Choose at least one person."))
        for person in people:
            if person.agency_id != letter.unit.agency_id:
                faults.add("recipients", _("%(person)s works for another agency.") % {"person": person})


def _locked(letter: Letter) -> Letter:
    return Letter.objects.with_units().select_for_update(of=("self",)).get(pk=letter.pk)


def _locked_recipient(recipient: Recipient) -> Recipient:
    letters = Recipient.objects.select_related("letter__unit", "person")
    return letters.select_for_update(of=("self",)).get(pk=recipient.pk)


def _save_next_version(letter: Letter, *fields: str) -> None:
    letter.version += 1
    letter.save(update_fields=[*fields, "version"])


def _record(kind: str, letter: Letter, *, by: Person, at: datetime, **facts: Any) -> None:
    record(kind, about=letter, by=by, at=at, place=letter.unit.office, fiscal_year=letter.fiscal_year, **facts)
