"""A second factor: who may set it up and give it up, what a code opens, and what the trail tells."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings

from raprong.access import second_factor
from raprong.access.identity import check_identity, confirm_by_code, confirm_by_password
from raprong.access.roles import SecondFactor, all_roles
from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.lib.one_time_codes import code_of, new_secret, step_of
from raprong.organisation.models import Person
from tests.cast import PASSWORD

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)


def code_at(secret: str, moment: datetime) -> str:
    return code_of(secret, step_of(moment))


def set_up(person: Person, secret: str) -> list[str]:
    return second_factor.set_up(secret, code_at(secret, AT), true_time=AT, by=person, at=AT)


@pytest.fixture
def director(cast: SampleAgency) -> Person:
    return cast.people["director"]


@pytest.fixture
def secret() -> str:
    return new_secret()


@pytest.fixture
def director_asks(request: pytest.FixtureRequest) -> Iterator[None]:
    """What the role of directors says of the second factor."""
    roles = all_roles()
    kept = roles["director"]
    roles["director"] = replace(kept, second_factor=request.param)
    yield
    roles["director"] = kept


required = pytest.mark.parametrize("director_asks", [SecondFactor.REQUIRED], indirect=True)
off = pytest.mark.parametrize("director_asks", [SecondFactor.OFF], indirect=True)


def test_whoever_sets_it_up_gets_ten_recovery_codes(director: Person, secret: str) -> None:
    codes = set_up(director, secret)

    assert len(set(codes)) == 10
    assert second_factor.standing_of(director, on=AT.date()).recovery_codes_left == 10
    assert Entry.objects.filter(kind="access.second_factor_set_up", by_name=director.name).exists()


def test_the_secret_is_locked_where_it_is_kept(director: Person, secret: str) -> None:
    set_up(director, secret)

    kept = Authenticator.objects.get(type=second_factor.DEVICE)

    assert secret not in str(kept.data)
    with override_settings(KEYS_PASSPHRASE="another"), pytest.raises(Refused, match="รหัสผ่านของระบบ"):
        second_factor.accepted(director.user, code_at(secret, LATER), true_time=LATER, at=LATER)


def test_a_device_that_does_not_hold_the_secret_is_not_taken(director: Person, secret: str) -> None:
    with pytest.raises(Faults) as refused:
        second_factor.set_up(secret, code_at(new_secret(), AT), true_time=AT, by=director, at=AT)

    assert [fault.field for fault in refused.value.faults] == ["code"]
    assert not second_factor.is_set_up(director)


def test_a_second_device_is_refused_in_words(director: Person, secret: str) -> None:
    set_up(director, secret)

    with pytest.raises(Refused, match="ไว้แล้ว"):
        set_up(director, new_secret())


def test_a_code_proves_who_one_is(director: Person, secret: str) -> None:
    set_up(director, secret)

    identity = confirm_by_code(director, code_at(secret, LATER), true_time=LATER, at=LATER)

    check_identity(identity, director, at=LATER)
    assert identity.method == "code"


def test_a_code_is_good_once(director: Person, secret: str) -> None:
    set_up(director, secret)
    code = code_at(secret, LATER)
    confirm_by_code(director, code, true_time=LATER, at=LATER)

    with pytest.raises(Refused, match="ใช้ไปแล้ว"):
        confirm_by_code(director, code, true_time=LATER, at=LATER)


def test_the_code_that_set_it_up_opens_nothing_more(director: Person, secret: str) -> None:
    set_up(director, secret)

    assert second_factor.accepted(director.user, code_at(secret, AT), true_time=AT, at=AT) is None


def test_a_recovery_code_is_good_once_and_told_in_the_trail(director: Person, secret: str) -> None:
    code = set_up(director, secret)[0]

    first = second_factor.accepted(director.user, f"{code[:4]} {code[4:]}", true_time=LATER, at=LATER)
    again = second_factor.accepted(director.user, code, true_time=LATER, at=LATER)

    assert first is not None
    assert again is None
    assert second_factor.standing_of(director, on=AT.date()).recovery_codes_left == 9
    assert Entry.objects.filter(kind="access.recovery_code_used").count() == 1


def test_new_recovery_codes_stop_the_old(director: Person, secret: str) -> None:
    old = set_up(director, secret)[0]

    second_factor.make_recovery_codes(by=director, at=LATER)

    assert second_factor.accepted(director.user, old, true_time=LATER, at=LATER) is None


def test_a_code_of_somebody_else_opens_nothing(cast: SampleAgency, director: Person, secret: str) -> None:
    set_up(director, secret)
    set_up(cast.people["head1"], new_secret())

    with pytest.raises(Refused):
        confirm_by_code(cast.people["head1"], code_at(secret, LATER), true_time=LATER, at=LATER)


def test_the_password_alone_no_longer_signs(director: Person, secret: str) -> None:
    set_up(director, secret)

    with pytest.raises(Refused, match="ไม่เพียงพอ"):
        confirm_by_password(director, PASSWORD, at=LATER)


@required
@pytest.mark.usefixtures("director_asks")
def test_a_role_that_requires_it_signs_with_nothing_less(director: Person) -> None:
    assert second_factor.is_missing(director, on=AT.date())
    with pytest.raises(Refused, match="ไม่เพียงพอ"):
        confirm_by_password(director, PASSWORD, at=AT)


@required
@pytest.mark.usefixtures("director_asks")
def test_what_a_role_requires_is_not_given_up(director: Person, secret: str) -> None:
    set_up(director, secret)

    with pytest.raises(Refused, match="บทบาทของท่าน"):
        second_factor.lay_down(by=director, at=LATER)


@off
@pytest.mark.usefixtures("director_asks")
def test_where_it_is_off_it_cannot_be_set_up(director: Person, secret: str) -> None:
    with pytest.raises(Refused, match="ไม่ใช้"):
        set_up(director, secret)


def test_giving_it_up_brings_the_password_back(director: Person, secret: str) -> None:
    set_up(director, secret)

    second_factor.lay_down(by=director, at=LATER)

    assert confirm_by_password(director, PASSWORD, at=LATER).method == "password"
    assert not Authenticator.objects.exists()


def test_an_administrator_takes_it_away_for_a_reason(cast: SampleAgency, director: Person, secret: str) -> None:
    set_up(director, secret)
    admin = cast.people["admin"]
    with pytest.raises(Faults):
        second_factor.take_away(director, " ", by=admin, at=LATER)

    second_factor.take_away(director, "Telephone lost; came in person", by=admin, at=LATER)

    assert not second_factor.is_set_up(director)
    entry = Entry.objects.get(kind="access.second_factor_taken_away")
    assert entry.facts["because"] == "Telephone lost; came in person"


@pytest.mark.parametrize("who", ["planner", "head1", "auditor"])
def test_nobody_else_takes_it_away(cast: SampleAgency, director: Person, secret: str, who: str) -> None:
    set_up(director, secret)

    with pytest.raises(Refused):
        second_factor.take_away(director, "because", by=cast.people[who], at=LATER)


def test_an_administrator_of_another_agency_takes_nothing_away(
    other_cast: SampleAgency, director: Person, secret: str
) -> None:
    set_up(director, secret)

    for stranger in other_cast.people.values():
        with pytest.raises(Refused):
            second_factor.take_away(director, "because", by=stranger, at=LATER)


def test_an_administrator_does_not_take_away_their_own(cast: SampleAgency, secret: str) -> None:
    admin = cast.people["admin"]
    set_up(admin, secret)

    with pytest.raises(Refused, match="ผู้ดูแลระบบคนอื่น"):
        second_factor.take_away(admin, "because", by=admin, at=LATER)
