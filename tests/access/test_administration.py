"""Setting an agency up: what an administrator enters, and what nobody else may."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from raprong.access import actions as access
from raprong.access import administration
from raprong.access.models import RoleGrant
from raprong.access.queries import holds_in_agency
from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.organisation.models import Agency, Person, Unit, User
from raprong.organisation.queries import head_of

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
FIRST = {"agency": "กรมทดสอบ", "name": "ผู้ดูแล ตัวอย่าง", "username": "keeper", "password": "ยาวพอและไม่ซ้ำใคร"}


def test_an_empty_installation_is_founded_once(db: None) -> None:
    keeper = administration.found(**FIRST, at=AT)

    assert holds_in_agency(keeper, administration.ADMINISTER, keeper.agency, on=TODAY)
    assert keeper.user is not None
    assert keeper.user.check_password(FIRST["password"])
    assert Entry.objects.get().kind == "organisation.founded"
    with pytest.raises(Refused):
        administration.found(**FIRST | {"username": "second"}, at=AT)
    assert User.objects.count() == 1


def test_founding_names_every_fault_at_once(db: None) -> None:
    with pytest.raises(Faults) as refused:
        administration.found(agency=" ", name="", username="keeper", password="short", at=AT)

    assert {fault.field for fault in refused.value.faults} == {"agency", "name", "password"}
    assert not User.objects.exists()
    assert not Agency.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_found_at_the_same_time_one_is_told() -> None:
    answers: list[str] = []
    together = threading.Barrier(2)

    def try_it(username: str) -> None:
        together.wait()
        try:
            administration.found(**FIRST | {"username": username}, at=AT)
            answers.append("founded")
        except Refused:
            answers.append("refused")
        finally:
            connection.close()

    racers = [threading.Thread(target=try_it, args=(name,)) for name in ("one", "two")]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert sorted(answers) == ["founded", "refused"]
    assert (User.objects.count(), Agency.objects.count(), Person.objects.count()) == (1, 1, 1)


def test_an_administrator_enters_a_unit_its_head_and_an_account(cast: SampleAgency) -> None:
    admin = cast.people["admin"]

    office = administration.add_unit(cast.agency, name="กองใหม่", by=admin, at=AT)
    group = administration.add_unit(cast.agency, name="กลุ่มใหม่", parent=office, by=admin, at=AT)
    post = administration.add_position(group, title="หัวหน้ากลุ่ม", heads_unit=True, by=admin, at=AT)
    person, password = administration.add_person(cast.agency, name="คนใหม่ ตัวอย่าง", username="newcomer", by=admin, at=AT)
    administration.appoint(person, post, starts_on=TODAY, by=admin, at=AT)

    assert head_of(group, on=TODAY) == person
    assert User.objects.get(username="newcomer").check_password(password)
    assert password not in str([entry.facts for entry in Entry.objects.all()])


@pytest.mark.parametrize("name", ["director", "planner", "auditor"])
def test_nobody_else_sets_the_agency_up(cast: SampleAgency, name: str) -> None:
    other = cast.people[name]
    post = cast.office.positions.get(heads_unit=True)

    for attempt in (
        lambda: administration.add_unit(cast.agency, name="กอง", by=other, at=AT),
        lambda: administration.add_position(cast.office, title="ตำแหน่ง", by=other, at=AT),
        lambda: administration.add_person(cast.agency, name="ใคร", username="who", by=other, at=AT),
        lambda: administration.appoint(other, post, starts_on=TODAY, by=other, at=AT),
        lambda: administration.give_new_password(cast.people["staff"], by=other, at=AT),
    ):
        with pytest.raises(Refused):
            attempt()


def test_an_administrator_of_another_agency_sets_nothing_up_here(cast: SampleAgency, other_cast: SampleAgency) -> None:
    stranger = other_cast.people["admin.pa"]

    with pytest.raises(Refused):
        administration.add_unit(cast.agency, name="กอง", by=stranger, at=AT)
    with pytest.raises(Refused):
        administration.give_new_password(cast.people["director"], by=stranger, at=AT)


def test_an_administrator_of_another_agency_ends_no_role_for_the_whole_agency(
    cast: SampleAgency, other_cast: SampleAgency
) -> None:
    whole = RoleGrant.objects.get(person=cast.people["assessor"], unit=None)

    with pytest.raises(Refused):
        access.end(whole, on=TODAY, by=other_cast.people["admin.pa"], at=AT)


def test_nobody_ends_their_own_right_to_give_roles(cast: SampleAgency) -> None:
    own = RoleGrant.objects.get(person=cast.people["admin"])

    with pytest.raises(Refused):
        access.end(own, on=TODAY, by=cast.people["admin"], at=AT)


def test_a_heads_post_is_held_by_one_at_a_time(cast: SampleAgency) -> None:
    post = cast.office.positions.get(heads_unit=True)

    with pytest.raises(Faults):
        administration.appoint(cast.people["staff"], post, starts_on=TODAY, by=cast.people["admin"], at=AT)


def test_an_appointment_ends_on_its_day(cast: SampleAgency) -> None:
    held = cast.people["head1"].appointments.get()

    administration.end_appointment(held, on=TODAY, by=cast.people["admin"], at=AT)

    assert head_of(cast.units["mip-1"], on=TODAY) == cast.people["head1"]
    assert head_of(cast.units["mip-1"], on=TODAY + timedelta(days=1)) is None


def test_a_group_holds_no_groups(cast: SampleAgency) -> None:
    with pytest.raises(Faults):
        administration.add_unit(cast.agency, name="กลุ่มย่อย", parent=cast.units["mip-1"], by=cast.people["admin"], at=AT)
    assert not Unit.objects.filter(name="กลุ่มย่อย").exists()


def test_a_user_name_is_given_once(cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        administration.add_person(cast.agency, name="อีกคน", username="PLANNER", by=cast.people["admin"], at=AT)

    assert [fault.field for fault in refused.value.faults] == ["username"]


def test_an_account_gets_an_address_of_its_own(cast: SampleAgency) -> None:
    admin, staff, head = (cast.people[name] for name in ("admin", "staff", "head1"))

    administration.give_address(staff, " new@office.example ", by=admin, at=AT)

    assert User.objects.get(person=staff).email == "new@office.example"
    entry = Entry.objects.get(kind="organisation.address_given")
    assert "new@office.example" not in str(entry.facts)
    with pytest.raises(Faults):
        administration.give_address(head, "NEW@office.example", by=admin, at=AT)


@pytest.mark.parametrize("who", ["staff", "director", "auditor"])
def test_an_address_is_given_by_administrators_alone(cast: SampleAgency, who: str) -> None:
    with pytest.raises(Refused):
        administration.give_address(cast.people["staff"], "x@office.example", by=cast.people[who], at=AT)


def test_an_administrator_of_another_department_gives_no_address(cast: SampleAgency, other_cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        administration.give_address(cast.people["staff"], "x@o.example", by=other_cast.people["admin.pa"], at=AT)
