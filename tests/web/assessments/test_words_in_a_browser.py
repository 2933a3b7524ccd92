"""What is put into a form outlives a session that ended, a page that was left and the next person at the browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from raprong.assessments.models import AssessmentItem, SelfAssessment
from tests.factories.assessments import PDF
from tests.web.keyboard import PASSWORD, SignIn

pytestmark = pytest.mark.django_db(transaction=True)
ATTENDANCE = {"name": "ทะเบียน.pdf", "mimeType": "application/pdf", "buffer": PDF}
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('raprong:typed:')).length"


@pytest.fixture
def item(assessment: SelfAssessment) -> AssessmentItem:
    """The part of the first working group's KPI."""
    return assessment.items.get(result__isnull=False)


def sit_down(page: Any, live_server: Any, client: Client) -> None:
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def test_words_are_there_after_the_session_ended_and_go_once_they_are_saved(
    browser_page: Any,
    live_server: Any,
    sign_in: SignIn,
    item: AssessmentItem,
    look_for_violations: Callable[[Any], None],
) -> None:
    page, address = browser_page, f"/assessments/items/{item.public_id}/"
    sit_down(page, live_server, sign_in("staff"))
    page.goto(address)
    page.fill("[name=narrative]", "ทำแล้วทั้งสามกิจกรรม")
    page.locator("[data-zone] input[multiple]").set_input_files([ATTENDANCE])
    page.locator("[data-state=arrived]").wait_for()
    page.context.clear_cookies(name="sessionid")

    page.locator("main .post-form [type=submit]").first.click()
    page.locator("textarea[readonly]", has_text="ทำแล้วทั้งสามกิจกรรม").wait_for()
    look_for_violations(page)
    page.locator("main a.button").click()
    page.fill("[name=login]", "staff")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[data-words]", has_text="ทำแล้วทั้งสามกิจกรรม · ทะเบียน.pdf").wait_for()
    look_for_violations(page)
    page.locator("[data-put-back]").click()
    assert page.input_value("[name=narrative]") == "ทำแล้วทั้งสามกิจกรรม"
    page.locator("main .post-form [type=submit]").first.click()
    page.wait_for_url(lambda url: "#kpi-" in url)

    item.refresh_from_db()
    assert item.narrative == "ทำแล้วทั้งสามกิจกรรม"
    assert item.evidence.get().file.name == "ทะเบียน.pdf"
    assert page.evaluate(KEPT) == 0


def test_words_left_behind_are_offered_to_their_author_alone_and_thrown_away(
    browser_page: Any, live_server: Any, sign_in: SignIn, item: AssessmentItem
) -> None:
    page, address = browser_page, f"/assessments/items/{item.public_id}/"
    sit_down(page, live_server, sign_in("staff"))
    page.goto(address)
    page.fill("[name=narrative]", "ยังไม่เสร็จ")
    page.on("dialog", lambda question: question.accept())
    page.goto("/")

    sit_down(page, live_server, sign_in("head1"))
    page.goto(address)
    assert page.locator("[data-words]").count() == 0
    sit_down(page, live_server, sign_in("staff"))
    page.goto(address)
    page.locator("[data-throw-away]").click()
    page.reload()

    assert page.locator("[data-words]").count() == 0
    assert page.evaluate(KEPT) == 0
