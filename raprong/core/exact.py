"""Numbers that the database gives back digit for digit, and the migration operation that brings old columns to them."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class ExactDecimalField(models.Field[Any, Any]):
    """A decimal of any length, with the places it was written with: 2.9500 comes back as 2.9500, not as 2.95.

    PostgreSQL keeps it as `numeric` without bounds. SQLite has binary floats only, so there it is text: do not compare,
    order or add up such a column in SQL. See ADR 0013.
    """

    description = "Decimal number, digit for digit"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "numeric" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except InvalidOperation:
            raise ValidationError(f"{value!r} is no number.", code="invalid") from None

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        number = super().get_db_prep_value(value, connection, prepared)
        return number if number is None or connection.vendor == "postgresql" else f"{number:f}"


class WriteOutPlaces(Operation):
    """Give figures that SQLite kept as binary floats their places back, after their columns became exact ones."""

    reversible = True

    def __init__(self, table: str, places: dict[str, int]) -> None:
        self.table, self.places = table, places

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.places], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for column, places in self.places.items():
                written = f"printf('%.{places}f', {column})"
                schema_editor.execute(
                    f"UPDATE {self.table} SET {column} = {written} WHERE {column} IS NOT NULL", params=None
                )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Nothing to take back: the columns become floats again by themselves."""

    def describe(self) -> str:
        return f"Write out the places of {', '.join(self.places)} in {self.table}"
