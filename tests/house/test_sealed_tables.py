"""What is written once is kept so by the database itself, and each room has one first migration."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from raprong.core.append_only import ForbidChanges
from raprong.core.models import AppendOnlyModel

SEALED = [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]
ROOMS = [app.label for app in apps.get_app_configs() if app.name in settings.ROOMS and any(app.get_models())]


def triggers_on(table: str) -> set[str]:
    """The names of a table's triggers, without those the database keeps for itself."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [table])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.parametrize("model", SEALED, ids=lambda model: model._meta.label)
def test_database_refuses_changes_to_what_is_written_once(model: Any) -> None:
    table = model._meta.db_table
    expected = {
        "sqlite": {f"{table}_no_update", f"{table}_no_delete"},
        "postgresql": {f"{table}_no_change", f"{table}_no_truncate"},
    }

    assert triggers_on(table) == expected[connection.vendor]


def test_no_other_table_is_sealed() -> None:
    migrations = MigrationLoader(None).disk_migrations.values()

    sealed = {
        operation.table
        for migration in migrations
        for operation in migration.operations
        if isinstance(operation, ForbidChanges)
    }

    assert sealed == {model._meta.db_table for model in SEALED}


@pytest.mark.parametrize("room", ROOMS)
def test_room_has_one_first_migration(room: str) -> None:
    folder = Path(apps.get_app_config(room).path) / "migrations"

    assert sorted(path.name for path in folder.glob("[0-9]*.py"))[0] == "0001_initial.py"
    assert [path.name for path in folder.glob("*_initial.py")] == ["0001_initial.py"]
