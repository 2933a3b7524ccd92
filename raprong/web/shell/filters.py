"""How values are written on a page: dates, moments, digits and figures, in the language of the reader.

Running text in Thai has Thai digits and the Buddhist year. Figures that people compare or copy keep Arabic digits in
both languages.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from markupsafe import Markup, escape

from raprong.documents.words import unbroken_words
from raprong.lib.thai import dates
from raprong.lib.thai.digits import to_thai_digits

NOTHING = "–"


def in_thai() -> bool:
    """Whether the reader reads Thai."""
    return (get_language() or "th").startswith("th")


def day_of(value: date | datetime) -> date:
    """The calendar day in Bangkok on which a moment falls; a day stays itself."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def digits(value: object) -> str:
    """A number inside running text: Thai digits for a Thai reader."""
    if value is None:
        return NOTHING
    return to_thai_digits(str(value)) if in_thai() else str(value)


def figure(value: Decimal | int | str | None, places: int | None = None) -> str:
    """A number in a column: Arabic digits, thousands separated, half-up at `places` (None keeps its own places)."""
    if value is None or value == "":
        return NOTHING
    number = Decimal(str(value))
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{number:,f}"


def long_date(value: date | datetime | None) -> str:
    """๒๒ กุมภาพันธ์ ๒๕๖๗, or 22 February 2024."""
    if value is None:
        return NOTHING
    return dates.long_date(day_of(value)) if in_thai() else dates.long_date_en(day_of(value))


def short_date(value: date | datetime | None) -> str:
    """๒๒ ก.พ. ๒๕๖๗, or 22 Feb 2024."""
    if value is None:
        return NOTHING
    return dates.short_date(day_of(value)) if in_thai() else dates.short_date_en(day_of(value))


def weekday_date(value: date | datetime | None) -> str:
    """วันพฤหัสบดีที่ ๒๒ กุมภาพันธ์ ๒๕๖๗, or Thursday, 22 February 2024."""
    if value is None:
        return NOTHING
    return dates.weekday_date(day_of(value)) if in_thai() else dates.weekday_date_en(day_of(value))


def month(value: date | datetime | None) -> str:
    """กุมภาพันธ์ ๒๕๖๗, or February 2024."""
    if value is None:
        return NOTHING
    return dates.month_and_year(day_of(value)) if in_thai() else dates.month_and_year_en(day_of(value))


def moment(value: datetime | None) -> str:
    """A day and a time in Bangkok, as `raprong.lib.thai` writes them."""
    if value is None:
        return NOTHING
    return dates.date_and_time(value) if in_thai() else dates.date_and_time_en(value)


def minutes(value: int | None) -> str:
    """๑,๕๔๐ นาที, or 1,540 minutes."""
    if value is None:
        return NOTHING
    return ngettext("%(count)s minute", "%(count)s minutes", value) % {"count": digits(figure(value))}


def file_size(value: int | None) -> str:
    """The size of a file, in bytes, KB or MB of 1,024."""
    if value is None:
        return NOTHING
    for unit, bytes_each in (("MB", 1024**2), ("KB", 1024)):
        if value >= bytes_each:
            return f"{digits(figure(Decimal(value) / bytes_each, 1))} {unit}"
    return ngettext("%(count)s byte", "%(count)s bytes", value) % {"count": digits(value)}


def whole_words(text: object) -> Markup:
    """Running Thai in which known words stay whole at the end of a line; browsers break inside some of them."""
    escaped = str(escape(text))
    return Markup(unbroken_words().sub(lambda word: f'<span class="whole">{word[0]}</span>', escaped))


FILTERS = {
    "digits": digits,
    "figure": figure,
    "long_date": long_date,
    "short_date": short_date,
    "thai_date": long_date,
    "weekday_date": weekday_date,
    "month": month,
    "moment": moment,
    "minutes": minutes,
    "file_size": file_size,
    "whole_words": whole_words,
}
