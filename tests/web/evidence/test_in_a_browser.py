"""Giving evidence on a real page, and the pages that show it, looked at with axe-core."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence.models import Credit
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.factories.assessments import PDF, report
from tests.web.keyboard import PASSWORD


@pytest.mark.django_db(transaction=True)
def test_a_hole_is_followed_to_its_step_and_filled(
    browser_page: Any,
    look_for_violations: Callable[[Any], None],
    run: Run,
    kpis: dict[str, KpiYear],
    cast: SampleAgency,
) -> None:
    report(kpis["1.2"], date(2026, 10, 1), "1", by=cast.people["staff"])
    page = browser_page
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill("staff")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main [type=submit]").first.click()
    page.wait_for_url(lambda address: "/login/" not in address and "/sign-in/" not in address)

    page.goto(reverse("evidence:proof", args=[run.public_id]))
    look_for_violations(page)
    page.locator("main table a", has_text="๑.๒").first.click()
    page.locator("[data-zone] input[multiple]").set_input_files(
        [{"name": "แผน.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.locator("[data-state=arrived]").wait_for()
    page.locator("[name=step]").select_option("1")
    look_for_violations(page)
    page.locator("#give [type=submit]").click()
    page.locator(".proof-number", has_text="เอกสารหมายเลข ๑.๒-๑-๑").wait_for()
    page.locator(".proofs a", has_text="แผน").first.click()
    page.locator("h1", has_text="แผน").wait_for()
    look_for_violations(page)
    page.goto(reverse("evidence:list", args=[run.public_id]))
    look_for_violations(page)

    assert Credit.objects.standing().get().step == 1
