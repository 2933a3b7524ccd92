"""Lists of names inside a sentence."""

from collections.abc import Sequence


def join_thai(words: Sequence[str]) -> str:
    """Join words as a Thai sentence lists them: ``ก``, ``ก และ ข``, ``ก, ข และ ค``."""
    return _join(words, "และ")


def join_english(words: Sequence[str]) -> str:
    """Join words as an English sentence lists them: ``a``, ``a and b``, ``a, b and c``."""
    return _join(words, "and")


def _join(words: Sequence[str], conjunction: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"
