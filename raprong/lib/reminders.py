"""On which mornings people are reminded of what waits for them, and when somebody else hears of it: rules as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict

from raprong.lib.definition_file import read_definition
from raprong.lib.thai.working_time import BusinessCalendar

REMINDERS = Path(__file__).parents[1] / "definitions" / "reminders.yaml"

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class ReminderRule:
    """Reminds on the given working days before (-) and after a day, and then `then_every` so many until it is done."""

    code: str
    title: str
    title_en: str
    of: frozenset[str]
    counted_from: Literal["due", "asked"]
    working_days: tuple[int, ...]
    then_every: int = 0  # nought: no further one

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        if not self.working_days or any(later <= earlier for earlier, later in pairwise(self.working_days)):
            raise ValueError("Give at least one working day, each later than the one before.")
        if self.then_every < 0:
            raise ValueError("`then_every` counts working days: nought or more.")

    def mornings(self, start: date, calendar: BusinessCalendar) -> Iterator[date]:
        """Every day on which to remind of a thing that is counted from `start`, the earliest first; without end where
        the rule goes on until the thing is done.
        """
        for days in self.working_days:
            yield working_day(start, days, calendar)
        last = self.working_days[-1]
        while self.then_every:
            last += self.then_every
            yield working_day(start, last, calendar)


@dataclass(frozen=True)
class EscalationRule:
    """Tells those who hold a role where the thing waits, once, when it is so many working days late."""

    code: str
    title: str
    title_en: str
    of: frozenset[str]
    working_days: int
    to: tuple[str, ...]

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        if self.working_days < 1:
            raise ValueError("Somebody else hears of a thing when it is late: one working day or more.")

    def morning(self, due_on: date, calendar: BusinessCalendar) -> date:
        """The day on which others hear of a thing that was due on a day."""
        return working_day(due_on, self.working_days, calendar)


@dataclass(frozen=True)
class ReminderRules:
    """All of `definitions/reminders.yaml`. A kind of thing has one reminder at most."""

    reminders: tuple[ReminderRule, ...]
    escalations: tuple[EscalationRule, ...]

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        codes = [rule.code for rule in self.reminders] + [rule.code for rule in self.escalations]
        if len(codes) != len(set(codes)):
            raise ValueError("Each rule needs a code of its own.")
        kinds = [kind for rule in self.reminders for kind in rule.of]
        if len(kinds) != len(set(kinds)):
            raise ValueError("A kind of thing may stand in one reminder only.")

    def reminder_of(self, kind: str) -> ReminderRule | None:
        return next((rule for rule in self.reminders if kind in rule.of), None)

    def escalations_of(self, kind: str) -> Iterator[EscalationRule]:
        return (rule for rule in self.escalations if kind in rule.of)


def read_reminders(path: Path = REMINDERS) -> ReminderRules:
    """Read the rules; a file that does not fit raises `DefinitionFaults`."""
    return read_definition(path, ReminderRules)


def last_and_next(mornings: Iterator[date], on: date) -> tuple[date | None, date | None]:
    """The latest of some rising days that is not after a day, and the first that is."""
    last = None
    for morning in mornings:
        if morning > on:
            return last, morning
        last = morning
    return last, None


def working_day(start: date, days: int, calendar: BusinessCalendar) -> date:
    """The open day so many open days after a day, or before it where the number is negative; nought is the day itself
    or the next open one.
    """
    return calendar.before_working_days(start, -days) if days < 0 else calendar.add_working_days(start, days)
