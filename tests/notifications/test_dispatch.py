"""Notices go over a channel to those who wish for it: once, in working hours, and never lost."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django_tasks_db.models import DBTaskResult

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.thai.dates import BANGKOK
from raprong.notifications.actions import mark_read, tell
from raprong.notifications.channels import all_channels
from raprong.notifications.dispatch import CLAIM_LASTS, FAILING, WAITS, send_due
from raprong.notifications.enums import DeliveryState, Rhythm
from raprong.notifications.models import Delivery, Notice
from raprong.notifications.preferences import remember_language, wish_for
from raprong.notifications.tasks import deliver
from raprong.organisation.models import Person

MONDAY = datetime(2026, 10, 5, 10, 0, tzinfo=BANGKOK)
TUESDAY_MORNING = datetime(2026, 10, 6, 8, 30, tzinfo=BANGKOK)
(EMAIL,) = [channel for channel in all_channels() if channel.code == "email"]
SHUT_PORT = 9

Tell = Callable[..., None]


@pytest.fixture
def head(cast: SampleAgency, settings: Any) -> Person:
    """Somebody with an e-mail address, where a server is set up."""
    settings.EMAIL_HOST = "localhost"
    person = cast.people["head1"]
    assert person.user is not None
    person.user.email = "head1@office.example"
    person.user.save()
    return person


@pytest.fixture
def told(cast: SampleAgency, django_capture_on_commit_callbacks: Any) -> Tell:
    def tell_about_a_step(*people: Person, at: datetime = MONDAY, step: str = "ร่างกรอบ") -> None:
        with django_capture_on_commit_callbacks(execute=True):
            tell(people, "step.opened", about=cast.office, at=at, number="1", step=step)

    return tell_about_a_step


@pytest.fixture
def broken_server(settings: Any) -> Iterator[None]:
    """A server that does not answer: the real back end, and a port where nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", SHUT_PORT
    yield
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_nobody_gets_mail_who_did_not_ask_for_it(head: Person, told: Tell) -> None:
    told(head)

    send_due(at=MONDAY)

    assert Notice.objects.filter(person=head).count() == 1
    assert (mail.outbox, states()) == ([], [])


def test_what_is_wished_at_once_goes_at_once(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)

    told(head)
    send_due(at=MONDAY)

    (sent,) = mail.outbox
    assert sent.to == ["head1@office.example"]
    assert "ร่างกรอบ" in sent.subject
    assert states() == [DeliveryState.SENT]


def test_a_digest_is_one_message_of_the_day_on_the_next_morning(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.DAILY, by=head)
    told(head, step="ร่างกรอบ")
    told(head, step="ประชุม", at=MONDAY + timedelta(hours=2))

    send_due(at=MONDAY + timedelta(hours=3))
    assert mail.outbox == []

    send_due(at=TUESDAY_MORNING)
    (sent,) = mail.outbox
    assert "๒" in sent.subject
    assert "ร่างกรอบ" in sent.body
    assert "ประชุม" in sent.body


def test_at_night_it_waits_for_the_morning(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)
    night = MONDAY.replace(hour=22)

    told(head, at=night)
    send_due(at=night)
    assert mail.outbox == []

    send_due(at=TUESDAY_MORNING)
    assert len(mail.outbox) == 1


def test_what_was_read_is_not_sent_any_more(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.DAILY, by=head)
    told(head)
    mark_read(Notice.objects.get(person=head), by=head, at=MONDAY)

    send_due(at=TUESDAY_MORNING)

    assert (mail.outbox, states()) == ([], [DeliveryState.SPARED])


def test_who_no_longer_wishes_gets_nothing_more(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.DAILY, by=head)
    told(head)
    wish_for(EMAIL, Rhythm.NEVER, by=head)

    send_due(at=TUESDAY_MORNING)

    assert (mail.outbox, states()) == ([], [DeliveryState.SPARED])


def test_a_closed_account_gets_nothing_more(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)
    told(head)
    assert head.user is not None
    head.user.is_active = False
    head.user.save()

    send_due(at=MONDAY)

    assert (mail.outbox, states()) == ([], [DeliveryState.SPARED])


def test_sending_twice_sends_once(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)
    told(head)

    send_due(at=MONDAY)
    send_due(at=MONDAY + timedelta(days=2))

    assert len(mail.outbox) == 1


def test_a_claim_of_a_living_worker_is_left_alone(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)
    told(head)
    Delivery.objects.update(state=DeliveryState.CLAIMED, claimed_at=MONDAY, message="m")

    send_due(at=MONDAY + CLAIM_LASTS - timedelta(minutes=1))

    assert mail.outbox == []


def test_what_a_killed_worker_had_taken_goes_under_the_same_name(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)
    told(head)
    Delivery.objects.update(state=DeliveryState.CLAIMED, claimed_at=MONDAY, message="m")

    send_due(at=MONDAY + CLAIM_LASTS)

    (sent,) = mail.outbox
    assert sent.extra_headers["Message-ID"].startswith("<m@")


def test_a_server_that_fails_is_tried_again_and_nothing_is_lost(
    head: Person, told: Tell, broken_server: None, settings: Any
) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)
    told(head)

    look_again = send_due(at=MONDAY)
    assert MONDAY + WAITS[0] in look_again
    assert "refused" in Delivery.objects.get().fault.lower()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_due(at=MONDAY + WAITS[0] - timedelta(minutes=1))
    assert mail.outbox == []
    send_due(at=MONDAY + WAITS[0])
    assert (len(mail.outbox), states()) == (1, [DeliveryState.SENT])


def test_administrators_hear_of_a_failing_server_once_and_not_by_it(
    head: Person, told: Tell, broken_server: None, cast: SampleAgency, outsider: Person
) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)
    told(head)

    moments = [MONDAY]
    while moments:
        at = moments.pop()
        send_due(at=at)
        moments = [one for one in Delivery.objects.filter(state="waiting").values_list("due_at", flat=True) if one > at]

    told_of_it = Notice.objects.filter(kind=FAILING)
    assert [notice.person for notice in told_of_it] == [cast.people["admin"]]
    assert "อีเมล" in told_of_it[0].sentence
    assert Delivery.objects.get().attempts == len(WAITS) + 1
    assert states() == [DeliveryState.GIVEN_UP]
    assert Notice.objects.filter(person=head, read_at__isnull=True).count() == 1


def test_another_persons_fault_keeps_nobody_waiting(head: Person, told: Tell, cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    assert staff.user is not None
    staff.user.email = "staff@office.example"
    staff.user.save()
    for person in (head, staff):
        wish_for(EMAIL, Rhythm.AT_ONCE, by=person)
    told(head, staff)
    staff.user.email = "not an address\nBcc: everybody@office.example"
    staff.user.save()

    send_due(at=MONDAY)

    assert [sent.to for sent in mail.outbox] == [["head1@office.example"]]
    assert sorted(states()) == [DeliveryState.SENT, DeliveryState.WAITING]


def test_words_with_line_breaks_stay_in_the_subject(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)

    told(head, step="ร่าง\nBcc: everybody@office.example")
    send_due(at=MONDAY)

    assert "\n" not in mail.outbox[0].subject


def test_a_reader_of_english_gets_english(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)
    remember_language(head, "en")

    told(head)
    send_due(at=MONDAY)

    assert mail.outbox[0].subject.startswith("Raprong: Step 1 is open")


def test_a_job_is_asked_for_each_moment_once(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.DAILY, by=head)

    told(head)
    told(head, at=MONDAY + timedelta(minutes=1))

    assert DBTaskResult.objects.filter(task_path=deliver.module_path).count() == 1


def test_the_job_sends_what_is_due(head: Person, told: Tell) -> None:
    wish_for(EMAIL, Rhythm.AT_ONCE, by=head)
    told(head)

    deliver.call()

    assert len(mail.outbox) == 1


def test_a_channel_that_is_not_set_up_is_refused_in_words(cast: SampleAgency) -> None:
    assert settings.EMAIL_HOST == ""

    with pytest.raises(Refused, match="ยังไม่ได้ตั้งค่า"):
        wish_for(EMAIL, Rhythm.DAILY, by=cast.people["staff"])


def test_without_an_address_nothing_can_be_wished(head: Person, cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    assert staff.user is not None
    staff.user.email = ""

    with pytest.raises(Refused, match="ไม่มีที่อยู่อีเมล"):
        wish_for(EMAIL, Rhythm.DAILY, by=staff)


def test_a_house_without_channels_keeps_notices_alone(cast: SampleAgency, told: Tell) -> None:
    told(cast.people["head1"])

    assert Notice.objects.count() == 1
    assert (states(), DBTaskResult.objects.count()) == ([], 0)
