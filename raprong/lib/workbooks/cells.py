"""What stands in a cell: text as people type it, numbers exactly as typed."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from raprong.lib.thai.digits import to_arabic_digits

MOST_DIGITS_BEFORE_POINT = 11
MOST_PLACES = 4

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u200e\u200f\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_FORMULA = re.compile(r"""[=@]|[+-](?:[A-Za-z_$"'(=@+-]|[\d.,\s]*[-+*/^&(]|[^|]*\|)""", re.ASCII)
_QUOTED = re.compile(r"'+[=+\-@]")
_BUDDHIST_FROM = 2400
_REMEMBERED, _LETTERS_REMEMBERED = 8_000, 200  # the same names and headings stand in row after row


@dataclass(frozen=True)
class Computed:
    """What a formula came to when the file was saved; ``elsewhere`` when it asks another file, program or address."""

    value: "Value"
    elsewhere: bool = False


@dataclass(frozen=True)
class Broken:
    """What a spreadsheet program writes where it cannot calculate, such as #REF!."""

    text: str


Value = str | int | float | Decimal | bool | date | time | Computed | Broken | None


class NotANumber(ValueError):
    """A cell that should hold a number holds something else."""


class OutsizeNumber(ValueError):
    """A number with more digits than a KPI can have."""


def text_of(value: Value) -> str:
    """A cell as one line of text: stray and doubled spaces taken out, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str) and len(value) <= _LETTERS_REMEMBERED:
        return _short_line(value)
    return " ".join(_text(value).split())


@lru_cache(maxsize=_REMEMBERED)
def _short_line(text: str) -> str:
    return " ".join(_text(text).split())


def lines_of(value: Value) -> str:
    """A cell as text that keeps its lines: stray and doubled spaces and empty lines at the ends taken out."""
    text = _text(value)
    if "\n" not in text and "\r" not in text:
        return " ".join(text.split())
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(_SPACES.sub(" ", line).strip() for line in lines.split("\n"))).strip()


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Computed):
        return _text(value.value)
    if isinstance(value, Broken):
        return value.text
    if isinstance(value, (float, Decimal)):
        return format(exactly(value) if isinstance(value, float) else value, "f")
    if isinstance(value, date):
        return _thai_day(value)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", str(value)))
    return text[1:] if _QUOTED.match(text) else text


def _thai_day(day: date) -> str:
    """A day as officers type it: 31/1/2570, with the time where there is one."""
    year = day.year if day.year > _BUDDHIST_FROM else day.year + 543
    written = f"{day.day}/{day.month}/{year}"
    clock = day.time() if isinstance(day, datetime) else time()
    return f"{written} {clock:%H.%M}" if clock != time() else written


def begins_formula(text: str) -> bool:
    """Whether a text reads like a formula: ``=`` or ``@`` at its head, and ``+`` or ``-`` before something to reckon.

    A number with its sign is none, nor is a line of a list such as “- เอกสาร”.
    """
    return bool(_FORMULA.match(text.lstrip()))


def guarded(text: str) -> str:
    """A text as it leaves the house: what a program may take for a formula has an apostrophe before it.

    ``text_of`` and ``lines_of`` take that apostrophe away again.
    """
    head = text.lstrip("'")[:1]
    return f"'{text}" if head in ("=", "+", "-", "@") and not _NUMBER.fullmatch(text) else text


def code_of(value: Value) -> str:
    """A KPI's code: as text, with Arabic digits and without spaces."""
    return to_arabic_digits(text_of(value)).replace(" ", "")


def matching(text: str) -> str:
    """A text brought to the form in which headings and names are compared: digits, spaces and case do not matter."""
    return _short_match(text) if len(text) <= _LETTERS_REMEMBERED else _match(text)


def _match(text: str) -> str:
    return to_arabic_digits(text_of(text)).replace(" ", "").casefold()


_short_match = lru_cache(maxsize=_REMEMBERED)(_match)


def number_of(value: Value) -> Decimal | None:
    """A cell as a number, exactly as typed; an empty cell is None.

    Thai digits, thousands with commas and a per cent sign are understood. Anything else is refused with
    :class:`NotANumber`, and more than 11 digits before the point or 4 after it with :class:`OutsizeNumber`.
    """
    if isinstance(value, Decimal):
        return _held(value)
    if isinstance(value, Computed):
        return number_of(value.value)
    if isinstance(value, (bool, date, time, Broken)):
        raise NotANumber(text_of(value))
    if isinstance(value, (int, float)):
        return _held(exactly(value))
    text = to_arabic_digits(text_of(value)).removesuffix("%").replace(" ", "").replace("−", "-")
    if not text or text in ("-", "–"):
        return None
    if not _NUMBER.fullmatch(text):
        raise NotANumber(text_of(value))
    return _held(Decimal(text.replace(",", "")))


def exactly(value: int | float) -> Decimal:
    """The number a person typed: a sheet holds 15 digits, what lies behind them is the machine's."""
    if isinstance(value, int):
        return Decimal(value)
    number = Decimal(f"{value:.15g}")
    if not number.is_finite():
        raise NotANumber(str(value))
    return Decimal(format(number, "f"))


def _held(number: Decimal) -> Decimal:
    written = str(number)
    if "E" in written:
        written = format(number, "f")
        number = Decimal(written)
    places = len(written.partition(".")[2])
    if number.adjusted() >= MOST_DIGITS_BEFORE_POINT or places > MOST_PLACES:
        raise OutsizeNumber(written)
    return number
