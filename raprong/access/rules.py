"""Refusals, once: the sentence that refuses is also the sentence that explains a disabled button."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise


class Refused(Exception):
    """The answer is no, in words the person asking can read."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)

    @property
    def sentence(self) -> str:
        return str(self.args[0])


def refusal(check: Callable[..., None], *args: Any, **kwargs: Any) -> str:
    """Ask a check_* rule without acting on it. Empty means yes."""
    try:
        check(*args, **kwargs)
    except Refused as refused:
        return refused.sentence
    return ""
