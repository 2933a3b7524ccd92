"""pyHanko runs an event loop of its own, which a thread that runs one already does not allow."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def outside_any_event_loop(work: Callable[[], Answer]) -> Answer:
    """Do the work here, or in another thread where this one runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def finished(work: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
    """Run a coroutine to its end, wherever we are."""
    return outside_any_event_loop(lambda: asyncio.run(work()))
