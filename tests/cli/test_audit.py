"""`raprong audit verify`: holds, or names each place where it does not."""

import json
from typing import Any

import pytest
from django.db import connection

from raprong.audit.models import Chain, Entry
from raprong.processes.models import Run
from tests.append_only import postgresql_triggers_aside, sqlite_triggers_aside

pytestmark = pytest.mark.django_db


def tamper(entry: Entry, **changes: Any) -> None:
    """Change a row as somebody could who owns the database and sets its triggers aside."""
    aside = {"sqlite": sqlite_triggers_aside, "postgresql": postgresql_triggers_aside}[connection.vendor]
    ((column, value),) = changes.items()
    connection.check_constraints()  # PostgreSQL alters no table while its keys wait to be checked
    with connection.cursor() as cursor, aside(cursor):
        cursor.execute(f"UPDATE {Entry._meta.db_table} SET {column} = %s WHERE id = %s", [value, entry.pk])
        connection.check_constraints()


def test_trail_that_holds_is_said_to_hold(raprong: Any, run: Run) -> None:
    answer = raprong("audit", "verify")

    assert answer.status == 0
    assert answer.said == "The audit trail holds: 1 chain, 1 entry.\n"


def test_empty_trail_holds(raprong: Any) -> None:
    answer = raprong("audit", "verify", "--json")

    assert answer.status == 0
    assert json.loads(answer.said) == {"holds": True, "chains": 0, "entries": 0, "breaks": []}


def test_changed_entry_is_named_with_its_place(raprong: Any, run: Run) -> None:
    tamper(Entry.objects.get(), by_name="Somebody else")

    answer = raprong("audit", "verify")

    chain = Chain.objects.get()
    assert answer.status == 1
    assert answer.said.splitlines() == [
        "The audit trail is broken in 1 place:",
        f"  {chain.place}, fiscal year {chain.fiscal_year}, entry 1: its content has been changed",
    ]


def test_changed_entry_is_named_as_json(raprong: Any, run: Run) -> None:
    tamper(Entry.objects.get(), kind="run.stopped")

    answer = raprong("audit", "verify", "--json")

    told = json.loads(answer.said)
    assert (answer.status, told["holds"]) == (1, False)
    assert [(found["number"], found["why"]) for found in told["breaks"]] == [(1, "its content has been changed")]
