"""My work: what waits, for each of those who have a part in it."""

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import NEW_YEAR

WORK = "home:work"


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def test_the_open_step_waits_for_those_who_do_it(cast: SampleAgency, run: Run) -> None:
    step = run.definition.steps[0]

    assert step.title in seat(cast.people["planner"]).get(reverse(WORK)).text
    waiting = seat(cast.people["staff"]).get(reverse(WORK)).text.split("card-flush")[1].split("</section>")[0]
    assert step.title not in waiting


def test_before_a_year_starts_the_page_says_who_starts_it(cast: SampleAgency) -> None:
    start = reverse("processes:start")

    assert start in seat(cast.people["planner"]).get(reverse(WORK)).text
    assert start not in seat(cast.people["staff"]).get(reverse(WORK)).text


def test_an_administrator_is_led_to_the_first_steps(cast: SampleAgency) -> None:
    assert reverse("home:first-steps") in seat(cast.people["admin"]).get(reverse(WORK)).text


def test_another_department_sees_nothing_of_the_year(run: Run, outsider: Person) -> None:
    page = seat(outsider).get(reverse(WORK)).text

    assert run.public_id not in page
    assert run.unit.name not in page


def test_a_notice_is_read_and_leads_to_its_thing(cast: SampleAgency, run: Run) -> None:
    head = cast.people["planning-head"]
    notice = Notice.objects.create(
        person=head,
        kind="step.opened",
        words={"number": "1", "step": "ร่างกรอบ"},
        about=f"processes.run:{run.public_id}",
        sent_at=NEW_YEAR,
    )
    client = seat(head)
    assert "ร่างกรอบ" in client.get(reverse(WORK)).text

    answer = client.post(reverse("home:read", args=[notice.public_id]))

    assert answer.headers["Location"] == reverse("processes:run", args=[run.public_id])
    assert "ร่างกรอบ" not in client.get(reverse(WORK)).text


def test_a_notice_of_somebody_else_is_not_there(cast: SampleAgency, run: Run) -> None:
    notice = Notice.objects.create(
        person=cast.people["planner"], kind="step.opened", words={}, about="", sent_at=NEW_YEAR
    )

    assert seat(cast.people["staff"]).post(reverse("home:read", args=[notice.public_id])).status_code == 404


@pytest.mark.parametrize("name", ["director", "head1", "staff", "assessor", "host", "executive", "records", "auditor"])
def test_everybody_has_a_page(cast: SampleAgency, run: Run, name: str) -> None:
    assert seat(cast.people[name]).get(reverse(WORK)).status_code == 200
