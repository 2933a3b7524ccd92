"""In which order tests run: the long stories first, on every core."""

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def stories_first(stories: Sequence[T], others: Sequence[T], *, workers: int) -> list[T]:
    """All of them, so ordered that every worker begins with its part of the stories.

    pytest-xdist hands out its row in as many pieces as there are workers, and lets whoever is done first take from the
    end of another's piece. With all stories in the first piece, the others would wait for one browser.
    """
    row, rest = list[T](), iter(others)
    waiting = len(stories) + len(others)
    for worker in range(workers):
        mine, size = stories[worker::workers], waiting // (workers - worker)
        row += [*mine, *islice(rest, max(0, size - len(mine)))]
        waiting -= size
    return [*row, *rest]
