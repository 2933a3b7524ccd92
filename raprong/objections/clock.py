"""The days to object: working days of the office's calendar, counted from the day after the one that starts them."""

from datetime import date

from raprong.notifications.hours import calendar_around


def working_days_after(day: date, days: int) -> date:
    """The working day that is so many working days after a day."""
    return calendar_around(day.year, day.year + 1).add_working_days(day, days)
