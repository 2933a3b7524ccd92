"""An assessor asks a group for more about a KPI's claim; the group answers by a day, with files; the assessor closes.

Everything said stays as it was sent. While a question is open, scoring is not finished.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.evaluations import notices, permissions
from raprong.evaluations.enums import InquiryState
from raprong.evaluations.locks import locked_evaluation
from raprong.evaluations.models import Evaluation, GivenScore, Inquiry, InquiryEntry
from raprong.files import actions as files
from raprong.files.models import StoredFile
from raprong.organisation.models import Person

LONGEST_TEXT = 5_000
MOST_FILES = 20

Upload = tuple[IO[bytes], str]
"""A file as it is handed in: its content and its name."""


@transaction.atomic
def ask(score: GivenScore, question: str, *, due_on: date, by: Person, at: datetime) -> Inquiry:
    """Ask the KPI's group for more, to be answered by a day. For those who score, while scores are given."""
    score.evaluation = locked_evaluation(score.evaluation)
    permissions.check_may_score_kpi(by, score, at=at)
    _check_question(question, due_on, today=day_of(at))

    inquiry = Inquiry.objects.create(score=score, due_on=due_on, asked_at=at, asked_by=by)
    _enter(inquiry, question, is_answer=False, by=by, at=at)

    notices.tell_group_of_question(inquiry, by=by, at=at)
    _record("evaluation.asked", inquiry, by=by, at=at, due_on=due_on)
    return inquiry


@transaction.atomic
def ask_again(inquiry: Inquiry, question: str, *, due_on: date, seen: int | None, by: Person, at: datetime) -> Inquiry:
    """Ask further in the same thread; the clock starts anew."""
    inquiry = _locked(inquiry)
    permissions.check_may_ask_again(by, inquiry, at=at)
    check_fresh(inquiry, seen)
    _check_question(question, due_on, today=day_of(at))

    inquiry.state, inquiry.due_on = InquiryState.ASKED, due_on
    _save_next_version(inquiry, "state", "due_on")
    _enter(inquiry, question, is_answer=False, by=by, at=at)

    notices.tell_group_of_question(inquiry, by=by, at=at)
    _record("evaluation.asked", inquiry, by=by, at=at, due_on=due_on)
    return inquiry


@transaction.atomic
def answer(
    inquiry: Inquiry, text: str, uploads: Sequence[Upload] = (), *, seen: int | None, by: Person, at: datetime
) -> Inquiry:
    """Answer for the KPI's group, with files. An answer after the day is taken, and said to be late.

    Refused: an empty text, more than 20 files, and every file that `files.take_in` refuses.
    """
    inquiry = _locked(inquiry)
    permissions.check_may_answer(by, inquiry, at=at)
    check_fresh(inquiry, seen)
    with all_at_once() as faults:
        _check_text(text, "text", _("Write the answer."), faults)
        if len(uploads) > MOST_FILES:
            faults.add("evidence", _("Hand in at most %(most)s files.") % {"most": MOST_FILES})

    unit = inquiry.score.item.kpi.group
    taken = [files.take_in(content, name, unit=unit, by=by, at=at) for content, name in uploads]
    inquiry.state = InquiryState.ANSWERED
    _save_next_version(inquiry, "state")
    _enter(inquiry, text, is_answer=True, by=by, at=at, taken=taken)

    notices.tell_asker_of_answer(inquiry, by=by, at=at)
    late = day_of(at) > inquiry.due_on
    _record("evaluation.answered", inquiry, by=by, at=at, late=late, sha256=[file.sha256 for file in taken])
    return inquiry


@transaction.atomic
def close(inquiry: Inquiry, *, because: str, seen: int | None, by: Person, at: datetime) -> Inquiry:
    """End the thread with what the answer changed, or with the fact that none came."""
    inquiry = _locked(inquiry)
    permissions.check_may_close(by, inquiry, at=at)
    check_fresh(inquiry, seen)
    with all_at_once() as faults:
        _check_text(because, "because", _("Say what follows from it for the score."), faults)

    inquiry.state, inquiry.closed_at, inquiry.closed_by = InquiryState.CLOSED, at, by
    inquiry.closed_because = because.strip()
    _save_next_version(inquiry, "state", "closed_at", "closed_by", "closed_because")

    notices.tell_group_of_closing(inquiry, by=by, at=at)
    _record("evaluation.inquiry_closed", inquiry, by=by, at=at, because=inquiry.closed_because)
    return inquiry


def _check_question(question: str, due_on: date, *, today: date) -> None:
    with all_at_once() as faults:
        _check_text(question, "question", _("Write what you ask for."), faults)
        if due_on <= today:
            faults.add("due_on", _("Choose a day after today: the group needs time to answer."))


def _check_text(text: str, field: str, missing: str, faults: FaultList) -> None:
    if not text.strip():
        faults.add(field, missing)
    elif len(text) > LONGEST_TEXT:
        faults.add(field, _("Use at most %(most)s letters.") % {"most": f"{LONGEST_TEXT:,}"})


def _enter(
    inquiry: Inquiry, text: str, *, is_answer: bool, by: Person, at: datetime, taken: Sequence[StoredFile] = ()
) -> None:
    entry = InquiryEntry.objects.create(
        inquiry=inquiry, is_answer=is_answer, text=text.strip(), at=at, by=by, due_on=inquiry.due_on
    )
    entry.files.set(taken)


def _locked(inquiry: Inquiry) -> Inquiry:
    """The evaluation is locked before its thread, so that answering and finishing never wait for each other."""
    evaluation = locked_evaluation(inquiry.score.evaluation)
    inquiry = Inquiry.objects.with_story().select_for_update(of=("self",)).get(pk=inquiry.pk)
    inquiry.score.evaluation = evaluation
    return inquiry


def _save_next_version(inquiry: Inquiry, *fields: str) -> None:
    inquiry.version += 1
    inquiry.save(update_fields=[*fields, "version"])


def _record(action: str, inquiry: Inquiry, *, by: Person, at: datetime, **facts: Any) -> None:
    evaluation: Evaluation = inquiry.score.evaluation
    place: dict[str, Any] = {"place": evaluation.run.unit, "fiscal_year": evaluation.run.fiscal_year}
    record(action, about=inquiry, **place, by=by, at=at, kpi=inquiry.score.item.kpi.code, **facts)
