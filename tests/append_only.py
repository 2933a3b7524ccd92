"""Tables whose rows nobody may change must still be emptied between tests that commit."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def emptying_sealed_tables(connections: Iterable[Any]) -> Iterator[None]:
    """Set the triggers of a database aside while Django empties its tables, and at no other time."""
    with pytest.MonkeyPatch.context() as patch:
        # On the class, not on one connection: while a browser is driven, Django opens another connection.
        for operations, vendor in {type(connection.ops): connection.vendor for connection in connections}.items():
            patch.setattr(operations, "execute_sql_flush", flush_with_triggers_aside(operations, vendor))
        yield


def flush_with_triggers_aside(operations: Any, vendor: str) -> Any:
    flush = operations.execute_sql_flush
    aside = {"sqlite": sqlite_triggers_aside, "postgresql": postgresql_triggers_aside}[vendor]

    def flush_tables(self: Any, statements: list[str]) -> None:
        with self.connection.cursor() as cursor, aside(cursor):
            flush(self, statements)

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
