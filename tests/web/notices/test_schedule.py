"""What administrators see of what runs by itself."""

import inspect
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from raprong.access.roles import all_roles
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.models import RegularRun
from raprong.lib.reminders import read_reminders
from raprong.notifications.models import PlannedReminder
from raprong.organisation.models import Person
from raprong.web.home import waiting
from raprong.web.notices.schedule import THINGS
from tests.cast import NEW_YEAR

PAGE = "notices:schedule"


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def planned(person: Person) -> PlannedReminder:
    return PlannedReminder.objects.create(
        person=person,
        key="read secret",
        rule="second_call",
        morning=NEW_YEAR.date() + timedelta(days=2),
        planned_at=NEW_YEAR,
    )


def test_the_next_run_and_the_last_failure_are_told(cast: SampleAgency) -> None:
    RegularRun.objects.create(code="reminders", next_at=NEW_YEAR, fault="no space left on device")

    page = seat(cast.people["admin"]).get(reverse(PAGE)).text

    assert "2026-10-05" in page
    assert "ครั้งล่าสุดไม่สำเร็จ" in page
    assert "no space left on device" not in page


def test_whom_reminders_reach_next_is_told_without_the_words(cast: SampleAgency) -> None:
    reminder = planned(cast.people["staff"])

    page = seat(cast.people["admin"]).get(reverse(PAGE)).text

    assert str(reminder.person) in page
    assert "หนังสือที่ต้องอ่าน" in page
    assert "secret" not in page


def test_reminders_of_another_agency_are_not_told(cast: SampleAgency, outsider: Person) -> None:
    planned(outsider)

    page = seat(cast.people["admin"]).get(reverse(PAGE)).text

    assert str(outsider) not in page


@pytest.mark.parametrize("name", ["planner", "staff", "director"])
def test_nobody_but_an_administrator_sees_it(name: str, cast: SampleAgency) -> None:
    answer = seat(cast.people[name]).get(reverse(PAGE))

    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_rules_speak_of_things_that_wait_and_of_roles_there_are() -> None:
    rules = read_reminders()
    source = "".join(inspect.getsource(module) for room in waiting.ROOMS if (module := inspect.getmodule(room)))

    spoken_of = {kind for rule in rules.reminders for kind in rule.of} | {
        kind for rule in rules.escalations for kind in rule.of
    }

    assert spoken_of <= set(THINGS)
    assert [kind for kind in spoken_of if f'"{kind} {{' not in source and f'"{kind}"' not in source] == []
    assert {role for rule in rules.escalations for role in rule.to} <= set(all_roles())
