"""What a total of a year rests on: the running one, a submitted report's own, or the official one."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from raprong.assessments.enums import State as ReportState
from raprong.assessments.models import SelfAssessment
from raprong.assessments.queries import items_of, measured_item, scheme_in_force
from raprong.assessments.rounds import final_round_of, round_title_th
from raprong.audit.models import Entry
from raprong.core.models import PublicIdModel
from raprong.core.references import reference
from raprong.evaluations.models import Adjustment, Evaluation
from raprong.evaluations.queries import Source, adjustments_of, part_scores_of, scores_of
from raprong.evaluations.totals import adjusted, given_points, measured_score, rule_of
from raprong.kpis.documents import figure_text
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import scheme_of, selected_kpis
from raprong.lib.scoring.card import Adjusted, ScoreCard, Status
from raprong.lib.scoring.document import document_of
from raprong.lib.scoring.rollup import MeasuredKpi, score_card
from raprong.lib.scoring.scheme import Scheme
from raprong.processes.models import Run
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthlyResult
from raprong.results.months import last_day_of, round_on
from raprong.results.queries import measured_upto

CODE_LETTERS = 12


class Through(StrEnum):
    """Whose decision a given score is; `by` of a note is then only who entered it."""

    PERSON = "person"
    MEETING = "meeting"  # of assessors, who compared units
    PANEL = "panel"  # that heard an objection


# The acts by which a score gets another than the calculated one.
GIVING = {
    "evaluation.score_given": Through.PERSON,
    "evaluation.moderated": Through.MEETING,
    "evaluation.score_decided": Through.PANEL,
}


@dataclass(frozen=True)
class Note:
    """Who entered or decided what stands in a line of an explanation, and the entry of the trail that proves it."""

    by: str
    at: datetime
    entry: int | None
    about: str  # what the trail calls it
    because: str = ""
    month: date | None = None
    inputs: tuple[tuple[str, str], ...] = ()  # what a figure was reckoned from: name and number
    through: Through = Through.PERSON
    meeting: str = ""  # the number of the meeting that decided


@dataclass(frozen=True)
class Basis:
    """Everything that a score card is made from, so that it can be explained, printed and reckoned again."""

    run: Run
    source: Source
    months: int
    upto: date
    final: bool  # the official score of the round that counts for the year, confirmed
    settled_at: datetime | None  # since when it no longer changes by itself
    kpis: tuple[KpiYear, ...]
    measured: tuple[MeasuredKpi, ...]
    scheme: Scheme
    adjustments: tuple[Adjusted, ...] = ()
    report: SelfAssessment | None = None
    evaluation: Evaluation | None = None
    given: Mapping[str, Decimal] = field(default_factory=dict)  # the points of the other parts of a final score

    @property
    def card(self) -> ScoreCard:
        return score_card(self.measured, self.scheme, self.adjustments, given=self.given)

    @property
    def name(self) -> str:
        """What is scored, for the file: the unit, the year and the round."""
        year = self.run.fiscal_year
        return f"{self.run.unit.name} ปีงบประมาณ พ.ศ. {year} {round_title_th(self.months)}"


def running_basis(run: Run) -> Basis:
    """The total as every monthly result so far makes it."""
    upto = run.year.ends_on
    return Basis(
        run=run,
        source=Source.RUNNING,
        months=round_on(run, upto),
        upto=upto,
        final=False,
        settled_at=None,
        kpis=tuple(selected_kpis(run)),
        measured=tuple(measured_upto(run, upto=upto)),
        scheme=scheme_of(run),
    )


def basis_of_report(report: SelfAssessment) -> Basis:
    """The unit's own total, from what was drawn into its report."""
    items = list(items_of(report))
    return Basis(
        run=report.run,
        source=Source.SELF,
        months=report.months,
        upto=report.ends_on,
        final=False,
        settled_at=report.submitted_at if report.state == ReportState.SUBMITTED else None,
        kpis=tuple(item.kpi for item in items),
        measured=tuple(measured_item(item) for item in items),
        scheme=scheme_in_force(report),
        report=report,
    )


def basis_of_evaluation(evaluation: Evaluation) -> Basis:
    """The official total, with the scores that were given and what was adjusted."""
    scores, report = list(scores_of(evaluation)), evaluation.assessment
    confirmed = evaluation.is_final
    return Basis(
        run=evaluation.run,
        source=Source.OFFICIAL,
        months=report.months,
        upto=report.ends_on,
        final=confirmed and report.months == final_round_of(evaluation.run),
        settled_at=evaluation.confirmed_at if confirmed else None,
        kpis=tuple(score.item.kpi for score in scores),
        measured=tuple(measured_score(score) for score in scores),
        scheme=rule_of(evaluation),
        adjustments=tuple(adjusted(one) for one in adjustments_of(evaluation)),
        report=report,
        evaluation=evaluation,
        given=given_points(evaluation),
    )


def document(basis: Basis) -> dict[str, Any]:
    """What `raprong score` recomputes the same numbers from, with the numbers it must come to."""
    card, titles = basis.card, {kpi.code: kpi.title for kpi in basis.kpis}
    data = document_of(basis.measured, basis.scheme, basis.adjustments, given=basis.given)
    data["kpis"] = [_written(kpi) | {"title": titles[kpi["code"]]} for kpi in data["kpis"]]
    return {
        "title": basis.name,
        "source": str(basis.source),
        "final": basis.final,
        **data,
        "comes_to": {
            "total": None if card.total is None else format(card.total, "f"),
            **({"final": None if card.final is None else format(card.final, "f")} if card.composition else {}),
            "kpis": {kpi.code: None if kpi.score is None else format(kpi.score, "f") for kpi in card.kpis},
        },
    }


def _written(kpi: dict[str, Any]) -> dict[str, Any]:
    """A KPI of the document, its result without the noughts that its column adds: 1 for yes, not 1.0000."""
    return kpi | {"result": figure_text(Decimal(kpi["result"]))} if "result" in kpi else kpi


def document_bytes(basis: Basis) -> bytes:
    """The document as the file that is offered: the same bytes each time, so that its code can be checked."""
    text = json.dumps(document(basis), ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def code_of(content: bytes) -> str:
    """The code on the passport: the first letters of the file's SHA-256, in groups of four."""
    letters = sha256(content).hexdigest().upper()[:CODE_LETTERS]
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LETTERS, 4))


def notes_of(basis: Basis) -> dict[str, list[Note]]:
    """Who stands behind which line of the explanation, by the line's path."""
    notes: dict[str, list[Note]] = {}
    results = _results_behind(basis)
    scores = list(scores_of(basis.evaluation)) if basis.evaluation else []
    made = list(adjustments_of(basis.evaluation)) if basis.evaluation else []
    parts = list(part_scores_of(basis.evaluation).values()) if basis.evaluation else []
    numbers = entry_numbers([*results, *scores, *made, *parts])
    for result in results:
        part = "result" if result.status == ResultStatus.VALUE else "status"
        notes[f"kpi/{result.kpi.code}/{part}"] = [_note_of(result, numbers.get(reference(result)))]
    given_scores = {reference(score): score for score in scores if score.given is not None}
    for about, entry in _given_by(given_scores).items():
        score = given_scores[about]
        notes[f"kpi/{score.item.kpi.code}/decision"] = [_note_of_giving(entry, str(score))]
    for given in parts:
        notes[f"final/{given.part}"] = [
            Note(given.given_by.name, given.given_at, numbers.get(reference(given)), str(given), given.because)
        ]
    for path, adjustment in _paths_of(made):
        notes[path] = [
            Note(adjustment.made_by.name, adjustment.made_at, numbers.get(reference(adjustment)), str(adjustment))
        ]
    return notes


def _given_by(scores: Collection[str]) -> dict[str, Entry]:
    """The act that gave each score what it has, by the score's reference; a meeting that left a score gave nothing."""
    acts = Entry.objects.filter(about__in=scores, kind__in=GIVING).order_by("at", "number")
    return {act.about: act for act in acts if act.facts.get("before", "") != act.facts.get("after")}


def _note_of_giving(act: Entry, about: str) -> Note:
    meeting = str(act.facts.get("meeting", ""))
    return Note(act.by_name, act.at, act.number, about, through=GIVING[act.kind], meeting=meeting)


def _note_of(result: MonthlyResult, entry: int | None) -> Note:
    named = {one["name"]: one.get("title") or one["name"] for one in result.kpi.inputs}
    inputs = tuple((str(named.get(name, name)), str(value)) for name, value in result.inputs.items())
    return Note(result.reported_by.name, result.reported_at, entry, str(result), result.note, result.month, inputs)


def _paths_of(made: Sequence[Adjustment]) -> list[tuple[str, Adjustment]]:
    """Each adjustment with its path: they are counted for each KPI, and for the total, in the order they were made."""
    counts: dict[str, int] = {}
    found = []
    for adjustment in made:
        place = f"kpi/{adjustment.score.item.kpi.code}" if adjustment.score else "total"
        counts[place] = counts.get(place, 0) + 1
        found.append((f"{place}/adjustment/{counts[place]}", adjustment))
    return found


def _results_behind(basis: Basis) -> list[MonthlyResult]:
    """Of each KPI the monthly result that the card counts: the latest figure, else the latest word.

    What is cancelled or has not started rests on no monthly result.
    """
    resting = {one.code for one in basis.measured if one.status not in (Status.CANCELLED, Status.NOT_STARTED)}
    kpis = [kpi for kpi in basis.kpis if kpi.code in resting]
    ended = [month for month in basis.run.year.months() if last_day_of(basis.run, month) <= basis.upto]
    rows = MonthlyResult.objects.filter(kpi__in=kpis, month__in=ended).select_related("kpi", "reported_by")
    found: dict[int, MonthlyResult] = {}
    for row in rows.order_by("month"):
        before = found.get(row.kpi_id)
        if before is None or row.status == ResultStatus.VALUE or before.status != ResultStatus.VALUE:
            found[row.kpi_id] = row
    return list(found.values())


def entry_numbers(things: Sequence[PublicIdModel]) -> dict[str, int]:
    """The number of the latest entry of the trail about each thing, by its reference."""
    rows = Entry.objects.filter(about__in=[reference(thing) for thing in things]).order_by("at", "number")
    return dict(rows.values_list("about", "number"))
