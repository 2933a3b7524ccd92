"""What is missing between claims and their proof, for the pages of other areas."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.urls import reverse

from raprong.assessments.models import AssessmentItem
from raprong.assessments.queries import measured_item, scheme_in_force
from raprong.evidence.proof import KpiProof, proof_of, proof_of_round
from raprong.evidence.queries import credits_in_round
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.rollup import score_kpi
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from raprong.web.evidence import presenters, words
from raprong.web.evidence.presenters import ProofView


@dataclass(frozen=True)
class HoleLine:
    """A KPI with what its proof lacks."""

    kpi: KpiYear
    url: str
    sentences: list[str]


@dataclass(frozen=True)
class HolesCard:
    """The holes of a round, of all groups or of some, and the way to the whole picture.

    `weak` are KPIs without a hole whose claim rests on evidence alone that bears none by itself.
    """

    lines: list[HoleLine]
    count: int
    url: str
    weak: list[HoleLine] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        return presenters.holes_words(self.count)


def holes_card(run: Run, months: int, *, groups: Collection[Unit] | None = None) -> HolesCard:
    """What is missing in a round, KPI by KPI."""
    keys = None if groups is None else {group.pk for group in groups}
    proofs = [proof for proof in proof_of_round(run, months) if keys is None or proof.kpi.group_id in keys]
    lines = [
        _line(proof, months, [presenters.hole_words(hole) for hole in proof.holes]) for proof in proofs if proof.holes
    ]
    weak = [
        _line(proof, months, [words.weak_words(proof.credits)]) for proof in proofs if proof.is_weak and not proof.holes
    ]
    count = sum(len(line.sentences) for line in lines)
    url = reverse("evidence:proof", kwargs={"run": run.public_id}, query={"round": months})
    return HolesCard(lines, count, url, weak)


def _line(proof: KpiProof, months: int, sentences: list[str]) -> HoleLine:
    url = reverse("evidence:kpi", kwargs={"kpi": proof.kpi.public_id}, query={"round": months})
    return HoleLine(proof.kpi, url, sentences)


def proof_of_item(item: AssessmentItem, *, may_withdraw: bool = False) -> ProofView:
    """The evidence of one KPI of a report beside what the report claims, for its group and for who assesses it.

    Drawn by `by_step` of evidence/_parts.html; the page includes evidence/_head.html.
    """
    report = item.assessment
    credits = list(credits_in_round(report.run, report.months).filter(kpi=item.kpi_id))
    scored = score_kpi(measured_item(item), scheme_in_force(report))
    return presenters.proof_view(proof_of(item.kpi, scored, credits), may_withdraw=may_withdraw)
