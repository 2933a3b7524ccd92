"""Every permission that is asked for is held by a role, and every one that a role holds is asked for."""

import pytest

from raprong.access.roles import all_permissions, all_roles
from tests.house.source import calls, texts, written_first

# How a permission is asked for, and where in the call it stands.
ASKED = {"check_holds": 1, "holds": 1, "units_where": 1}


def asked() -> dict[str, str]:
    found = ((where, written_first(call, ASKED[verb])) for verb in ASKED for where, call in calls(verb))
    return {where: permission for where, permission in found if permission}


def test_every_permission_asked_for_is_held_by_a_role() -> None:
    held = all_permissions()

    assert asked()
    assert {where: permission for where, permission in asked().items() if permission not in held} == {}


def test_every_permission_held_is_asked_for() -> None:
    assert all_permissions() - texts() == set()


@pytest.mark.parametrize("code", all_roles())
def test_role_has_both_names_and_reads_something(code: str) -> None:
    role = all_roles()[code]

    assert role.title
    assert role.title_en
    assert any(permission.endswith(".read") for permission in role.reach)


@pytest.mark.parametrize("code", all_roles())
def test_role_that_acts_in_a_room_may_read_it(code: str) -> None:
    reach = all_roles()[code].reach

    acted_in = {permission.split(".")[0] for permission in reach} - {"access"}

    assert [room for room in sorted(acted_in) if f"{room}.read" not in reach] == []
