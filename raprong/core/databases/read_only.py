"""Connections shut to writes while someone is only looking. Works alike on SQLite and PostgreSQL."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections

READING = {
    "SELECT", "WITH", "VALUES", "EXPLAIN", "PRAGMA", "SHOW", "SET", "DECLARE", "FETCH", "CLOSE",
    "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT",
}  # fmt: skip
# A session belongs to the visitor's own visit: the door may keep it while a page is read.
SESSION_WRITE = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?django_session"?\W', re.IGNORECASE)
HIDDEN_WRITE = re.compile(r'\b(INSERT\s+INTO|UPDATE\s+"|DELETE\s+FROM|MERGE\s+INTO)', re.IGNORECASE)
FIRST_WORD = re.compile(r"[\s(]*(\w+)")


class WriteWhileReading(Exception):
    """Something tried to change data while a page was only being looked at: a fault of ours, not of the visitor."""


@contextmanager
def reading_only() -> Iterator[None]:
    """Refuse every statement that changes data or tables, on every connection of this thread, until the block ends.

    Savepoints, transactions and the visitor's session stay allowed.
    """
    with ExitStack() as shut:
        for connection in connections.all():
            shut.enter_context(connection.execute_wrapper(_refuse_writes))
        yield


def changes_something(sql: str) -> bool:
    """Whether a statement would write. What cannot be recognised as reading counts as writing."""
    first = FIRST_WORD.match(sql)
    word = first.group(1).upper() if first else ""
    if word == "WITH":
        return bool(HIDDEN_WRITE.search(sql))
    return word not in READING and not SESSION_WRITE.match(sql)


def _refuse_writes(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    text = sql if isinstance(sql, str) else sql.as_string()
    if changes_something(text):
        raise WriteWhileReading(f"This page is only being looked at, but something tried to write: {text[:120]}")
    return execute(sql, params, many, context)
