"""An agreement that is sealed and lies in the cabinet."""

from tests.agreements.conftest import approved_first
from tests.web.agreements.conftest import drafted, in_force, offices, opened, planner, selected, without_order_of_steps

__all__ = [
    "approved_first",
    "drafted",
    "in_force",
    "offices",
    "opened",
    "planner",
    "selected",
    "without_order_of_steps",
]
