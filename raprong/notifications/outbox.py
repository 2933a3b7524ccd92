"""New notices are put on their way over the channels that their people wish for."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from raprong.notifications.channels import Channel, channels_in_use
from raprong.notifications.enums import DeliveryState, Rhythm
from raprong.notifications.hours import next_working_moment, next_working_morning
from raprong.notifications.models import Delivery, Notice, Wish
from raprong.notifications.tasks import deliver_at


@transaction.atomic
def post(notices: Sequence[Notice], *, at: datetime) -> None:
    """Keep notices, and with them what is to be sent, each to its moment."""
    Notice.objects.bulk_create(notices)
    for channel in channels_in_use():
        _queue(notices, channel, at)


def _queue(notices: Sequence[Notice], channel: Channel, at: datetime) -> None:
    wished = Wish.objects.filter(channel=channel.code, person__in={notice.person_id for notice in notices})
    due = {wish.person_id: _due_at(Rhythm(wish.rhythm), at) for wish in wished.exclude(rhythm=Rhythm.NEVER)}
    moments = set(due.values())
    jobs_there = set(
        Delivery.objects.filter(state=DeliveryState.WAITING, due_at__in=moments).values_list("due_at", flat=True)
    )
    Delivery.objects.bulk_create(
        Delivery(notice=notice, channel=channel.code, due_at=due[notice.person_id])
        for notice in notices
        if notice.person_id in due
    )
    for moment in moments - jobs_there:
        deliver_at(moment)


def _due_at(rhythm: Rhythm, at: datetime) -> datetime:
    return next_working_morning(at) if rhythm == Rhythm.DAILY else next_working_moment(at)
