"""Criteria with scripts: one kind's fields at a time, the curve follows the typing, levels are filled in one press."""

from collections.abc import Callable
from typing import Any

import pytest

from raprong.kpis.models import Framework, KpiYear
from tests.web.keyboard import SignIn


@pytest.fixture
def proposing(browser_page: Any, live_server: Any, sign_in: SignIn, framework: Framework) -> Any:
    """The page of a new KPI, open in a browser."""
    client = sign_in("staff")
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": "en"}
    browser_page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    browser_page.goto(f"/kpis/of/{framework.run.public_id}/propose/")
    return browser_page


def type_levels(page: Any, *figures: int) -> None:
    for level, at in enumerate(figures, start=1):
        page.fill(f"[name=level_{level}]", str(at))


def test_only_the_chosen_kinds_fields_are_in_sight(proposing: Any, look_for_violations: Callable[[Any], None]) -> None:
    assert proposing.is_visible("[name=level_1]")
    assert not proposing.is_visible("[name=plan]")

    proposing.check("[name=criteria_kind][value=deviation]")

    assert proposing.is_visible("[name=plan]")
    assert not proposing.is_visible("[name=level_1]")
    look_for_violations(proposing)


def test_the_curve_follows_the_typing_and_nothing_is_stored(proposing: Any) -> None:
    proposing.fill("[name=target]", "๙๔.๕")
    type_levels(proposing, 92, 93, 94, 95, 96)
    proposing.wait_for_selector("#curve .curve-goal")

    assert "The target 94.5 is worth 3.5." in proposing.inner_text("#curve")
    assert not KpiYear.objects.exists()


def test_a_level_that_turns_back_is_told_in_the_curves_place(proposing: Any) -> None:
    type_levels(proposing, 92, 93, 91, 95, 96)

    proposing.wait_for_selector("#curve .curve-none >> text=turns back")


def test_levels_are_filled_in_one_press_and_what_was_typed_stays(
    proposing: Any, look_for_violations: Callable[[Any], None]
) -> None:
    proposing.fill("[name=title]", "ร้อยละการเบิกจ่าย")
    proposing.fill("[name=target]", "95")
    proposing.click(".convention summary")
    proposing.select_option("[name=fill_level]", "4")
    proposing.fill("[name=fill_step]", "1")

    proposing.click("button[name=fill]")
    proposing.wait_for_selector("#curve .curve-goal")

    assert [proposing.input_value(f"[name=level_{level}]") for level in range(1, 6)] == ["92", "93", "94", "95", "96"]
    assert proposing.input_value("[name=title]") == "ร้อยละการเบิกจ่าย"
    look_for_violations(proposing)


def test_answers_are_added_one_by_one_and_saved(proposing: Any, look_for_violations: Callable[[Any], None]) -> None:
    proposing.check("[name=criteria_kind][value=choice]")
    for number in range(1, 7):
        if not proposing.query_selector(f"[name=option_{number}_title]"):
            proposing.click("[data-more-answers]")
        proposing.fill(f"[name=option_{number}_title]", f"คำตอบ {number}")
        proposing.select_option(f"[name=option_{number}_score]", str(min(number, 5)))

    assert proposing.input_value("[name=option_4_title]") == "คำตอบ 4"
    assert proposing.is_visible("text=Answer 6")
    proposing.wait_for_selector("#curve li >> text=คำตอบ 6")
    look_for_violations(proposing)
