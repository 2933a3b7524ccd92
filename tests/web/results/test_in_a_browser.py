"""The grid under the fingers, and what a person who cannot see it would meet on the pages of results."""

from collections.abc import Callable
from typing import Any

import pytest

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results.models import MonthlyResult
from tests.web.keyboard import SignIn


@pytest.fixture
def page(browser_page: Any, live_server: Any, sign_in: SignIn) -> Any:
    """A browser in which the planning officer is signed in."""
    session = sign_in("planner").cookies["sessionid"].value
    browser_page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return browser_page


def test_enter_walks_down_the_month_and_saves_at_its_end(page: Any, run: Run, october: dict[str, KpiYear]) -> None:
    page.goto(f"/results/of/{run.public_id}/")
    page.focus("input[data-cell]")

    for figure in ("60", "74", "11"):
        page.keyboard.type(figure)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice-success")

    november = MonthlyResult.objects.filter(month__month=11).order_by("kpi__code")
    assert [f"{result.value:.0f}" for result in november] == ["60", "74", "11"]


def test_pages_of_results_have_no_serious_violation(
    page: Any, run: Run, october: dict[str, KpiYear], look_for_violations: Callable[[Any], None]
) -> None:
    for address in (
        f"/results/of/{run.public_id}/",
        f"/results/of/{run.public_id}/months/2026-11/",
        f"/results/of/{run.public_id}/months/2026-11/close/",
        f"/results/of/{run.public_id}/import/",
        f"/results/of/{run.public_id}/scores/",
        f"/results/{october['1.1'].public_id}/",
        f"/cascade/of/{run.public_id}/",
        f"/cascade/of/{run.public_id}/mine/",
    ):
        page.goto(address)
        look_for_violations(page)
