"""Days on which something is due, as an iCalendar file (RFC 5545) that phones and desktops subscribe to.

Each day is an event of a whole day that leaves the day free for other things. Its UID stays while the thing waits, so
that a moved day moves the event and does not add a second one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from raprong.lib.thai.dates import BANGKOK

PRODUCT = "-//Raprong//Due dates//TH"
UID_DOMAIN = "raprong.invalid"  # a name that can belong to nobody (RFC 2606): UIDs only have to differ
HOURS_BETWEEN_LOOKS = 6
UID_LETTERS = 32


@dataclass(frozen=True)
class DueDay:
    """One thing that is due: a key that stays the same, its title, its day and the page where it is done."""

    key: str
    title: str
    on: date
    url: str


def due_calendar(title: str, due: Iterable[DueDay], *, owner: str, on: date) -> bytes:
    """Write the calendar of one owner as it is on a day; the same things on the same day give the same bytes.

    `owner` keeps the UIDs of two people apart who have the same thing to do. Days are days in Bangkok.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", BANGKOK.key)
    calendar.add("refresh-interval", timedelta(hours=HOURS_BETWEEN_LOOKS), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{HOURS_BETWEEN_LOOKS}H")
    stamp = datetime.combine(on, time.min, BANGKOK).astimezone(UTC)
    for one in sorted(due, key=lambda one: (one.on, one.key)):
        calendar.add_component(_event(one, owner, stamp))
    return bytes(calendar.to_ical())


def _event(one: DueDay, owner: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{sha256(f'{owner} {one.key}'.encode()).hexdigest()[:UID_LETTERS]}@{UID_DOMAIN}")
    event.add("dtstamp", stamp)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", one.title)
    event.add("description", one.url)
    event.add("url", one.url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
