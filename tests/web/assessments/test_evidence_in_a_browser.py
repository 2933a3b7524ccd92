"""Handing evidence in on a real page: files go ahead of the form, and go on after a break."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from raprong.assessments.models import SelfAssessment
from tests.web.keyboard import PASSWORD

MEGABYTE = 1024 * 1024


def pdf(size: int) -> bytes:
    return b"%PDF-1.7\n" + b"%" * size + b"\nstartxref\n0\n%%EOF\n"


def chosen(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def signed_in(page: Any) -> Any:
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill("staff")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main [type=submit]").first.click()
    page.wait_for_url(lambda address: "/login/" not in address and "/sign-in/" not in address)
    return page


@pytest.mark.django_db(transaction=True)
def test_files_go_ahead_of_the_form_and_on_after_a_break(
    browser_page: Any, look_for_violations: Callable[[Any], None], assessment: SelfAssessment, settings: Any
) -> None:
    settings.LARGEST_UPLOAD_BYTES = 2 * MEGABYTE
    page, item = signed_in(browser_page), assessment.items.get(result__isnull=False)
    breaks = []

    def break_once(route: Any) -> None:
        """The second piece of the large file is lost on its way."""
        second = int(route.request.headers.get("upload-offset", "0")) > 0
        if route.request.method == "PATCH" and second and not breaks:
            breaks.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/files/incoming/*/", break_once)
    page.goto(reverse("assessments:item", args=[item.public_id]))

    files = [
        chosen("ภาพ.pdf", pdf(100)),
        chosen("ใหญ่.pdf", pdf(MEGABYTE + 5000)),
        chosen("โปรแกรม.pdf", b"MZ program"),
        chosen("เกิน.pdf", pdf(3 * MEGABYTE)),
    ]
    page.locator("[data-zone] input[multiple]").set_input_files(files)
    assert "ใหญ่เกินไป" in page.locator("li", has_text="เกิน.pdf").first.text_content()
    page.locator("[data-state=arrived]").nth(1).wait_for()
    page.locator("li[data-state=refused]", has_text="โปรแกรม.pdf").wait_for()
    look_for_violations(page)
    page.locator("[data-file-drop]").locator("xpath=ancestor::form").locator("[type=submit]").click()
    page.wait_for_url(lambda address: "#kpi-" in address)

    assert len(breaks) == 1
    page.goto(reverse("assessments:item", args=[item.public_id]))
    handed_in = page.locator("#evidence").text_content()
    assert "ภาพ" in handed_in
    assert "ใหญ่" in handed_in
    assert "โปรแกรม" not in handed_in


@pytest.mark.django_db(transaction=True)
def test_a_file_chosen_before_the_scripts_have_come_is_sent(browser_page: Any, assessment: SelfAssessment) -> None:
    page, item = signed_in(browser_page), assessment.items.get(result__isnull=False)
    on_their_way: list[Any] = []
    page.route("**/areas/files*.js", lambda route: on_their_way.append(route))

    page.goto(reverse("assessments:item", args=[item.public_id]), wait_until="commit")
    page.locator("[data-zone] input[multiple]").set_input_files([chosen("ภาพ.pdf", pdf(100))])
    assert not page.locator("[data-zone].is-live").count()
    on_their_way.pop().continue_()

    page.locator("li[data-state=arrived]", has_text="ภาพ.pdf").wait_for()
