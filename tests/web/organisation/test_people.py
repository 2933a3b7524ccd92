"""People and posts: read by the office, entered by administrators."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from raprong.access.models import RoleGrant
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.models import Person, User
from raprong.organisation.queries import position_of

PEOPLE = "organisation:people"


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def test_the_office_reads_who_holds_which_post(cast: SampleAgency) -> None:
    page = seat(cast.people["staff"]).get(reverse(PEOPLE)).text

    assert cast.people["director"].name in page
    assert cast.office.name in page
    assert reverse("organisation:add-person") not in page


def test_a_search_narrows_by_name_post_or_unit(cast: SampleAgency) -> None:
    page = seat(cast.people["staff"]).get(reverse(PEOPLE), {"q": cast.people["director"].name}).text

    assert cast.people["director"].name in page
    assert cast.people["head1"].name not in page


def test_another_department_is_not_shown(cast: SampleAgency, outsider: Person) -> None:
    client = seat(outsider)

    assert cast.people["director"].name not in client.get(reverse(PEOPLE)).text
    assert client.get(reverse("organisation:person", args=[cast.people["director"].public_id])).status_code == 404
    assert client.get(reverse("organisation:unit", args=[cast.office.public_id])).status_code == 404


def test_an_administrator_takes_a_newcomer_from_account_to_post_and_role(cast: SampleAgency) -> None:
    admin = seat(cast.people["admin"])

    page = admin.post(reverse("organisation:add-person"), {"name": "คนใหม่ ตัวอย่าง", "username": "newcomer"})
    password = re.search(r"<dd>([2-9a-z]{14})</dd>", page.text)
    assert password
    assert page.headers["Cache-Control"] == "no-store"
    newcomer = Person.objects.get(user__username="newcomer")
    post = cast.units["mip-1"].positions.get(heads_unit=False)
    day = clock.today().isoformat()
    admin.post(
        reverse("organisation:appoint", args=[newcomer.public_id]), {"position": post.public_id, "starts_on": day}
    )
    admin.post(
        reverse("organisation:give-role", args=[newcomer.public_id]),
        {"role": "staff", "unit": cast.units["mip-1"].public_id, "starts_on": day},
    )

    assert User.objects.get(username="newcomer").check_password(password[1])
    assert position_of(newcomer, on=clock.today()) == post
    own = "ยาวพอและไม่ซ้ำใคร"
    client = seat(newcomer)
    client.post(reverse("account_change_password"), {"oldpassword": password[1], "password1": own, "password2": own})
    assert client.get(reverse(PEOPLE)).status_code == 200


def test_a_role_ends_from_its_line(cast: SampleAgency) -> None:
    grant = RoleGrant.objects.get(person=cast.people["head2"])

    seat(cast.people["admin"]).post(reverse("organisation:end-role", args=[grant.person.public_id, grant.public_id]))

    grant.refresh_from_db()
    assert grant.ends_on == clock.today()


@pytest.mark.parametrize("name", ["director", "planner", "staff"])
def test_others_enter_nothing(cast: SampleAgency, name: str) -> None:
    client, staff = seat(cast.people[name]), cast.people["staff"]
    before = User.objects.count()

    assert client.get(reverse("organisation:add-person")).status_code == 403
    assert client.post(reverse("organisation:add-person"), {"name": "ก", "username": "x"}).status_code == 403
    assert client.post(reverse("organisation:new-password", args=[staff.public_id])).status_code == 403
    assert client.post(reverse("organisation:add-unit"), {"name": "ก"}).status_code == 403
    assert User.objects.count() == before


def test_an_administrator_adds_a_unit_and_its_posts(cast: SampleAgency) -> None:
    admin = seat(cast.people["admin"])

    added = admin.post(reverse("organisation:add-unit"), {"name": "กองใหม่", "letter_code": "สธ ๐๗๙๙"})
    page = admin.post(added.headers["Location"], {"title": "ผู้อำนวยการกองใหม่", "heads_unit": "on"}, follow=True)
    twice = admin.post(added.headers["Location"], {"title": "อีกคน", "heads_unit": "on"})

    assert "ผู้อำนวยการกองใหม่" in page.text
    assert twice.status_code == 422


def test_an_administrator_gives_an_account_its_address(cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    address = reverse("organisation:give-address", args=[staff.public_id])
    admin = seat(cast.people["admin"])

    assert "name@office.go.th" in admin.post(address, {"email": "no address"}).text
    assert admin.post(address, {"email": "staff@new.example"}).status_code == 302
    assert "staff@new.example" in admin.get(reverse("organisation:person", args=[staff.public_id])).text


def test_an_address_is_seen_and_given_by_administrators_alone(cast: SampleAgency, outsider: Person) -> None:
    staff = cast.people["staff"]
    address = reverse("organisation:give-address", args=[staff.public_id])

    assert seat(cast.people["head1"]).post(address, {"email": "x@new.example"}).status_code == 403
    assert seat(outsider).post(address, {"email": "x@new.example"}).status_code == 404
    page = seat(cast.people["head1"]).get(reverse("organisation:person", args=[staff.public_id])).text
    assert str(User.objects.get(person=staff).email) not in page
