"""Roles, read once from definitions/roles.yaml."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

REACHES = ("own", "office", "agency")


class SecondFactor(StrEnum):
    """Whether a role asks for a code from a device of one's own beside the password."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True)
class Role:
    """A role and, for each permission it holds, how far that permission reaches."""

    code: str
    title: str
    title_en: str
    reach: dict[str, str]  # permission code -> one of REACHES
    second_factor: SecondFactor = SecondFactor.OPTIONAL


@cache
def all_roles() -> dict[str, Role]:
    """Every role by code; an agency's own definition folder may replace or add some."""
    roles: dict[str, Role] = {}
    for folder in settings.DEFINITION_DIRS:
        file = Path(folder) / "roles.yaml"
        if file.exists():
            roles |= {row["code"]: _role(row) for row in yaml.safe_load(file.read_text("utf-8"))["roles"]}
    return roles


def _role(row: dict[str, object]) -> Role:
    reach: dict[str, str] = {}
    for span in REACHES:
        permissions = row.get(span, [])
        assert isinstance(permissions, list)
        reach |= dict.fromkeys(permissions, span)
    asked = SecondFactor(str(row.get("second_factor", SecondFactor.OPTIONAL)))
    return Role(str(row["code"]), str(row["title"]), str(row["title_en"]), reach, asked)


def all_permissions() -> set[str]:
    return {permission for role in all_roles().values() for permission in role.reach}


def roles_that_hold(permission: str) -> list[str]:
    return [role.code for role in all_roles().values() if permission in role.reach]
