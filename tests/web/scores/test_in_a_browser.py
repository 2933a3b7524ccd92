"""Sliders under the fingers, and what a person who cannot see them would meet on the pages about scores."""

from collections.abc import Callable
from typing import Any

import pytest

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results.models import MonthlyResult
from tests.web.keyboard import SignIn


@pytest.fixture
def page(browser_page: Any, live_server: Any, sign_in: SignIn) -> Any:
    """A browser in which the planning officer is signed in, reading English."""
    session = sign_in("planner").cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": "en"}
    browser_page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    return browser_page


def test_a_slider_moves_its_field_and_the_total_and_saves_nothing(
    page: Any, run: Run, october: dict[str, KpiYear]
) -> None:
    page.goto(f"/scores/of/{run.public_id}/what-if/")
    slider = page.locator(f'[data-slider="id_{october["1.1"].public_id}"]')

    slider.focus()
    page.keyboard.press("End")
    page.get_by_text("4.2950").wait_for()

    assert page.locator(f"#id_{october['1.1'].public_id}").input_value() == "100"
    assert page.get_by_text("+1.0250").first.is_visible()
    assert "?" not in page.url
    assert MonthlyResult.objects.get(kpi=october["1.1"]).value == 59


def test_pages_about_scores_have_no_serious_violation(
    page: Any, run: Run, october: dict[str, KpiYear], look_for_violations: Callable[[Any], None]
) -> None:
    for address in (
        f"/scores/of/{run.public_id}/what-if/",
        f"/scores/of/{run.public_id}/explain/",
        f"/scores/of/{run.public_id}/explain/?all=yes",
        f"/schemes/of/{run.public_id}/",
        f"/schemes/of/{run.public_id}/change/",
    ):
        page.goto(address)
        look_for_violations(page)
