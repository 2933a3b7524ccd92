"""Presses: other processes print the very same papers, say the same of faulty ones, and end with their owner."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from raprong.documents import presses as module
from raprong.documents import render, sample
from raprong.documents.presses import PAPERS_WORTH_A_PRESS, presses
from raprong.lib.rendering import PaperRefused

MANY = 2 * PAPERS_WORTH_A_PRESS

OWNER = f"""
import os, signal
from raprong.documents import presses
presses.cores = lambda: 2
with presses.presses({MANY}) as pool:
    print(pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "cores", lambda: 2)


def test_a_press_prints_what_this_process_prints_and_says_what_is_wrong() -> None:
    paper: Any = sample("circular")
    faulty = replace(paper, subject="หนังสือ \U0001f600")

    with presses(MANY) as pool:
        elsewhere = pool.submit(os.getpid).result()
        printed = pool.submit(render, paper).result()
        with pytest.raises(PaperRefused) as refused:
            pool.submit(render, faulty).result()

    assert elsewhere != os.getpid()
    assert printed == render(paper)
    with pytest.raises(PaperRefused) as refused_here:
        render(faulty)
    assert refused.value.faults == refused_here.value.faults


def test_a_press_goes_on_when_a_key_at_the_terminal_stops_its_owner() -> None:
    with presses(MANY) as pool:
        for press in {pool.submit(os.getpid).result() for _ in range(4)}:
            os.kill(press, signal.SIGINT)

        assert pool.submit(render, sample("circular")).result()


def test_few_papers_are_printed_in_this_process() -> None:
    with presses(PAPERS_WORTH_A_PRESS) as pool:
        assert pool.submit(os.getpid).result() == os.getpid()


def test_a_press_ends_when_its_owner_is_killed() -> None:
    # It holds the owner's output: reading that to its end is waiting for both.
    ended = subprocess.run([sys.executable, "-c", OWNER], capture_output=True, timeout=60, check=False)

    assert ended.returncode == -signal.SIGKILL
    assert int(ended.stdout), "a press had begun"
