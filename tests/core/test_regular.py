"""Work that comes back by itself is done when due, once, and goes on after a failure and after a killed worker."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from raprong.core import regular
from raprong.core.models import RegularRun
from raprong.core.regular import AFTER_A_FAILURE, RUN_LASTS, RegularJob, do_due

NINE = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def each_day(at: datetime) -> datetime:
    """The next nine o'clock after a moment."""
    passed = (at - NINE) // DAY + 1
    return NINE + passed * DAY


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, db: None) -> list[datetime]:
    """A daily job alone in the house, and the moments at which it was done."""
    moments: list[datetime] = []

    def work(at: datetime) -> int:
        moments.append(at)
        return 7

    monkeypatch.setattr(regular, "_jobs", {})
    regular.register(RegularJob("daily", "Daily", each_day, work))
    return moments


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, db: None) -> Callable[[], RegularRun]:
    def work(at: datetime) -> int:
        raise OSError("no space left on device")

    monkeypatch.setattr(regular, "_jobs", {})
    regular.register(RegularJob("daily", "Daily", each_day, work))
    do_due(at=NINE - timedelta(hours=1))
    return RegularRun.objects.get


def test_a_job_seen_for_the_first_time_waits_its_turn(done: list[datetime]) -> None:
    again = do_due(at=NINE - timedelta(hours=1))

    assert (done, again) == ([], NINE)


def test_a_job_is_done_once_when_it_is_due(done: list[datetime]) -> None:
    do_due(at=NINE - timedelta(hours=1))

    again = do_due(at=NINE)
    do_due(at=NINE + timedelta(minutes=1))

    assert (done, again) == ([NINE], NINE + DAY)
    assert RegularRun.objects.get().done == 7


def test_days_without_a_worker_are_made_up_for_once(done: list[datetime]) -> None:
    do_due(at=NINE - timedelta(hours=1))
    late = NINE + 5 * DAY + timedelta(hours=3)

    again = do_due(at=late)

    assert (done, again) == ([late], NINE + 6 * DAY)


def test_what_a_killed_worker_began_is_begun_again(done: list[datetime]) -> None:
    do_due(at=NINE - timedelta(hours=1))
    RegularRun.objects.update(started_at=NINE, next_at=NINE + DAY)

    do_due(at=NINE + RUN_LASTS - timedelta(minutes=1))
    assert done == []

    do_due(at=NINE + RUN_LASTS)
    assert done == [NINE + RUN_LASTS]


def test_a_failure_is_told_and_tried_again_soon(
    failing: Callable[[], RegularRun], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        again = do_due(at=NINE)

    assert again == NINE + AFTER_A_FAILURE
    assert failing().fault == "no space left on device"
    assert "daily" in caplog.text


def test_another_job_is_done_although_one_fails(failing: Callable[[], RegularRun]) -> None:
    done: list[datetime] = []
    regular.register(RegularJob("other", "Other", each_day, lambda at: done.append(at) or 1))
    do_due(at=NINE - timedelta(minutes=1))

    do_due(at=NINE)

    assert done == [NINE]
