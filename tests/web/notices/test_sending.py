"""What administrators see of the sending of notices."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.notifications.enums import DeliveryState
from raprong.notifications.models import Delivery, Notice
from raprong.notifications.queries import ChannelStanding, standings_of_channels
from raprong.organisation.models import Person
from tests.cast import NEW_YEAR

PAGE = "notices:sending"


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def delivery(person: Person, state: DeliveryState, **facts: Any) -> None:
    words = {"number": "1", "step": "เรื่องส่วนตัว"}
    notice = Notice.objects.create(
        person=person, kind="step.opened", words=words, about="core.nothing:x", sent_at=NEW_YEAR
    )
    Delivery.objects.create(notice=notice, channel="email", state=state, **{"due_at": NEW_YEAR, **facts})


def standing(cast: SampleAgency) -> ChannelStanding:
    (found,) = standings_of_channels(cast.agency)
    return found


def test_the_next_sending_the_last_and_the_failures_are_told(cast: SampleAgency, settings: Any) -> None:
    settings.EMAIL_HOST = "localhost"
    staff, soon = cast.people["staff"], NEW_YEAR + timedelta(hours=1)
    delivery(staff, DeliveryState.SENT, ended_at=NEW_YEAR)
    delivery(staff, DeliveryState.WAITING, due_at=soon)
    delivery(staff, DeliveryState.WAITING, due_at=soon + timedelta(hours=1), attempts=2, fault="connection refused")

    found = standing(cast)
    page = seat(cast.people["admin"]).get(reverse(PAGE)).text

    assert (found.waiting, found.next_at, found.failing) == (2, soon, 1)
    assert (found.sent, found.last_sent_at, found.given_up) == (1, NEW_YEAR, 0)
    assert "connection refused" in page
    assert "เรื่องส่วนตัว" not in page


def test_what_was_given_up_is_an_error(cast: SampleAgency, settings: Any) -> None:
    settings.EMAIL_HOST = "localhost"
    delivery(cast.people["staff"], DeliveryState.GIVEN_UP, attempts=7, fault="mailbox unavailable")

    page = seat(cast.people["admin"]).get(reverse(PAGE)).text

    assert "notice-error" in page
    assert "mailbox unavailable" in page


def test_another_departments_failures_are_not_counted(cast: SampleAgency, outsider: Person) -> None:
    delivery(outsider, DeliveryState.WAITING, attempts=2, fault="connection refused")

    assert (standing(cast).waiting, standing(cast).fault) == (0, "")


def test_a_house_that_sends_nothing_says_so(cast: SampleAgency) -> None:
    assert "ยังไม่ได้ตั้งค่า" in seat(cast.people["admin"]).get(reverse(PAGE)).text


@pytest.mark.parametrize("who", ["staff", "director", "planner", "auditor"])
def test_only_administrators_look(cast: SampleAgency, who: str) -> None:
    client = seat(cast.people[who])

    assert client.get(reverse(PAGE)).status_code == HTTPStatus.FORBIDDEN
    assert reverse(PAGE) not in client.get(reverse("notices:to-me")).text
