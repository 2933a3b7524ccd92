"""The two letters that a confirmed score asks for, as drafts. Number, day and signature come with signing.

What is printed is Thai in every language of the pages; whoever drafts may reword it before it is signed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from raprong.assessments.rounds import round_title_th
from raprong.audit.seals import year_seal
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.core.clock import day_of
from raprong.documents.wording import filled
from raprong.evaluations.documents import part_title, part_words, rule_title
from raprong.evaluations.models import Evaluation
from raprong.evaluations.policies import RESULT_LETTER_CARD
from raprong.evaluations.queries import card_of, letter_about
from raprong.kpis.documents import figure_text
from raprong.lib.scoring.scheme import Scheme, scheme_from_data
from raprong.lib.thai.dates import long_date
from raprong.lib.thai.digits import to_thai_digits
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import groups_of, head_position_of, unit_of
from raprong.processes.models import Run
from raprong.processes.queries import step_with_work, unit_bound_to
from raprong.stationery.queries import wording_for


@dataclass(frozen=True)
class LetterDraft:
    """A letter before it is one: who sends it, to whom, its subject, and the data of its paper."""

    sender: Unit
    to_unit: Unit | None
    subject: str
    content: dict[str, Any]


def result_letter(evaluation: Evaluation, *, by: Person, at: datetime) -> LetterDraft:
    """From the unit that assesses to the unit that was assessed, within one agency: a memorandum."""
    run, sender = evaluation.run, announcing_unit(evaluation.run, by=by, at=at)
    texts = _texts(
        evaluation,
        wording_for(sender, "result_letter", on=day_of(at)),
        sender=sender.name,
        submitted_on=long_date(day_of(_submitted_at(evaluation))),
    )
    subject = texts["subject"][0]
    content = _content(evaluation, sender, subject) | {
        "form": "memo",
        "to": _head_of(run.unit),
        "paragraphs": texts["paragraphs"],
        "closing": texts["closing"][0],
        "verification": year_seal(run.unit, run.fiscal_year),
    }
    return LetterDraft(sender, run.unit, subject, content)


def circular(evaluation: Evaluation, *, by: Person, at: datetime) -> LetterDraft:
    """From the head of the unit to everybody in it."""
    unit = evaluation.run.unit
    announced = letter_about(evaluation, LetterKind.RESULT_LETTER)
    texts = _texts(evaluation, wording_for(unit, "circular", on=day_of(at)))
    subject = texts["subject"][0]
    content = _content(evaluation, unit, subject) | {
        "to": texts["to"][0],
        "references": [_reference_to(announced)] if announced and announced.signed_at else [],
        "paragraphs": texts["paragraphs"],
        "recipients": [group.name for group in groups_of(unit)],
    }
    return LetterDraft(unit, None, subject, content)


def announcing_unit(run: Run, *, by: Person, at: datetime) -> Unit:
    """The unit that announces results: the party that the SOP names for it, else the one the drafter works in."""
    step = step_with_work(run, RESULT_LETTER_CARD)
    if step is not None:
        return unit_bound_to(run, run.definition.party(step.done_by[0])).office
    own = unit_of(by, on=day_of(at))
    return own.office if own else run.unit


def _texts(evaluation: Evaluation, wording: Mapping[str, Sequence[str]], **places: str) -> dict[str, list[str]]:
    """The wording of a letter about an evaluation, its places filled in."""
    known = {"unit": evaluation.run.unit.name, "round": _round_and_year(evaluation), "result": _result(evaluation)}
    return {key: filled(text, **known, **places) for key, text in wording.items()}


def _content(evaluation: Evaluation, sender: Unit, subject: str) -> dict[str, Any]:
    """What both papers have in common."""
    return {
        "agency": sender.agency.name,
        "unit": sender.name,
        "fiscal_year": evaluation.run.fiscal_year,
        "subject": subject,
        "enclosures": [f"ตารางสรุปผลคะแนน {round_title_th(evaluation.assessment.months)} จำนวน 1 ฉบับ"],
        "figures": _figures(evaluation),
        "contact": [text for text in (sender.name, sender.telephone and f"โทร. {sender.telephone}") if text],
    }


def _figures(evaluation: Evaluation) -> list[dict[str, str]]:
    scheme = _scheme(evaluation)
    own, whole = evaluation.assessment.total, scheme.full if scheme.parts else scheme.scale_max
    return [
        {"label": "คะแนนรวมที่ยืนยันแล้ว", "value": f"{_score(evaluation)} จาก {figure_text(whole)} คะแนน"},
        *_parts(evaluation, scheme),
        *_adjusted(evaluation, scheme),
        {"label": "น้ำหนักที่มีผล", "value": _weight(evaluation)},
        {"label": "คะแนนประเมินตนเอง", "value": "ไม่มีคะแนน" if own is None else f"{own:f}"},
    ]


def _parts(evaluation: Evaluation, scheme: Scheme) -> list[dict[str, str]]:
    """Each part of the final score, where the scheme has parts."""
    composition = card_of(evaluation).composition
    parts = composition.parts if composition else ()
    return [{"label": part_title(scheme, part.code), "value": part_words(part)} for part in parts]


def _adjusted(evaluation: Evaluation, scheme: Scheme) -> list[dict[str, str]]:
    """What rules added to the total or took from it, where they did."""
    card = card_of(evaluation)
    return [{"label": rule_title(scheme, made.rule), "value": f"{made.points:+f} คะแนน"} for made in card.adjustments]


def _result(evaluation: Evaluation) -> str:
    """The confirmed total in a sentence, with the weight it covers and the band it falls in."""
    band = _scheme(evaluation).band_of(evaluation.total) if evaluation.total is not None else None
    named = f" อยู่ในระดับ{band.title_th}" if band else ""
    return f"ได้คะแนนรวม {_score(evaluation)} คะแนน คิดจากน้ำหนักที่มีผล {_weight(evaluation)}{named}"


def _score(evaluation: Evaluation) -> str:
    return "–" if evaluation.total is None else f"{evaluation.total:f}"


def _weight(evaluation: Evaluation) -> str:
    return f"{figure_text(evaluation.reported_weight)} จาก {figure_text(_scheme(evaluation).weight_base)}"


def _scheme(evaluation: Evaluation) -> Scheme:
    return scheme_from_data(evaluation.scheme)


def _round_and_year(evaluation: Evaluation) -> str:
    months, year = evaluation.assessment.months, evaluation.run.fiscal_year
    return to_thai_digits(f"{round_title_th(months)} ประจำปีงบประมาณ พ.ศ. {year}")


def _submitted_at(evaluation: Evaluation) -> datetime:
    submitted_at = evaluation.assessment.submitted_at
    assert submitted_at is not None, "only a submitted report is evaluated"
    return submitted_at


def _head_of(unit: Unit) -> str:
    """The post a letter to a unit is addressed to."""
    head = head_position_of(unit)
    return head.title if head else unit.name


def _reference_to(letter: Letter) -> str:
    assert letter.signed_at is not None
    return f"หนังสือ{letter.unit.name} ที่ {letter.number_text} ลงวันที่ {long_date(day_of(letter.signed_at))}"
