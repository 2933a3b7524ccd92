"""Office calendars kept as data: ``definitions/calendars/*.yaml`` on top of the Thai public holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ConfigDict

from raprong.lib.definition_file import read_definition
from raprong.lib.thai.working_time import BusinessCalendar, thai_calendar

CALENDARS = Path(__file__).parents[2] / "definitions" / "calendars"
GOVERNMENT = CALENDARS / "thai-government.yaml"

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class NamedDay:
    """A day on which an office differs from the public holidays, and why."""

    day: date
    name: str

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class CalendarDefinition:
    """An office calendar as the file tells it: days closed besides the public holidays, and holidays worked on."""

    code: str
    title: str
    closed: tuple[NamedDay, ...] = ()
    kept_open: tuple[NamedDay, ...] = ()
    notes: str = ""

    __pydantic_config__ = _STRICT


def read_calendar(years: Iterable[int], path: Path = GOVERNMENT) -> BusinessCalendar:
    """Build the calendar a file describes, for the given Christian years.

    A file that does not fit raises ``DefinitionFaults`` with every fault, each with its line.
    """
    definition = read_definition(path, CalendarDefinition)
    return thai_calendar(
        years,
        extra_closed=[named.day for named in definition.closed],
        kept_open=[named.day for named in definition.kept_open],
    )
