"""Kinds of notices, registered by the rooms at start with the sentence that tells them."""

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


def register(kinds: dict[str, str | Promise]) -> None:
    """Register kinds such as `piece.returned` with sentences such as `_("%(step)s came back: %(because)s")`."""
    _sentences.update(kinds)


def sentence(kind: str) -> str:
    return str(_sentences[kind])


def all_kinds() -> dict[str, str | Promise]:
    return dict(_sentences)
