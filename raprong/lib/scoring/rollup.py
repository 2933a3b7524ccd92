"""From the KPIs' scores to the year's total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from raprong.lib.scoring.criteria import Criteria, place
from raprong.lib.scoring.explain import ScoreCard, ScoredKpi, Status
from raprong.lib.scoring.rounding import half_up, sum_exactly
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.weighting import weighted_score


@dataclass(frozen=True)
class MeasuredKpi:
    """A KPI ready to be scored. A result of ``None`` means that nothing has been reported."""

    code: str
    weight: Decimal
    criteria: Criteria
    result: Decimal | None
    months: int | None = None  # the round that is scored, from October; the whole year without it


def score_kpi(kpi: MeasuredKpi, scheme: Scheme) -> ScoredKpi:
    """Score one KPI under a scheme: exact, then rounded at the scheme's places, then weighted.

    A missing result gives no score, which is not a score of nought. Faulty criteria are refused with
    ``LadderRefused``.
    """
    if kpi.result is None:
        return ScoredKpi(kpi.code, kpi.weight, Status.MISSING)
    placing = place(kpi.criteria, kpi.result, below=scheme.below, months=kpi.months)
    score = half_up(placing.raw, scheme.places)
    weighted = weighted_score(
        score if scheme.round_score_first else placing.raw,
        kpi.weight,
        weight_base=scheme.weight_base,
        places=scheme.weighted_places,
    )
    return ScoredKpi(kpi.code, kpi.weight, Status.REPORTED, kpi.result, placing.raw, score, weighted, placing)


def score_card(kpis: Sequence[MeasuredKpi], scheme: Scheme) -> ScoreCard:
    """Score every KPI of a year and add them up over those that have reported."""
    scored = tuple(score_kpi(kpi, scheme) for kpi in kpis)
    reported = [kpi for kpi in scored if kpi.status is Status.REPORTED]
    return ScoreCard(
        kpis=scored,
        total=total_score(((kpi.weight, _counted(kpi, scheme)) for kpi in reported), places=scheme.total_places),
        reported_weight=sum_exactly(kpi.weight for kpi in reported),
        total_weight=sum_exactly(kpi.weight for kpi in scored),
    )


def total_score(weights_and_scores: Iterable[tuple[Decimal, Fraction | Decimal]], *, places: int) -> Decimal | None:
    """Return Σ(weight × score) / Σ weight, rounded half-up once.

    Only what has been reported belongs in; with nothing reported, or no weight on what was, there is no total. A
    negative weight is refused.
    """
    pairs = [(Fraction(weight), Fraction(score)) for weight, score in weights_and_scores]
    if any(weight < 0 for weight, _ in pairs):
        raise ValueError("A weight is 0 or more.")
    weight_sum = sum((weight for weight, _ in pairs), Fraction(0))
    if not weight_sum:
        return None
    return half_up(sum((weight * score for weight, score in pairs), Fraction(0)) / weight_sum, places)


def sum_of_parts(parts: Iterable[Decimal], *, places: int) -> Decimal:
    """Add parts that are already weighted, rounded half-up once."""
    return half_up(sum((Fraction(part) for part in parts), Fraction(0)), places)


def mean_score(points: Decimal, count: int, *, places: int) -> Decimal:
    """Return the mean of so many equally weighted scores that add up to the points, rounded half-up.

    A count under one is refused.
    """
    if count < 1:
        raise ValueError(f"A mean needs at least one score, not {count}.")
    return half_up(Fraction(points) / count, places)


def percent_of_scale(points: Decimal, full: Decimal, *, places: int) -> Decimal:
    """Return points as per cent of the full points, rounded half-up. Full points must be above nought."""
    if full <= 0:
        raise ValueError(f"Full points are above 0, not {full}.")
    return half_up(Fraction(points) * 100 / Fraction(full), places)


def _counted(kpi: ScoredKpi, scheme: Scheme) -> Fraction | Decimal:
    """The score that goes into the total: the rounded or the exact one, as the scheme says."""
    counted = kpi.score if scheme.round_score_first else kpi.raw
    assert counted is not None, "a reported KPI has a score"
    return counted
