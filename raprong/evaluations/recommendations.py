"""What assessors advise, by whom and by when: followed to the end, over the rounds and years (F63)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.evaluations import notices, permissions
from raprong.evaluations.enums import AdviceMove, AdviceState
from raprong.evaluations.models import Evaluation, Recommendation, RecommendationStep
from raprong.files import actions as files
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.organisation.queries import people_of

LONGEST_TEXT = 5_000
MOST_FILES = 20

Upload = tuple[IO[bytes], str]
"""A file as it is handed in: its content and its name."""

MOVES = {
    AdviceMove.REPORT: AdviceState.DONE,
    AdviceMove.RETURN: AdviceState.OPEN,
    AdviceMove.CLOSE: AdviceState.CLOSED,
}


@transaction.atomic
def recommend(
    evaluation: Evaluation,
    kpi: KpiYear | None,
    *,
    text: str,
    owner: Person | None,
    due_on: date | None,
    by: Person,
    at: datetime,
) -> Recommendation:
    """Advise a unit, about one of its KPIs or all of it, with who does it and until when. For those who score it.

    Refused with every fault at once: no text, an owner who holds no post in the unit, and a day that is not to come.
    """
    permissions.check_may_recommend(by, evaluation, kpi, at=at)
    unit, today = evaluation.run.unit, day_of(at)
    with all_at_once() as faults:
        _check_text(text, _("Write what you recommend."), faults)
        if owner is None or not people_of(unit, on=today).filter(pk=owner.pk).exists():
            faults.add("owner", _("Choose somebody of the unit."))
        if due_on is None or due_on <= today:
            faults.add("due_on", _("Choose a day after today."))
    assert owner is not None
    assert due_on is not None

    made = Recommendation.objects.create(
        evaluation=evaluation, kpi=kpi, text=text.strip(), owner=owner, due_on=due_on, made_at=at, made_by=by
    )

    notices.tell_of_recommendation(made, by=by, at=at)
    _record("evaluation.recommended", made, by=by, at=at, text=made.text, owner=owner.public_id, due_on=due_on)
    return made


@transaction.atomic
def report_done(
    recommendation: Recommendation,
    text: str,
    uploads: Sequence[Upload] = (),
    *,
    seen: int | None,
    by: Person,
    at: datetime,
) -> Recommendation:
    """Say what was done, with files: its owner, or whoever writes for the KPI's group. An assessor looks at it."""
    found = _locked(recommendation)
    permissions.check_may_report_advice(by, found, at=at)
    check_fresh(found, seen)
    with all_at_once() as faults:
        _check_text(text, _("Say what was done."), faults)
        if len(uploads) > MOST_FILES:
            faults.add("evidence", _("Hand in at most %(most)s files.") % {"most": MOST_FILES})

    unit = found.kpi.group if found.kpi else found.evaluation.run.unit
    taken = [files.take_in(content, name, unit=unit, by=by, at=at) for content, name in uploads]
    step = _step(found, AdviceMove.REPORT, text, by=by, at=at)
    step.files.set(taken)

    notices.tell_adviser(found, by=by, at=at)
    late = day_of(at) > found.due_on
    _record("evaluation.advice_reported", found, by=by, at=at, late=late, sha256=[file.sha256 for file in taken])
    return found


@transaction.atomic
def return_(
    recommendation: Recommendation, *, because: str, due_on: date | None, seen: int | None, by: Person, at: datetime
) -> Recommendation:
    """Ask for more, with the reason and a new day."""
    found = _locked(recommendation)
    permissions.check_may_judge_advice(by, found, at=at)
    check_fresh(found, seen)
    with all_at_once() as faults:
        _check_text(because, _("Say what is still missing."), faults, field="because")
        if due_on is None or due_on <= day_of(at):
            faults.add("due_on", _("Choose a day after today."))
    assert due_on is not None

    found.due_on = due_on
    _step(found, AdviceMove.RETURN, because, by=by, at=at)

    notices.tell_owner_of_return(found, because=because.strip(), by=by, at=at)
    _record("evaluation.advice_returned", found, by=by, at=at, because=because.strip(), due_on=due_on)
    return found


@transaction.atomic
def close(
    recommendation: Recommendation, *, because: str, seen: int | None, by: Person, at: datetime
) -> Recommendation:
    """Close a recommendation once something was done about it, or because it no longer matters; with the reason."""
    found = _locked(recommendation)
    permissions.check_may_close_advice(by, found, at=at)
    check_fresh(found, seen)
    with all_at_once() as faults:
        _check_text(because, _("Say what came of it."), faults, field="because")

    _step(found, AdviceMove.CLOSE, because, by=by, at=at)

    _record("evaluation.advice_closed", found, by=by, at=at, because=because.strip())
    return found


def followed_for(evaluation: Evaluation) -> QuerySet[Recommendation]:
    """What was advised to the unit in this evaluation or an earlier one and is not closed."""
    return _followed_upto(evaluation.assessment)


def followed_about(item: AssessmentItem) -> QuerySet[Recommendation]:
    """The same, about one KPI of a report in any year, or about the whole unit: for who writes the report."""
    about = Q(kpi=None) | Q(kpi__kpi=item.kpi.kpi_id)
    return _followed_upto(item.assessment).filter(about)


def _followed_upto(report: SelfAssessment) -> QuerySet[Recommendation]:
    run, place = report.run, "evaluation__assessment__run"
    earlier = Q(**{f"{place}__fiscal_year__lt": run.fiscal_year}) | Q(
        **{place: run}, evaluation__assessment__months__lte=report.months
    )
    followed = Recommendation.objects.followed().filter(earlier, **{f"{place}__unit": run.unit_id})
    return followed.with_story().order_by("due_on", "pk")


def _step(found: Recommendation, move: AdviceMove, text: str, *, by: Person, at: datetime) -> RecommendationStep:
    found.state = MOVES[move]
    found.version += 1
    found.save(update_fields=["state", "due_on", "version"])
    return RecommendationStep.objects.create(recommendation=found, move=move, text=text.strip(), at=at, by=by)


def _check_text(text: str, missing: str, faults: FaultList, *, field: str = "text") -> None:
    if not text.strip():
        faults.add(field, missing)
    elif len(text) > LONGEST_TEXT:
        faults.add(field, _("Use at most %(most)s letters.") % {"most": f"{LONGEST_TEXT:,}"})


def _locked(recommendation: Recommendation) -> Recommendation:
    found: Recommendation = (
        Recommendation.objects.with_story().select_for_update(of=("self",)).get(pk=recommendation.pk)
    )
    return found


def _record(kind: str, made: Recommendation, *, by: Person, at: datetime, **facts: Any) -> None:
    run = made.evaluation.run
    kpi = made.kpi.code if made.kpi else None
    record(kind, about=made, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year, kpi=kpi, **facts)
