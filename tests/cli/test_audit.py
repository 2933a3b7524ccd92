"""`raprong audit verify`: holds, or names each place where it does not."""

import json
from typing import Any

import pytest
from django.db import connection

from raprong.audit.actions import record
from raprong.audit.models import Chain, Entry
from raprong.audit.seals import seal_of
from raprong.cli.sample.organisation import SampleAgency
from raprong.processes.models import Run
from tests.append_only import postgresql_triggers_aside, sqlite_triggers_aside
from tests.cast import FISCAL_YEAR, NEW_YEAR

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


def test_a_printed_seal_proves_the_trail_up_to_it(raprong: Any, run: Run, cast: SampleAgency) -> None:
    printed = seal_of(Chain.objects.get())
    record("run.started", about=run, by=cast.people["planner"], at=NEW_YEAR, place=run.unit, fiscal_year=FISCAL_YEAR)

    answer = raprong("audit", "verify", "--seal", printed.lower().replace("-", " ").replace("0", "O"))

    assert answer.status == 0
    assert "The seal holds: 1 entry of" in answer.said


def test_a_seal_does_not_vouch_for_what_was_altered_before_it(raprong: Any, run: Run, cast: SampleAgency) -> None:
    record("run.started", about=run, by=cast.people["planner"], at=NEW_YEAR, place=run.unit, fiscal_year=FISCAL_YEAR)
    printed = seal_of(Chain.objects.get())
    tamper(Entry.objects.get(number=1), by_name="Somebody else")

    answer = raprong("audit", "verify", "--seal", printed)

    assert answer.status == 1
    assert "its content has been changed" in answer.said


@pytest.mark.parametrize("code", ["7K2M-9QXT-0B4C-HV8R-1DZN", "mistyped", "U" * 20])
def test_a_seal_that_no_trail_has_is_told(raprong: Any, run: Run, code: str) -> None:
    answer = raprong("audit", "verify", "--seal", code)

    assert answer.status == 1
    assert f"No trail here has the seal {code}." in answer.complained
