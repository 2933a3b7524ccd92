"""Kinds of entries, registered by the rooms at start with the sentence that tells them."""

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


class UnknownKind(Exception):
    """An entry of a kind that no room has registered."""


def register(kinds: dict[str, str | Promise]) -> None:
    """Register kinds such as `agreement.submitted` with sentences such as `_("sent the agreement for review")`."""
    _sentences.update(kinds)


def sentence(kind: str) -> str | Promise:
    return _sentences.get(kind, kind)


def check_known(kind: str) -> None:
    if kind not in _sentences:
        raise UnknownKind(kind)


def all_kinds() -> dict[str, str | Promise]:
    return dict(_sentences)
