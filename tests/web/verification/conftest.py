"""An agreement that is sealed and lies in the cabinet."""

from tests.web.agreements.conftest import drafted, in_force, offices, opened, planner, selected, without_order_of_steps

__all__ = ["drafted", "in_force", "offices", "opened", "planner", "selected", "without_order_of_steps"]
