"""What the script adds: sums that follow the typing, rows that come and go."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from raprong.kpis.models import Framework, KpiYear
from tests.web.keyboard import SignIn


@pytest.fixture
def planner_page(browser_page: Any, live_server: Any, sign_in: SignIn) -> Any:
    client: Client = sign_in("planner")
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": "en"}
    browser_page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    return browser_page


def test_the_sum_of_dimensions_follows_the_typing(planner_page: Any, framework: Framework) -> None:
    planner_page.goto(f"/kpis/of/{framework.run.public_id}/framework/")

    planner_page.fill("[name=dimensions-1-weight]", "๓๙.๙๙")

    assert planner_page.inner_text("[data-sum] output") == "99.99"
    assert "still to give: 0.01" in planner_page.inner_text("[data-sum] [data-sum-words]")


def test_a_row_is_added_and_one_removed(
    planner_page: Any, framework: Framework, look_for_violations: Callable[[Any], None]
) -> None:
    planner_page.goto(f"/kpis/of/{framework.run.public_id}/framework/")
    rows = planner_page.locator("#dimensions [data-row]")

    planner_page.locator("#dimensions [data-add-row]").click()
    planner_page.fill("[name=dimensions-4-title]", "การพัฒนาองค์กร")
    planner_page.fill("[name=dimensions-4-weight]", "40")
    rows.nth(1).locator("[data-remove-row]").click()
    look_for_violations(planner_page)
    planner_page.locator("#dimensions button[type=submit] >> nth=0").click()
    planner_page.wait_for_selector(".notice-success")

    assert [dimension.title for dimension in framework.dimensions.all()] == ["ประสิทธิผล", "การพัฒนาองค์กร"]


def test_the_weight_of_the_selected_follows_the_choices(
    planner_page: Any, framework: Framework, propose: Callable[..., KpiYear]
) -> None:
    first, second = propose("1.1"), propose("1.2")
    planner_page.goto(f"/kpis/of/{framework.run.public_id}/selection/")

    for kpi, weight in ((first, "66.67"), (second, "33.33")):
        planner_page.check(f"[name=choice_{kpi.public_id}][value=select]")
        planner_page.fill(f"[name=weight_{kpi.public_id}]", weight)

    assert planner_page.inner_text(".sum-sticky output") == "100.00"
    assert planner_page.inner_text(".sum-sticky [data-sum-words]") == "exactly the whole"
    assert planner_page.inner_text(".sum-part [data-sum-words]") == "too much: 40.00"  # its share is 60


def test_a_link_to_a_field_in_a_closed_part_opens_that_part(
    planner_page: Any, propose: Callable[..., KpiYear], look_for_violations: Callable[[Any], None]
) -> None:
    kpi = propose("1.1")
    planner_page.goto(f"/kpis/{kpi.public_id}/revise/")
    assert not planner_page.is_visible("#id_formula")

    planner_page.goto(f"/kpis/{kpi.public_id}/revise/#id_formula")

    planner_page.wait_for_selector("#id_formula", state="visible")
    look_for_violations(planner_page)


def test_a_kpi_of_parts_asks_for_no_criteria(planner_page: Any, propose: Callable[..., KpiYear]) -> None:
    planner_page.goto(f"/kpis/{propose('1.1').public_id}/revise/")
    assert planner_page.is_visible("#criteria")

    planner_page.check("#id_of_parts")

    assert not planner_page.is_visible("#criteria")


def test_a_group_copies_looks_at_what_changed_and_takes_it_back(
    planner_page: Any,
    framework: Framework,
    last_year: dict[str, KpiYear],
    look_for_violations: Callable[[Any], None],
) -> None:
    planner_page.goto(f"/kpis/of/{framework.run.public_id}/copy/")
    planner_page.uncheck(f"[name=take_{last_year['1.2'].public_id}]")
    look_for_violations(planner_page)
    planner_page.locator("text=Copy the ticked KPIs").click()
    planner_page.wait_for_selector(".notice-success")
    copy = framework.kpis.get(code="1.1")
    for page in ("", "years/", "history/"):
        planner_page.goto(f"/kpis/{copy.public_id}/{page}")
        look_for_violations(planner_page)

    planner_page.goto(f"/kpis/of/{framework.run.public_id}/copy/")
    planner_page.locator("text=Take the copies back").click()
    planner_page.wait_for_selector(".notice-success")

    assert not framework.kpis.exists()
