"""What an assessor takes off or adds by a rule of the scheme. Withdrawn, it stays to be read."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.faults import FaultList, Faults
from raprong.core.freshness import check_fresh
from raprong.evaluations import permissions, policies
from raprong.evaluations.locks import locked_evaluation, mark_changed
from raprong.evaluations.models import Adjustment, Evaluation, GivenScore
from raprong.evaluations.totals import rule_of
from raprong.lib.scoring.scheme import AdjustmentRule, On, Scheme
from raprong.organisation.models import Person

MOST_TIMES = 100


@transaction.atomic
def adjust(
    evaluation: Evaluation,
    *,
    rule: str,
    score: GivenScore | None,
    count: int,
    because: str,
    seen: int | None,
    by: Person,
    at: datetime,
) -> Adjustment:
    """Apply a rule of the scheme to a KPI's score, or without a score to the total, so many times, with the reason.

    For those who score, while scores are given. Refused as faults, all at once: a rule that the scheme has not, one
    that works on the other of the two, a KPI of another evaluation, a count outside 1 to 100, and no reason.
    """
    evaluation = locked_evaluation(evaluation)
    _check_may(by, evaluation, score, at=at)
    check_fresh(evaluation, seen)
    if faults := faults_of_adjustment(evaluation, rule, score, count, because):
        raise Faults(faults)

    made = Adjustment.objects.create(
        evaluation=evaluation, score=score, rule=rule, count=count, because=because.strip(), made_at=at, made_by=by
    )
    mark_changed(evaluation)

    record("evaluation.adjusted", about=made, **_place(evaluation), by=by, at=at, **_facts(made))
    return made


@transaction.atomic
def withdraw(adjustment: Adjustment, *, because: str, by: Person, at: datetime) -> Adjustment:
    """Take an adjustment back while scores are given, with the reason."""
    evaluation = locked_evaluation(adjustment.evaluation)
    adjustment = Adjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
    _check_may(by, evaluation, adjustment.score, at=at)
    policies.check_is_not_of_a_factor(adjustment)
    if adjustment.withdrawn_at is not None:
        raise Refused(_("This adjustment was already withdrawn."))
    if not because.strip():
        raise Refused(_("Say why the adjustment is withdrawn."))

    adjustment.withdrawn_at, adjustment.withdrawn_by, adjustment.withdrawn_because = at, by, because.strip()
    adjustment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    mark_changed(evaluation)

    facts = _facts(adjustment) | {"because": adjustment.withdrawn_because}
    record("evaluation.adjustment_withdrawn", about=adjustment, **_place(evaluation), by=by, at=at, **facts)
    return adjustment


def rules_on(scheme: Scheme, on: On) -> list[AdjustmentRule]:
    """The scheme's rules that an assessor applies to a KPI's score, or to the total."""
    return [rule for rule in scheme.rules if rule.on == on and rule.code != scheme.external_rule]


def faults_of_adjustment(
    evaluation: Evaluation, rule: str, score: GivenScore | None, count: int, because: str
) -> list[Any]:
    """Everything that is wrong with an adjustment before it is made."""
    found = FaultList()
    known = {one.code: one for one in rule_of(evaluation).rules}
    if rule not in known:
        found.add("rule", _("Choose a rule of this year's scheme."))
    elif rule == rule_of(evaluation).external_rule:
        found.add("rule", _("Only the decision about an external factor applies this rule."))
    elif (known[rule].on is On.TOTAL) is not (score is None):
        found.add("rule", _("This rule works on a KPI.") if score is None else _("This rule works on the total."))
    if score is not None and score.evaluation_id != evaluation.pk:
        found.add("rule", _("This KPI belongs to another evaluation."))
    if not 1 <= count <= MOST_TIMES:
        found.add("count", _("It applies from 1 to %(most)s times.") % {"most": MOST_TIMES})
    if not because.strip():
        found.add("because", _("Say why the score is adjusted."))
    return found.faults


def _check_may(by: Person, evaluation: Evaluation, score: GivenScore | None, *, at: datetime) -> None:
    permissions.check_may_score(by, evaluation, at=at)
    if score is not None:
        policies.check_is_unconflicted(by, evaluation.run, score.item.kpi)


def _facts(adjustment: Adjustment) -> dict[str, Any]:
    kpi = adjustment.score.item.kpi.code if adjustment.score else None
    return {"rule": adjustment.rule, "kpi": kpi, "count": adjustment.count, "because": adjustment.because}


def _place(evaluation: Evaluation) -> dict[str, Any]:
    """On which chain of the trail it is written down."""
    return {"place": evaluation.run.unit, "fiscal_year": evaluation.run.fiscal_year}
