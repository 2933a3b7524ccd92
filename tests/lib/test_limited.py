"""A child process that fails or takes too long says why, and leaves us standing."""

import pytest

from raprong.lib import limited


def test_what_the_child_wrote_is_answered() -> None:
    assert limited.run("timeit", "--help", most_seconds=20).startswith("Tool for measuring")


def test_a_child_that_fails_is_told_by_its_last_words() -> None:
    with pytest.raises(limited.NotDone, match="nothing-here"):
        limited.run("json.tool", "nothing-here", most_seconds=20)


def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(limited.NotDone, match="within 1 seconds"):
        limited.run("timeit", "-n1", "-r1", "-s", "import time", "time.sleep(600)", most_seconds=1)
