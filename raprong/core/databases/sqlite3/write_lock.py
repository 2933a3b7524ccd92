"""The queue of writers: an advisory lock on a file, first come, first served."""

import os

try:
    import fcntl
except ImportError:  # Windows: SQLite's own polling remains
    fcntl = None  # type: ignore[assignment]


class WriteLock:
    """One connection's place in the queue. Each opens the file itself, so threads queue like processes."""

    def __init__(self, path: str) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self) -> None:
        """Wait, without limit, until everybody who came before has finished."""
        if fcntl:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def release(self) -> None:
        """Let the next one write. Harmless when the lock is not held."""
        if fcntl:
            fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Leave the queue for good."""
        self.release()
        os.close(self.descriptor)
