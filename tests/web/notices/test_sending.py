"""What administrators see of the sending of notices."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.notifications.enums import DeliveryState
from raprong.notifications.models import Delivery, Notice
from raprong.notifications.queries import ChannelStanding, standings_of_channels
from raprong.organisation.models import Person
from tests.cast import NEW_YEAR

PAGE = "notices:sending"
HERE = "http://testserver/notices/sending/"


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


def test_an_administrator_tries_a_channel_and_reads_what_became_of_it(cast: SampleAgency, settings: Any) -> None:
    settings.EMAIL_HOST = "localhost"
    admin = cast.people["admin"]
    assert admin.user is not None
    admin.user.email = "admin@office.example"
    admin.user.save()

    page = seat(admin).post(reverse("notices:try", args=["email"]), follow=True).text

    (sent,) = mail.outbox
    assert sent.to == ["admin@office.example"]
    assert "ส่งทดลอง" in page
    assert Notice.objects.get(person=admin, kind="channel.trial").read_at is None
    assert Entry.objects.get(kind="channel.tried").facts["channel"] == "email"


def test_a_trial_that_does_not_leave_says_why(cast: SampleAgency, settings: Any, caplog: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    admin = cast.people["admin"]
    assert admin.user is not None
    admin.user.email = "admin@office.example"
    admin.user.save()

    page = seat(admin).post(reverse("notices:try", args=["email"]), headers={"Referer": HERE}, follow=True).text

    assert "refused" in page
    assert not Notice.objects.filter(kind="channel.trial").exists()


def test_who_has_no_address_is_told_instead_of_asked(cast: SampleAgency, settings: Any) -> None:
    settings.EMAIL_HOST = "localhost"
    admin = cast.people["admin"]
    assert admin.user is not None
    admin.user.email = ""
    admin.user.save()

    assert reverse("notices:try", args=["email"]) not in seat(admin).get(reverse(PAGE)).text


@pytest.mark.parametrize("who", ["staff", "director"])
def test_nobody_else_tries_a_channel(cast: SampleAgency, settings: Any, who: str) -> None:
    settings.EMAIL_HOST = "localhost"

    answer = seat(cast.people[who]).post(reverse("notices:try", args=["email"]))

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert mail.outbox == []
    assert seat(cast.people["admin"]).post(reverse("notices:try", args=["pigeon"])).status_code == HTTPStatus.NOT_FOUND
