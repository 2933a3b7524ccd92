"""The stage of a journey: both sample agencies, a served demonstration, and its clock set to the first morning."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from raprong.cli.sample.organisation import SampleAgency
from raprong.core.models import DemonstrationClock
from raprong.lib.thai.dates import BANGKOK
from tests.journeys.desk import Room

MORNING = time(9, 0)


@pytest.fixture
def room(
    browser: Any, live_server: Any, settings: Any, agencies: dict[str, SampleAgency], looks_at_pages: bool
) -> Iterator[Room]:
    settings.DEMONSTRATION = True
    cache.clear()
    room = Room(browser, live_server.url, looks_at_pages=looks_at_pages)
    yield room
    room.close()


@pytest.fixture
def on_the_morning_of(room: Room) -> Callable[[date], None]:
    """Set the clock before the story begins; within the story people move it on its own page."""

    def begin(day: date) -> None:
        ahead = datetime.combine(day, MORNING, BANGKOK) - timezone.now()
        DemonstrationClock.objects.update_or_create(id=1, defaults={"ahead_seconds": int(ahead.total_seconds())})

    return begin
