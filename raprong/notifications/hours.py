"""When people may be disturbed: on working days, from the first opening of the office to its last closing."""

from datetime import date, datetime
from functools import cache

from raprong.lib.thai.calendars import read_calendar
from raprong.lib.thai.dates import BANGKOK
from raprong.lib.thai.working_time import BusinessCalendar


def next_working_moment(at: datetime) -> datetime:
    """The moment itself in working hours; at night, on weekends and holidays the next working morning."""
    here, calendar = at.astimezone(BANGKOK), _calendar(at.astimezone(BANGKOK).year)
    opens, closes = calendar.hours[0].opens, calendar.hours[-1].closes
    if calendar.is_open(here.date()) and opens <= here.time() < closes:
        return at
    return next_working_morning(at)


def next_working_morning(at: datetime) -> datetime:
    """The first opening of the office that comes after a moment."""
    here, calendar = at.astimezone(BANGKOK), _calendar(at.astimezone(BANGKOK).year)
    later_today = calendar.is_open(here.date()) and here.time() < calendar.hours[0].opens
    return _opening(here.date() if later_today else calendar.add_working_days(here.date(), 1), calendar)


def _opening(day: date, calendar: BusinessCalendar) -> datetime:
    return datetime.combine(day, calendar.hours[0].opens, BANGKOK)


@cache
def calendar_around(first: int, last: int) -> BusinessCalendar:
    """The office's calendar from the year before one Christian year to the year after another: working days that are
    counted from a day near the turn of a year may lie beyond it.
    """
    return read_calendar(range(first - 1, last + 2))


def _calendar(year: int) -> BusinessCalendar:
    return calendar_around(year, year)
