"""A unit's year as its people take it through its steps."""

from dataclasses import dataclass, field

from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Unit
from tests.journeys import people
from tests.journeys.desk import Desk, Room


@dataclass
class Year:
    """The people of the unit and of its department, and the addresses that the year's pages came to have."""

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
