"""Many letters handed in, checked, signed or sent in one go, in the worker, with how far it is and a way to stop.

Each letter goes through the same verb as alone. One that cannot be moved is a line with the reason, and the others go
on; what is done when it is stopped stays done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from raprong.access.identity import ConfirmedIdentity, check_identity
from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.circulation import actions, permissions
from raprong.circulation.enums import LetterWork, WorkState
from raprong.circulation.models import Letter, ManyLetters, OneOfMany
from raprong.circulation.queries import addressees
from raprong.circulation.tasks import move_many
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Fault, Faults
from raprong.core.freshness import Stale
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.notifications.preferences import language_of
from raprong.organisation.models import Person

MOST_LETTERS = 500
SILENT = timedelta(minutes=10)  # work that has not moved for so long belongs to a worker that was killed

ALLOWED = {
    LetterWork.HAND_IN: permissions.check_may_hand_in,
    LetterWork.PASS: permissions.check_may_check,
    LetterWork.SIGN: permissions.check_may_sign,
    LetterWork.SEND: permissions.check_may_send,
}

Seen = tuple[Letter, int]
"""A letter, and the version of it that whoever asks has seen."""


@transaction.atomic
def order(
    letters: Sequence[Seen], *, work: LetterWork, identity: ConfirmedIdentity | None = None, by: Person, at: datetime
) -> ManyLetters:
    """Ask for the same with many letters. Signing needs the proof of who signs, as for one letter.

    Refused as faults, all at once: none or too many, and each letter with which this person may not do it.
    """
    if work is LetterWork.SIGN:
        if identity is None:
            raise Refused(_("Prove once more that it is you."))
        check_identity(identity, by, at=at)
    _check(letters, work, by, at=at)
    if ManyLetters.objects.unfinished().filter(ordered_by=by).exists():
        raise Refused(_("Other letters of yours are still on their way. Wait for them, or stop them first."))

    many = ManyLetters.objects.create(
        unit=letters[0][0].unit,
        work=work,
        ordered_by=by,
        ordered_at=at,
        method=identity.method if identity else "",
        proven_at=identity.confirmed_at if identity else None,
        letters=len(letters),
        moved_at=at,
    )
    OneOfMany.objects.bulk_create(
        OneOfMany(many=many, number=number, letter=letter, version=version)
        for number, (letter, version) in enumerate(letters, start=1)
    )
    _record("letters.ordered", many, by=by, at=at, work=str(work), letters=many.letters)
    transaction.on_commit(lambda: move_many.enqueue(many.pk))
    return many


@transaction.atomic
def stop(many: ManyLetters, *, by: Person, at: datetime) -> ManyLetters:
    """Stop after the letter at hand. What is done stays done."""
    many = ManyLetters.objects.select_for_update().get(pk=many.pk)
    if many.ordered_by_id != by.pk:
        raise Refused(_("Whoever asked for it stops it."))
    if many.state not in (WorkState.WAITING, WorkState.WORKING):
        raise Refused(_("This has ended already."))

    many.state, many.ended_at = WorkState.STOPPED, at
    many.save(update_fields=["state", "ended_at"])
    _record("letters.stopped", many, by=by, at=at, done=many.done, letters=many.letters)
    return many


@transaction.atomic
def go_on(many: ManyLetters, *, by: Person, at: datetime) -> ManyLetters:
    """Go on with letters whose worker was killed; those that are through are not touched again."""
    many = ManyLetters.objects.select_for_update().get(pk=many.pk)
    if many.ordered_by_id != by.pk or not is_stuck(many, at=at):
        raise Refused(_("This is still moving."))
    many.state, many.moved_at = WorkState.WAITING, at
    many.save(update_fields=["state", "moved_at"])
    transaction.on_commit(lambda: move_many.enqueue(many.pk))
    return many


def is_stuck(many: ManyLetters, *, at: datetime) -> bool:
    return many.state == WorkState.WORKING and at - many.moved_at > SILENT


def move(many_id: int) -> None:
    """Do the work, letter by letter. A second worker that comes for it goes away again."""
    waiting = ManyLetters.objects.filter(pk=many_id, state=WorkState.WAITING)
    if not waiting.update(state=WorkState.WORKING, moved_at=clock.now()):
        return
    many = ManyLetters.objects.select_related("ordered_by__user", "unit").get(pk=many_id)
    with translation.override(language_of(many.ordered_by)):
        for one in many.contents.filter(done_at__isnull=True).select_related("letter").order_by("number"):
            if not _tell(many):
                return
            _move_one(many, one)
    _end(many)


def _check(letters: Sequence[Seen], work: LetterWork, by: Person, *, at: datetime) -> None:
    if not letters:
        raise Faults([Fault("letters", _("Choose at least one letter."))])
    if len(letters) > MOST_LETTERS:
        most = _("At most %(most)s letters go together. Choose fewer.") % {"most": MOST_LETTERS}
        raise Faults([Fault("letters", most)])
    faults = []
    for letter, _seen in letters:
        try:
            ALLOWED[work](by, letter, at=at)
        except Refused as refused:
            faults.append(Fault("letters", f"{letter}: {refused.sentence}"))
    if faults:
        raise Faults(faults)


def _move_one(many: ManyLetters, one: OneOfMany) -> None:
    """One letter, wholly or not at all; what keeps it back is told at its line."""
    try:
        with transaction.atomic():
            _do(many, one)
    except Stale:
        one.fault = _("The letter has changed since you saw it.")
    except Refused as refused:
        one.fault = refused.sentence
    except Faults as faults:
        one.fault = " ".join(str(fault.sentence) for fault in faults.faults)
    one.done_at = clock.now()
    one.save(update_fields=["done_at", "fault"])


def _do(many: ManyLetters, one: OneOfMany) -> None:
    """The verb for one letter, at the moment and by the person that asked: the signature was given then."""
    letter = one.letter
    known: Any = {"by": many.ordered_by, "at": many.ordered_at}
    match LetterWork(many.work):
        case LetterWork.HAND_IN:
            actions.hand_in(letter, seen=one.version, **known)
        case LetterWork.PASS:
            actions.pass_on(letter, seen=one.version, **known)
        case LetterWork.SIGN:
            if Letter.objects.values_list("version", flat=True).get(pk=letter.pk) != one.version:
                raise Stale(letter)
            assert many.proven_at is not None, "signing was ordered with a proof"
            identity = ConfirmedIdentity(many.ordered_by.pk, many.method, many.proven_at)
            actions.sign(letter, identity=identity, **known)
        case LetterWork.SEND:
            actions.send(letter, recipients=addressees(letter, on=day_of(many.ordered_at)), **known)


def _tell(many: ManyLetters) -> bool:
    """Write down how far it is; false where it was stopped meanwhile."""
    done = many.contents.filter(done_at__isnull=False).count()
    moving = ManyLetters.objects.filter(pk=many.pk, state=WorkState.WORKING)
    return bool(moving.update(done=done, moved_at=clock.now()))


@transaction.atomic
def _end(many: ManyLetters) -> None:
    if not _tell(many):
        return
    at = clock.now()
    ManyLetters.objects.filter(pk=many.pk).update(state=WorkState.DONE, ended_at=at)
    refused = many.contents.exclude(fault="").count()
    _record("letters.moved", many, by=None, at=at, letters=many.letters, refused=refused)


def _record(kind: str, many: ManyLetters, *, by: Person | None, at: datetime, **facts: object) -> None:
    year = FiscalYear.of(day_of(at)).be
    record(kind, about=many, by=by, at=at, place=many.unit.office, fiscal_year=year, **facts)
