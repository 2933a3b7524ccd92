"""Presses: processes that print side by side, one on each core.

Typst remembers what it laid out in one memory for its whole process, and threads wait for each other there: on four
cores they print hardly more than on two. Processes share nothing. See docs/benchmarks.md.
"""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

PAPERS_WORTH_A_PRESS = 12  # a press takes about as long to start as these take to print


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def presses(papers: int) -> Iterator[Executor]:
    """As many presses as so many papers are worth. Few papers are printed in this process.

    What is handed in and what comes back is packed: it has to be picklable. What was handed in and is not begun when
    the block ends is dropped.
    """
    pool = _pool(min(cores(), papers // PAPERS_WORTH_A_PRESS))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(many: int) -> Executor:
    if many < 2:
        return ThreadPoolExecutor(1, thread_name_prefix="print")
    # A fork would take along the locks of Typst's threads, and nobody who could open them.
    return ProcessPoolExecutor(many, mp_context=get_context("spawn"), initializer=_begin_press)


def _begin_press() -> None:
    os.environ["RAYON_NUM_THREADS"] = "1"  # Typst's own threads would fight the other presses for the cores
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key at the terminal stops the owner, who finishes the batch
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A press whose owner was killed would wait for papers for ever."""
    owner = parent_process()
    assert owner is not None
    wait([owner.sentinel])
    os._exit(0)
