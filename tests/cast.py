"""The people every test knows, in two agencies; see definitions/demonstration/organisation.yaml.

`cast` is the agency whose year most tests tell; `outsider` works in another department and has no business here.
"""

from datetime import UTC, datetime

import pytest

from raprong.cli.sample.organisation import SampleAgency, settle
from raprong.organisation.models import Person
from raprong.processes import actions as processes
from raprong.processes.models import Run
from tests.stage import staged

PASSWORD = "known to every test"
FISCAL_YEAR = 2570
NEW_YEAR = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)  # a Monday, nine in the morning in Bangkok


@staged
def agencies(db: None) -> dict[str, SampleAgency]:
    return settle(password=PASSWORD)


@pytest.fixture
def cast(agencies: dict[str, SampleAgency]) -> SampleAgency:
    return agencies["hss"]


@pytest.fixture
def other_cast(agencies: dict[str, SampleAgency]) -> SampleAgency:
    return agencies["anamai"]


@pytest.fixture
def outsider(other_cast: SampleAgency) -> Person:
    return other_cast.people["planner.pa"]


@staged
def run(cast: SampleAgency) -> Run:
    """The year of the first agency's unit, just started."""
    return start_year(cast)


def start_year(cast: SampleAgency, *, at: datetime = NEW_YEAR) -> Run:
    planner = next(person for name, person in cast.people.items() if name.startswith("planner"))
    return processes.start(
        cast.office, fiscal_year=FISCAL_YEAR, sop_code=cast.sop, bindings=cast.bindings, by=planner, at=at
    )
