"""Letters at every station of their way."""

from datetime import timedelta

import pytest

from raprong.circulation import actions
from raprong.circulation.models import Letter
from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person
from tests.cast import NEW_YEAR
from tests.factories.agreements import proof_of
from tests.factories.circulation import draft_circular
from tests.stage import staged

LATER = NEW_YEAR + timedelta(days=1)


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


@pytest.fixture
def director(cast: SampleAgency) -> Person:
    return cast.people["director"]


@staged
def drafted(cast: SampleAgency) -> Letter:
    return draft_circular(cast)


@pytest.fixture
def checker(cast: SampleAgency) -> Person:
    return cast.people["planning-head"]


@staged
def handed_in(drafted: Letter, planner: Person) -> Letter:
    return actions.hand_in(drafted, seen=None, by=planner, at=NEW_YEAR)


@staged
def to_sign(handed_in: Letter, checker: Person) -> Letter:
    return actions.pass_on(handed_in, seen=None, by=checker, at=NEW_YEAR)


@staged
def signed(to_sign: Letter, director: Person) -> Letter:
    return actions.sign(to_sign, identity=proof_of(director, at=LATER), by=director, at=LATER)


@staged
def sent(signed: Letter, cast: SampleAgency, planner: Person) -> Letter:
    people = [cast.people[name] for name in ("staff", "staff2", "head1")]
    return actions.send(signed, recipients=people, by=planner, at=LATER)
