"""Why a claim should be read sooner than another. Plain values in, reasons with points out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from raprong.lib.reading_order.settings import ReadingOrder, Rule


@dataclass(frozen=True)
class Claim:
    """What is known of a claim before it is read.

    ``score`` is the unit's own on a scale up to ``scale_max``, None without a result. ``proofs`` counts the evidence,
    ``holes`` what is asked for at steps that are claimed and was not given. ``before`` is what the KPI scored last,
    ``past_gap`` by how much the unit's own score was above the official one then. ``asked`` and ``unanswered`` count
    questions about its figures, ``late`` figures that were reported or changed after their day.
    """

    score: Decimal | None
    scale_max: Decimal
    proofs: int = 0
    holes: int = 0
    before: Decimal | None = None
    past_gap: Decimal | None = None
    asked: int = 0
    unanswered: int = 0
    late: int = 0


@dataclass(frozen=True)
class Reason:
    """A rule that found something, the points it is worth, and the numbers for its sentence."""

    rule: str
    points: Decimal
    words: Mapping[str, object] = field(default_factory=dict)


def reasons_for(claim: Claim, order: ReadingOrder) -> tuple[Reason, ...]:
    """Every reason to read a claim sooner, in the order of the rules; a rule without points finds nothing."""
    found = (reason for rule in order.rules if rule.points for reason in _FINDERS[rule.code](claim, rule))
    return tuple(found)


def risk_of(reasons: tuple[Reason, ...]) -> Decimal:
    return sum((reason.points for reason in reasons), Decimal(0))


def _is_high(claim: Claim, rule: Rule) -> bool:
    return claim.score is not None and claim.score >= rule.threshold * claim.scale_max


def _no_proof(claim: Claim, rule: Rule) -> Iterator[Reason]:
    if _is_high(claim, rule) and not claim.proofs:
        yield Reason(rule.code, rule.points, {"score": claim.score})


def _thin_proof(claim: Claim, rule: Rule) -> Iterator[Reason]:
    if _is_high(claim, rule) and claim.proofs and claim.holes:
        yield Reason(rule.code, rule.points, {"score": claim.score, "proofs": claim.proofs, "holes": claim.holes})


def _jump(claim: Claim, rule: Rule) -> Iterator[Reason]:
    if claim.score is not None and claim.before is not None and claim.score - claim.before >= rule.threshold:
        yield Reason(rule.code, rule.points, {"score": claim.score, "before": claim.before})


def _edited_late(claim: Claim, rule: Rule) -> Iterator[Reason]:
    if claim.late:
        yield Reason(rule.code, rule.points * min(claim.late, rule.each_up_to), {"count": claim.late})


def _figures_asked(claim: Claim, rule: Rule) -> Iterator[Reason]:
    if claim.asked:
        words = {"count": claim.asked, "unanswered": claim.unanswered}
        yield Reason(rule.code, rule.points * min(claim.asked, rule.each_up_to), words)


def _past_gap(claim: Claim, rule: Rule) -> Iterator[Reason]:
    if claim.past_gap is not None and claim.past_gap >= rule.threshold:
        yield Reason(rule.code, rule.points, {"gap": claim.past_gap})


_FINDERS = {
    "high-claim-no-proof": _no_proof,
    "high-claim-thin-proof": _thin_proof,
    "jump": _jump,
    "edited-late": _edited_late,
    "figures-asked": _figures_asked,
    "past-gap": _past_gap,
}
