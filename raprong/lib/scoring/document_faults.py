"""What is wrong in a document to score, and reading its numbers."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from raprong.lib.thai.digits import to_arabic_digits

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_MOST_DIGITS_BEFORE_POINT = 15
_MOST_PLACES = 20


class Fault(NamedTuple):
    """One thing wrong in a document: where it stands (``kpis[0].weight``), and what to do about it."""

    path: str
    sentence: str


class ScoringFaults(ValueError):
    """A document that cannot be scored; ``faults`` holds every reason found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            "\n".join(f"{fault.path}: {fault.sentence}" if fault.path else fault.sentence for fault in faults)
        )
        self.faults = tuple(faults)


class Faults:
    """The faults of one reading, as they are found. A part that cannot be read comes back as ``None``."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: str, sentence: str) -> None:
        self.found.append(Fault(path, sentence))

    def number(self, path: str, written: Any) -> Decimal | None:
        """A number as it is written, of a bounded length; a float counts as the shortest number it is written as."""
        number = _decimal(written)
        if number is None or not number.is_finite():
            shown = "null" if written is None else f'"{written}"' if isinstance(written, str) else str(written)
            self.add(
                path, f"{clipped(shown)} is not a number. Write digits with at most one point, such as 59 or 59.5."
            )
            return None
        if _is_outsize(number):
            limits = f"{_MOST_DIGITS_BEFORE_POINT} digits before the point and {_MOST_PLACES} after it"
            self.add(path, f"{clipped(str(number))} is too long a number. Use at most {limits}.")
            return None
        return number

    def months(self, path: str, written: Any) -> int | None:
        """A round: a whole number of months from October."""
        if isinstance(written, str) and re.fullmatch(r"\d{1,2}", plain := to_arabic_digits(written.strip()), re.ASCII):
            written = int(plain)
        if isinstance(written, int) and not isinstance(written, bool) and 1 <= written <= 12:
            return written
        self.add(path, f"A round is a whole number of months from 1 to 12, not {clipped(str(written))}.")
        return None

    def text(self, path: str, written: Any) -> str:
        """A text, or nothing."""
        if written is None or isinstance(written, str):
            return written or ""
        self.add(path, f"Write text in quotation marks here, not {clipped(str(written))}.")
        return ""


def is_list(written: Any) -> bool:
    return isinstance(written, (list, tuple))


def clipped(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _decimal(written: Any) -> Decimal | None:
    match written:
        case bool():
            return None
        case Decimal():
            return written
        case int():
            return Decimal(written)
        case float():
            return Decimal(repr(written))
        case str() if _NUMBER.fullmatch(plain := to_arabic_digits(written.strip())):
            return Decimal(plain)
        case _:
            return None


def _is_outsize(number: Decimal) -> bool:
    exponent = int(number.as_tuple().exponent)
    return number.adjusted() >= _MOST_DIGITS_BEFORE_POINT or exponent < -_MOST_PLACES
