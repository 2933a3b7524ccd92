"""Digits, years and days: one kind of digits in a paper, years of the Buddhist era, days that the calendar has."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from raprong.lib.thai.dates import be_year, ce_year, long_date, month_name, month_short, weekday_date
from raprong.lib.thai.digits import to_arabic_digits, to_thai_digits
from raprong.lib.thai.proofreading.names import distance
from raprong.lib.thai.proofreading.shape import Edit, Remark

_FIRST_BE = 2400  # an earlier year of four digits is of the Christian era
_MONTHS = {month_name(month): month for month in range(1, 13)} | {month_short(month): month for month in range(1, 13)}
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_WEEKDAY = "จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์"
_BE, _CE = r"พ\.?\s?ศ\.?", r"ค\.?\s?ศ\.?"

# Codes, addresses and names in Latin letters keep the digits they were given.
_LATIN = re.compile(r"[0-9A-Za-z._:/@#+%-]+")
_LATIN_LETTER = re.compile("[A-Za-z]")
_ARABIC, _THAI = re.compile("[0-9]+"), re.compile("[๐-๙]+")

_MARKED_CE = re.compile(rf"{_CE}\s*(?P<year>\d{{4}})(?!\d)")
_MEANT_BE = re.compile(rf"(?:{_BE}|ปีงบประมาณ|ประจำปี|ปี|{_MONTH})[ \u00a0]*(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)")
_IN_FIGURES = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/(?P<year>(?:19|20)\d\d)(?![\d/])")
_DAY = re.compile(
    rf"(?:วัน(?P<weekday>{_WEEKDAY})(?:ที่)?[ \u00a0]*)?(?<!\d)(?P<day>\d{{1,2}})[ \u00a0]*(?P<month>{_MONTH})"
    rf"[ \u00a0]*(?:{_BE}[ \u00a0]*|{_CE}[ \u00a0]*)?(?P<year>\d{{4}})(?!\d)"
)
_NEARLY_A_MONTH = re.compile(
    rf"(?<!\d)\d{{1,2}}[ \u00a0]*(?P<month>[ก-ฮเ-ไ][ก-๎]{{3,12}})[ \u00a0]*(?:{_BE}[ \u00a0]*)?(?:25|26)\d\d(?!\d)"
)
_MOST_LETTERS_OFF = 2


def kinds_of_digits(words: str) -> set[bool]:
    """Which digits a text uses outside Latin words: True for Thai, False for Arabic."""
    return {thai for thai in (True, False) if next(_runs(words, thai=thai), None)}


def digits_mixed(words: str, *, thai_digits: bool) -> Iterator[Remark]:
    """Every figure in the other digits than the paper's. Asked only where a paper uses both kinds."""
    runs = [found.span() for found in _runs(words, thai=not thai_digits)]
    if not runs:
        return
    write = to_thai_digits if thai_digits else to_arabic_digits
    edits = tuple(Edit(begin, end, write(words[begin:end])) for begin, end in runs)
    yield Remark(
        *runs[0],
        f"The paper mixes Thai and Arabic digits. Write all figures in {'Thai' if thai_digits else 'Arabic'} digits.",
        f"เอกสารใช้ทั้งเลขไทยและเลขอารบิก ให้ใช้เลข{'ไทย' if thai_digits else 'อารบิก'}ให้ตลอดทั้งฉบับ",
        edits,
    )


def _runs(words: str, *, thai: bool) -> Iterator[re.Match[str]]:
    latin = [found.span() for found in _LATIN.finditer(words) if _LATIN_LETTER.search(found.group())]
    for found in (_THAI if thai else _ARABIC).finditer(words):
        if not any(begin <= found.start() < end for begin, end in latin):
            yield found


def in_digits(words: str, *, thai_digits: bool) -> str:
    """A text with its figures in one kind of digits; codes and addresses in Latin letters stay as they are."""
    for remark in digits_mixed(words, thai_digits=thai_digits):
        for edit in reversed(remark.edits):
            words = words[: edit.begin] + edit.instead + words[edit.end :]
    return words


def christian_year(words: str) -> Iterator[Remark]:
    """A year of the Christian era: named so, or a year from 1900 to 2099 where พ.ศ. is meant."""
    plain = to_arabic_digits(words)
    for found in _MARKED_CE.finditer(plain):
        year = int(found["year"])
        meant = year if year >= _FIRST_BE else be_year(year)
        yield _as_buddhist(words, *found.span(), f"พ.ศ. {_like(words, found, meant)}")
    for found in (*_MEANT_BE.finditer(plain), *_IN_FIGURES.finditer(plain)):
        begin, end = found.span("year")
        yield _as_buddhist(words, begin, end, _like(words, found, be_year(int(found["year"]))))


def _like(words: str, found: re.Match[str], year: int) -> str:
    """A year in the digits in which it was typed."""
    return to_thai_digits(year) if _THAI.search(words[found.start("year") : found.end("year")]) else str(year)


def _as_buddhist(words: str, begin: int, end: int, instead: str) -> Remark:
    return Remark.replacing(
        begin,
        end,
        instead,
        f"Official papers count years of the Buddhist era: write {instead}.",
        f"หนังสือราชการใช้ปีพุทธศักราช ให้เขียน {instead}",
    )


def no_such_day(words: str) -> Iterator[Remark]:
    """A day that its month does not have, such as 31 เมษายน."""
    for found in _DAY.finditer(to_arabic_digits(words)):
        if _day_of(found) is None:
            yield Remark(
                found.start("day"),
                found.end(),
                "The calendar has no such day. Correct the day or the month.",
                "ไม่มีวันที่นี้ในปฏิทิน ให้แก้วันหรือเดือน",
            )


def wrong_weekday(words: str) -> Iterator[Remark]:
    """A day of the week that the date does not fall on; which of the two is wrong, only the writer knows."""
    for found in _DAY.finditer(to_arabic_digits(words)):
        day = _day_of(found)
        if found["weekday"] is None or day is None:
            continue
        right = weekday_date(day).partition("ที่ ")[0]
        if not right.startswith(f"วัน{found['weekday']}"):
            yield Remark(
                *found.span(),
                f"{long_date(day)} is {right}. Correct the day of the week or the date.",
                f"วันที่ {long_date(day)} ตรงกับ{right} ให้แก้วันในสัปดาห์หรือวันที่",
            )


def month_misspelt(words: str) -> Iterator[Remark]:
    """A word between a day and a year that is nearly the name of one month."""
    for found in _NEARLY_A_MONTH.finditer(to_arabic_digits(words)):
        typed = found["month"].removesuffix("พ")
        near = [name for name in map(month_name, range(1, 13)) if 0 < distance(typed, name) <= _MOST_LETTERS_OFF]
        if typed not in _MONTHS and len(near) == 1:
            begin = found.start("month")
            yield Remark.replacing(
                begin,
                begin + len(typed),
                near[0],
                f"The month is written {near[0]}.",
                f"ชื่อเดือนสะกดว่า {near[0]}",
            )


def _day_of(found: re.Match[str]) -> date | None:
    year = int(found["year"])
    year = ce_year(year) if year >= _FIRST_BE else year
    month, day = _MONTHS[found["month"]], int(found["day"])
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None
