from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.assessments.models import SelfAssessment
from raprong.audit.actions import record
from raprong.circulation import actions as circulation
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.core.faults import Faults
from raprong.core.freshness import check_fresh
from raprong.evaluations import followers, letters, notices, permissions, policies
from raprong.evaluations.enums import Move
from raprong.evaluations.finality import fix_total, make_final
from raprong.evaluations.locks import locked_evaluation
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.evaluations.queries import adjustments_of
from raprong.evaluations.totals import rule_of
from raprong.evaluations.workflow import MOVES
from raprong.lib.scoring.rounding import half_up
from raprong.organisation.models import Person
from raprong.processes import actions as processes
from raprong.processes.queries import storage_of


@transaction.atomic
def open_evaluation(assessment: SelfAssessment, *, by: Person, at: datetime) -> Evaluation:
    """Begin to score a submitted report. Every KPI starts with the score calculated from its frozen figure.

    Refused to whoever reported a result or wrote in the report, and while the SOP's step is not open for the round
    that counts for the year.
    """
    assessment = (
        SelfAssessment.objects.select_for_update(of=("self",))
        .select_related("run__unit", "run__sop")
        .get(pk=assessment.pk)
    )
    permissions.check_may_open(by, assessment, at=at)

    evaluation = Evaluation.objects.create(assessment=assessment, opened_at=at, opened_by=by)
    GivenScore.objects.bulk_create(
        GivenScore(evaluation=evaluation, item=item, calculated=item.score) for item in assessment.items.all()
    )

    processes.take_up(assessment.run, policies.CARD, by=by, at=at)
    record("evaluation.opened", about=evaluation, **_place(evaluation), by=by, at=at)
    return evaluation


@transaction.atomic
def set_score(
    score: GivenScore, *, given: Decimal, because: str, seen: int | None, by: Person, at: datetime
) -> GivenScore:
    """Give a KPI its official score. One that differs from the calculated score needs a reason.

    `given` lies on the scheme's scale with no more decimals than the scheme has. The calculated score is kept beside
    it and is never overwritten.
    """
    score = _locked_score(score)
    permissions.check_may_score_kpi(by, score, at=at)
    policies.check_is_not_moderated(score)
    check_fresh(score, seen)
    scheme = rule_of(score.evaluation)
    if faults := policies.faults_of_given(score, given, because, scheme):
        raise Faults(faults)
    if given == score.calculated:
        return _keep(score, by=by, at=at)

    score.given, score.because = half_up(given, scheme.places), because.strip()
    _mark_looked_at(score, by=by, at=at)

    record(
        "evaluation.score_given",
        about=score,
        **_place(score.evaluation),
        by=by,
        at=at,
        kpi=score.item.kpi.code,
        calculated=score.calculated,
        given=score.given,
        because=score.because,
    )
    return score


@transaction.atomic
def keep_calculated(score: GivenScore, *, seen: int | None, by: Person, at: datetime) -> GivenScore:
    """Let the calculated score of a KPI stand; one without a result stays without a score."""
    score = _locked_score(score)
    permissions.check_may_score_kpi(by, score, at=at)
    policies.check_is_not_moderated(score)
    check_fresh(score, seen)
    return _keep(score, by=by, at=at)


@transaction.atomic
def finish_scoring(evaluation: Evaluation, *, by: Person, at: datetime) -> Evaluation:
    """Hand the scores over to whoever confirms, once every KPI has been looked at."""
    evaluation = locked_evaluation(evaluation)
    permissions.check_may_finish(by, evaluation, at=at)

    _starts, evaluation.state = MOVES[Move.FINISH_SCORING]
    evaluation.scored_at, evaluation.scored_by = at, by
    evaluation.version += 1
    evaluation.save(update_fields=["state", "scored_at", "scored_by", "version"])

    notices.tell_confirmers(evaluation, by=by, at=at)
    record("evaluation.scoring_finished", about=evaluation, **_place(evaluation), by=by, at=at)
    return evaluation


@transaction.atomic
def send_back(evaluation: Evaluation, *, because: str, by: Person, at: datetime) -> Evaluation:
    """Send the scores back to scoring, with the reason."""
    evaluation = locked_evaluation(evaluation)
    permissions.check_may_send_back(by, evaluation, at=at)
    if not because.strip():
        raise Refused(_("Say what should be looked at again."))

    _starts, evaluation.state = MOVES[Move.SEND_BACK]
    evaluation.sent_back_at, evaluation.sent_back_by, evaluation.sent_back_because = at, by, because.strip()
    evaluation.version += 1
    evaluation.save(update_fields=["state", "sent_back_at", "sent_back_by", "sent_back_because", "version"])

    notices.tell_scorer(evaluation, by=by, at=at)
    record("evaluation.sent_back", about=evaluation, **_place(evaluation), by=by, at=at, because=because.strip())
    return evaluation


@transaction.atomic
def confirm(evaluation: Evaluation, *, seen: int | None = None, by: Person, at: datetime) -> Evaluation:
    """Confirm the scores: the total is fixed with the scheme in force.

    The score table is sealed and deposited at once, or where the scheme gives the unit a window to object, after it.
    By a second person: never one who scored, nor one who had a hand in the report.
    """
    evaluation = locked_evaluation(evaluation)
    permissions.check_may_confirm(by, evaluation, at=at)
    check_fresh(evaluation, seen)
    scheme = rule_of(evaluation)

    _starts, evaluation.state = MOVES[Move.CONFIRM]
    evaluation.confirmed_at, evaluation.confirmed_by = at, by
    fix_total(evaluation, scheme)
    evaluation.version += 1
    evaluation.save()

    processes.lay_down(evaluation.run, policies.CARD, by=by, at=at)
    record(
        "evaluation.confirmed",
        about=evaluation,
        **_place(evaluation),
        by=by,
        at=at,
        total=evaluation.total,
        reported_weight=evaluation.reported_weight,
        adjustments=adjustments_of(evaluation).count(),
    )
    if scheme.result.objection_days is None:
        return make_final(evaluation, by=by, at=at)
    followers.preliminary(evaluation, by=by, at=at)
    return evaluation


@transaction.atomic
def draft_result_letter(evaluation: Evaluation, *, by: Person, at: datetime) -> Letter:
    """Draft the letter that tells the unit its confirmed result; it is signed and sent in `circulation`."""
    evaluation = locked_evaluation(evaluation)
    permissions.check_may_announce(by, evaluation, at=at)

    draft = letters.result_letter(evaluation, by=by, at=at)
    letter = _draft(evaluation, draft, kind=LetterKind.RESULT_LETTER, by=by, at=at)

    record("evaluation.result_letter_drafted", about=evaluation, **_place(evaluation), by=by, at=at)
    return letter


@transaction.atomic
def draft_circular(evaluation: Evaluation, *, by: Person, at: datetime) -> Letter:
    """Draft the circular that passes the confirmed result on to the unit's people."""
    evaluation = locked_evaluation(evaluation)
    permissions.check_may_circulate(by, evaluation, at=at)

    draft = letters.circular(evaluation, by=by, at=at)
    letter = _draft(evaluation, draft, kind=LetterKind.CIRCULAR, by=by, at=at)

    record("evaluation.circular_drafted", about=evaluation, **_place(evaluation), by=by, at=at)
    return letter


def _locked_score(score: GivenScore) -> GivenScore:
    """The evaluation is locked before its score, so that scoring and finishing never wait for each other."""
    evaluation = locked_evaluation(score.evaluation)
    score = GivenScore.objects.select_for_update(of=("self",)).select_related("item__kpi").get(pk=score.pk)
    score.evaluation = evaluation
    return score


def _keep(score: GivenScore, *, by: Person, at: datetime) -> GivenScore:
    score.given, score.because = None, ""
    _mark_looked_at(score, by=by, at=at)
    record(
        "evaluation.score_kept",
        about=score,
        **_place(score.evaluation),
        by=by,
        at=at,
        kpi=score.item.kpi.code,
        calculated=score.calculated,
    )
    return score


def _mark_looked_at(score: GivenScore, *, by: Person, at: datetime) -> None:
    """Whoever confirms confirms what they have read: every score given makes a new version of the evaluation."""
    score.looked_at, score.looked_at_by, score.doubted = at, by, None
    score.version += 1
    score.save(update_fields=["given", "because", "looked_at", "looked_at_by", "doubted", "version"])
    score.evaluation.version += 1
    score.evaluation.save(update_fields=["version"])


def _draft(evaluation: Evaluation, draft: letters.LetterDraft, *, kind: LetterKind, by: Person, at: datetime) -> Letter:
    return circulation.draft(
        draft.sender,
        kind=kind,
        subject=draft.subject,
        content=draft.content,
        about=evaluation,
        fiscal_year=evaluation.run.fiscal_year,
        to_unit=draft.to_unit,
        storage=storage_of(evaluation.run),
        by=by,
        at=at,
    )


def _place(evaluation: Evaluation) -> dict[str, Any]:
    """On which chain of the trail it is written down."""
    return {"place": evaluation.run.unit, "fiscal_year": evaluation.run.fiscal_year}
