"""Ways by which notices reach people who are not looking at a page. A plug-in registers its channel at start."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.functional import Promise

from raprong.notifications.models import Notice
from raprong.organisation.models import Person


class NotDelivered(Exception):
    """A channel could not hand a message over; it is tried again later."""


class Channel(Protocol):
    """One way to people. `code` is kept in the database and never reused."""

    code: str
    title: str | Promise

    def in_use(self) -> bool:
        """Whether this installation is set up for the channel."""

    def refusal(self, person: Person) -> str:
        """Why the channel cannot reach a person, in words to them; empty when it can."""

    def send(self, person: Person, notices: Sequence[Notice], *, message: str) -> None:
        """Hand one message with these notices over, or raise `NotDelivered`.

        `message` names the message. The same name comes again when it is not known whether the message got through,
        so that whoever receives it can tell a repeat from a new one.
        """


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    _channels[channel.code] = channel


def all_channels() -> list[Channel]:
    return list(_channels.values())


def channels_in_use() -> list[Channel]:
    return [channel for channel in _channels.values() if channel.in_use()]
