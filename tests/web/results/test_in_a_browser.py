"""What a person who cannot see them would meet on the pages of results."""

from collections.abc import Callable
from typing import Any

import pytest

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.web.keyboard import SignIn


@pytest.fixture
def page(browser_page: Any, live_server: Any, sign_in: SignIn) -> Any:
    """A browser in which the planning officer is signed in."""
    session = sign_in("planner").cookies["sessionid"].value
    browser_page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return browser_page


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
