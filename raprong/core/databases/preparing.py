"""Bringing the database up to date. An empty one gets all its tables at once instead of migration by migration.

Migrating works out every model anew after each of its many steps; for an empty database that takes ten times as long as
making the tables as the models have them. `tests/core/test_preparing.py` holds both ways to the same database.
"""

from collections.abc import Iterable

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from raprong.core.append_only import ForbidChanges, PermitChanges, forbidding_statements


def migrations_waiting() -> list[Migration]:
    """The migrations that the database has not had, in their order."""
    executor = MigrationExecutor(connection)
    return [migration for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def bring_up_to_date() -> None:
    """Leave the database as the models have it, with whatever follows a migration done too."""
    if not connection.introspection.table_names():
        _make_all_tables()
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def _make_all_tables() -> None:
    """All of them or, should this be cut short, none."""
    migrations = migrations_waiting()
    recorder = MigrationExecutor(connection).recorder
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        for table in _sealed_tables(migrations):
            for statement in forbidding_statements(table, connection.vendor):
                editor.execute(statement, params=None)
        editor.create_model(recorder.Migration)
        applied = [recorder.Migration(app=each.app_label, name=each.name) for each in migrations]
        recorder.migration_qs.bulk_create(applied)


def _sealed_tables(migrations: Iterable[Migration]) -> list[str]:
    """The tables that stay sealed in the end, in the order in which migrations seal them."""
    sealed: dict[str, None] = {}
    for operation in (operation for migration in migrations for operation in migration.operations):
        if isinstance(operation, PermitChanges):
            sealed.pop(operation.table)
        elif isinstance(operation, ForbidChanges):
            sealed[operation.table] = None
    return list(sealed)
