"""However a full disk is told, it is known for what it is."""

import errno
import sqlite3
from contextlib import closing

import psycopg
from django.db import OperationalError

from raprong.core.full_disk import is_full_disk


def raised_from(cause: BaseException) -> BaseException:
    """A fault of Django's, as it comes of one of the driver's."""
    try:
        try:
            raise cause
        except type(cause) as below:
            raise OperationalError(str(below)) from below
    except OperationalError as fault:
        return fault


def test_the_system_says_so() -> None:
    assert is_full_disk(OSError(errno.ENOSPC, "No space left on device"))
    assert is_full_disk(OSError(errno.EDQUOT, "Disk quota exceeded"))


def test_sqlite_says_so() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE words (word)")
        database.execute("PRAGMA max_page_count = 1")
        try:
            database.execute("INSERT INTO words VALUES (zeroblob(100000))")
        except sqlite3.OperationalError as full:
            told = full

    assert is_full_disk(raised_from(told))


def test_postgresql_says_so() -> None:
    assert is_full_disk(raised_from(psycopg.errors.DiskFull("could not extend file")))


def test_other_faults_are_something_else() -> None:
    assert not is_full_disk(None)
    assert not is_full_disk(OSError(errno.EIO, "Input/output error"))
    assert not is_full_disk(raised_from(psycopg.errors.UniqueViolation("there is one")))


def test_a_fault_that_came_of_itself_is_looked_at_once() -> None:
    fault = OSError(errno.EIO, "Input/output error")
    fault.__cause__ = fault

    assert not is_full_disk(fault)
