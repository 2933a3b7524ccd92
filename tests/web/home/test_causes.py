"""Causes that are asked for and corrective actions wait on the first page, and notices lead to the figure."""

from datetime import date
from decimal import Decimal

from django.test import Client, TestCase

from raprong.cli.sample.organisation import SampleAgency
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.actions import Figure, report_many
from raprong.results.follow_up import Plan, choose_level, close_action, write_action
from raprong.results.policies import CARD
from raprong.web.home.desk import Desk
from raprong.web.home.links import address_of
from raprong.web.results import waiting
from tests.cast import NEW_YEAR, PASSWORD
from tests.factories.year import agree_on_kpis, come_to


def on(person: Person) -> Desk:
    return Desk.of(Person.objects.get(pk=person.pk), NEW_YEAR)


def test_a_cause_waits_for_the_group_and_an_action_for_its_owner(run: Run, cast: SampleAgency) -> None:
    staff, head, planner = (cast.people[name] for name in ("staff", "head1", "planner"))
    kpi = agree_on_kpis(run, cast)[1]
    type(kpi).objects.filter(pk=kpi.pk).update(counting="monthly")
    come_to(run, CARD, by=planner, at=NEW_YEAR)
    choose_level(run, Decimal(3), by=planner, at=NEW_YEAR)
    report_many(run, date(2026, 10, 1), [Figure(kpi, Decimal(20))], by=staff, at=NEW_YEAR)

    [asked] = waiting.causes(on(staff))
    plan = Plan("ข้อมูลช้า", "เร่งรัด", head, date(2026, 11, 30))
    with TestCase.captureOnCommitCallbacks(execute=True):
        action = write_action(kpi, date(2026, 10, 1), plan, seen=0, by=staff, at=NEW_YEAR)
    [given] = waiting.corrective_actions(on(head))
    notice = Notice.objects.get(kind="result.action_given")
    browser = Client()
    browser.login(username="head1", password=PASSWORD)
    led = browser.get(address_of(notice.about), follow=True)
    close_action(action, outcome="เสร็จ", seen=1, by=head, at=NEW_YEAR)

    assert "/follow-up/" in asked.url
    assert list(waiting.causes(on(staff))) == []
    assert (given.due_on, given.url) == (date(2026, 11, 30), address_of(notice.about))
    assert led.redirect_chain[-1][0] == f"/results/{kpi.public_id}/2026-10/"
    assert list(waiting.corrective_actions(on(head))) == []
