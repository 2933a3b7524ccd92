"""Sending what is due: claimed first, so that two workers never send the same; put back when a channel fails."""

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from raprong.access.administration import ADMINISTER
from raprong.access.models import RoleGrant
from raprong.access.roles import roles_that_hold
from raprong.access.rules import refusal
from raprong.core.clock import day_of
from raprong.core.models import new_public_id
from raprong.core.references import reference
from raprong.notifications.channels import Channel, channels_in_use
from raprong.notifications.enums import DeliveryState, Rhythm
from raprong.notifications.hours import next_working_moment
from raprong.notifications.models import Delivery, Notice
from raprong.notifications.preferences import check_may_wish, rhythm_of
from raprong.organisation.models import Agency, Person

log = logging.getLogger(__name__)

FAILING = "channel.failing"
TOLD_AFTER = 3  # attempts, before an administrator hears of it
# A claim as old as this belongs to a worker that was killed. Whether its message left nobody knows: it goes again
# under the same name, which mailboxes take for the same message.
CLAIM_LASTS = timedelta(minutes=30)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 4 * 60, 12 * 60, 24 * 60))


def send_due(*, at: datetime) -> set[datetime]:
    """Send all that is due over every channel, and answer the moments at which to look again."""
    look_again = set()
    for channel in channels_in_use():
        for message in _claim(channel, at):
            look_again.add(at + CLAIM_LASTS)
            if later := _send(channel, message, at):
                look_again.add(later)
    return look_again


@transaction.atomic
def _claim(channel: Channel, at: datetime) -> list[str]:
    """Take what is due, one message for each person, and what a killed worker had taken."""
    mine = Delivery.objects.filter(channel=channel.code)
    mine.filter(state=DeliveryState.WAITING, notice__read_at__isnull=False).update(
        state=DeliveryState.SPARED, ended_at=at
    )
    due = Q(state=DeliveryState.WAITING, due_at__lte=at)
    abandoned = Q(state=DeliveryState.CLAIMED, claimed_at__lte=at - CLAIM_LASTS)
    taken = mine.select_for_update(of=("self",), skip_locked=True).filter(due | abandoned).select_related("notice")
    names: dict[int, str] = defaultdict(new_public_id)
    for delivery in taken:
        delivery.message = delivery.message or names[delivery.notice.person_id]
        delivery.state, delivery.claimed_at = DeliveryState.CLAIMED, at
    Delivery.objects.bulk_update(taken, ["message", "state", "claimed_at"])
    return sorted({delivery.message for delivery in taken})


def _send(channel: Channel, message: str, at: datetime) -> datetime | None:
    """Send one message; answer when to try again where it failed."""
    claimed = Delivery.objects.filter(message=message, state=DeliveryState.CLAIMED)
    claimed.filter(notice__read_at__isnull=False).update(state=DeliveryState.SPARED, ended_at=at)
    notices = [delivery.notice for delivery in claimed.select_related("notice__person__user", "notice__person__agency")]
    if not notices:
        return None
    person = notices[0].person
    if why := refusal(check_may_wish, person, channel) or _unwished(person, channel):
        claimed.update(state=DeliveryState.SPARED, ended_at=at, fault=why[:300])
        return None
    try:
        channel.send(person, notices, message=message)
    except Exception as fault:  # whatever a plug-in raises must not keep other people's notices
        log.warning("A message over %s was not delivered: %s", channel.code, fault)
        return _put_back(channel, message, str(fault) or type(fault).__name__, person.agency, at)
    claimed.update(state=DeliveryState.SENT, ended_at=at, fault="")
    return None


def _unwished(person: Person, channel: Channel) -> str:
    return _("Not wished for any more.") if rhythm_of(person, channel) == Rhythm.NEVER else ""


@transaction.atomic
def _put_back(channel: Channel, message: str, fault: str, agency: Agency, at: datetime) -> datetime | None:
    """Wait longer after each attempt, in working hours; after the last give up. The notice stays in the application."""
    taken = Delivery.objects.filter(message=message, state=DeliveryState.CLAIMED)
    attempts = max(taken.values_list("attempts", flat=True)) + 1
    if attempts >= TOLD_AFTER:
        _tell_administrators(channel, fault, agency, at)
    if attempts > len(WAITS):
        taken.update(state=DeliveryState.GIVEN_UP, attempts=attempts, fault=fault[:300], ended_at=at)
        return None
    again = next_working_moment(at + WAITS[attempts - 1])
    taken.update(state=DeliveryState.WAITING, attempts=attempts, fault=fault[:300], due_at=again)
    return again


def _tell_administrators(channel: Channel, fault: str, agency: Agency, at: datetime) -> None:
    """Tell those who have not an unread notice of it yet. Inside the application alone: the channel is what fails."""
    grants = RoleGrant.objects.in_force(day_of(at)).filter(agency=agency, role__in=roles_that_hold(ADMINISTER))
    told = Notice.objects.filter(kind=FAILING, read_at__isnull=True).values("person")
    people = set(grants.exclude(person__in=told).values_list("person", flat=True))
    words = {"channel": str(channel.title), "because": fault[:300]}
    Notice.objects.bulk_create(
        Notice(person_id=person, kind=FAILING, words=words, about=reference(agency), sent_at=at) for person in people
    )
