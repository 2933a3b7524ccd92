"""Wording a paper on a real page: the paper follows the typing, and a fault is told beside it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from tests.web.keyboard import PASSWORD


@pytest.fixture
def offices(agencies: dict[str, SampleAgency]) -> dict[str, SampleAgency]:
    return agencies


@pytest.mark.django_db(transaction=True)
def test_the_paper_follows_what_is_typed(
    browser_page: Any, look_for_violations: Callable[[Any], None], cast: SampleAgency, offices: dict[str, SampleAgency]
) -> None:
    page = browser_page
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill("planner")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main [type=submit]").first.click()
    page.wait_for_url(lambda address: "/login/" not in address)
    page.goto(reverse("stationery:wording", kwargs={"holder": cast.office.public_id, "kind": "circular"}))
    look_for_violations(page)
    before = page.locator(".paper-page").first.get_attribute("src")

    page.locator("[name=to]").fill("ทุกคน {nobody}")
    page.locator(".beside .error-summary").wait_for()
    page.locator("[name=to]").fill("ทุกคนใน{unit}")
    page.locator(".beside .paper-page").first.wait_for()

    assert page.locator(".paper-page").first.get_attribute("src") != before
    look_for_violations(page)
    page.goto(reverse("stationery:letterhead", kwargs={"holder": cast.office.public_id}))
    look_for_violations(page)
