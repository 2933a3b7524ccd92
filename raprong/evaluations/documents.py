"""From an evaluation to the score table that is printed."""

from collections.abc import Sequence
from datetime import datetime

from raprong.assessments.rounds import round_title_th
from raprong.core.clock import day_of
from raprong.documents.parts import Signatory
from raprong.documents.score_table.shape import Marks, ScoreRow, ScoreTable
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.evaluations.totals import official_weighted, weight_of
from raprong.kpis.documents import figure_text, levels_text
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.scoring.scheme import Scheme
from raprong.organisation.models import Person
from raprong.signatures.posts import post_of

BELOW_TH = {
    "floor": "ผลต่ำกว่าระดับแรกได้คะแนนของระดับแรก",
    "zero": "ผลต่ำกว่าระดับแรกไม่ได้คะแนน",
    "proportional": "ผลต่ำกว่าระดับแรกได้คะแนนตามสัดส่วน",
}

SCORED = "ให้คะแนนในระบบเมื่อ"
CONFIRMED = "ยืนยันผลในระบบเมื่อ"


def score_table_paper(evaluation: Evaluation, scores: Sequence[GivenScore], scheme: Scheme) -> ScoreTable:
    """What the unit gave itself and what is confirmed, side by side, dated on the day of confirmation."""
    report, run = evaluation.assessment, evaluation.run
    assert evaluation.confirmed_at is not None, "a score table is printed on confirmation"
    band = scheme.band_of(evaluation.total) if evaluation.total is not None else None
    return ScoreTable(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        round_name=round_title_th(report.months),
        starts_on=run.year.starts_on,
        ends_on=report.ends_on,
        dated_on=day_of(evaluation.confirmed_at),
        rows=tuple(_row(score, scheme) for score in scores),
        total_weight=sum_exactly(weight_of(score) for score in scores),
        scheme=scheme.title_th or scheme.code,
        scheme_rules=scheme_rules(scheme),
        own_total=report.total,
        own_weight=report.reported_weight,
        official_total=evaluation.total,
        official_weight=evaluation.reported_weight,
        band=band.title_th if band else "",
        scored=_signatory(evaluation.scored_by, evaluation.scored_at, SCORED),
        confirmed=_signatory(evaluation.confirmed_by, evaluation.confirmed_at, CONFIRMED),
    )


def scheme_rules(scheme: Scheme) -> tuple[str, ...]:
    """The rules of a scheme as sentences on a paper."""
    return (
        f"คะแนนของแต่ละตัวชี้วัดปัดเศษครึ่งขึ้นที่ทศนิยม {scheme.places} ตำแหน่ง",
        f"คะแนนรวม = ผลรวมของ (น้ำหนัก x คะแนน) / ผลรวมน้ำหนักที่มีคะแนน ปัดเศษครั้งเดียวที่ทศนิยม {scheme.total_places} ตำแหน่ง",
        BELOW_TH[scheme.below],
    )


def _row(score: GivenScore, scheme: Scheme) -> ScoreRow:
    kpi, item = score.item.kpi, score.item
    result = figure_text(item.result) or None
    return ScoreRow(
        code=kpi.code,
        name=kpi.title,
        unit_of_measure=kpi.measure,
        weight=weight_of(score),
        levels=levels_text(kpi),
        own=Marks(result, item.score, item.weighted),
        official=Marks(result, score.effective, official_weighted(score, scheme)),
        dimension=kpi.dimension.title,
        remark=score.because or item.no_figure_because[:300],
    )


def _signatory(person: Person | None, at: datetime | None, act: str) -> Signatory | None:
    """Who acted, with the post they held on that day. Neither act asks for a password, so neither is a signature."""
    if person is None or at is None:
        return None
    return Signatory(person.name, post_of(person, on=day_of(at)), signed=at, act=act)
