"""Thai and Arabic digits."""

from decimal import Decimal

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)


def to_thai_digits(value: str | int | Decimal) -> str:
    """Write every Arabic digit of a text or a number as a Thai digit; all other letters stay.

    A Decimal keeps the places it has and is never written with an exponent: ``Decimal("3.5900")`` is ``๓.๕๙๐๐``.
    """
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text.translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    """Write every Thai digit of a text as an Arabic digit; all other letters stay."""
    return text.translate(_TO_ARABIC)
