"""An empty database gets its tables at once; they are those that the migrations would have made."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from raprong.core.databases.preparing import bring_up_to_date, migrations_waiting
from tests.prepared import empty_database

TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT event_object_table, trigger_name, action_statement || event_manipulation "
        "FROM information_schema.triggers"
    ),
}
# Of Django itself: its migrations give the number of a row another width than its models do. Nothing is kept there.
WIDER_WHEN_MIGRATED = {"auth_group_permissions"}


@pytest.fixture
def migrated(transactional_db: None) -> Any:
    """What a database looks like that went through every migration."""
    with empty_database(connection):
        call_command("migrate", verbosity=0)
        return described()


@pytest.fixture
def prepared(transactional_db: None) -> Iterator[None]:
    """The house stands on a database that was empty and has been brought up to date."""
    with empty_database(connection):
        bring_up_to_date()
        yield


def described() -> dict[str, Any]:
    """Every table with its columns, constraints and indexes, whatever names a database gave those; and every seal."""
    with connection.cursor() as cursor:
        tables = {table: _described(cursor, table) for table in connection.introspection.table_names(cursor)}
        cursor.execute(TRIGGERS[connection.vendor])
        return {"tables": tables, "triggers": sorted(cursor.fetchall())}


def _described(cursor: Any, table: str) -> dict[str, Any]:
    columns = connection.introspection.get_table_description(cursor, table)
    constraints = connection.introspection.get_constraints(cursor, table)
    return {
        "columns": sorted((each.name, str(each.type_code), each.null_ok, str(each.default)) for each in columns),
        "constraints": sorted(
            (repr(sorted(each.items(), key=str)), name if each["check"] and not name.startswith("__") else "")
            for name, each in constraints.items()
        ),
    }


@pytest.mark.usefixtures("prepared")
def test_tables_made_at_once_are_those_of_the_migrations(migrated: Any) -> None:
    made = described()

    assert len(made["tables"]) > 100
    assert made["triggers"] == migrated["triggers"] != []
    for table in migrated["tables"].keys() - WIDER_WHEN_MIGRATED:
        assert made["tables"][table] == migrated["tables"][table], table
    assert made["tables"].keys() == migrated["tables"].keys()


def test_nothing_is_left_to_migrate_and_what_follows_migrations_is_done(prepared: None) -> None:
    assert migrations_waiting() == []
    assert ContentType.objects.filter(app_label="audit").exists()
