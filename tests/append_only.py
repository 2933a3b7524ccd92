"""Tables whose rows nobody may change must still be emptied between tests that commit."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def emptying_sealed_tables(connections: Iterable[Any]) -> Iterator[None]:
    """Set the triggers of a database aside while Django empties its tables, and at no other time."""
    with pytest.MonkeyPatch.context() as patch:
        for connection in connections:
            patch.setattr(connection.ops, "execute_sql_flush", flush_with_triggers_aside(connection))
        yield


def flush_with_triggers_aside(connection: Any) -> Any:
    flush = connection.ops.execute_sql_flush
    aside = {"sqlite": sqlite_triggers_aside, "postgresql": postgresql_triggers_aside}[connection.vendor]

    def flush_tables(statements: list[str]) -> None:
        with connection.cursor() as cursor, aside(cursor):
            flush(statements)

    return flush_tables


@contextmanager
def sqlite_triggers_aside(cursor: Any) -> Iterator[None]:
    triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    for _, definition in triggers:
        cursor.execute(definition)


@contextmanager
def postgresql_triggers_aside(cursor: Any) -> Iterator[None]:
    cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    tables = [table for (table,) in cursor.fetchall()]
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
