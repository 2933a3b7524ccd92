"""Where a run of an SOP stands: definition, facts and a moment in; what is open, done, late and used out.

Nothing else about progress is stored anywhere, so nothing can disagree. The rules:

- The first step opens when the run starts; each further step when the one before it is done. Nothing ends before it
  opened: reopening a step and ending it again opens those after it again.
- A step that fans out has one piece for each group. A group hands its piece in; the checker accepts it or sends it back
  with a reason. Where nobody checks, handing in is enough.
- A step is done when somebody says so, and that can be said only when its work is done, every control point is
  answered yes, and every piece is accepted.
- Used minutes are working minutes from the opening of a step to its end, or to now. Where its work was taken up
  and laid down (a report that is written twice a year, say), only the minutes in between count; where the SOP says
  that its clock runs with the work, none count before somebody takes it up.
- A step is due at the end of its calendar window (or of the month that window is extended to) or, where the SOP gives
  minutes, that many working minutes after it opened. A step that ended, or still stands, after that moment is late.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from raprong.lib.sop.shape import SopDefinition, Step
from raprong.lib.thai.dates import BANGKOK
from raprong.lib.thai.fiscal_year import FiscalYear


class FactKind(StrEnum):
    """What can happen to a step."""

    SUBMITTED = "submitted"  # a group handed its piece in
    RETURNED = "returned"  # the checker sent a piece back
    ACCEPTED = "accepted"  # the checker took a piece
    ANSWERED = "answered"  # a control point was answered
    TAKEN_UP = "taken_up"  # somebody began to work on it: the step's own clock runs
    LAID_DOWN = "laid_down"  # the work rests with others, or until the next round
    DONE = "done"
    REOPENED = "reopened"


class State(StrEnum):
    """Where a step, or a group's piece of it, stands."""

    WAITING = "waiting"  # its turn has not come
    OPEN = "open"
    SUBMITTED = "submitted"  # with the checker
    RETURNED = "returned"
    ACCEPTED = "accepted"  # a piece only
    DONE = "done"  # a step only


@dataclass(frozen=True)
class Fact:
    """Something that happened to a step; `piece` is the group's key for a step that fans out."""

    step: str
    kind: FactKind
    at: datetime
    by: str
    piece: str | None = None
    control: str | None = None
    answer: str | None = None
    remark: str = ""


@dataclass(frozen=True)
class Work:
    """The answer of a card: whether the work is done, and in words."""

    card: str
    done: bool
    sentence: str


@dataclass(frozen=True)
class ControlStanding:
    """A control point and how it was answered: by a person (`fact`), or by the system (`work`)."""

    code: str
    answered: bool
    answer: str | None = None
    fact: Fact | None = None
    work: Work | None = None


@dataclass(frozen=True)
class PieceStanding:
    """A group's piece of a step."""

    group: str
    state: State
    last: Fact | None


@dataclass(frozen=True)
class StepStanding:
    """One step at one moment."""

    step: Step
    state: State
    opened_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None
    window: tuple[date, date] | None
    used_minutes: int | None
    late: bool
    pieces: tuple[PieceStanding, ...]
    controls: tuple[ControlStanding, ...]
    works: tuple[Work, ...]

    @property
    def code(self) -> str:
        return self.step.code

    @property
    def works_missing(self) -> tuple[Work, ...]:
        return tuple(work for work in self.works if not work.done)

    @property
    def controls_missing(self) -> tuple[ControlStanding, ...]:
        return tuple(control for control in self.controls if control.answer != YES)

    @property
    def pieces_missing(self) -> tuple[PieceStanding, ...]:
        return tuple(piece for piece in self.pieces if piece.state is not State.ACCEPTED)

    @property
    def can_be_done(self) -> bool:
        """Whether somebody may say now that the step is done."""
        missing = self.works_missing or self.controls_missing or self.pieces_missing
        return self.is_open and not missing

    @property
    def is_open(self) -> bool:
        return self.state not in (State.WAITING, State.DONE)

    @property
    def over_standard(self) -> int:
        """Working minutes used beyond the standard; 0 where there is no standard or none is exceeded."""
        if self.step.standard_minutes is None or self.used_minutes is None:
            return 0
        return max(0, self.used_minutes - self.step.standard_minutes)


@dataclass(frozen=True)
class RunStanding:
    """All steps of a run at one moment, in the SOP's order."""

    steps: tuple[StepStanding, ...]

    def step(self, code: str) -> StepStanding:
        return next(standing for standing in self.steps if standing.code == code)

    @property
    def done_count(self) -> int:
        return sum(standing.state is State.DONE for standing in self.steps)

    @property
    def current(self) -> StepStanding | None:
        """The step that is open; None once all are done."""
        return next((standing for standing in self.steps if standing.is_open), None)

    @property
    def finished(self) -> bool:
        return self.done_count == len(self.steps)

    @property
    def used_minutes(self) -> int:
        return sum(standing.used_minutes or 0 for standing in self.steps)


class WorkingTime(Protocol):
    """What standing asks of a business calendar. There are no minutes to a moment that is not later."""

    def working_minutes(self, start: datetime, end: datetime) -> int: ...

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime: ...


YES = "yes"
NO = "no"


def standing(
    definition: SopDefinition,
    facts: Sequence[Fact],
    moment: datetime,
    *,
    fiscal_year: FiscalYear,
    started_at: datetime,
    groups: Sequence[str],
    calendar: WorkingTime,
    works: Mapping[str, Work] | None = None,
) -> RunStanding:
    """Work out where a run stands at a moment.

    `facts` may come in any order; those after the moment do not count. `groups` are the keys of the unit's groups.
    `works` holds the answers of the cards by code; a card that is not there counts as not done. Cards matter only for
    the open step: what is done stays done.
    """
    known = sorted((fact for fact in facts if fact.at <= moment), key=lambda fact: fact.at)
    by_step: dict[str, list[Fact]] = {step.code: [] for step in definition.steps}
    for fact in known:
        by_step.setdefault(fact.step, []).append(fact)

    opened_at: datetime | None = started_at if started_at <= moment else None
    standings = []
    for step in definition.steps:
        stands = _step_standing(step, by_step[step.code], moment, opened_at, fiscal_year, groups, calendar, works or {})
        standings.append(stands)
        opened_at = stands.ended_at
    return RunStanding(tuple(standings))


def window_days(step: Step, fiscal_year: FiscalYear) -> tuple[date, date] | None:
    """The first and last day of a step's calendar window in a fiscal year."""
    if step.window is None:
        return None
    starts, ends = step.window.starts, step.window.ends
    return (
        fiscal_year.month(starts.month, years_before=starts.years_before)[0],
        fiscal_year.month(ends.month, years_before=ends.years_before)[1],
    )


def _step_standing(
    step: Step,
    facts: Sequence[Fact],
    moment: datetime,
    opened_at: datetime | None,
    fiscal_year: FiscalYear,
    groups: Sequence[str],
    calendar: WorkingTime,
    works: Mapping[str, Work],
) -> StepStanding:
    ended_at = _ended_at(facts, opened_at)
    spans = _spans_of_work(step, facts, opened_at, ended_at or moment)
    used = sum(calendar.working_minutes(start, end) for start, end in spans)
    due_at = _due_at(step, fiscal_year, facts, opened_at, calendar)
    pieces = tuple(_piece(group, step, facts, opened=opened_at is not None) for group in groups if step.fan_out)
    answers = tuple(works.get(card, Work(card, False, "")) for card in step.work)
    return StepStanding(
        step=step,
        state=_state(opened_at, ended_at, pieces),
        opened_at=opened_at,
        ended_at=ended_at,
        due_at=due_at,
        window=window_days(step, fiscal_year),
        used_minutes=used if opened_at else None,
        late=_is_late(step, due_at, ended_at or moment, used),
        pieces=pieces,
        controls=tuple(_control(point.code, point.check, facts, works) for point in step.control_points),
        works=answers,
    )


def _ended_at(facts: Sequence[Fact], opened_at: datetime | None) -> datetime | None:
    ended_at = None
    for fact in facts:
        if fact.kind is FactKind.REOPENED:
            ended_at = None
        elif fact.kind is FactKind.DONE and ended_at is None and opened_at is not None and fact.at >= opened_at:
            ended_at = fact.at
    return ended_at


def _spans_of_work(
    step: Step, facts: Sequence[Fact], opened_at: datetime | None, until: datetime
) -> list[tuple[datetime, datetime]]:
    """The spans in which the step's clock ran, none of them before it opened or after it ended."""
    if opened_at is None:
        return []
    if not _has_own_clock(step, facts):
        return [(opened_at, until)]
    spans, taken_up = [], None
    for fact in facts:
        if fact.kind is FactKind.TAKEN_UP and taken_up is None:
            taken_up = fact.at
        elif fact.kind is FactKind.LAID_DOWN and taken_up is not None:
            spans.append((taken_up, fact.at))
            taken_up = None
    if taken_up is not None:
        spans.append((taken_up, until))
    return [(max(start, opened_at), min(end, until)) for start, end in spans]


def _has_own_clock(step: Step, facts: Sequence[Fact]) -> bool:
    return step.clock == "work" or any(fact.kind is FactKind.TAKEN_UP for fact in facts)


def _due_at(
    step: Step,
    fiscal_year: FiscalYear,
    facts: Sequence[Fact],
    opened_at: datetime | None,
    calendar: WorkingTime,
) -> datetime | None:
    if step.window is not None:
        month = step.window.extended_to or step.window.ends
        last_day = fiscal_year.month(month.month, years_before=month.years_before)[1]
        return datetime.combine(last_day + timedelta(days=1), time(), BANGKOK)
    if step.standard_minutes is None or opened_at is None or _has_own_clock(step, facts):
        return None
    return calendar.add_working_minutes(opened_at, step.standard_minutes)


def _is_late(step: Step, due_at: datetime | None, until: datetime, used_minutes: int) -> bool:
    if due_at is not None:
        return until > due_at
    return step.standard_minutes is not None and used_minutes > step.standard_minutes


def _state(opened_at: datetime | None, ended_at: datetime | None, pieces: Sequence[PieceStanding]) -> State:
    if opened_at is None:
        return State.WAITING
    if ended_at is not None:
        return State.DONE
    states = {piece.state for piece in pieces}
    if State.RETURNED in states:
        return State.RETURNED
    handed_in = {State.SUBMITTED, State.ACCEPTED}
    return State.SUBMITTED if states and states <= handed_in and State.SUBMITTED in states else State.OPEN


def _piece(group: str, step: Step, facts: Sequence[Fact], *, opened: bool) -> PieceStanding:
    moves = (FactKind.SUBMITTED, FactKind.RETURNED, FactKind.ACCEPTED)
    last = next((fact for fact in reversed(facts) if fact.piece == group and fact.kind in moves), None)
    if last is None:
        return PieceStanding(group, State.OPEN if opened else State.WAITING, None)
    if last.kind is FactKind.SUBMITTED:
        return PieceStanding(group, State.SUBMITTED if step.checked_by else State.ACCEPTED, last)
    return PieceStanding(group, State.RETURNED if last.kind is FactKind.RETURNED else State.ACCEPTED, last)


def _control(code: str, check: str, facts: Sequence[Fact], works: Mapping[str, Work]) -> ControlStanding:
    answered = next((fact for fact in reversed(facts) if fact.kind is FactKind.ANSWERED and fact.control == code), None)
    if answered is not None:
        return ControlStanding(code, True, answered.answer, fact=answered)
    if check in works:
        work = works[check]
        return ControlStanding(code, work.done, YES if work.done else None, work=work)
    return ControlStanding(code, False)
