"""Thai and Arabic digits."""

import re
from decimal import Decimal

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
_LATIN_WORD = re.compile("[!-~]+")
_ADDRESS = re.compile(r"@|://|www\.|\.(?:ac|co|go|in|mi|net|or)\.th\b")


def to_thai_digits(value: str | int | Decimal) -> str:
    """Write every Arabic digit of a text or a number as a Thai digit; all other letters stay.

    A Decimal keeps the places it has and is never written with an exponent: ``Decimal("3.5900")`` is ``๓.๕๙๐๐``.
    """
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text.translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    """Write every Thai digit of a text as an Arabic digit; all other letters stay."""
    return text.translate(_TO_ARABIC)


def to_thai_digits_in_prose(text: str) -> str:
    """Write the figures of a text in Thai digits. Addresses of mail and of the web stay: others would lead nowhere."""
    return _LATIN_WORD.sub(lambda word: word[0] if _ADDRESS.search(word[0]) else to_thai_digits(word[0]), text)
