"""A person's desk, and one thing that lies on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from raprong.core.clock import day_of
from raprong.lib.sop.standing import RunStanding, State
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.processes.queries import standing_of, step_with_work
from raprong.web.processes.panel import due_day


@dataclass(frozen=True)
class Waiting:
    """One thing that somebody waits for this person to do. Its key is the same in every language and on every day.

    `asked_at` says when it came to the person where no day is set for it; `place` is the unit or group in which it
    waits, where others may hear that it is late; `run` is the unit's year that it belongs to.
    """

    title: str
    sentence: str
    due_on: date | None
    url: str
    label: str
    primary: bool = False  # without it something else cannot go on
    key: str = field(kw_only=True)
    asked_at: datetime | None = field(default=None, kw_only=True)
    place: Unit | None = field(default=None, kw_only=True)
    run: Run | None = field(default=None, kw_only=True)

    @property
    def kind(self) -> str:
        """The first word of the key, by which rules speak of the thing: `month`, `sign`, `read`."""
        return self.key.split(" ", 1)[0]


@dataclass
class Desk:
    """One person at one moment, with the runs they see and where each stands; worked out once for all rooms."""

    person: Person
    at: datetime
    runs: Sequence[tuple[Run, RunStanding]] = field(default_factory=list)

    @classmethod
    def of(cls, person: Person, at: datetime) -> Desk:
        seen = Run.objects.visible_to(person, on=day_of(at)).with_sop()
        standings = ((run, standing_of(run, at=at)) for run in seen)
        return cls(person, at, [(run, standing) for run, standing in standings if not standing.finished])

    @property
    def on(self) -> date:
        return day_of(self.at)

    def is_open(self, run: Run, standing: RunStanding, card: str) -> bool:
        """Whether the step of a work is open; an SOP that does not ask for the work sets it no order."""
        step = step_with_work(run, card)
        return step is None or standing.step(step.code).state not in (State.WAITING, State.DONE)

    def is_done(self, run: Run, standing: RunStanding, card: str) -> bool:
        """Whether the step of a work is done; never where the SOP does not ask for the work."""
        step = step_with_work(run, card)
        return step is not None and standing.step(step.code).state is State.DONE

    def due_on(self, run: Run, card: str) -> date | None:
        """The last day on which the step of a work is in time; None where no step, or none that stands open, has it."""
        step = step_with_work(run, card)
        standing = next((standing for seen, standing in self.runs if seen == run), None)
        return due_day(standing.step(step.code)) if step and standing else None
