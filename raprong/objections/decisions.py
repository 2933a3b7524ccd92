"""The panel decides: the chair proposes with reasons, and once more than half agree the scores change by it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.assessments.rounds import round_title_th
from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.evaluations.finality import change_by_decision
from raprong.evaluations.models import GivenScore
from raprong.evaluations.policies import faults_of_given
from raprong.evaluations.totals import rule_of
from raprong.objections import notices, permissions
from raprong.objections.documents import decision_paper
from raprong.objections.enums import Outcome, ProposalState, State
from raprong.objections.locks import locked_objection
from raprong.objections.models import Objection, Proposal, ProposedScore, Vote, members_of
from raprong.objections.notices import subject_of
from raprong.objections.precedents import names_in
from raprong.objections.trail import tell
from raprong.organisation.models import Person
from raprong.processes.queries import storage_of
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit

LONGEST_REASON = 10_000
TITLE = "คำวินิจฉัยข้อทักท้วง "  # in the cabinet words are Thai in every language

NewScore = tuple[GivenScore, Decimal]
"""A score of the evaluation, and what the decision makes of it."""


@transaction.atomic
def propose(
    objection: Objection,
    *,
    outcome: Outcome,
    because: str,
    precedent: str,
    scores: Sequence[NewScore] = (),
    seen: int | None,
    by: Person,
    at: datetime,
) -> Proposal:
    """Put a decision to the vote of the panel; the chair has agreed with it.

    Refused as faults, all at once: no reasons, a text for the shelf that is missing or names somebody, a KPI's
    objection that is upheld without another score, a refused one with a score, a score off the scale.
    """
    objection = locked_objection(objection)
    permissions.check_may_propose(by, objection, at=at)
    check_fresh(objection, seen)
    with all_at_once() as faults:
        _check_words(objection, because, precedent, faults)
        _check_scores(objection, Outcome(outcome), list(scores), because, faults)

    kind = objection.score.item.kpi.criteria_kind if objection.score else ""
    proposal = Proposal.objects.create(
        objection=objection,
        outcome=outcome,
        because=because.strip(),
        precedent=precedent.strip(),
        proposed_at=at,
        proposed_by=by,
        criteria_kind=kind,
    )
    for score, given in scores:
        ProposedScore.objects.create(proposal=proposal, score=score, before=score.decided, given=given)

    notices.tell_panel(
        "objection.proposed", objection, objection.preliminary, by=by, at=at, subject=subject_of(objection)
    )
    tell(
        "objection.proposed",
        objection,
        objection.preliminary,
        by=by,
        at=at,
        outcome=str(outcome),
        because=because.strip(),
    )
    return _vote(proposal, agrees=True, remark="", by=by, at=at)


@transaction.atomic
def vote(proposal: Proposal, *, agrees: bool, remark: str, by: Person, at: datetime) -> Proposal:
    """A member agrees to the proposal, or not and says why."""
    objection = locked_objection(proposal.objection)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    proposal.objection = objection
    permissions.check_may_vote(by, proposal, at=at)
    with all_at_once() as faults:
        if not agrees and not remark.strip():
            faults.add("remark", _("Say why you do not agree."))
        if len(remark) > LONGEST_REASON:
            faults.add("remark", _("Use at most %(most)s letters.") % {"most": f"{LONGEST_REASON:,}"})
    return _vote(proposal, agrees=agrees, remark=remark.strip(), by=by, at=at)


def _vote(proposal: Proposal, *, agrees: bool, remark: str, by: Person, at: datetime) -> Proposal:
    Vote.objects.create(proposal=proposal, person=by, agrees=agrees, remark=remark, at=at)
    objection = proposal.objection
    tell("objection.voted", objection, objection.preliminary, by=by, at=at, agrees=agrees, remark=remark)
    sitting = members_of(objection.preliminary).count()
    agreed, against = (proposal.votes.filter(agrees=said).count() for said in (True, False))
    if 2 * agreed > sitting:
        _take(proposal, by=by, at=at)
    elif 2 * against >= sitting:
        _reject(proposal, by=by, at=at)
    return proposal


def _take(proposal: Proposal, *, by: Person, at: datetime) -> None:
    """The decision is taken: its scores are given, its paper is sealed, and the objection is at its end."""
    objection, total_before = proposal.objection, proposal.objection.preliminary.evaluation.total
    _end(proposal, ProposalState.TAKEN, at=at)
    objection.state = State.DECIDED
    objection.version += 1
    objection.save(update_fields=["state", "version"])
    for change in proposal.scores.select_related("score__evaluation", "score__item__kpi"):
        change_by_decision(change.score, given=change.given, because=proposal.because, decision=proposal, by=by, at=at)
    objection.preliminary.version += 1
    objection.preliminary.save(update_fields=["version"])
    kept = _seal(proposal, total_before=total_before, by=by, at=at)

    words: Any = {"subject": subject_of(objection), "outcome": str(Outcome(proposal.outcome).label)}
    notices.tell_unit("objection.decided", objection, objection.preliminary, by=by, at=at, **words)
    notices.tell_announcers("objection.decided", objection, objection.preliminary, by=by, at=at, **words)
    facts: Any = {"subject": subject_of(objection), "outcome": proposal.outcome, "because": proposal.because}
    tell("objection.decided", objection, objection.preliminary, by=by, at=at, **facts, sha256=kept.sha256)


def _seal(proposal: Proposal, *, total_before: Decimal | None, by: Person, at: datetime) -> Record:
    """Put the paper of the decision into the cabinet of the unit that objected."""
    objection = proposal.objection
    evaluation = objection.preliminary.evaluation
    evaluation.refresh_from_db(fields=["total"])
    run, months = evaluation.run, evaluation.assessment.months
    kept = seal_and_deposit(
        decision_paper(proposal, total_before=total_before, at=at),
        title=f"{TITLE}{subject_of(objection)} {round_title_th(months)}",
        about=objection,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        storage=storage_of(run),
        by=by,
        at=at,
        which=f"{run.fiscal_year}-{months}-{objection.score.item.kpi.code if objection.score else 'total'}",
    )
    proposal.sealed = kept.file
    proposal.save(update_fields=["sealed"])
    return kept


def _reject(proposal: Proposal, *, by: Person, at: datetime) -> None:
    objection = proposal.objection
    _end(proposal, ProposalState.REJECTED, at=at)
    notices.tell_panel(
        "objection.rejected", objection, objection.preliminary, by=by, at=at, subject=subject_of(objection)
    )
    tell("objection.rejected", objection, objection.preliminary, by=by, at=at, subject=subject_of(objection))


def _end(proposal: Proposal, state: ProposalState, *, at: datetime) -> None:
    proposal.state, proposal.ended_at = state, at
    proposal.version += 1
    proposal.save(update_fields=["state", "ended_at", "version"])


def _check_words(objection: Objection, because: str, precedent: str, faults: FaultList) -> None:
    if not because.strip():
        faults.add("because", _("Give the reasons of the decision."))
    if not precedent.strip():
        faults.add("precedent", _("Write for the shelf what others may learn from it, without names."))
    elif named := names_in(precedent, objection.preliminary.run.unit.agency):
        faults.add("precedent", _("Leave out names here: %(names)s.") % {"names": ", ".join(named)})
    for field, text in (("because", because), ("precedent", precedent)):
        if len(text) > LONGEST_REASON:
            faults.add(field, _("Use at most %(most)s letters.") % {"most": f"{LONGEST_REASON:,}"})


def _check_scores(
    objection: Objection, outcome: Outcome, scores: list[NewScore], because: str, faults: FaultList
) -> None:
    """A KPI's objection changes that KPI's score or none; one to the total may change the scores of any."""
    evaluation = objection.preliminary.evaluation
    if outcome is Outcome.REFUSED and scores:
        faults.add("given", _("A refused objection changes no score."))
    if outcome is not Outcome.REFUSED and objection.score and not scores:
        faults.add("given", _("Enter the score that the KPI gets."))
    scheme = rule_of(evaluation)
    for score, given in scores:
        if score.evaluation_id != evaluation.pk or (objection.score_id and score.pk != objection.score_id):
            faults.add("given", _("The objection is about another KPI."))
        elif given == score.decided:
            faults.add("given", _("The score of %(kpi)s is that already.") % {"kpi": score.item.kpi.code})
        else:
            for fault in faults_of_given(score, given, because.strip() or "-", scheme):
                faults.add("given", fault.sentence)
