"""The stage of a rehearsal: the people, the run, the workbook, and a clock that moves when it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

import raprong
from raprong.access.identity import ConfirmedIdentity, confirm_by_password
from raprong.access.queries import has_role, holds
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.lib.sop.shape import Party, SopDefinition
from raprong.lib.sop.standing import window_days
from raprong.lib.thai.dates import BANGKOK
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.thai.working_time import BusinessCalendar
from raprong.lib.workbooks.shape import KpiWorkbook
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import people_of
from raprong.processes.models import Run
from raprong.processes.queries import calendar_of

WORDS = Path(raprong.__file__).parent / "definitions" / "demonstration" / "year.yaml"
MORNING = time(9, 0)


class NobodyMay(Exception):
    """The sample has nobody who may do what the SOP asks for."""


@dataclass
class Stage:
    """Where a rehearsal is played. `at` is the moment that every verb is told."""

    sample: SampleAgency
    sop: SopDefinition
    workbook: KpiWorkbook
    fiscal_year: FiscalYear
    password: str
    at: datetime
    until: datetime | None = None  # the curtain: nothing happens later
    _run: Run | None = field(default=None)

    @classmethod
    def set(
        cls,
        agencies: Sequence[SampleAgency],
        sop: SopDefinition,
        workbook: KpiWorkbook,
        year: FiscalYear,
        password: str,
    ) -> Stage:
        """The agency whose SOP it is plays it, any other SOP the first; the clock stands at the beginning."""
        sample = next((agency for agency in agencies if agency.sop == sop.code), agencies[0])
        first_day = (window_days(sop.steps[0], year) or (year.starts_on,))[0]
        stage = cls(sample, sop, workbook, year, password, at=datetime.combine(first_day, MORNING, BANGKOK))
        stage.wait_for(first_day)
        return stage

    @cached_property
    def bindings(self) -> dict[str, Unit]:
        """Who the SOP's parties are: as the sample says, else the first place where somebody has the party's role."""
        return {
            party.code: self.sample.bindings.get(party.code) or self._place_of(party)
            for party in self.sop.parties_to_bind()
        }

    def _place_of(self, party: Party) -> Unit:
        inside = party.kind == "group"
        for unit in self.sample.units.values():
            fits = unit.parent_id == self.office.pk if inside else unit.parent_id is None and unit != self.office
            working_there = people_of(unit, on=self.today)
            if fits and any(has_role(person, party.role, unit, on=self.today) for person in working_there):
                return unit
        raise NobodyMay(f"{party.role} for {party.title}")

    @property
    def run(self) -> Run:
        assert self._run is not None, "the year has not started"
        return self._run

    @run.setter
    def run(self, run: Run) -> None:
        self._run = run

    @property
    def office(self) -> Unit:
        return self.sample.office

    @property
    def today(self) -> date:
        return day_of(self.at)

    @cached_property
    def calendar(self) -> BusinessCalendar:
        return calendar_of(self.fiscal_year.be)

    @cached_property
    def words(self) -> dict[str, Any]:
        """What the sample people write."""
        words: dict[str, Any] = yaml.safe_load(WORDS.read_text("utf-8"))
        return words

    # --- the clock

    def spend(self, minutes: int) -> None:
        """Let working minutes pass."""
        self._move(self.calendar.add_working_minutes(self.at, minutes))

    def wait_for(self, day: date) -> None:
        """Wait for the first working morning on or after a day."""
        while not self.calendar.is_open(day):
            day += timedelta(days=1)
        self._move(max(self.at, datetime.combine(day, MORNING, BANGKOK)))

    def _move(self, moment: datetime) -> None:
        if self.until is not None and moment > self.until:
            raise CurtainFalls
        self.at = moment

    # --- the people

    def who_may(self, permission: str, unit: Unit | None = None, *, besides: Person | None = None) -> Person:
        """Somebody of the agency who holds a permission in a unit, the nearest first: whoever works there."""
        place = unit or self.office
        for person in self._nearest_first(place):
            if person != besides and holds(person, permission, place, on=self.today):
                return person
        raise NobodyMay(f"{permission} in {place}")

    def identity_of(self, person: Person) -> ConfirmedIdentity:
        """The person gives their password again, as the pages ask them to."""
        return confirm_by_password(person, self.password, at=self.at)

    def _nearest_first(self, place: Unit) -> Iterator[Person]:
        yield from people_of(place, on=self.today)
        yield from sorted(self.sample.people.values(), key=lambda person: person.pk)


class CurtainFalls(Exception):
    """The rehearsal has come to the moment at which it was told to end."""
