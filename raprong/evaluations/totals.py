"""The official scores: what was calculated, what was given instead, what the scheme's rules adjust, and their total."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from raprong.assessments.queries import measured_item, scheme_in_force
from raprong.evaluations.models import Adjustment, Evaluation, GivenScore
from raprong.lib.scoring.card import Adjusted, ScoreCard
from raprong.lib.scoring.rollup import MeasuredKpi, score_card
from raprong.lib.scoring.scheme import Scheme, scheme_from_data


def rule_of(evaluation: Evaluation) -> Scheme:
    """The scheme that an evaluation is scored by: what was confirmed with, else what the report was submitted under."""
    return scheme_from_data(evaluation.scheme) if evaluation.scheme else scheme_in_force(evaluation.assessment)


def official_card(scores: Sequence[GivenScore], adjustments: Iterable[Adjustment], scheme: Scheme) -> ScoreCard:
    """The card of the official scores: the given score where there is one, else the calculated; then adjustments."""
    return score_card([measured_score(score) for score in scores], scheme, [adjusted(one) for one in adjustments])


def measured_score(score: GivenScore) -> MeasuredKpi:
    """A KPI with its frozen result, or what stood instead, and with the score that was given and why."""
    measured = measured_item(score.item)
    return replace(measured, overridden=score.given, because=score.because or measured.because)


def adjusted(adjustment: Adjustment) -> Adjusted:
    kpi = adjustment.score.item.kpi.code if adjustment.score else None
    return Adjusted(adjustment.rule, kpi, adjustment.count, adjustment.because)
