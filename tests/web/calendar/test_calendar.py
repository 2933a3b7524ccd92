"""The page of one's calendar, and the address that calendar programs read."""

import re
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.notifications.calendar_feeds import open_feed, secret_of
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.web.home.desk import Desk
from raprong.web.home.waiting import everything
from tests.cast import NEW_YEAR

MINE, RENEW, WITHDRAW = "calendar:mine", "calendar:renew", "calendar:withdraw"


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def address_of(person: Person) -> str:
    return reverse("calendar:feed", args=[secret_of(open_feed(by=person, at=NEW_YEAR))])


def titles(address: str) -> list[str]:
    answer = Client().get(address)
    assert answer.status_code == HTTPStatus.OK
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_person_gets_copies_renews_and_withdraws_an_address(run: Run, cast: SampleAgency) -> None:
    client = seat(cast.people["planner"])
    assert "due.ics" not in client.get(reverse(MINE)).text

    page = client.post(reverse(RENEW), follow=True).text
    first = re.search(r"http://testserver(/calendar/\w+/due\.ics)", page)
    assert first
    assert Client().get(first[1]).status_code == HTTPStatus.OK

    client.post(reverse(RENEW))
    assert Client().get(first[1]).status_code == HTTPStatus.NOT_FOUND

    assert "due.ics" not in client.post(reverse(WITHDRAW), follow=True).text


def test_the_calendar_holds_what_is_due_for_its_owner_alone(run: Run, cast: SampleAgency) -> None:
    planner, staff = cast.people["planner"], cast.people["staff"]

    due = [one.title for one in everything(Desk.of(planner, clock.now())) if one.due_on]

    assert due
    assert sorted(titles(address_of(planner))) == sorted(due)
    assert titles(address_of(staff)) == []


def test_another_department_gets_nothing_of_the_year(run: Run, outsider: Person) -> None:
    assert titles(address_of(outsider)) == []


def test_events_lead_to_the_page_of_the_work(run: Run, cast: SampleAgency) -> None:
    answer = Client().get(address_of(cast.people["planner"]))

    urls = [str(event["URL"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]

    assert urls
    assert all(url.startswith("http://testserver/") for url in urls)


def test_titles_are_in_the_language_chosen_last(run: Run, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    address = address_of(planner)
    assert "ขั้นที่" in titles(address)[0]

    seat(planner).post(reverse("set-language"), {"language": "en"})

    assert titles(address)[0].startswith("Step 1")


@pytest.mark.parametrize("secret", ["nothing", "2" * 48, "../../x"])
def test_a_wrong_address_is_not_found(db: None, cast: SampleAgency, secret: str) -> None:
    assert Client().get(f"/calendar/{secret}/due.ics").status_code == HTTPStatus.NOT_FOUND


def test_the_address_opens_no_session_and_nothing_else(run: Run, cast: SampleAgency) -> None:
    client = Client()

    answer = client.get(address_of(cast.people["planner"]))

    assert not answer.cookies
    assert client.get(reverse(MINE)).status_code == HTTPStatus.FOUND


def test_an_unchanged_calendar_is_not_sent_again(run: Run, cast: SampleAgency) -> None:
    address = address_of(cast.people["planner"])
    first = Client().get(address)

    again = Client().get(address, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == HTTPStatus.NOT_MODIFIED
    assert first["Cache-Control"].startswith("private")
    assert first["Content-Type"] == "text/calendar; charset=utf-8"


@pytest.mark.parametrize("name", [RENEW, WITHDRAW])
def test_looking_changes_nothing(cast: SampleAgency, name: str) -> None:
    assert seat(cast.people["staff"]).get(reverse(name)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("name", [MINE, RENEW, WITHDRAW])
def test_a_visitor_is_sent_to_sign_in(cast: SampleAgency, name: str) -> None:
    assert reverse("account_login") in Client().post(reverse(name))["Location"]


def test_the_address_is_not_kept_by_the_browser(cast: SampleAgency) -> None:
    assert "no-store" in seat(cast.people["staff"]).get(reverse(MINE))["Cache-Control"]
