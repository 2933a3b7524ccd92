"""Letters at every station of their way, and those who look at them."""

import pytest

from raprong.circulation import actions
from raprong.circulation.models import Letter
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from tests.factories.agreements import proof_of
from tests.factories.circulation import draft_circular


@pytest.fixture
def offices(agencies: dict[str, SampleAgency]) -> dict[str, SampleAgency]:
    """One sample for those at the keyboard and for the letters."""
    return agencies


@pytest.fixture
def drafted(cast: SampleAgency) -> Letter:
    return draft_circular(cast, at=clock.now())


@pytest.fixture
def handed_in(drafted: Letter, cast: SampleAgency) -> Letter:
    return actions.hand_in(drafted, seen=None, by=cast.people["planner"], at=clock.now())


@pytest.fixture
def to_sign(handed_in: Letter, cast: SampleAgency) -> Letter:
    return actions.pass_on(handed_in, seen=None, by=cast.people["planning-head"], at=clock.now())


@pytest.fixture
def signed(to_sign: Letter, cast: SampleAgency) -> Letter:
    director, at = cast.people["director"], clock.now()
    return actions.sign(to_sign, identity=proof_of(director, at=at), by=director, at=at)


@pytest.fixture
def sent(signed: Letter, cast: SampleAgency) -> Letter:
    people = [cast.people[name] for name in ("staff", "staff2", "head1")]
    return actions.send(signed, recipients=people, by=cast.people["planner"], at=clock.now())
