"""Working time of a government office: which days are open, and how many working minutes lie between two moments.

Office hours are 08:30 to 12:00 and 13:00 to 16:30 in Bangkok (420 minutes a day), Monday to Friday, unless a day is
closed. A standard time printed in an SOP is counted in these minutes.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise

import holidays

from raprong.lib.thai.dates import BANGKOK

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Session:
    """One unbroken stretch of office hours, in Bangkok time."""

    opens: time
    closes: time


OFFICE_HOURS = (Session(time(8, 30), time(12, 0)), Session(time(13, 0), time(16, 30)))


@dataclass(frozen=True)
class BusinessCalendar:
    """The open days and hours of an office. Saturdays and Sundays are closed and need not be listed.

    Hours that overlap, run backwards or are missing are refused.
    """

    closed_days: frozenset[date]
    hours: tuple[Session, ...] = OFFICE_HOURS

    def __post_init__(self) -> None:
        edges = [edge for session in self.hours for edge in (session.opens, session.closes)]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            raise ValueError("Office hours need at least one session, each after the one before, without overlap.")

    def is_open(self, day: date) -> bool:
        """Tell whether the office works on a day."""
        return day.weekday() < _SATURDAY and day not in self.closed_days

    @property
    def minutes_per_day(self) -> int:
        """Working minutes of a whole open day."""
        return int(sum((_length(session) for session in self.hours), timedelta()).total_seconds()) // 60

    def working_minutes(self, start: datetime, end: datetime) -> int:
        """Count the whole working minutes from one moment to a later one; none when the end is not later.

        Moments may be in any time zone and are read in Bangkok's; one without a zone is refused. Days between the
        first and the last are counted, not walked, so a year costs no more than a day.
        """
        start, end = _in_bangkok(start), _in_bangkok(end)
        if end <= start:
            return 0
        if start.date() == end.date():
            return _minutes(self._worked_on(start.date(), start, end))
        edges = self._worked_on(start.date(), start, None) + self._worked_on(end.date(), None, end)
        return _minutes(edges) + self._open_days_between(start.date(), end.date()) * self.minutes_per_day

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the earliest moment, in Bangkok time, by which so many working minutes have passed since the start.

        None to pass gives the start itself; work that fills a session ends when it closes, not when the next opens.
        A negative number and a moment without a zone are refused.
        """
        if minutes < 0:
            raise ValueError(f"Working minutes to add cannot be negative: {minutes}.")
        start = _in_bangkok(start)
        left = timedelta(minutes=minutes)
        if not left:
            return start
        day = start.date()
        earliest = start
        while True:
            for opens, closes in self._sessions_on(day):
                begins = max(opens, earliest)
                if closes - begins >= left:
                    return begins + left
                left -= max(closes - begins, timedelta())
            day += _ONE_DAY

    def add_working_days(self, day: date, days: int) -> date:
        """Return the open day that is so many open days after a day.

        Nought gives the day itself if it is open, else the next open day. A negative number is refused.
        """
        if days < 0:
            raise ValueError(f"Working days to add cannot be negative: {days}.")
        if days == 0:
            return day if self.is_open(day) else self.add_working_days(day, 1)
        while days:
            day += _ONE_DAY
            days -= self.is_open(day)
        return day

    def before_working_days(self, day: date, days: int) -> date:
        """Return the open day that is so many open days before a day. Less than one is refused."""
        if days < 1:
            raise ValueError(f"Working days to count back must be one or more: {days}.")
        while days:
            day -= _ONE_DAY
            days -= self.is_open(day)
        return day

    def _sessions_on(self, day: date) -> Iterable[tuple[datetime, datetime]]:
        if not self.is_open(day):
            return []
        return [
            (datetime.combine(day, session.opens, BANGKOK), datetime.combine(day, session.closes, BANGKOK))
            for session in self.hours
        ]

    def _worked_on(self, day: date, start: datetime | None, end: datetime | None) -> timedelta:
        spans = (min(closes, end or closes) - max(opens, start or opens) for opens, closes in self._sessions_on(day))
        return sum((span for span in spans if span > timedelta()), timedelta())

    def _open_days_between(self, first: date, last: date) -> int:
        """Count the open days that lie strictly between two days."""
        after = first + _ONE_DAY
        closed = bisect_left(self._closed_weekdays, last) - bisect_left(self._closed_weekdays, after)
        return _weekdays_before(last) - _weekdays_before(after) - closed

    @cached_property
    def _closed_weekdays(self) -> list[date]:
        return sorted(day for day in self.closed_days if day.weekday() < _SATURDAY)


def thai_calendar(
    years: Iterable[int], extra_closed: Iterable[date] = (), kept_open: Iterable[date] = ()
) -> BusinessCalendar:
    """Build the calendar of Thai public holidays, with their days in lieu, for the given Christian years.

    ``extra_closed`` adds days an agency or the cabinet closes, ``kept_open`` takes back public holidays on which the
    office works; closing wins. A year that is not asked for has weekends only, so ask for every year that is counted.
    Holidays come from the ``holidays`` library and are known only as far as they have been announced.
    """
    public = set(holidays.country_holidays("TH", years=sorted(set(years))))
    return BusinessCalendar(frozenset((public - set(kept_open)) | set(extra_closed)))


def _weekdays_before(day: date) -> int:
    """Count Mondays to Fridays from the first Monday of Python's calendar up to, not including, a day."""
    weeks, weekday = divmod(day.toordinal() - 1, 7)
    return weeks * _SATURDAY + min(weekday, _SATURDAY)


def _length(session: Session) -> timedelta:
    day = date.min
    return datetime.combine(day, session.closes) - datetime.combine(day, session.opens)


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)


def _in_bangkok(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone to be counted in working time.")
    return moment.astimezone(BANGKOK)
