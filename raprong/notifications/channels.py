"""Ways by which notices reach people who are not looking at a page.

A package that is installed beside Raprong brings a channel of its own by an entry point; docs/channels.md says how.
"""

import logging
import re
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Protocol

from django.utils.functional import Promise

from raprong.notifications.models import Notice
from raprong.organisation.models import Person

log = logging.getLogger(__name__)

PLUG_INS = "raprong.channels"  # the group of entry points; each names a class that is called without arguments
CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")


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
    """Let people wish for a channel. One with the code of another takes its place."""
    if not CODE.fullmatch(channel.code):
        raise ValueError(f"{channel.code!r} is no code of a channel")
    _channels[channel.code] = channel


def register_plug_ins() -> None:
    """Register the channels of installed packages. One that cannot start is told in the log, and keeps nobody out."""
    for offered in entry_points(group=PLUG_INS):
        try:
            register(offered.load()())
        except Exception:  # whatever another's package does at its start
            log.exception("The channel %s could not be started", offered.value)


def all_channels() -> list[Channel]:
    return list(_channels.values())


def channels_in_use() -> list[Channel]:
    return [channel for channel in _channels.values() if channel.in_use()]
