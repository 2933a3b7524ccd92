"""Every working morning: whom to remind of what waits for them, and who hears of what stays undone.

What waits is known on the page "My work" alone, which asks every room; that is why this stands at the door.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from raprong.access.queries import people_with_role
from raprong.core.clock import day_of
from raprong.lib.reminders import EscalationRule, ReminderRules, last_and_next, read_reminders
from raprong.lib.thai.working_time import BusinessCalendar
from raprong.notifications.hours import calendar_around
from raprong.notifications.preferences import language_of
from raprong.notifications.reminders import Reminder, plan, remind, tell_of_late, unsent
from raprong.organisation.models import Agency, Person, Unit
from raprong.web.home.desk import Desk, Waiting
from raprong.web.home.waiting import everything
from raprong.web.shell.filters import digits, short_date


@cache
def reminder_rules() -> ReminderRules:
    return read_reminders()


@dataclass
class Late:
    """A thing that somebody else may hear of: what it is, and the people whom it waits for."""

    waiting: Waiting
    people: list[Person] = field(default_factory=list)


def remind_everybody(at: datetime) -> int:
    """Remind the people of every agency; answer how many notices went out. Twice on one day tells nobody twice."""
    return sum(_remind_agency(agency, at) for agency in Agency.objects.all())


def _remind_agency(agency: Agency, at: datetime) -> int:
    told, planned, late = 0, list[tuple[Person, Reminder]](), dict[str, Late]()
    for person in agency.people.filter(user__is_active=True).select_related("user", "agency"):
        with override(language_of(person)):
            waiting = everything(Desk.of(person, at))
            told += _remind(person, waiting, at)
        planned += [(person, reminder) for reminder in _next_reminders(waiting, day_of(at))]
        for one in waiting:
            late.setdefault(one.key, Late(one)).people.append(person)
    planned += [pair for undone in late.values() for pair in _next_escalations(undone, day_of(at))]
    plan(agency, planned, at=at)
    return told + _escalate(late.values(), at)


def _remind(person: Person, waiting: list[Waiting], at: datetime) -> int:
    """One notice of all that has come to its morning; answer how many were sent, one or none."""
    due = {one.key: one for one in waiting}
    reminders = unsent(person, [found for one in waiting if (found := _reminder(one, day_of(at)))])
    if not reminders:
        return 0
    first = min((due[each.key] for each in reminders), key=lambda one: one.due_on or date.max)
    words = {"count": digits(len(reminders)), "thing": first.title, "when": _when(first, day_of(at))}
    remind(person, reminders, words=words, at=at)
    return 1


def _when(one: Waiting, on: date) -> str:
    if one.due_on is None:
        return _("since %(day)s") % {"day": short_date(one.asked_at)}
    words = _("was due on %(day)s") if one.due_on < on else _("due on %(day)s")
    return words % {"day": short_date(one.due_on)}


def _reminder(one: Waiting, on: date) -> Reminder | None:
    """The latest reminder whose morning has come."""
    morning, _next = _mornings(one, on)
    return _of(one, morning) if morning else None


def _next_reminders(waiting: list[Waiting], on: date) -> Iterator[Reminder]:
    for one in waiting:
        _last, morning = _mornings(one, on)
        if morning:
            yield _of(one, morning)


def _of(one: Waiting, morning: date) -> Reminder:
    rule = reminder_rules().reminder_of(one.kind)
    assert rule is not None
    return Reminder(one.key, rule.code, morning, one.due_on)


def _mornings(one: Waiting, on: date) -> tuple[date | None, date | None]:
    """The last morning up to a day and the next after it; none of either where no rule speaks of the thing."""
    rule = reminder_rules().reminder_of(one.kind)
    asked_on = day_of(one.asked_at) if one.asked_at else None
    start = one.due_on if rule and rule.counted_from == "due" else asked_on
    if rule is None or start is None:
        return None, None
    return last_and_next(rule.mornings(start, _calendar(start, on)), on)


def _escalate(late: Iterable[Late], at: datetime) -> int:
    """Tell those who hold the roles that a rule names, all of it in one notice; answer how many were told."""
    heard: dict[Person, dict[str, tuple[Late, Reminder]]] = {}
    for undone in late:
        for person, reminder in _escalations_upto(undone, day_of(at)):
            heard.setdefault(person, {})[undone.waiting.key] = (undone, reminder)
    return sum(_tell_of_late(person, list(found.values()), at) for person, found in heard.items())


def _tell_of_late(person: Person, found: list[tuple[Late, Reminder]], at: datetime) -> int:
    new = unsent(person, [reminder for _late, reminder in found])
    if not new:
        return 0
    first = next(late for late, reminder in found if reminder == new[0])
    with override(language_of(person)):
        words = {
            "count": digits(len(new)),
            "thing": first.waiting.title,
            "place": str(first.waiting.place),
            "when": _when(first.waiting, day_of(at)),
            "people": ", ".join(str(each) for each in first.people),
        }
    tell_of_late(person, new, words=words, at=at)
    return 1


def _escalations_upto(late: Late, on: date) -> Iterator[tuple[Person, Reminder]]:
    for rule, morning in _escalations(late.waiting, on):
        if morning <= on:
            for person in _others(rule, late, on):
                yield person, Reminder(late.waiting.key, rule.code, morning, late.waiting.due_on)


def _next_escalations(late: Late, on: date) -> Iterator[tuple[Person, Reminder]]:
    for rule, morning in _escalations(late.waiting, on):
        if morning > on:
            for person in _others(rule, late, on):
                yield person, Reminder(late.waiting.key, rule.code, morning, late.waiting.due_on)


def _escalations(one: Waiting, on: date) -> Iterator[tuple[EscalationRule, date]]:
    if one.due_on and one.place:
        for rule in reminder_rules().escalations_of(one.kind):
            yield rule, rule.morning(one.due_on, _calendar(one.due_on, on))


def _others(rule: EscalationRule, late: Late, on: date) -> list[Person]:
    """Who holds one of the rule's roles where the thing waits, but none of those who should do it themselves."""
    place = late.waiting.place
    assert isinstance(place, Unit)
    found = {person.pk: person for role in rule.to for person in people_with_role(role, place, on=on)}
    for person in late.people:
        found.pop(person.pk, None)
    return list(found.values())


def _calendar(start: date, on: date) -> BusinessCalendar:
    return calendar_around(min(start, on).year, max(start, on).year)
