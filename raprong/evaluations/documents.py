"""From an evaluation to the score table that is printed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from raprong.assessments.documents import why_no_result
from raprong.assessments.rounds import round_title_th
from raprong.core.clock import day_of
from raprong.documents.paper import printable
from raprong.documents.parts import Signatory
from raprong.documents.score_table.shape import Marks, ScoreRow, ScoreTable
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.kpis.documents import figure_text, levels_text, result_text
from raprong.lib.scoring.card import Adjustment, ComposedPart, ScoreCard, ScoredKpi
from raprong.lib.scoring.explain_words import scheme_words
from raprong.lib.scoring.scheme import Scheme
from raprong.organisation.models import Person
from raprong.signatures.posts import post_of

TOTAL = "คะแนนรวม = ผลรวมของ (น้ำหนัก × คะแนน) ÷ ผลรวมน้ำหนักที่นำมาคิด ปัดเศษครึ่งขึ้น"
LONGEST_REMARK, LONGEST_REASON = 600, 300

SCORED = "ให้คะแนนในระบบเมื่อ"
CONFIRMED = "ยืนยันผลในระบบเมื่อ"


def score_table_paper(
    evaluation: Evaluation, scores: Sequence[GivenScore], card: ScoreCard, scheme: Scheme, *, at: datetime
) -> ScoreTable:
    """What the unit gave itself and what is confirmed, side by side, dated on the day on which it is final."""
    report, run = evaluation.assessment, evaluation.run
    band = scheme.band_of(evaluation.total) if evaluation.total is not None else None
    return ScoreTable(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        round_name=round_title_th(report.months),
        starts_on=run.year.starts_on,
        ends_on=report.ends_on,
        dated_on=day_of(at),
        rows=tuple(_row(score, card.kpi(score.item.kpi.code), scheme) for score in scores),
        total_weight=card.total_weight,
        scheme=scheme.title_th or scheme.code,
        scheme_rules=scheme_rules(scheme),
        own_total=report.total,
        own_weight=report.reported_weight,
        official_total=card.total,
        official_weight=evaluation.reported_weight,
        band=band.title_th if band else "",
        adjustments=tuple(adjustment_words(card.adjustments, scheme)),
        final=final_words(card, scheme),
        scored=_signatory(evaluation.scored_by, evaluation.scored_at, SCORED),
        confirmed=_signatory(evaluation.confirmed_by, evaluation.confirmed_at, CONFIRMED),
    )


def scheme_rules(scheme: Scheme) -> tuple[str, ...]:
    """The rules of a scheme as sentences on a paper."""
    return (TOTAL, *(words.th for words in scheme_words(scheme)))


def adjustment_words(made: Iterable[Adjustment], scheme: Scheme) -> list[str]:
    """What rules took off or added, as sentences on a paper."""
    return [
        f"{rule_title(scheme, one.rule)} {one.points:+f} ({shortened(one.because, LONGEST_REASON)})" for one in made
    ]


def final_words(card: ScoreCard, scheme: Scheme) -> tuple[str, ...]:
    """The final score and each of its parts, as sentences on a paper; nothing where the total is the final score."""
    if card.composition is None:
        return ()
    parts = [f"{part_title(scheme, part.code)} {part_words(part)}" for part in card.composition.parts]
    return (f"คะแนนสุดท้าย {'–' if card.final is None else f'{card.final:f}'} จาก {figure_text(scheme.full)}", *parts)


def part_words(part: ComposedPart) -> str:
    """What a part is worth of its weight, and the points behind it."""
    if part.points is None or part.worth is None:
        return "ยังไม่มีคะแนน"
    return f"{part.worth:f} จาก {figure_text(part.weight)} (ได้ {part.points:f} จาก {figure_text(part.full)})"


def part_title(scheme: Scheme, code: str) -> str:
    return next(part.title_th for part in scheme.parts if part.code == code) or code


def shortened(text: str, most: int) -> str:
    """A text that fits a cell of a paper; what is cut off stands in the system."""
    text = printable(text)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def rule_title(scheme: Scheme, code: str) -> str:
    return scheme.rule(code).title_th or code


def _row(score: GivenScore, scored: ScoredKpi, scheme: Scheme) -> ScoreRow:
    kpi, item = score.item.kpi, score.item
    result = result_text(kpi, item.result) or None
    return ScoreRow(
        code=kpi.code,
        name=kpi.title,
        unit_of_measure=kpi.measure,
        weight=scored.weight,
        levels=levels_text(kpi, months=item.assessment.months),
        own=Marks(result, item.score, item.weighted),
        official=Marks(result, scored.score, scored.weighted),
        dimension=kpi.dimension.title,
        remark=remark_on(score, scored, scheme),
        inside=bool(scored.parent),
    )


def remark_on(score: GivenScore, scored: ScoredKpi, scheme: Scheme) -> str:
    """Why the official score is not the calculated one, or why there is none."""
    why = score.because or why_no_result(score.item)
    said = [*adjustment_words(scored.adjustments, scheme), shortened(why, LONGEST_REASON)]
    return shortened("; ".join(filter(None, said)), LONGEST_REMARK)


def _signatory(person: Person | None, at: datetime | None, act: str) -> Signatory | None:
    """Who acted, with the post they held on that day. Neither act asks for a password, so neither is a signature."""
    if person is None or at is None:
        return None
    return Signatory(person.name, post_of(person, on=day_of(at)), signed=at, act=act)
