from datetime import UTC, date, datetime, timedelta

import pytest

from raprong.access import actions as access
from raprong.access.identity import GOOD_FOR, check_identity, confirm_by_password
from raprong.access.queries import holds
from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person
from tests.cast import PASSWORD

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def test_an_administrator_gives_a_role(cast: SampleAgency) -> None:
    staff, unit = cast.people["staff"], cast.units["mip-1"]

    access.grant(staff, "group_head", unit=unit, starts_on=AT.date(), by=cast.people["admin"], at=AT)

    assert holds(Person.objects.get(pk=staff.pk), "runs.advance", unit, on=AT.date())
    assert Entry.objects.get(kind="access.granted").facts["role"] == "group_head"


def test_nobody_else_gives_roles(cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        access.grant(
            cast.people["staff"],
            "director",
            unit=cast.office,
            starts_on=AT.date(),
            by=cast.people["director"],
            at=AT,
        )


def test_an_administrator_has_no_say_in_another_agency(cast: SampleAgency, other_cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        access.grant(
            other_cast.people["staff.pa"],
            "director",
            unit=other_cast.office,
            starts_on=AT.date(),
            by=cast.people["admin"],
            at=AT,
        )


def test_an_ended_role_stays_written_down(cast: SampleAgency) -> None:
    grant = cast.people["head1"].role_grants.get()

    access.end(grant, on=date(2026, 10, 31), by=cast.people["admin"], at=AT)

    assert not holds(cast.people["head1"], "kpis.propose", cast.units["mip-1"], on=AT.date())
    assert cast.people["head1"].role_grants.count() == 1


def test_a_wrong_password_confirms_nobody(cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        confirm_by_password(cast.people["director"], "a guess", at=AT)


def test_a_confirmed_identity_is_good_for_minutes_and_for_its_person(cast: SampleAgency) -> None:
    director = cast.people["director"]
    identity = confirm_by_password(director, PASSWORD, at=AT)

    check_identity(identity, director, at=AT + GOOD_FOR)
    with pytest.raises(Refused):
        check_identity(identity, director, at=AT + GOOD_FOR + timedelta(seconds=1))
    with pytest.raises(Refused):
        check_identity(identity, cast.people["head1"], at=AT)
