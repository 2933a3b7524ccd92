"""A unit's whole year, played once from its first step to the circular for all tests that look back on one.

While it is played, everybody looks at their desk each time the clock moves on; in the second pass nobody does, see
tests/passes.py.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.urls import resolve

from raprong.access.identity import ConfirmedIdentity
from raprong.cli.rehearsal.stage import Stage
from raprong.cli.rehearsal.year import play
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.workbooks.sample import sample_workbook
from raprong.organisation.models import Person
from raprong.processes.library import sop
from raprong.web.home import waiting
from raprong.web.home.desk import Desk
from tests.cast import FISCAL_YEAR, PASSWORD
from tests.passes import Pass
from tests.stage import staged

LOOKERS = ["planner", "planning-head", "head1", "staff", "director", "assessor", "chief-assessor", "executive"]
OUTSIDER = "planner.pa"


@dataclass
class WatchedStage(Stage):
    """Before a day ends and before anybody signs, all look at their desks. Kept is who found something, by room."""

    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    lookers: dict[str, Person] = field(default_factory=dict)

    def _move(self, moment: datetime) -> None:
        if self._run is not None and day_of(moment) != self.today:
            self.look()
        super()._move(moment)

    def identity_of(self, person: Person) -> ConfirmedIdentity:
        self.look()
        return super().identity_of(person)

    def look(self) -> None:
        for username, person in self.lookers.items():
            desk = Desk.of(Person.objects.get(pk=person.pk), self.at)
            for room in waiting.ROOMS:
                for found in room(desk):
                    resolve(urlsplit(found.url).path)
                    self.seen[room.__name__].add(username)


@staged
def finished_year(agencies: dict[str, SampleAgency]) -> WatchedStage:
    """The year of the first agency's unit. Tests that ask for it run one after another (tests/conftest.py)."""
    code = agencies["hss"].sop
    stage = WatchedStage.set(list(agencies.values()), sop(code), sample_workbook(), FiscalYear(FISCAL_YEAR), PASSWORD)
    if not Pass.is_second:
        stage.lookers = {name: stage.sample.people[name] for name in LOOKERS}
        stage.lookers[OUTSIDER] = agencies["anamai"].people[OUTSIDER]
    list(play(stage))
    stage.seen = dict(stage.seen)
    return stage
