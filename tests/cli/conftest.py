"""`raprong WORD ...` as a person types it: what it says, what it complains about, and its exit status."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import call_command


@dataclass(frozen=True)
class Answer:
    said: str
    complained: str
    status: int


@pytest.fixture
def raprong() -> Callable[..., Answer]:
    def run(*words: str) -> Answer:
        said, complained, status = StringIO(), StringIO(), 0
        try:
            call_command(*words, stdout=said, stderr=complained)
        except SystemExit as left:
            status = int(left.code or 0)
        return Answer(said.getvalue(), complained.getvalue(), status)

    return run
