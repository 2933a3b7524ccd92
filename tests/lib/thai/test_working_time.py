from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.thai.calendars import CALENDARS, read_calendar
from raprong.lib.thai.dates import BANGKOK
from raprong.lib.thai.working_time import BusinessCalendar, Session, thai_calendar

# Friday 2 to Tuesday 6 January 2026, with Monday the 5th closed.
CALENDAR = BusinessCalendar(frozenset({date(2026, 1, 5)}))


def at(day: int, clock: str) -> datetime:
    return datetime.combine(date(2026, 1, day), time.fromisoformat(clock), BANGKOK)


moments = st.datetimes(
    datetime(2025, 12, 29),  # noqa: DTZ001
    datetime(2026, 1, 19),  # noqa: DTZ001
    timezones=st.sampled_from([BANGKOK, UTC]),
)


@pytest.mark.parametrize(
    "start, end, minutes",
    [
        ((6, "08:30"), (6, "16:30"), 420),
        ((6, "00:00"), (6, "23:59"), 420),
        ((6, "09:00"), (6, "10:15"), 75),
        ((6, "11:30"), (6, "13:30"), 60),
        ((6, "12:00"), (6, "13:00"), 0),
        ((6, "16:30"), (7, "08:30"), 0),
        ((2, "16:00"), (6, "09:00"), 60),
        ((3, "09:00"), (4, "15:00"), 0),
        ((5, "08:30"), (5, "16:30"), 0),
        ((6, "08:30"), (9, "16:30"), 4 * 420),
        ((6, "09:00"), (6, "09:00"), 0),
        ((7, "09:00"), (6, "09:00"), 0),
    ],
)
def test_only_office_hours_of_open_days_count(start: tuple[int, str], end: tuple[int, str], minutes: int) -> None:
    assert CALENDAR.working_minutes(at(*start), at(*end)) == minutes


def test_moments_are_read_in_bangkok_time() -> None:
    opens_in_utc = datetime(2026, 1, 6, 1, 30, tzinfo=UTC)

    assert CALENDAR.working_minutes(opens_in_utc, opens_in_utc + timedelta(hours=1)) == 60


def test_part_of_a_minute_does_not_count() -> None:
    start = at(6, "09:00")

    assert CALENDAR.working_minutes(start, start + timedelta(seconds=119)) == 1


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 1, 6, 9, 0)  # noqa: DTZ001

    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.working_minutes(naive, at(6, "10:00"))
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.add_working_minutes(naive, 5)


@settings(deadline=None, max_examples=60)
@given(moments, moments)
def test_counting_days_agrees_with_walking_minute_by_minute(start: datetime, end: datetime) -> None:
    start, end = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    walked = 0
    moment = start.astimezone(BANGKOK)
    while moment < end:
        clock = moment.time()
        in_hours = time(8, 30) <= clock < time(12) or time(13) <= clock < time(16, 30)
        walked += CALENDAR.is_open(moment.date()) and in_hours
        moment += timedelta(minutes=1)

    assert CALENDAR.working_minutes(start, end) == walked


@given(moments, st.integers(0, 20_000))
def test_time_added_is_time_counted(start: datetime, minutes: int) -> None:
    end = CALENDAR.add_working_minutes(start, minutes)

    assert CALENDAR.working_minutes(start, end) == minutes


@pytest.mark.parametrize(
    "start, minutes, end",
    [
        ((6, "09:00"), 0, (6, "09:00")),
        ((6, "08:30"), 210, (6, "12:00")),
        ((6, "08:30"), 211, (6, "13:01")),
        ((6, "08:30"), 420, (6, "16:30")),
        ((6, "12:30"), 10, (6, "13:10")),
        ((2, "16:00"), 60, (6, "09:00")),
        ((3, "10:00"), 1, (6, "08:31")),
    ],
)
def test_work_ends_at_the_earliest_moment(start: tuple[int, str], minutes: int, end: tuple[int, str]) -> None:
    assert CALENDAR.add_working_minutes(at(*start), minutes) == at(*end)


def test_the_longest_step_of_an_sop_takes_its_days() -> None:
    calendar = BusinessCalendar(frozenset())

    end = calendar.add_working_minutes(at(5, "08:30"), 18_240)

    forty_three_days_and_three_hours_on = datetime(2026, 3, 5, 11, 30, tzinfo=BANGKOK)
    assert end == forty_three_days_and_three_hours_on


@pytest.mark.parametrize("day, days, result", [(2, 0, 2), (3, 0, 6), (2, 1, 6), (2, 2, 7), (5, 1, 6), (6, 4, 12)])
def test_working_days_skip_closed_days(day: int, days: int, result: int) -> None:
    assert CALENDAR.add_working_days(date(2026, 1, day), days) == date(2026, 1, result)


def test_time_cannot_be_taken_back() -> None:
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_working_minutes(at(6, "09:00"), -1)
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_working_days(date(2026, 1, 6), -1)


@pytest.mark.parametrize(
    "hours",
    [
        (),
        (Session(time(12), time(8, 30)),),
        (Session(time(8, 30), time(12)), Session(time(11), time(16, 30))),
    ],
)
def test_office_hours_that_make_no_day_are_refused(hours: tuple[Session, ...]) -> None:
    with pytest.raises(ValueError, match="Office hours"):
        BusinessCalendar(frozenset(), hours)


def test_an_office_may_keep_other_hours() -> None:
    morning = BusinessCalendar(frozenset(), (Session(time(9), time(12)),))

    assert morning.minutes_per_day == 180
    assert morning.working_minutes(at(6, "08:00"), at(7, "17:00")) == 360


def test_thai_public_holidays_and_their_days_in_lieu_are_closed() -> None:
    calendar = thai_calendar([2026, 2027])

    closed = [date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15), date(2026, 12, 7), date(2027, 2, 22)]
    assert not any(calendar.is_open(day) for day in closed)
    assert calendar.is_open(date(2026, 4, 16))


def test_extra_days_close_and_kept_days_open_and_closing_wins() -> None:
    songkran, plain, both = date(2026, 4, 13), date(2026, 4, 16), date(2026, 4, 14)

    calendar = thai_calendar([2026], extra_closed=[plain, both], kept_open=[songkran, both])

    assert [calendar.is_open(day) for day in (songkran, plain, both)] == [True, False, False]


@pytest.mark.parametrize("path", sorted(CALENDARS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_calendar_of_the_library_reads(path: Path) -> None:
    assert read_calendar([2026, 2027], path).minutes_per_day == 420


def test_government_offices_work_on_labour_day_and_rest_on_ploughing_day() -> None:
    calendar = read_calendar([2026, 2027])

    assert calendar.is_open(date(2026, 5, 1))
    assert not calendar.is_open(date(2026, 5, 13))


def test_a_faulty_calendar_is_told_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "trial.yaml"
    path.write_text("code: trial\ntitle: ทดลอง\nclosed:\n  - {day: 2026-02-30, name: ก}\n  - {day: 2026-05-13}\n")

    with pytest.raises(DefinitionFaults) as refused:
        read_calendar([2026], path)

    assert [(fault.line, fault.where) for fault in refused.value.faults] == [
        (4, "closed[0].day"),
        (5, "closed[1].name"),
    ]
