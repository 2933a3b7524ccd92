"""A pipe from the serving process to all that it starts. When it ends, however suddenly, they stop."""

import os
import signal
import threading
from collections.abc import Callable


class Lifeline:
    """The serving process holds one end; nothing is ever sent. Forked children stop when the other end is let go."""

    def __init__(self) -> None:
        self.held, self.end = os.pipe()
        os.register_at_fork(after_in_child=self._hold_on)

    def cut(self) -> None:
        os.close(self.end)

    def _hold_on(self) -> None:
        os.close(self.end)
        os.setpgrp()  # Ctrl-C in a terminal goes to the serving process alone, which then stops the others
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until the child sets its own, not the serving process's
        when_cut(self.held, lambda: os._exit(1))  # at once, so that the port is free for the next one


def when_cut(held: int, stop: Callable[[], None]) -> None:
    """Call `stop`, in a thread of its own, when nobody holds the other end of the pipe any longer."""

    def wait() -> None:
        os.read(held, 1)
        stop()

    threading.Thread(target=wait, daemon=True, name="lifeline").start()
