"""A unit claims that something beyond its power kept a result down; another decides; the scheme's rule acts (F67).

Nothing but an accepted claim applies the rule that a scheme names for it. Under a scheme without such a rule it is told
and changes no score.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.assessments.models import AssessmentItem
from raprong.audit.actions import record
from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.evaluations import notices, permissions
from raprong.evaluations.enums import FactorState
from raprong.evaluations.locks import locked_evaluation, mark_changed
from raprong.evaluations.models import Adjustment, ExternalFactor, GivenScore
from raprong.evaluations.queries import evaluation_of
from raprong.evaluations.totals import rule_of
from raprong.files import actions as files
from raprong.organisation.models import Person

LONGEST_TEXT = 5_000
MOST_FILES = 20

Upload = tuple[IO[bytes], str]
"""A file as it is handed in: its content and its name."""


@transaction.atomic
def claim(item: AssessmentItem, text: str, uploads: Sequence[Upload], *, by: Person, at: datetime) -> ExternalFactor:
    """Claim an external factor for a KPI's result, with proof. For those who write for its group, until it is scored.

    Refused: an empty text, no file or more than 20, and every file that `files.take_in` refuses.
    """
    item = AssessmentItem.objects.select_for_update(of=("self",)).select_related("kpi__group").get(pk=item.pk)
    permissions.check_may_claim_factor(by, item, at=at)
    with all_at_once() as faults:
        _check_text(text, "text", _("Say what happened, and why it was beyond your power."), faults)
        if not uploads:
            faults.add("evidence", _("Attach what proves it."))
        elif len(uploads) > MOST_FILES:
            faults.add("evidence", _("Hand in at most %(most)s files.") % {"most": MOST_FILES})

    taken = [files.take_in(content, name, unit=item.kpi.group, by=by, at=at) for content, name in uploads]
    claimed = ExternalFactor.objects.create(item=item, text=text.strip(), claimed_at=at, claimed_by=by)
    claimed.files.set(taken)

    notices.tell_of_factor(claimed, by=by, at=at)
    _record("evaluation.factor_claimed", claimed, by=by, at=at, sha256=[file.sha256 for file in taken])
    return claimed


@transaction.atomic
def withdraw(factor: ExternalFactor, *, seen: int | None, by: Person, at: datetime) -> ExternalFactor:
    """Take a claim back before it is decided."""
    factor = _locked(factor)
    permissions.check_may_withdraw_factor(by, factor, at=at)
    check_fresh(factor, seen)

    factor.state = FactorState.WITHDRAWN
    factor.version += 1
    factor.save(update_fields=["state", "version"])

    _record("evaluation.factor_withdrawn", factor, by=by, at=at)
    return factor


@transaction.atomic
def decide(
    factor: ExternalFactor, *, accept: bool, because: str, seen: int | None, by: Person, at: datetime
) -> ExternalFactor:
    """Accept a claim or not, with the reason: by an assessor without a part in it, while scores are given.

    An accepted one applies the scheme's rule for it once, as an adjustment with the decision's reason.
    """
    factor = _locked(factor)
    score = GivenScore.objects.select_related("item__kpi").filter(item=factor.item).first()
    if score is not None:
        score.evaluation = locked_evaluation(score.evaluation)
    permissions.check_may_decide_factor(by, factor, score, at=at)
    assert score is not None
    check_fresh(factor, seen)
    with all_at_once() as faults:
        _check_text(because, "because", _("Say why the claim is accepted or not."), faults)

    factor.state = FactorState.ACCEPTED if accept else FactorState.REFUSED
    factor.decided_at, factor.decided_by, factor.decided_because = at, by, because.strip()
    factor.adjustment = _applied(score, factor.decided_because, by=by, at=at) if accept else None
    factor.version += 1
    factor.save()
    mark_changed(score.evaluation)

    notices.tell_of_decided_factor(factor, by=by, at=at)
    rule = factor.adjustment.rule if factor.adjustment else ""
    _record("evaluation.factor_decided", factor, by=by, at=at, accepted=accept, because=because.strip(), rule=rule)
    return factor


def _applied(score: GivenScore, because: str, *, by: Person, at: datetime) -> Adjustment | None:
    """What the scheme's rule for external factors makes of the score; nothing where the scheme has none."""
    rule = rule_of(score.evaluation).external_rule
    if not rule:
        return None
    made = {"made_at": at, "made_by": by, "because": because}
    return Adjustment.objects.create(evaluation=score.evaluation, score=score, rule=rule, count=1, **made)


def _check_text(text: str, field: str, missing: str, faults: FaultList) -> None:
    if not text.strip():
        faults.add(field, missing)
    elif len(text) > LONGEST_TEXT:
        faults.add(field, _("Use at most %(most)s letters.") % {"most": f"{LONGEST_TEXT:,}"})


def _locked(factor: ExternalFactor) -> ExternalFactor:
    """The evaluation, where one is open, is locked before its claims."""
    if (evaluation := evaluation_of(factor.item.assessment)) is not None:
        locked_evaluation(evaluation)
    found: ExternalFactor = ExternalFactor.objects.with_story().select_for_update(of=("self",)).get(pk=factor.pk)
    return found


def _record(kind: str, factor: ExternalFactor, *, by: Person, at: datetime, **facts: Any) -> None:
    run = factor.item.assessment.run
    place: dict[str, Any] = {"place": run.unit, "fiscal_year": run.fiscal_year}
    record(kind, about=factor, **place, by=by, at=at, kpi=factor.item.kpi.code, **facts)
