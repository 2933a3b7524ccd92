from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from raprong.audit.actions import record, record_all
from raprong.audit.kinds import UnknownKind, register
from raprong.audit.models import Chain, Entry
from raprong.audit.queries import breaks_in
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.models import AppendOnly
from tests.append_only import postgresql_triggers_aside, sqlite_triggers_aside

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


@pytest.fixture
def chain(cast: SampleAgency) -> Chain:
    register({"test.happened": "made a test happen"})
    for number in range(3):
        record(
            "test.happened",
            about=cast.office,
            by=cast.people["planner"],
            at=AT,
            place=cast.office,
            fiscal_year=2570,
            number=Decimal(number),
        )
    return Chain.objects.get(fiscal_year=2570)


def test_an_untouched_chain_holds(chain: Chain) -> None:
    assert chain.length == 3
    assert list(breaks_in(chain)) == []


def test_many_entries_at_once_hang_on_the_chain_as_single_ones_do(chain: Chain, cast: SampleAgency) -> None:
    told = [(unit, {"number": number}) for number, unit in enumerate(cast.units.values())]

    record_all("test.happened", told, by=cast.people["planner"], at=AT, place=cast.office, fiscal_year=2570)

    chain.refresh_from_db()
    assert chain.length == 3 + len(told)
    assert list(breaks_in(chain)) == []


def test_each_unit_and_year_has_a_chain_of_its_own(chain: Chain, cast: SampleAgency) -> None:
    record("test.happened", about=cast.office, by=None, at=AT, place=cast.office, fiscal_year=2571)

    assert Entry.objects.get(chain__fiscal_year=2571).number == 1


def test_a_kind_without_a_sentence_is_refused(cast: SampleAgency) -> None:
    with pytest.raises(UnknownKind):
        record("nobody.knows", about=cast.office, by=None, at=AT, place=cast.office, fiscal_year=2570)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET by_name = 'somebody else'", "DELETE FROM audit_entry"],
    ids=["update", "delete"],
)
def test_sql_cannot_change_the_trail(chain: Chain, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(breaks_in(chain)) == []


def test_the_orm_cannot_change_the_trail(chain: Chain) -> None:
    entry = chain.entries.get(number=2)

    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        chain.entries.update(by_name="somebody else")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE audit_entry SET by_name = 'somebody else' WHERE number = 2", "changed"),
        ("DELETE FROM audit_entry WHERE number = 2", "missing"),
        ("DELETE FROM audit_entry WHERE number = 3", "head"),
    ],
    ids=["a changed entry", "a missing entry", "a cut end"],
)
def test_tampering_past_the_triggers_is_found(chain: Chain, statement: str, why: str) -> None:
    tamper(statement)

    assert any(why in found.why for found in breaks_in(chain))


def tamper(statement: str) -> None:
    """Do what a thief with the database's own keys could do: put the triggers aside and change a row."""
    aside = {"sqlite": sqlite_triggers_aside, "postgresql": postgresql_triggers_aside}[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while it still has keys to look at
        with aside(cursor):
            cursor.execute(statement)
