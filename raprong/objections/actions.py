"""The unit's verbs: it opens the preliminary result, accepts it or objects, and withdraws an objection.

What it leaves undone, its days do: they begin and end by themselves.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused, refusal
from raprong.audit.queries import entries_about
from raprong.core.clock import day_of
from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.evaluations.basis import basis_of_evaluation, document_bytes
from raprong.evaluations.finality import make_final
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.evaluations.totals import rule_of
from raprong.files import actions as files
from raprong.objections import notices, permissions, policies
from raprong.objections.bundle import bundle_of
from raprong.objections.clock import working_days_after
from raprong.objections.enums import Settled, State
from raprong.objections.grounds import grounds
from raprong.objections.locks import locked, locked_objection
from raprong.objections.models import Objection, Preliminary
from raprong.objections.notices import subject_of
from raprong.objections.trail import tell
from raprong.organisation.models import Person

LONGEST_TEXT = 10_000
MOST_FILES = 20
JSON = "application/json"

Upload = tuple[IO[bytes], str]
"""A file as it is handed in: its content and its name."""


def show_to_unit(evaluation: Evaluation, by: Person, at: datetime) -> None:
    """Confirmed scores wait for the unit's word. Where nobody opens them the days are counted all the same, later."""
    terms = rule_of(evaluation).result
    assert terms.objection_days is not None, "a scheme without a window makes scores final at once"
    counts_from = working_days_after(day_of(at), terms.unopened_days)
    preliminary = Preliminary.objects.create(
        evaluation=evaluation,
        shown_at=at,
        objection_days=terms.objection_days,
        panel_size=terms.panel,
        counts_from_on=counts_from,
        closes_on=working_days_after(counts_from, terms.objection_days),
    )
    notices.tell_unit("objection.result_shown", preliminary, preliminary, by=by, at=at)
    tell("objection.result_shown", preliminary, preliminary, by=by, at=at, closes_on=preliminary.closes_on)


@transaction.atomic
def open_result(preliminary: Preliminary, *, by: Person, at: datetime) -> Preliminary:
    """Somebody who answers for the unit opens the result: what they saw is kept with its hash, and the days begin.

    Opened after the day on which they began by themselves, they go on as they run.
    """
    preliminary = locked(preliminary)
    permissions.check_may_open(by, preliminary, at=at)

    content = document_bytes(basis_of_evaluation(preliminary.evaluation))
    preliminary.seen = files.keep(
        content, "preliminary-result.json", media_type=JSON, unit=preliminary.run.unit, by=by, at=at
    )
    preliminary.opened_at, preliminary.opened_by = at, by
    if day_of(at) < preliminary.counts_from_on:
        preliminary.closes_on = working_days_after(day_of(at), preliminary.objection_days)
    _save_next_version(preliminary, "seen", "opened_at", "opened_by", "closes_on")

    notices.tell_unit("objection.result_opened", preliminary, preliminary, by=by, at=at, person=by.name)
    facts: Any = {"sha256": preliminary.seen.sha256, "closes_on": preliminary.closes_on}
    tell("objection.result_opened", preliminary, preliminary, by=by, at=at, **facts)
    return preliminary


def tell_of_days_that_began(at: datetime) -> int:
    """Tell each unit, once, that the days to object run though nobody opened its result; answers how many were told.

    One whose days have passed as well is made final instead: see `close_passed_windows`.
    """
    unopened = Preliminary.objects.open().filter(opened_at__isnull=True)
    running = unopened.filter(counts_from_on__lte=day_of(at), closes_on__gte=day_of(at))
    return sum(_tell_that_days_began(preliminary, at) for preliminary in running.order_by("pk"))


@transaction.atomic
def _tell_that_days_began(preliminary: Preliminary, at: datetime) -> bool:
    preliminary = locked(preliminary)
    told = entries_about(preliminary).filter(kind="objection.days_began").exists()
    if told or preliminary.opened_at or preliminary.settled_at:
        return False
    notices.tell_unit("objection.days_began", preliminary, preliminary, by=None, at=at)
    tell("objection.days_began", preliminary, preliminary, by=None, at=at, closes_on=preliminary.closes_on)
    return True


@transaction.atomic
def accept(preliminary: Preliminary, *, seen: int | None, by: Person, at: datetime) -> Preliminary:
    """The unit accepts the result, which is final from then on."""
    preliminary = locked(preliminary)
    permissions.check_may_accept(by, preliminary, at=at)
    check_fresh(preliminary, seen)
    return _settle(preliminary, Settled.ACCEPTED, by=by, at=at)


@transaction.atomic
def close_window(preliminary: Preliminary, *, by: Person, at: datetime) -> Preliminary:
    """The days have passed, and nothing waits for the panel: the result is final, before the night makes it so."""
    preliminary = locked(preliminary)
    permissions.check_may_close(by, preliminary, at=at)
    return _settle(preliminary, Settled.PASSED, by=by, at=at)


def close_passed_windows(at: datetime) -> int:
    """Make final every result whose days have passed with nothing before the panel; answers how many.

    One that cannot be made final keeps none of the others; it is told in the end, and tried again.
    """
    passed = Preliminary.objects.open().filter(closes_on__lt=day_of(at)).order_by("pk")
    closed, faults = 0, []
    for preliminary in passed:
        try:
            closed += _close_by_itself(preliminary, at)
        except Refused as refused:
            faults.append(f"{preliminary}: {refused.sentence}")
    if faults:
        raise Refused(" ".join(faults))
    return closed


@transaction.atomic
def _close_by_itself(preliminary: Preliminary, at: datetime) -> bool:
    preliminary = locked(preliminary)
    if refusal(policies.check_can_close, preliminary, on=day_of(at)):
        return False
    _settle(preliminary, Settled.PASSED, by=None, at=at)
    return True


@transaction.atomic
def object_to(
    preliminary: Preliminary,
    *,
    score: GivenScore | None,
    ground: str,
    text: str,
    uploads: Sequence[Upload] = (),
    seen: int | None,
    by: Person,
    at: datetime,
) -> Objection:
    """Object to the score of a KPI, or without one to the total, on a ground of the list, with what proves it.

    Criteria, figures, scores and evidence are gathered as they stand. Refused as faults, all at once: a ground that
    the list has not or that is not meant for this, no text, a missing proof, more than 20 files, a KPI of another
    evaluation, and one that an objection is already about.
    """
    preliminary = locked(preliminary)
    permissions.check_may_object(by, preliminary, at=at)
    check_fresh(preliminary, seen)
    with all_at_once() as faults:
        _check_subject(preliminary, score, faults)
        _check_ground(ground, len(uploads), faults, total=score is None)
        _check_text(text, faults)

    unit, evaluation = preliminary.run.unit, preliminary.evaluation
    taken = [files.take_in(content, name, unit=unit, by=by, at=at) for content, name in uploads]
    objection = Objection.objects.create(
        preliminary=preliminary,
        score=score,
        ground=ground,
        text=text.strip(),
        bundle=bundle_of(evaluation, score),
        filed_at=at,
        filed_by=by,
    )
    objection.proofs.set(taken)
    _save_next_version(preliminary)

    told: Any = {"by": by, "at": at, "subject": subject_of(objection)}
    notices.tell_namers("objection.filed", objection, preliminary, **told)
    notices.tell_announcers("objection.filed", objection, preliminary, **told)
    facts: Any = {"subject": subject_of(objection), "ground": ground, "sha256": [file.sha256 for file in taken]}
    tell("objection.filed", objection, preliminary, by=by, at=at, **facts)
    return objection


@transaction.atomic
def withdraw(objection: Objection, *, seen: int | None, by: Person, at: datetime) -> Objection:
    """The unit takes an objection back, as long as the panel has not decided. It stays to be read."""
    objection = locked_objection(objection)
    permissions.check_may_withdraw(by, objection, at=at)
    check_fresh(objection, seen)

    objection.state, objection.withdrawn_at, objection.withdrawn_by = State.WITHDRAWN, at, by
    objection.version += 1
    objection.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "version"])
    _save_next_version(objection.preliminary)

    told: Any = {"by": by, "at": at, "subject": subject_of(objection)}
    notices.tell_panel("objection.withdrawn", objection, objection.preliminary, **told)
    notices.tell_announcers("objection.withdrawn", objection, objection.preliminary, **told)
    tell("objection.withdrawn", objection, objection.preliminary, by=by, at=at, subject=subject_of(objection))
    return objection


def _settle(preliminary: Preliminary, how: Settled, *, by: Person | None, at: datetime) -> Preliminary:
    preliminary.settled, preliminary.settled_at, preliminary.settled_by = how, at, by
    _save_next_version(preliminary, "settled", "settled_at", "settled_by")
    make_final(preliminary.evaluation, by=by, at=at)
    kind = f"objection.{how}"
    notices.tell_announcers(kind, preliminary, preliminary, by=by, at=at)
    if how is Settled.PASSED:
        notices.tell_unit(kind, preliminary, preliminary, by=by, at=at)
    tell(kind, preliminary, preliminary, by=by, at=at)
    return preliminary


def _check_subject(preliminary: Preliminary, score: GivenScore | None, faults: FaultList) -> None:
    if score is not None and score.evaluation_id != preliminary.evaluation_id:
        faults.add("subject", _("This KPI belongs to another evaluation."))
    if preliminary.objections.open().filter(score=score).exists():
        faults.add("subject", _("An objection about this is already before the panel."))


def _check_ground(code: str, proofs: int, faults: FaultList, *, total: bool) -> None:
    ground = grounds().get(code)
    if ground is None or not ground.suits(total=total):
        faults.add("ground", _("Choose a ground that fits what you object to."))
    elif ground.proof and not proofs:
        faults.add("proofs", _("This ground needs a file that proves it."))
    if proofs > MOST_FILES:
        faults.add("proofs", _("Hand in at most %(most)s files.") % {"most": MOST_FILES})


def _check_text(text: str, faults: FaultList) -> None:
    if not text.strip():
        faults.add("text", _("Say what is wrong with the score, and what it should be."))
    elif len(text) > LONGEST_TEXT:
        faults.add("text", _("Use at most %(most)s letters.") % {"most": f"{LONGEST_TEXT:,}"})


def _save_next_version(preliminary: Preliminary, *fields: str) -> None:
    preliminary.version += 1
    preliminary.save(update_fields=[*fields, "version"])
