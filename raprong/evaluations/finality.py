"""From confirmed to final: the total is fixed, and its table sealed once the unit had its say.

Between the two a score changes by one way only, the decision on an objection.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.assessments.rounds import round_title_th
from raprong.audit.actions import record
from raprong.core.faults import Faults
from raprong.core.models import PublicIdModel
from raprong.core.references import reference
from raprong.evaluations import notices, permissions, policies
from raprong.evaluations.documents import score_table_paper
from raprong.evaluations.locks import locked_evaluation, mark_changed
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.evaluations.queries import adjustments_of, scores_of
from raprong.evaluations.totals import adjusted, given_points, measured_score, official_card, rule_of
from raprong.lib.scoring.document import document_of
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import Scheme, scheme_as_data
from raprong.organisation.models import Person
from raprong.processes.queries import storage_of
from raprong.records.papers import seal_and_deposit


def fix_total(evaluation: Evaluation, scheme: Scheme) -> None:
    """Write down the total that the scores come to, the scheme, and what `raprong score` reckons it again from."""
    scores, adjustments, points = (
        list(scores_of(evaluation)),
        list(adjustments_of(evaluation)),
        given_points(evaluation),
    )
    card = official_card(scores, adjustments, scheme, points)
    evaluation.total, evaluation.reported_weight = card.final, card.reported_weight
    evaluation.scheme = scheme_as_data(scheme)
    evaluation.document = document_of(
        [measured_score(score) for score in scores], scheme, [adjusted(one) for one in adjustments], given=points
    )


@transaction.atomic
def make_final(evaluation: Evaluation, *, by: Person | None, at: datetime) -> Evaluation:
    """Seal the score table of confirmed scores and deposit it; from now on they are announced.

    Called by `confirm` where the scheme gives no window, else by the room that heard the unit: `by` is who accepted
    or closed the window that had passed; None where it closed by itself.
    """
    evaluation = locked_evaluation(evaluation)
    policies.check_is_preliminary(evaluation)
    scheme, scores = rule_of(evaluation), list(scores_of(evaluation))
    card = official_card(scores, list(adjustments_of(evaluation)), scheme, given_points(evaluation))

    deposited = seal_and_deposit(
        score_table_paper(evaluation, scores, card, scheme, at=at),
        title=f"ตารางสรุปผลคะแนน {round_title_th(evaluation.assessment.months)}",
        about=evaluation,
        unit=evaluation.run.unit,
        fiscal_year=evaluation.run.fiscal_year,
        storage=storage_of(evaluation.run),
        by=by,
        at=at,
    )
    evaluation.sealed = deposited.file
    evaluation.version += 1
    evaluation.save(update_fields=["sealed", "version"])

    notices.tell_unit(evaluation, by=by, at=at)
    _record("evaluation.made_final", evaluation, evaluation, by=by, at=at, total=card.final, sha256=deposited.sha256)
    return evaluation


@transaction.atomic
def change_by_decision(
    score: GivenScore, *, given: Decimal, because: str, decision: PublicIdModel, by: Person, at: datetime
) -> GivenScore:
    """Give a KPI another score by the decision on an objection, while the result is preliminary.

    The room that decides has asked who may; here nobody decides on what they reported, scored or confirmed. Refused
    as faults: a score off the scale or too fine, and no reason.
    """
    evaluation = locked_evaluation(score.evaluation)
    policies.check_is_preliminary(evaluation)
    policies.check_is_independent(by, evaluation.assessment)
    if by.pk in permissions.scorers_of(evaluation) | {evaluation.confirmed_by_id}:
        raise Refused(_("You scored or confirmed this. Somebody else decides on the objection."))
    score = GivenScore.objects.select_for_update(of=("self",)).select_related("item__kpi").get(pk=score.pk)
    score.evaluation = evaluation
    scheme = rule_of(evaluation)
    if faults := policies.faults_of_given(score, given, because, scheme):
        raise Faults(faults)

    before = score.decided
    score.given, score.because = half_up(given, scheme.places), because.strip()
    score.version += 1
    score.save(update_fields=["given", "because", "version"])
    fix_total(evaluation, scheme)
    evaluation.save(update_fields=["total", "reported_weight", "scheme", "document"])
    mark_changed(evaluation)

    facts = {"kpi": score.item.kpi.code, "before": before, "given": score.given, "because": score.because}
    _record("evaluation.score_decided", score, evaluation, by=by, at=at, decision=reference(decision), **facts)
    return score


def _record(
    kind: str, about: PublicIdModel, evaluation: Evaluation, *, by: Person | None, at: datetime, **facts: Any
) -> None:
    run = evaluation.run
    record(kind, about=about, place=run.unit, fiscal_year=run.fiscal_year, by=by, at=at, **facts)
