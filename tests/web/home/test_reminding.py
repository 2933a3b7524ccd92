"""Reminders go out on their mornings, once, gently, and to others when a thing stays undone."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.core.models import RegularRun
from raprong.core.regular import do_due
from raprong.lib.reminders import working_day
from raprong.lib.thai.dates import BANGKOK
from raprong.notifications.hours import calendar_around
from raprong.notifications.models import Notice, PlannedReminder
from raprong.organisation.models import Person, User
from raprong.processes.models import Run
from raprong.web.home.desk import Desk
from raprong.web.home.reminding import remind_everybody
from raprong.web.home.waiting import everything
from tests.cast import NEW_YEAR
from tests.factories.circulation import draft_circular
from tests.factories.year import agree_on_kpis, come_to

MONTHS = "results.months_reported"
Remind = Callable[[date], int]


@pytest.fixture(autouse=True)
def one_agency(cast: SampleAgency, other_cast: SampleAgency) -> None:
    """Every person's morning is looked at, which takes its time; half of them have nothing to do with these tests."""
    User.objects.filter(person__agency=other_cast.agency).update(is_active=False)


@pytest.fixture
def remind(django_capture_on_commit_callbacks: Any) -> Remind:
    """The morning's job on a day."""

    def on_the_morning_of(day: date) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return remind_everybody(morning(day))

    return on_the_morning_of


@pytest.fixture
def month_due(run: Run, cast: SampleAgency) -> date:
    """The day by which October's figures of the first group are due, where nobody has reported any."""
    agree_on_kpis(run, cast)
    come_to(run, MONTHS, by=cast.people["planner"], at=NEW_YEAR)
    found = waiting_months(cast.people["staff"], date(2026, 11, 2))
    assert found
    return found[0]


def morning(day: date) -> datetime:
    return datetime.combine(day, time(8, 30), BANGKOK)


def waiting_months(person: Person, day: date) -> list[date]:
    desk = Desk.of(Person.objects.get(pk=person.pk), morning(day))
    return [one.due_on for one in everything(desk) if one.kind == "month" and one.due_on]


def reminders_of(person: Person) -> list[Notice]:
    return list(Notice.objects.filter(person=person, kind__startswith="reminder.").order_by("sent_at"))


def late_for(person: Person) -> list[Notice]:
    return [found for found in reminders_of(person) if "late" in found.kind]


def working_days(day: date, days: int) -> date:
    return working_day(day, days, calendar_around(2026, 2026))


def test_a_month_is_reminded_of_before_it_is_due(month_due: date, cast: SampleAgency, remind: Remind) -> None:
    remind(working_days(month_due, -1))

    (found,) = reminders_of(cast.people["staff"])
    assert "ตุลาคม" in found.sentence or "ต.ค." in found.sentence


def test_the_same_morning_twice_tells_nobody_twice(month_due: date, cast: SampleAgency, remind: Remind) -> None:
    day = working_days(month_due, -1)

    first, second = remind(day), remind(day)

    assert first > 0
    assert second == 0


def test_an_unread_reminder_gives_way_to_the_next(month_due: date, cast: SampleAgency, remind: Remind) -> None:
    remind(working_days(month_due, -1))
    remind(working_days(month_due, 1))

    unread = [found for found in reminders_of(cast.people["staff"]) if found.read_at is None]

    assert len(unread) == 1


def test_others_hear_of_what_stays_undone_and_whom_it_waits_for(
    month_due: date, cast: SampleAgency, remind: Remind
) -> None:
    remind(working_days(month_due, 6))
    assert late_for(cast.people["director"]) == []

    remind(working_days(month_due, 7))

    (found,) = late_for(cast.people["director"])
    assert str(cast.people["planner"]) in found.sentence
    assert late_for(cast.people["staff"]) == []


def test_a_letter_is_called_a_second_time_until_it_is_acknowledged(
    run: Run, cast: SampleAgency, remind: Remind
) -> None:
    letter, staff = draft_circular(cast), cast.people["staff"]
    received = letter.recipients.create(person=staff, delivered_at=NEW_YEAR)
    day = working_days(NEW_YEAR.date(), 2)

    remind(working_days(NEW_YEAR.date(), 1))
    assert reminders_of(staff) == []

    remind(day)
    (found,) = reminders_of(staff)
    assert letter.subject in found.sentence

    received.acknowledged_at = NEW_YEAR
    received.save()
    remind(working_days(NEW_YEAR.date(), 7))
    assert len(reminders_of(staff)) == 1


def test_what_comes_next_is_planned_for_the_administrator(month_due: date, cast: SampleAgency, remind: Remind) -> None:
    today = working_days(month_due, -5)

    remind(today)

    planned = PlannedReminder.objects.filter(person=cast.people["staff"], rule="around_due_day")
    assert [each.morning for each in planned] == [working_days(month_due, -1)]
    assert PlannedReminder.objects.filter(rule="to_planning", morning=working_days(month_due, 7)).exists()


def test_the_job_of_the_house_fires_on_the_next_working_morning(
    month_due: date, cast: SampleAgency, django_capture_on_commit_callbacks: Any
) -> None:
    day = working_days(month_due, -1)
    evening_before = datetime.combine(working_days(month_due, -2), time(17), BANGKOK)
    do_due(at=evening_before)
    assert RegularRun.objects.get(code="reminders").next_at == morning(day)

    with django_capture_on_commit_callbacks(execute=True):
        do_due(at=morning(day))

    assert reminders_of(cast.people["staff"])
    assert RegularRun.objects.get(code="reminders").done > 0
