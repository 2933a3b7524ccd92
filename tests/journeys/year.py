"""A unit's year as its people take it through its steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from raprong.assessments.models import GroupPart
from raprong.cli.rehearsal.stage import Stage
from raprong.cli.rehearsal.works import PERFORMANCES, report_month, report_round
from raprong.cli.rehearsal.year import begin, perform
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.workbooks.sample import sample_workbook
from raprong.organisation.models import Unit
from raprong.processes.library import sop
from raprong.processes.models import Run
from tests.cast import FISCAL_YEAR, PASSWORD
from tests.journeys import people
from tests.journeys.desk import Desk, Room
from tests.journeys.sample import day_after


@dataclass
class Year:
    """The people of the unit and of its department, and the addresses that the year's pages came to have.

    What the story has shown on pages once, or another story shows, the same people go on doing by the verbs behind
    the pages, as a rehearsal does.
    """

    room: Room
    cast: SampleAgency
    run: str = field(default="")
    evaluation: str = field(default="")

    def desk(self, username: str) -> Desk:
        return self.room.desk_of(username)

    def name(self, username: str) -> str:
        return self.cast.people[username].name

    def group(self, code: str) -> Unit:
        return self.cast.units[code]

    def finish(self, step: str, *, by: str) -> None:
        people.answer_and_finish(self.desk(by), self.run, step, sop_code=self.cast.sop)

    def come_to(self, card: str) -> None:
        """Start the year and do every step before the one with this work."""
        definition, year = sop(self.cast.sop), FiscalYear(FISCAL_YEAR)
        stage = Stage.set([self.cast], definition, sample_workbook(), year, PASSWORD)
        begin(stage)
        for step in takewhile(lambda step: card not in step.work, definition.steps):
            perform(stage, step)
        self.run = stage.run.public_id
        clock.move_to(stage.at)

    def pass_months(self, months: Sequence[date]) -> None:
        """Month by month the clock moves past its end, the figures come in, and the month is closed."""

        def pass_on(stage: Stage) -> None:
            for month in months:
                stage.wait_for(day_after(month))
                report_month(stage, month)

        self._without_pages(pass_on)

    def report_round(self, months: int) -> None:
        """Every group writes its part of the round's report, and it is submitted."""
        self._without_pages(lambda stage: report_round(stage, months))

    def part(self, report: str, code: str) -> str:
        """The address of a group's part of a report."""
        return str(GroupPart.objects.get(assessment__public_id=report, group=self.group(code)).public_id)

    def work(self, *cards: str) -> None:
        """Works that the SOP names are done."""
        for card in cards:
            self._without_pages(PERFORMANCES[card])

    def _without_pages(self, perform: Callable[[Stage], None]) -> None:
        definition, year = sop(self.cast.sop), FiscalYear(FISCAL_YEAR)
        stage = Stage(self.cast, definition, sample_workbook(), year, PASSWORD, at=clock.now())
        stage.run = Run.objects.with_sop().get(public_id=self.run)
        perform(stage)
        if stage.at > clock.now():
            clock.move_to(stage.at)
