"""A unit's whole year, played once from its first step to the circular for all tests that look back on one.

While it is played, everybody looks at their desk each time a day ends, and whoever signs looks right before;
what lies on a desk is told in the first pass, see tests/passes.py.
"""

from collections import defaultdict
from collections.abc import Mapping
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
    """Before a day ends all look at their desks, before a signature its signer. Kept is who found what, by room."""

    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    lookers: dict[str, Person] = field(default_factory=dict)

    def _move(self, moment: datetime) -> None:
        if self._run is not None and day_of(moment) != self.today:
            self.look(self.lookers)
        super()._move(moment)

    def identity_of(self, person: Person) -> ConfirmedIdentity:
        self.look({name: looker for name, looker in self.lookers.items() if looker == person or name == "assessor"})
        return super().identity_of(person)

    def look(self, lookers: Mapping[str, Person]) -> None:
        for username, person in lookers.items():
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
