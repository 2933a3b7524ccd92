"""What the script adds to the form of a KPI: what the check of quality will find, while one types."""

from collections.abc import Callable
from typing import Any

from raprong.kpis.models import KpiYear
from tests.web.kpis.test_typing import planner_page

__all__ = ["planner_page"]


def test_hints_follow_what_is_typed(
    planner_page: Any, propose: Callable[..., KpiYear], look_for_violations: Callable[[Any], None]
) -> None:
    kpi = propose()
    planner_page.goto(f"/kpis/{kpi.public_id}/revise/")

    planner_page.fill("#id_target", "70")
    planner_page.press("#id_target", "Tab")
    planner_page.wait_for_selector(".hints .finding")
    look_for_violations(planner_page)
    shown = planner_page.inner_text(".hints")
    planner_page.fill("#id_target", "80")
    planner_page.press("#id_target", "Tab")
    planner_page.wait_for_selector(".hints .finding", state="detached")

    assert "Target off its level" in shown
    kpi.refresh_from_db()
    assert kpi.target == 80


def test_the_page_of_findings_has_no_barrier(
    planner_page: Any, propose: Callable[..., KpiYear], look_for_violations: Callable[[Any], None]
) -> None:
    kpi = propose(sources=[])

    for address in (
        f"/quality/of/{kpi.run.public_id}/",
        f"/quality/of/{kpi.run.public_id}/owners/",
        f"/quality/{kpi.public_id}/unaligned/reason/",
    ):
        planner_page.goto(address)
        look_for_violations(planner_page)
