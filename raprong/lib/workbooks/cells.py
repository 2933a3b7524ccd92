"""What stands in a cell: text as people type it, numbers exactly as typed."""

import re
import unicodedata
from datetime import date, time
from decimal import Decimal
from typing import Any

from raprong.lib.thai.digits import to_arabic_digits

MOST_DIGITS_BEFORE_POINT = 11
MOST_PLACES = 4

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


class NotANumber(ValueError):
    """A cell that should hold a number holds something else."""


class OutsizeNumber(ValueError):
    """A number with more digits than a KPI can have."""


def text_of(value: Any) -> str:
    """A cell as text: stray and doubled spaces taken out, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float):
        return format(exactly(value), "f")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", str(value)))
    return " ".join(text.split())


def code_of(value: Any) -> str:
    """A KPI's code: as text, with Arabic digits and without spaces."""
    return to_arabic_digits(text_of(value)).replace(" ", "")


def matching(text: str) -> str:
    """A text brought to the form in which headings and names are compared: digits, spaces and case do not matter."""
    return to_arabic_digits(text_of(text)).replace(" ", "").casefold()


def number_of(value: Any, *, percent: bool = False) -> Decimal | None:
    """A cell as a number, exactly as typed; an empty cell is None.

    Thai digits, thousands with commas and a per cent sign are understood. ``percent`` tells that the cell is shown in
    per cent, where the sheet keeps 94.5 % as 0.945. Anything else is refused with :class:`NotANumber`, and more than
    11 digits before the point or 4 after it with :class:`OutsizeNumber`.
    """
    if isinstance(value, (bool, date, time)):
        raise NotANumber(text_of(value))
    if isinstance(value, (int, float)):
        number = exactly(value) * 100 if percent else exactly(value)
        return _held(number.normalize() if percent else number)
    text = to_arabic_digits(text_of(value)).removesuffix("%").replace(" ", "").replace("−", "-")
    if not text or text == "-":
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
    plain = Decimal(format(number, "f"))
    exponent = int(plain.as_tuple().exponent)
    if plain.adjusted() >= MOST_DIGITS_BEFORE_POINT or -exponent > MOST_PLACES:
        raise OutsizeNumber(format(plain, "f"))
    return plain
