"""The page of a link, and the warning of whoever gave it."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.files import links
from raprong.files.enums import Standing
from raprong.files.models import FrozenLink
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.web.files.watching import look_at_links

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"
NOWHERE = "http://127.0.0.1:9/report.pdf"  # a closed network: nothing is asked


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def link(cast: SampleAgency) -> FrozenLink:
    copy = links.Copy(NOWHERE, PDF, "report.pdf", "รายงาน", "f" * 64, is_page=False)
    return links.keep(copy, unit=cast.office, by=cast.people["staff"], at=AT)


def page_of(link: FrozenLink) -> str:
    return reverse("files:link", args=[link.public_id])


def test_the_giver_sees_the_copy_and_every_look(link: FrozenLink, cast: SampleAgency) -> None:
    links.write_down(link, links.Look(Standing.CLOSED), at=AT + timedelta(days=7))

    page = seat(cast.people["staff"]).get(page_of(link)).text

    assert link.file.sha256 in page
    assert "Access closed" in page
    assert "The copy was kept then" in page


@pytest.mark.parametrize("name", ["staff2", "head1"])
def test_who_sees_nothing_that_it_proves_finds_no_page(link: FrozenLink, cast: SampleAgency, name: str) -> None:
    other = seat(cast.people[name])

    assert other.get(page_of(link)).status_code == HTTPStatus.NOT_FOUND
    assert other.post(page_of(link) + "look/").status_code == HTTPStatus.NOT_FOUND


def test_somebody_of_another_department_finds_no_page(link: FrozenLink, outsider: Person) -> None:
    assert seat(outsider).get(page_of(link)).status_code == HTTPStatus.NOT_FOUND


def test_looking_again_says_what_was_found(link: FrozenLink, cast: SampleAgency) -> None:
    answer = seat(cast.people["staff"]).post(page_of(link) + "look/", follow=True)

    assert "Looked at just now: Could not be reached" in answer.text
    assert not Notice.objects.exists()  # whoever asked knows


def test_the_giver_is_warned_once_of_what_became_of_it(
    link: FrozenLink, cast: SampleAgency, django_capture_on_commit_callbacks: Any
) -> None:
    week = timedelta(days=7)
    with django_capture_on_commit_callbacks(execute=True):
        looked = [look_at_links(AT + week), look_at_links(AT + week + timedelta(hours=1)), look_at_links(AT + 2 * week)]

    assert looked == [1, 0, 1]
    notice = Notice.objects.get()
    assert (notice.person, notice.kind) == (cast.people["staff"], "link.silent")
    assert clock.day_of(notice.sent_at) == clock.day_of(AT + week)


def test_the_giver_may_open_the_copy_whatever_it_proves(link: FrozenLink, cast: SampleAgency) -> None:
    address = reverse("files:file", args=[link.file.public_id])

    copy: Any = seat(cast.people["staff"]).get(address)

    assert b"".join(copy.streaming_content) == PDF
    assert seat(cast.people["head1"]).get(address).status_code == HTTPStatus.NOT_FOUND
