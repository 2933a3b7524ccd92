"""The page of an empty installation, and how it closes behind the first administrator."""

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Person, Unit, User
from raprong.web.home.desk import Desk
from raprong.web.home.setting_up import setting_up

FIRST = "home:first-run"
TYPED = {
    "agency": "กรมทดสอบ",
    "name": "ผู้ดูแล ตัวอย่าง",
    "username": "keeper",
    "password": "long enough for anybody",
    "again": "long enough for anybody",
}


@pytest.mark.parametrize("address", ["/", "/runs/", "/account/sign-in/", "/nowhere/"])
def test_every_address_of_an_empty_installation_leads_to_the_first_page(db: None, address: str) -> None:
    assert Client().get(address).headers["Location"] == reverse(FIRST)


def test_the_first_administrator_is_signed_in_and_led_on(db: None) -> None:
    client = Client()

    page = client.post(reverse(FIRST), TYPED, follow=True)

    assert page.redirect_chain[-1][0] == reverse("home:first-steps")
    assert "กรมทดสอบ" in page.text
    assert client.get(reverse("home:work")).status_code == 200


def test_what_is_wrong_is_said_at_once_and_nothing_is_made(db: None) -> None:
    answer = Client().post(reverse(FIRST), TYPED | {"name": "", "again": "different"})

    assert answer.status_code == 422
    assert answer.text.count('class="fault"') == 2
    assert not User.objects.exists()


def test_a_weak_password_is_refused_at_its_field(db: None) -> None:
    answer = Client().post(reverse(FIRST), TYPED | {"password": "password", "again": "password"})

    assert answer.status_code == 422
    assert 'id="id_password_fault"' in answer.text


def test_once_there_is_an_account_the_page_is_closed(cast: SampleAgency) -> None:
    users = User.objects.count()

    answer = Client().post(reverse(FIRST), TYPED)

    assert answer.status_code == 302
    assert User.objects.count() == users


def test_the_first_page_may_be_read_in_english(db: None) -> None:
    client = Client()
    client.post(reverse("set-language"), {"language": "en"})

    assert "Welcome to Raprong" in client.get(reverse(FIRST)).text


def test_what_is_not_set_up_yet_waits_for_the_administrator(db: None) -> None:
    Client().post(reverse(FIRST), TYPED)
    admin = Person.objects.get()

    [left] = setting_up(Desk.of(admin, clock.now()))
    Unit.objects.create(agency=admin.agency, code="office", name="สำนัก", kind=UnitKind.OFFICE)
    [less] = setting_up(Desk.of(admin, clock.now()))

    assert left.url == reverse("home:first-steps")
    assert left.sentence.startswith("ทำแล้ว ๐ จาก ๔ ขั้น")
    assert less.sentence.startswith("ทำแล้ว ๑ จาก ๔ ขั้น")
