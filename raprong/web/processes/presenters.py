"""A run in words: tiles, the flow chart's boxes, and the story of a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.evaluations.queries import StandingScore
from raprong.lib.sop.flowchart import FlowChart, flow_chart
from raprong.lib.sop.shape import Step
from raprong.lib.sop.standing import FactKind, RunStanding, State, StepStanding
from raprong.organisation.models import Unit
from raprong.processes.models import Run, StepFact
from raprong.processes.words import text_of
from raprong.web.processes.panel import (
    bound_units,
    document_line,
    due_day,
    party_name,
    pill_of,
    title_of,
    unit_name,
    window_words,
    word_of,
    year_name,
)
from raprong.web.shell.filters import digits, figure, in_thai, minutes, short_date

MOST_LANES = 12  # as many as the style sheet has columns for; more share the last


@dataclass(frozen=True)
class Box:
    """A step in its lane. `lane` counts from 1, as the style sheet's columns do."""

    number: int
    title: str
    lane: int
    lane_name: str
    beside: str
    state: str
    word: str
    notes: tuple[str, ...]
    late_note: str
    href: str
    current: bool


@dataclass(frozen=True)
class Arrow:
    """From the middle of one lane to the middle of the next box's, in hundredths of the chart's width."""

    start: str
    end: str


@dataclass(frozen=True)
class Chart:
    lanes: tuple[str, ...]
    boxes: tuple[tuple[Box, Arrow | None], ...]


def chart_of(run: Run, standing: RunStanding) -> Chart:
    """The SOP's flow chart with every box as it stands."""
    laid = flow_chart(run.definition)
    bound = bound_units(run)
    lanes = tuple(party_name(party, bound) for party in laid.lanes)
    boxes = [_box(run, laid, lanes, bound, standing, row) for row in range(len(laid.boxes))]
    arrows: list[Arrow | None] = [_arrow(laid, row) for row in range(len(laid.arrows))]
    return Chart(lanes, tuple(zip(boxes, [*arrows, None], strict=True)))


def _box(
    run: Run, laid: FlowChart, lanes: Sequence[str], bound: dict[str, Unit], standing: RunStanding, row: int
) -> Box:
    box, stands = laid.boxes[row], standing.steps[row]
    return Box(
        number=box.step.number,
        title=title_of(box.step),
        lane=min(box.lane + 1, MOST_LANES),
        lane_name=lanes[box.lane],
        beside=", ".join(party_name(party, bound) for party in box.beside),
        state=pill_of(stands),
        word=word_of(stands),
        notes=tuple(_notes(stands)),
        late_note=_late_note(stands),
        href=reverse("processes:step", kwargs={"run": run.public_id, "step": box.step.code}),
        current=stands.is_open,
    )


def _notes(stands: StepStanding) -> list[str]:
    """What the box says of time: the day it ended, groups handed in, the window or the minutes used."""
    notes = []
    if stands.state is State.DONE:
        notes.append(short_date(stands.ended_at))
    elif stands.window is not None:
        notes.append(window_words(stands))
    if stands.is_open and stands.pieces:
        handed_in = sum(piece.state in (State.SUBMITTED, State.ACCEPTED) for piece in stands.pieces)
        words = {"done": digits(handed_in), "all": digits(len(stands.pieces))}
        notes.append(_("%(done)s of %(all)s groups handed in") % words)
    if stands.is_open and stands.window is None and (due := due_day(stands)):
        notes.append(_("due %(day)s") % {"day": short_date(due)})
    if stands.step.standard_minutes:
        notes.append(_used_of_standard(stands))
    return notes


def _used_of_standard(stands: StepStanding) -> str:
    standard = stands.step.standard_minutes
    if stands.used_minutes is None:
        return minutes(standard)
    used = digits(figure(stands.used_minutes))
    return _("%(used)s of %(standard)s") % {"used": used, "standard": minutes(standard)}


def _late_note(stands: StepStanding) -> str:
    if not stands.late or stands.state is State.WAITING:
        return ""
    if stands.over_standard:
        return _("%(minutes)s over the standard") % {"minutes": minutes(stands.over_standard)}
    return _("Past its due day")


def _arrow(laid: FlowChart, row: int) -> Arrow:
    count = len(laid.lanes)
    middles = [100 * (laid.boxes[place].lane + 0.5) / count for place in (row, row + 1)]
    return Arrow(*(f"{middle:.3f}" for middle in middles))


def tiles(run: Run, standing: RunStanding, score: StandingScore, today: date) -> list[dict[str, str]]:
    """Steps done, minutes, the next due day, and what the year is worth so far."""
    found = [_steps_tile(standing), _minutes_tile(standing), _due_tile(standing, today)]
    return [*(tile for tile in found if tile), _score_tile(run, score)]


def _steps_tile(standing: RunStanding) -> dict[str, str]:
    words = {"done": digits(standing.done_count), "all": digits(len(standing.steps))}
    current = standing.current
    note = _("Now at step %(number)s") % {"number": digits(current.step.number)} if current else _("The year is done")
    return {
        "label": _("Steps done"),
        "value": _("%(done)s of %(all)s") % words,
        "note": note,
        "state": "" if current else "done",
    }


def _minutes_tile(standing: RunStanding) -> dict[str, str] | None:
    """Minutes used against the standard of the steps begun; None where the SOP goes by the calendar."""
    begun = [stands for stands in standing.steps if stands.step.standard_minutes and stands.used_minutes is not None]
    if not begun:
        return None
    used = sum(stands.used_minutes or 0 for stands in begun)
    standard = sum(stands.step.standard_minutes or 0 for stands in begun)
    over = [stands for stands in begun if stands.over_standard]
    return {
        "label": _("Minutes used / standard"),
        "value": f"{digits(figure(used))} / {digits(figure(standard))}",
        "note": _over_words(over) or _("Within the standard, counting the steps begun"),
        "state": "late" if over else "",
    }


def _over_words(over: Sequence[StepStanding]) -> str:
    if not over:
        return ""
    steps = ", ".join(digits(stands.step.number) for stands in over)
    total = minutes(sum(stands.over_standard for stands in over))
    return _("%(minutes)s over the standard, step %(steps)s") % {"minutes": total, "steps": steps}


def _due_tile(standing: RunStanding, today: date) -> dict[str, str] | None:
    current = standing.current
    due = due_day(current) if current else None
    if due is None:
        return None
    left = (due - today).days
    if left < 0:
        note = ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": digits(-left)}
    else:
        note = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": digits(left)}
    return {
        "label": _("Next due date"),
        "value": short_date(due),
        "note": note,
        "state": "late" if left < 0 else "",
    }


def _score_tile(run: Run, score: StandingScore) -> dict[str, str]:
    whole = {"done": digits(figure(_bare(score.reported_weight))), "all": digits(100)}
    return {
        "label": _("Weight reported"),
        "value": _("%(done)s of %(all)s") % whole,
        "note": _score_words(score),
        "href": reverse("results:scores", kwargs={"run": run.public_id}),
    }


def _bare(number: Decimal) -> Decimal:
    """A number without the zeros behind its point."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _score_words(score: StandingScore) -> str:
    if score.total is None:
        return _("No score yet")
    said = {"score": digits(figure(score.total))}
    return _("Provisional score %(score)s") % said if score.provisional else _("Confirmed score %(score)s") % said


def run_title(run: Run) -> str:
    title = run.definition.title if in_thai() else run.definition.title_en
    return f"{title} {year_name(run.year)}"


def run_subtitle(run: Run) -> str:
    """The unit, the document it works by, and the day it started."""
    return _("%(unit)s · by %(document)s · started %(day)s") % {
        "unit": unit_name(run.unit),
        "document": document_line(run.definition),
        "day": short_date(run.started_at),
    }


FACT_WORDS = {
    FactKind.SUBMITTED: lambda: _("handed in"),
    FactKind.RETURNED: lambda: _("sent back"),
    FactKind.ACCEPTED: lambda: _("accepted"),
    FactKind.ANSWERED: lambda: _("answered"),
    FactKind.TAKEN_UP: lambda: _("took up the work"),
    FactKind.LAID_DOWN: lambda: _("laid the work down"),
    FactKind.DONE: lambda: _("finished the step"),
    FactKind.REOPENED: lambda: _("opened the step again"),
}


def story_line(fact: StepFact, step: Step) -> dict[str, object]:
    """One line of a step's story: what happened, to what, with which words."""
    about = unit_name(fact.piece) if fact.piece else ""
    if fact.control:
        about = text_of(step.control_point(fact.control))
    answer = {"yes": _("Yes"), "no": _("No")}.get(fact.answer, "")
    return {
        "what": FACT_WORDS[FactKind(fact.kind)](),
        "about": about,
        "said": " ".join(part for part in (answer, fact.remark) if part),
        "by": fact.by.name,
        "at": fact.at,
    }
