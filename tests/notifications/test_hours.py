"""When people may be disturbed."""

from datetime import datetime

import pytest

from raprong.lib.thai.dates import BANGKOK
from raprong.notifications.hours import next_working_moment, next_working_morning


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        pytest.param("2026-10-05 10:00", "2026-10-05 10:00", id="in working hours at once"),
        pytest.param("2026-10-05 12:30", "2026-10-05 12:30", id="at noon at once"),
        pytest.param("2026-10-05 07:00", "2026-10-05 08:30", id="early in the morning when the office opens"),
        pytest.param("2026-10-05 16:30", "2026-10-06 08:30", id="after the last closing the next morning"),
        pytest.param("2026-10-09 20:00", "2026-10-12 08:30", id="on Friday night on Monday"),
        pytest.param("2026-10-13 10:00", "2026-10-14 08:30", id="on a public holiday the day after"),
        pytest.param("2026-12-31 20:00", "2027-01-04 08:30", id="over the new year"),
    ],
)
def test_what_comes_at_once_waits_for_working_hours(at: str, then: str) -> None:
    assert next_working_moment(here(at)) == here(then)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-10-05 07:00", "2026-10-05 08:30"),
        ("2026-10-05 10:00", "2026-10-06 08:30"),
        ("2026-10-10 10:00", "2026-10-12 08:30"),
    ],
)
def test_a_digest_comes_on_the_next_working_morning(at: str, then: str) -> None:
    assert next_working_morning(here(at)) == here(then)
