"""What people were reminded of and will be: kept, so that nobody hears of the same thing twice on the same count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from raprong.core.references import reference
from raprong.notifications.models import Notice, PlannedReminder, SentReminder
from raprong.notifications.outbox import post
from raprong.organisation.models import Agency, Person

ONE, MANY = "reminder.one", "reminder.many"
LATE, MANY_LATE = "reminder.late", "reminder.many_late"


@dataclass(frozen=True)
class Reminder:
    """A rule says on `morning` that somebody should hear of a thing. `key` names the thing for as long as it waits."""

    key: str
    rule: str
    morning: date
    due_on: date | None = None


def unsent(person: Person, reminders: Sequence[Reminder]) -> list[Reminder]:
    """Those of the reminders that a person has not had yet."""
    had = SentReminder.objects.filter(person=person, key__in={each.key for each in reminders})
    sent = set(had.values_list("key", "rule", "morning"))
    return [each for each in reminders if (each.key, each.rule, each.morning) not in sent]


@transaction.atomic
def remind(person: Person, reminders: Sequence[Reminder], *, words: dict[str, str], at: datetime) -> None:
    """Tell a person of what waits, all of it in one notice. An earlier reminder that was not read gives way to it."""
    Notice.objects.filter(person=person, kind__in=(ONE, MANY), read_at__isnull=True).update(read_at=at)
    kind = ONE if len(reminders) == 1 else MANY
    post([Notice(person=person, kind=kind, words=words, about=reference(person), sent_at=at)], at=at)
    _keep(person, reminders, at=at)


@transaction.atomic
def tell_of_late(person: Person, late: Sequence[Reminder], *, words: dict[str, str], at: datetime) -> None:
    """Tell a person that things are late which others should do, all of them in one notice."""
    kind = LATE if len(late) == 1 else MANY_LATE
    post([Notice(person=person, kind=kind, words=words, about=reference(person), sent_at=at)], at=at)
    _keep(person, late, at=at)


@transaction.atomic
def plan(agency: Agency, planned: Iterable[tuple[Person, Reminder]], *, at: datetime) -> None:
    """Keep what comes next for an agency's people as it stands at a moment; what was planned before is gone."""
    PlannedReminder.objects.filter(person__agency=agency).delete()
    PlannedReminder.objects.bulk_create(
        PlannedReminder(
            person=person, key=each.key, rule=each.rule, morning=each.morning, due_on=each.due_on, planned_at=at
        )
        for person, each in planned
    )


def _keep(person: Person, reminders: Sequence[Reminder], *, at: datetime) -> None:
    SentReminder.objects.bulk_create(
        SentReminder(person=person, key=each.key, rule=each.rule, morning=each.morning, sent_at=at)
        for each in reminders
    )
