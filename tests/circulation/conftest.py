"""Letters at every station of their way."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from raprong.access.identity import ConfirmedIdentity, confirm_by_password
from raprong.circulation import actions
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person
from raprong.records.actions import Storage
from tests.cast import FISCAL_YEAR, NEW_YEAR, PASSWORD

LATER = NEW_YEAR + timedelta(days=1)
CONTENT: dict[str, Any] = {
    "to": "ข้าราชการและเจ้าหน้าที่ทุกคน",
    "paragraphs": ["ผลการประเมินได้รับการยืนยันแล้ว", "จึงเรียนมาเพื่อทราบ"],
}


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


@pytest.fixture
def director(cast: SampleAgency) -> Person:
    return cast.people["director"]


def draft_circular(cast: SampleAgency, *, subject: str = "แจ้งผลการประเมิน", **content: Any) -> Letter:
    return actions.draft(
        cast.office,
        kind=LetterKind.CIRCULAR,
        subject=subject,
        content={**CONTENT, **content},
        about=cast.office,
        fiscal_year=FISCAL_YEAR,
        to_unit=None,
        storage=Storage(years=5, place="ตู้เอกสาร"),
        by=cast.people["planner"],
        at=NEW_YEAR,
    )


@pytest.fixture
def drafted(cast: SampleAgency) -> Letter:
    return draft_circular(cast)


@pytest.fixture
def signed(drafted: Letter, director: Person) -> Letter:
    return actions.sign(drafted, identity=proof_of(director), by=director, at=LATER)


@pytest.fixture
def sent(signed: Letter, cast: SampleAgency, planner: Person) -> Letter:
    people = [cast.people[name] for name in ("staff", "staff2", "head1")]
    return actions.send(signed, recipients=people, by=planner, at=LATER)


def proof_of(person: Person, *, at: datetime = LATER) -> ConfirmedIdentity:
    return confirm_by_password(person, PASSWORD, at=at)
