"""Dates as Thai offices write them (day, month, พ.ศ.), their English counterparts, and reading them back.

Long form ``๒๒ กุมภาพันธ์ ๒๕๖๗`` as official papers print it, short form ``๒๒ ก.พ. ๒๕๖๗`` for tables. The Buddhist
year is the Christian year plus 543.
"""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from raprong.lib.thai.digits import to_arabic_digits, to_thai_digits

BANGKOK = ZoneInfo("Asia/Bangkok")

_BE_OFFSET = 543
_FIRST_CE, _LAST_CE = 1900, 2199

_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_MONTHS_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def be_year(ce: int) -> int:
    """Return the Buddhist year of a Christian year."""
    return ce + _BE_OFFSET


def ce_year(be: int) -> int:
    """Return the Christian year of a Buddhist year."""
    return be - _BE_OFFSET


def month_name(month: int) -> str:
    """Return the long Thai name of a calendar month, 1 to 12."""
    return _MONTHS[_month_index(month)]


def month_short(month: int) -> str:
    """Return the short Thai name of a calendar month, 1 to 12."""
    return _MONTHS_SHORT[_month_index(month)]


def month_name_en(month: int) -> str:
    """Return the long English name of a calendar month, 1 to 12."""
    return _MONTHS_EN[_month_index(month)]


def month_short_en(month: int) -> str:
    """Return the three-letter English name of a calendar month, 1 to 12."""
    return _MONTHS_EN[_month_index(month)][:3]


def long_date(day: date, *, thai_digits: bool = True) -> str:
    """Write a day as official papers do: ``๒๒ กุมภาพันธ์ ๒๕๖๗``."""
    return _in_digits(f"{day.day} {month_name(day.month)} {be_year(day.year)}", thai_digits)


def short_date(day: date, *, thai_digits: bool = True) -> str:
    """Write a day as tables do: ``๒๒ ก.พ. ๒๕๖๗``."""
    return _in_digits(f"{day.day} {month_short(day.month)} {be_year(day.year)}", thai_digits)


def weekday_date(day: date, *, thai_digits: bool = True) -> str:
    """Write a day with its day of the week: ``วันพฤหัสบดีที่ ๒๒ กุมภาพันธ์ ๒๕๖๗``."""
    return f"วัน{_WEEKDAYS[day.weekday()]}ที่ {long_date(day, thai_digits=thai_digits)}"


def month_and_year(day: date, *, thai_digits: bool = True) -> str:
    """Write the month a day lies in: ``กุมภาพันธ์ ๒๕๖๗``."""
    return _in_digits(f"{month_name(day.month)} {be_year(day.year)}", thai_digits)


def date_and_time(at: datetime, *, thai_digits: bool = True) -> str:
    """Write a moment in Bangkok time: ``๒๒ กุมภาพันธ์ ๒๕๖๗ เวลา ๐๘.๓๐ น.``. A moment without a zone is refused."""
    local = _in_bangkok(at)
    return _in_digits(f"{long_date(local)} เวลา {local.hour:02}.{local.minute:02} น.", thai_digits)


def long_date_en(day: date) -> str:
    """Write a day in English with the Christian year: ``22 February 2024``."""
    return f"{day.day} {month_name_en(day.month)} {day.year}"


def short_date_en(day: date) -> str:
    """Write a day in English for tables: ``22 Feb 2024``."""
    return f"{day.day} {month_short_en(day.month)} {day.year}"


def weekday_date_en(day: date) -> str:
    """Write a day in English with its day of the week: ``Thursday 22 February 2024``."""
    return f"{_WEEKDAYS_EN[day.weekday()]} {long_date_en(day)}"


def month_and_year_en(day: date) -> str:
    """Write the month a day lies in, in English: ``February 2024``."""
    return f"{month_name_en(day.month)} {day.year}"


def date_and_time_en(at: datetime) -> str:
    """Write a moment in Bangkok time in English: ``22 February 2024, 08:30``. A moment without a zone is refused."""
    local = _in_bangkok(at)
    return f"{long_date_en(local)}, {local.hour:02}:{local.minute:02}"


class UnreadableDate(ValueError):
    """A text that is no date, with a sentence in each language that says what to write instead."""

    def __init__(self, sentence: str, sentence_th: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.sentence_th = sentence_th


_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NUMERIC = re.compile(r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})")
_WORDS = re.compile(
    r"(?:วันที่\s*)?(?P<day>\d{1,2})\s*(?P<month>[^\d\s][^\d]*?)\s*(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?\s*(?P<year>\d{4})"
)


def parse_thai_date(text: str) -> date:
    """Read a date that a person wrote, in Thai or Arabic digits.

    Read are ``22 กุมภาพันธ์ 2567`` and ``22 ก.พ. 2567`` (with or without ``พ.ศ.``, ``ค.ศ.`` or the dots), the same
    with English months, ``22/2/2567`` (day first) and ``2024-02-22``. A year from 2443 to 2742 is a Buddhist year and
    one from 1900 to 2199 a Christian one, unless the text says which. Refused with :class:`UnreadableDate`: any other
    form, a year of two digits, a year outside those spans, and a day the calendar does not have.
    """
    written = " ".join(to_arabic_digits(text).split())
    found = _ISO.fullmatch(written) or _NUMERIC.fullmatch(written) or _WORDS.fullmatch(written)
    month = _month_number(found["month"]) if found else None
    if found is None or month is None:
        raise UnreadableDate(
            f'"{text}" is not a date. Write day, month and four-digit year, for example 22 ก.พ. 2567.',
            f"“{text}” ไม่ใช่วันที่ที่อ่านได้ ให้เขียนวัน เดือน และปีสี่หลัก เช่น ๒๒ ก.พ. ๒๕๖๗",
        )
    year = _year_ce(text, int(found["year"]), found.groupdict().get("era"))
    try:
        return date(year, month, int(found["day"]))
    except ValueError:
        raise UnreadableDate(
            f'"{text}" is not a day of the calendar. Correct the day or the month.',
            f"“{text}” ไม่มีอยู่ในปฏิทิน ให้แก้วันหรือเดือน",
        ) from None


def _bare(month: str) -> str:
    return month.replace(".", "").replace(" ", "").lower()


_MONTH_NUMBERS = {
    _bare(name): number
    for names in (_MONTHS, _MONTHS_SHORT, _MONTHS_EN, tuple(name[:3] for name in _MONTHS_EN))
    for number, name in enumerate(names, start=1)
}


def _month_number(written: str) -> int | None:
    return int(written) if written.isdigit() else _MONTH_NUMBERS.get(_bare(written))


def _year_ce(text: str, year: int, era: str | None) -> int:
    """Decide between the two eras: by the era written, else by the span that the year lies in."""
    if era is not None:
        ce = ce_year(year) if era.startswith("พ") else year
    else:
        ce = ce_year(year) if year > _LAST_CE else year
    if not _FIRST_CE <= ce <= _LAST_CE:
        spans = f"{be_year(_FIRST_CE)}-{be_year(_LAST_CE)}", f"{_FIRST_CE}-{_LAST_CE}"
        raise UnreadableDate(
            f'The year of "{text}" is out of reach. Write a Buddhist year {spans[0]} or a Christian year {spans[1]}.',
            f"ปีของ “{text}” อยู่นอกช่วง ให้เขียน พ.ศ. {to_thai_digits(spans[0])} หรือ ค.ศ. {to_thai_digits(spans[1])}",
        )
    return ce


def _month_index(month: int) -> int:
    if not 1 <= month <= 12:
        raise ValueError(f"A calendar month is 1 to 12, not {month}.")
    return month - 1


def _in_digits(text: str, thai_digits: bool) -> str:
    return to_thai_digits(text) if thai_digits else to_arabic_digits(text)


def _in_bangkok(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return at.astimezone(BANGKOK)
