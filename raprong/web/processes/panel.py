"""The SOP's own words beside a page of work, with what stands open of the step and what this person may do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.core.clock import day_of
from raprong.lib.sop.shape import ASK, ControlPoint, Party, SopDefinition, Step
from raprong.lib.sop.standing import ControlStanding, Fact, PieceStanding, RunStanding, State, StepStanding
from raprong.lib.thai.digits import to_arabic_digits
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import groups_of
from raprong.processes import permissions, policies
from raprong.processes.cards import all_cards, ask
from raprong.processes.models import Run
from raprong.processes.queries import standing_of, step_with_work
from raprong.processes.words import text_of, title_of
from raprong.web.processes.work_pages import work_url
from raprong.web.shell.filters import digits, in_thai, moment, short_date


@dataclass(frozen=True)
class ControlLine:
    """A control point, its answer in words, and where this person may answer it (empty: not theirs to answer)."""

    text: str
    source: str
    ok: bool | None
    note: str
    answer_url: str = ""


@dataclass(frozen=True)
class WorkLine:
    """A work of the step: whether it is done, what the room says of it, and the way there."""

    title: str
    ok: bool | None
    note: str
    href: str


@dataclass(frozen=True)
class PieceLine:
    """A group's piece of the step, with what this person may do with it."""

    group: str
    state: str
    word: str
    note: str
    submit_url: str = ""
    submit_refusal: str = ""
    check_urls: tuple[str, str] | None = None  # accept, return


@dataclass(frozen=True)
class Panel:
    """One step as the office wrote it, and as it stands for one person."""

    code: str
    number: int
    title: str
    state: str
    word: str
    words: tuple[str, ...]
    document: str
    source: str
    quality_standard: tuple[str, ...]
    indicators: tuple[str, ...]
    notes: tuple[str, ...]
    standard_minutes: int | None
    used_minutes: int | None
    window: str
    due_on: date | None
    late: bool
    done_by: str
    checked_by: str
    control_points: tuple[ControlLine, ...]
    works: tuple[WorkLine, ...]
    pieces: tuple[PieceLine, ...]
    finish_url: str  # empty where ending the step is not this person's
    finish_refusal: str
    is_open: bool
    href: str
    step_href: str


def sop_panel_for(run: Run, card_code: str, person: Person, at: datetime) -> Panel | None:
    """The step of this run's SOP whose work the card is; None where the SOP does not ask for it."""
    step = step_with_work(run, card_code)
    return step_panel(run, step, person, at, standing_of(run, at=at)) if step else None


def step_panel(run: Run, step: Step, person: Person, at: datetime, standing: RunStanding) -> Panel:
    """One step for one person, from a standing that is known already."""
    return _PanelOf(run, step, person, at, standing).panel()


class _PanelOf:
    """Collects a panel; the things asked of the database are asked once."""

    def __init__(self, run: Run, step: Step, person: Person, at: datetime, standing: RunStanding) -> None:
        self._run, self._step, self._person, self._at = run, step, person, at
        self._standing, self._stands = standing, standing.step(step.code)
        self._bound = bound_units(run)
        self._groups = {group.public_id: group for group in groups_of(run.unit)} if step.fan_out else {}

    def panel(self) -> Panel:
        step, stands, definition = self._step, self._stands, self._run.definition
        acts = not refusal(permissions.check_acts, self._person, self._run, step, at=self._at)
        return Panel(
            code=step.code,
            number=step.number,
            title=title_of(step),
            state=pill_of(stands),
            word=word_of(stands),
            words=step.text or (step.title,),
            document=document_line(definition),
            source=step.source,
            quality_standard=step.quality_standard,
            indicators=step.indicators,
            notes=step.notes,
            standard_minutes=step.standard_minutes,
            used_minutes=stands.used_minutes if step.standard_minutes else None,
            window=window_words(stands),
            due_on=due_day(stands),
            late=stands.late,
            done_by=", ".join(self._named(code) for code in step.done_by),
            checked_by=self._named(step.checked_by) if step.checked_by else "",
            control_points=tuple(self._control(point, acts) for point in step.control_points),
            works=tuple(self._work(card) for card in step.work),
            pieces=tuple(self._piece(piece) for piece in stands.pieces),
            finish_url=self._url("finish") if acts and stands.is_open else "",
            finish_refusal=digits(refusal(policies.check_can_be_done, stands)) if acts and stands.is_open else "",
            is_open=stands.is_open,
            href=reverse("processes:run", kwargs={"run": self._run.public_id}),
            step_href=self._url("step"),
        )

    def _named(self, party_code: str) -> str:
        return party_name(self._run.definition.party(party_code), self._bound)

    def _url(self, name: str, **more: str) -> str:
        return reverse(f"processes:{name}", kwargs={"run": self._run.public_id, "step": self._step.code, **more})

    def _control(self, point: ControlPoint, acts: bool) -> ControlLine:
        stands = next(control for control in self._stands.controls if control.code == point.code)
        answerable = acts and point.check == ASK and self._stands.is_open
        return ControlLine(
            text=text_of(point),
            source=point.source,
            ok=_answer_of(stands, self._stands),
            note=_control_note(point, stands, self._stands),
            answer_url=self._url("answer", control=point.code) if answerable else "",
        )

    def _work(self, card: str) -> WorkLine:
        known = all_cards().get(card)
        work = next(work for work in self._stands.works if work.card == card)
        done = self._stands.state is State.DONE
        return WorkLine(
            title=str(known.title) if known else card,
            ok=True if done or work.done else None,
            note="" if done else digits(work.sentence),
            href=work_url(self._run, card),
        )

    def _piece(self, piece: PieceStanding) -> PieceLine:
        group = self._groups[piece.group]
        state, word = PIECE_WORDS[piece.state]
        may_submit = self._may(permissions.check_may_submit, group)
        may_check = bool(self._step.checked_by) and self._may(permissions.check_may_check, group)
        urls = self._url("accept", piece=piece.group), self._url("return", piece=piece.group)
        lacking = refusal(policies.check_piece_is_complete, self._run, self._step, group) if may_submit else ""
        return PieceLine(
            group=unit_name(group),
            state=state,
            word=word(),
            note=self._piece_note(piece, group),
            submit_url=self._url("submit", piece=piece.group) if may_submit else "",
            submit_refusal=digits(lacking),
            check_urls=urls if may_check else None,
        )

    def _may(self, check: Callable[..., None], group: Unit) -> bool:
        return not refusal(check, self._person, self._run, self._step, group, at=self._at, standing=self._standing)

    def _piece_note(self, piece: PieceStanding, group: Unit) -> str:
        if piece.last is not None:
            return f"{_who_when(piece.last)} {piece.last.remark}".strip()
        if not self._stands.is_open:
            return ""
        answers = (ask(card, self._run, group) for card in self._step.work)
        return digits(" ".join(answer.sentence for answer in answers if not answer.done))


PIECE_WORDS: dict[State, tuple[str, Callable[[], str]]] = {
    State.WAITING: ("wait", lambda: _("Not open yet")),
    State.OPEN: ("now", lambda: _("Not handed in")),
    State.SUBMITTED: ("now", lambda: _("Handed in")),
    State.RETURNED: ("returned", lambda: _("Sent back")),
    State.ACCEPTED: ("done", lambda: _("Accepted")),
}
STEP_WORDS: dict[State, tuple[str, Callable[[], str]]] = {
    State.WAITING: ("wait", lambda: _("Not open yet")),
    State.OPEN: ("now", lambda: _("Open")),
    State.SUBMITTED: ("now", lambda: _("With the checker")),
    State.RETURNED: ("returned", lambda: _("Sent back")),
    State.DONE: ("done", lambda: _("Done")),
}


def pill_of(stands: StepStanding) -> str:
    """The colour of a step: late comes before open."""
    return "late" if stands.late and stands.is_open else STEP_WORDS[stands.state][0]


def word_of(stands: StepStanding) -> str:
    """The state of a step in a word, and that it is late."""
    word = STEP_WORDS[stands.state][1]()
    return _("%(state)s, late") % {"state": word} if stands.late and stands.state is not State.WAITING else word


def unit_name(unit: Unit) -> str:
    return (not in_thai() and unit.name_en) or unit.name


def year_name(year: FiscalYear) -> str:
    return digits(year.label) if in_thai() else year.label_en


def bound_units(run: Run) -> dict[str, Unit]:
    """Who the SOP's open parties are in this run, asked once for a run."""
    if "bound_units" not in run.__dict__:
        run.__dict__["bound_units"] = {bound.party: bound.unit for bound in run.bindings.select_related("unit")}
    units: dict[str, Unit] = run.__dict__["bound_units"]
    return units


def party_name(party: Party, bound: dict[str, Unit]) -> str:
    """The unit that a party is here; for the others the SOP's own word."""
    if party.kind == "group" and party.code in bound:
        return unit_name(bound[party.code])
    return title_of(party)


def document_line(definition: SopDefinition) -> str:
    """The document's number, edition and revision; its code where it is no controlled document."""
    control = definition.document
    number = control.number or definition.code
    parts = [digits(number) if in_thai() else to_arabic_digits(number)]
    if control.edition is not None:
        parts.append(_("edition %(number)s") % {"number": digits(control.edition)})
    if control.revision is not None:
        parts.append(_("revision %(number)s") % {"number": digits(control.revision)})
    return " ".join(parts)


def window_words(stands: StepStanding) -> str:
    """The calendar window as days of this run's year; empty where the SOP gives minutes."""
    if stands.window is None:
        return ""
    starts_on, ends_on = stands.window
    return f"{short_date(starts_on)} – {short_date(ends_on)}"


def due_day(stands: StepStanding) -> date | None:
    """The last day on which a step is in time."""
    return day_of(stands.due_at - timedelta(microseconds=1)) if stands.due_at else None


def _answer_of(control: ControlStanding, stands: StepStanding) -> bool | None:
    if stands.state is State.DONE:
        return True
    return {"yes": True, "no": False}.get(control.answer or "")


def _control_note(point: ControlPoint, control: ControlStanding, stands: StepStanding) -> str:
    if control.fact is not None:
        return f"{_who_when(control.fact)} {control.fact.remark}".strip()
    if point.check != ASK:
        said = digits(control.work.sentence) if control.work else ""
        return f"{_('The system checks this.')} {said}".strip()
    return "" if stands.state is State.DONE else _("A person answers this.")


def _who_when(fact: Fact) -> str:
    return f"{fact.by} · {moment(fact.at)}"
