"""The page on which one chooses what is sent to one."""

from http import HTTPStatus
from typing import Any

from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.notifications.models import Wish
from raprong.organisation.models import Person

PAGE = "notices:to-me"
DAILY = {"channel": "email", "email-rhythm": "daily"}


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def with_address(person: Person) -> Person:
    assert person.user is not None
    person.user.email = f"{person.user.username}@office.example"
    person.user.save()
    return person


def test_a_person_chooses_for_themselves_alone(cast: SampleAgency, settings: Any) -> None:
    settings.EMAIL_HOST = "localhost"
    staff = with_address(cast.people["staff"])

    answer = seat(staff).post(reverse(PAGE), DAILY)

    assert answer.status_code == HTTPStatus.FOUND
    assert [(wish.person, wish.rhythm) for wish in Wish.objects.all()] == [(staff, "daily")]
    assert 'value="daily"' in seat(staff).get(reverse(PAGE)).text


def test_without_a_server_the_page_says_so_and_nothing_is_saved(cast: SampleAgency) -> None:
    client = seat(cast.people["staff"])

    assert "ยังไม่ได้ตั้งค่าอีเมล" in client.get(reverse(PAGE)).text
    assert client.post(reverse(PAGE), DAILY).status_code == HTTPStatus.FORBIDDEN
    assert Wish.objects.count() == 0


def test_a_choice_that_is_none_is_told_at_its_field(cast: SampleAgency, settings: Any) -> None:
    settings.EMAIL_HOST = "localhost"
    client = seat(with_address(cast.people["staff"]))

    answer = client.post(reverse(PAGE), {"channel": "email", "email-rhythm": "hourly"})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "โปรดเลือกหนึ่งข้อ" in answer.text


def test_a_visitor_is_sent_to_sign_in(cast: SampleAgency) -> None:
    assert reverse("account_login") in Client().get(reverse(PAGE))["Location"]
