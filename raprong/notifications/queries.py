"""How the channels are doing, for those who administer an agency."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from raprong.notifications.channels import Channel, all_channels
from raprong.notifications.enums import DeliveryState
from raprong.notifications.models import Delivery
from raprong.organisation.models import Agency

UNDER_WAY = (DeliveryState.WAITING, DeliveryState.CLAIMED)


@dataclass(frozen=True)
class ChannelStanding:
    """What one channel has to do for an agency's people, when it does it next, and what it could not do."""

    channel: Channel
    waiting: int
    next_at: datetime | None
    failing: int  # of those that wait, how many failed at least once
    fault: str  # of the newest that failed
    sent: int
    last_sent_at: datetime | None
    given_up: int


def standings_of_channels(agency: Agency) -> list[ChannelStanding]:
    return [_standing(agency, channel) for channel in all_channels()]


def _standing(agency: Agency, channel: Channel) -> ChannelStanding:
    mine = Delivery.objects.filter(notice__person__agency=agency, channel=channel.code)
    under_way, sent = Q(state__in=UNDER_WAY), Q(state=DeliveryState.SENT)
    failed = mine.exclude(fault="").filter(under_way | Q(state=DeliveryState.GIVEN_UP)).order_by("-claimed_at")
    counted = mine.aggregate(
        waiting=Count("pk", filter=under_way),
        next_at=Min("due_at", filter=under_way),
        failing=Count("pk", filter=under_way & Q(attempts__gt=0)),
        sent=Count("pk", filter=sent),
        last_sent_at=Max("ended_at", filter=sent),
        given_up=Count("pk", filter=Q(state=DeliveryState.GIVEN_UP)),
    )
    newest = failed.first()
    return ChannelStanding(channel=channel, fault=newest.fault if newest else "", **counted)
