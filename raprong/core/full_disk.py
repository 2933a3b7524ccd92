"""A disk without room left, however it is told: by the system, by SQLite or by PostgreSQL."""

import errno
import sqlite3
from collections.abc import Iterator

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
SQLITE_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
POSTGRESQL_FULL = "53100"  # disk_full; PostgreSQL, Appendix A, error codes


def is_full_disk(fault: BaseException | None) -> bool:
    """Whether this, or what it came of, is that no room was left. Nothing that failed so was kept."""
    return any(
        (isinstance(cause, OSError) and cause.errno in NO_ROOM)
        or getattr(cause, "sqlite_errorcode", None) in SQLITE_FULL
        or getattr(cause, "sqlstate", None) == POSTGRESQL_FULL
        for cause in _causes(fault)
    )


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or fault.__context__
