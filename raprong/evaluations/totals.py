"""The official scores: what was calculated, what was given instead, what the scheme's rules adjust, and their total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from raprong.assessments.queries import measured_item, scheme_in_force
from raprong.evaluations.models import Adjustment, Evaluation, GivenScore
from raprong.lib.scoring.card import Adjusted, ScoreCard
from raprong.lib.scoring.rollup import MeasuredKpi, score_card
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import Scheme, SchemePart, scheme_from_data


def rule_of(evaluation: Evaluation) -> Scheme:
    """The scheme that an evaluation is scored by: what was confirmed with, else what the report was submitted under."""
    return scheme_from_data(evaluation.scheme) if evaluation.scheme else scheme_in_force(evaluation.assessment)


def official_card(
    scores: Sequence[GivenScore], adjustments: Iterable[Adjustment], scheme: Scheme, given: Mapping[str, Decimal]
) -> ScoreCard:
    """The card of the official scores: the given score where there is one, else the calculated; then adjustments.

    ``given`` are the points of the other parts of the final score, where the scheme has parts.
    """
    measured, made = [measured_score(score) for score in scores], [adjusted(one) for one in adjustments]
    return score_card(measured, scheme, made, given=given)


def other_parts(scheme: Scheme) -> tuple[SchemePart, ...]:
    """The parts of the final score that assessors give; the first part is the KPIs' total."""
    return scheme.parts[1:]


def given_points(evaluation: Evaluation) -> dict[str, Decimal]:
    """The points given so far to the other parts, by their codes, at the places of a score."""
    places = rule_of(evaluation).places
    return {part: half_up(score, places) for part, score in evaluation.part_scores.values_list("part", "score")}


def parts_waiting(evaluation: Evaluation) -> list[SchemePart]:
    """The other parts of the final score that nobody has given a score yet."""
    given = given_points(evaluation)
    return [part for part in other_parts(rule_of(evaluation)) if part.code not in given]


def measured_score(score: GivenScore) -> MeasuredKpi:
    """A KPI with its frozen result, or what stood instead, and with the score that was given and why."""
    measured = measured_item(score.item)
    return replace(measured, overridden=score.given, because=score.because or measured.because)


def adjusted(adjustment: Adjustment) -> Adjusted:
    kpi = adjustment.score.item.kpi.code if adjustment.score else None
    return Adjusted(adjustment.rule, kpi, adjustment.count, adjustment.because)
