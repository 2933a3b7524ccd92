"""My work: what waits, for each of those who have a part in it."""

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cascade.models import Commitment
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.core.references import reference
from raprong.kpis.models import DepartmentList
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.processes import actions as processes
from raprong.processes.models import Run
from raprong.web.home.links import address_of
from tests.cast import NEW_YEAR
from tests.factories.year import agree_on_kpis

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


def test_lines_say_their_year_where_two_are_under_way(cast: SampleAgency, run: Run) -> None:
    client = seat(cast.people["planner"])
    assert "ปีงบประมาณ พ.ศ. ๒๕๗๐ ·" not in client.get(reverse(WORK)).text

    planner = cast.people["planner"]
    processes.start(
        cast.office, fiscal_year=2571, sop_code=cast.sop, bindings=cast.bindings, by=planner, at=clock.now()
    )

    page = client.get(reverse(WORK)).text
    assert "ปีงบประมาณ พ.ศ. ๒๕๗๐ ·" in page
    assert "ปีงบประมาณ พ.ศ. ๒๕๗๑ ·" in page


def test_a_notice_leads_to_what_was_given_and_to_the_list_that_was_sent(cast: SampleAgency, run: Run) -> None:
    kpi, staff = agree_on_kpis(run, cast)[1], cast.people["staff"]
    given = Commitment.objects.create(
        kpi=kpi, person=staff, group=kpi.group, duty="เก็บข้อมูล", assigned_at=NEW_YEAR, assigned_by=cast.people["head1"]
    )
    sent = DepartmentList.objects.create(
        framework=kpi.framework, content=[], sent_at=NEW_YEAR, sent_by=cast.people["planner"]
    )

    to_own = seat(staff).get(address_of(reference(given)))
    to_list = seat(cast.people["assessor"]).get(address_of(reference(sent)))

    assert to_own.headers["Location"] == reverse("cascade:mine", args=[run.public_id])
    assert to_list.headers["Location"] == reverse("kpis:department", args=[run.public_id])


def test_older_notices_are_shown_where_they_are_asked_for(cast: SampleAgency, run: Run) -> None:
    staff = cast.people["staff"]
    for number in range(7):
        words = {"number": str(number), "step": f"ขั้นตอนตัวอย่างที่ {number}"}
        Notice.objects.create(person=staff, kind="step.opened", words=words, about="", sent_at=NEW_YEAR)
    client = seat(staff)

    some, all_of_them = (client.get(reverse(WORK) + query).text for query in ("", "?notices=all"))

    assert some.count("ขั้นตอนตัวอย่างที่") == 5
    assert "?notices=all" in some
    assert all_of_them.count("ขั้นตอนตัวอย่างที่") == 7
