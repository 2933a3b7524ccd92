"""The official total: every effective score, weighted and added up by the scheme in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from raprong.evaluations.models import GivenScore
from raprong.kpis.queries import measured
from raprong.lib.scoring.rollup import score_kpi, total_score
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.weighting import weighted_score


@dataclass(frozen=True)
class OfficialTotal:
    """A total and the weight of the KPIs that have a score; with none there is no total."""

    total: Decimal | None
    reported_weight: Decimal


def official_total(scores: Sequence[GivenScore], scheme: Scheme) -> OfficialTotal:
    """Σ(weight × effective score) / Σ weight over the KPIs that have a score, rounded half-up once."""
    counting = [score for score in scores if score.effective is not None]
    pairs = [(weight_of(score), counted(score, scheme)) for score in counting]
    return OfficialTotal(
        total_score(pairs, places=scheme.total_places), sum_exactly(weight_of(score) for score in counting)
    )


def official_weighted(score: GivenScore, scheme: Scheme) -> Decimal | None:
    """Weight × effective score / the base of the weights, at the scheme's places; None without a score."""
    if score.effective is None:
        return None
    return weighted_score(
        counted(score, scheme), weight_of(score), weight_base=scheme.weight_base, places=scheme.weighted_places
    )


def counted(score: GivenScore, scheme: Scheme) -> Fraction | Decimal:
    """What goes into weighting: the effective score; a calculated one unrounded where the scheme rounds last."""
    assert score.effective is not None, "only a KPI that has a score is counted"
    if score.given is not None or scheme.round_score_first:
        return score.effective
    item = score.item
    raw = score_kpi(measured(item.kpi, item.result, months=item.assessment.months), scheme).raw
    return score.effective if raw is None else raw


def weight_of(score: GivenScore) -> Decimal:
    return score.item.kpi.weight or Decimal(0)
