"""From what a total rests on to the passport that is printed. Its words are Thai in every language of the pages."""

from collections.abc import Iterator, Sequence
from datetime import date

from raprong.assessments.rounds import round_title_th
from raprong.core.references import reference
from raprong.documents.score_passport.shape import Decision, PassportRow, ScorePassport
from raprong.evaluations.basis import Basis, Note, Through, code_of, document_bytes, entry_numbers, notes_of
from raprong.evaluations.documents import final_words, shortened
from raprong.evaluations.enums import FactorState
from raprong.evaluations.models import ExternalFactor
from raprong.evaluations.queries import Source
from raprong.lib.scoring.card import ScoreCard, ScoredKpi
from raprong.lib.scoring.explain import Line, LineKind, trace
from raprong.lib.scoring.explain_words import scheme_words

STANDINGS = {
    Source.OFFICIAL: "คะแนนที่ผู้ประเมินให้",
    Source.SELF: "คะแนนประเมินตนเองตามรายงานที่จัดทำ",
    Source.RUNNING: "คะแนนจากผลรายเดือนถึงปัจจุบัน",
}
CONFIRMED = "คะแนนที่ยืนยันแล้ว"
PROVISIONAL = "คะแนนชั่วคราว ยังเปลี่ยนได้จนกว่าจะยืนยันผลรอบสุดท้าย"
TOTAL = "คะแนนรวม"
FACTOR = {FactorState.ACCEPTED: "รับปัจจัยภายนอก", FactorState.REFUSED: "ไม่รับปัจจัยภายนอก"}
DECIDED = (LineKind.DECISION, LineKind.ADJUSTMENT, LineKind.STATUS)
WORKED = (LineKind.MEAN, LineKind.WORKING, LineKind.CAP, LineKind.STATUS, LineKind.DECISION, LineKind.ADJUSTMENT)
LONGEST = 600  # characters of one cell; the whole stands in the file
MEETING, PANEL = "การประชุมพิจารณาคะแนน ครั้งที่", "ผู้วินิจฉัยข้อทักท้วง"
NO_SUM = "ยังไม่มีผลที่นำมาคิดคะแนน"


def score_passport(basis: Basis, *, on: date) -> ScorePassport:
    """The passport of a total as it stands; its code is that of the file which `document_bytes` makes."""
    card, run = basis.card, basis.run
    story = trace(card, basis.scheme)
    lines = {line.path: line for _depth, line in story.walk()}
    band = basis.scheme.band_of(card.final) if card.final is not None else None
    titles = {kpi.code: kpi.title for kpi in basis.kpis}
    return ScorePassport(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        round_name=round_title_th(basis.months),
        dated_on=on,
        standing=CONFIRMED if basis.settled_at and basis.source is Source.OFFICIAL else STANDINGS[basis.source],
        total=card.final,
        highest=basis.scheme.full,
        weight=lines["total/coverage"].words_th,
        rows=tuple(_row(kpi, titles[kpi.code], lines[f"kpi/{kpi.code}"]) for kpi in card.kpis),
        sum_of_it=_sum_of(card, lines),
        final=final_words(card, basis.scheme),
        rules=tuple(words.th for words in scheme_words(basis.scheme)),
        code=code_of(document_bytes(basis)),
        file_name=file_name(basis),
        band=band.title_th if band else "",
        provisional="" if basis.final else PROVISIONAL,
        adjustments=tuple(
            shortened(line.words_th, LONGEST)
            for path, line in lines.items()
            if path.startswith(("total/adjustment/", "total/held"))
        ),
        decisions=(*_decisions(story, notes_of(basis)), *_external_factors(basis)),
    )


def file_name(basis: Basis) -> str:
    """What the file is called that is offered beside the passport."""
    return f"score-{basis.run.fiscal_year}-{basis.months}-{basis.source}.json"


def _row(kpi: ScoredKpi, title: str, line: Line) -> PassportRow:
    said = {inner.kind: inner.words_th for inner in line.lines}
    return PassportRow(
        code=kpi.code,
        name=title,
        weight=kpi.weight,
        result=shortened(said.get(LineKind.RESULT, ""), LONGEST),
        criteria=shortened(said.get(LineKind.CRITERIA, "").removeprefix("เกณฑ์: "), LONGEST),
        working=shortened("\n".join(inner.words_th for inner in line.lines if inner.kind in WORKED), LONGEST),
        score=kpi.score,
        weighted=kpi.weighted,
        inside=kpi.parent,
    )


def _decider(note: Note) -> str:
    """Who decided: a person, or the body in whose name somebody entered it."""
    match note.through:
        case Through.MEETING:
            return f"{MEETING} {note.meeting}"
        case Through.PANEL:
            return PANEL
    return note.by


def _sum_of(card: ScoreCard, lines: dict[str, Line]) -> str:
    mean = lines.get("total/mean")
    if mean is None:
        return NO_SUM
    rounding = [inner.words_th for inner in mean.lines if inner.kind is LineKind.ROUNDING]
    return shortened(" ".join([mean.words_th, *rounding]), LONGEST)


def _decisions(story: Line, notes: dict[str, list[Note]]) -> Iterator[Decision]:
    """What people decided, and what the scheme decided where there is no result, in the order of the explanation."""
    for _depth, line in story.walk():
        if line.kind in DECIDED:
            yield _decision(line, notes.get(line.path, []))


def _external_factors(basis: Basis) -> Iterator[Decision]:
    """What was decided about external factors, whether it changed a score or not."""
    if basis.evaluation is None:
        return
    found = ExternalFactor.objects.filter(item__assessment=basis.evaluation.assessment_id, decided_at__isnull=False)
    decided = list(found.select_related("item__kpi", "decided_by").order_by("item__kpi__sort_code", "decided_at"))
    numbers = entry_numbers(decided)
    for factor in decided:
        assert factor.decided_by is not None
        entry = numbers.get(reference(factor))
        words = f"{FACTOR[FactorState(factor.state)]}: {factor.text} เหตุผล: {factor.decided_because}"
        by, at = factor.decided_by.name, factor.decided_at
        yield Decision(factor.item.kpi.code, shortened(words, LONGEST), by, at, str(entry or ""))


def _decision(line: Line, notes: Sequence[Note]) -> Decision:
    about = line.path.split("/")[1] if line.path.startswith("kpi/") else TOTAL
    words = shortened(line.words_th, LONGEST)
    if not notes:
        return Decision(about, words)
    note = notes[0]
    return Decision(about, words, _decider(note), note.at, str(note.entry) if note.entry else "")
