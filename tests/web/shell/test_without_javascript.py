"""A phone whose browser runs no scripts."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.keyboard import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("offices")]


@pytest.fixture
def bare_phone(browser: Any, live_server: Any) -> Iterator[Any]:
    """A small screen, scripts off, somebody signed in on the page of the two switches."""
    screen = {"width": 390, "height": 800}
    with browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=screen) as context:
        page = context.new_page()
        page.goto("/account/sign-in/?next=/where/")
        page.get_by_label("ชื่อผู้ใช้หรืออีเมล").fill("planner")
        page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        page.get_by_role("button", name="เข้าสู่ระบบ").click()
        page.wait_for_url("**/where/")
        yield page


def test_the_menu_opens_and_leads_on(bare_phone: Any) -> None:
    drawer = bare_phone.locator(".drawer")
    assert not drawer.locator(".year").is_visible()

    drawer.locator("> summary").click()

    assert drawer.locator(".year").is_visible()
    drawer.locator(".person > summary").click()
    drawer.get_by_role("link", name="เปลี่ยนรหัสผ่าน").click()
    assert bare_phone.get_by_role("heading", name="เปลี่ยนรหัสผ่าน").is_visible()


def test_the_language_switches_and_the_page_stays(bare_phone: Any) -> None:
    bare_phone.locator(".drawer > summary").click()

    bare_phone.locator(".drawer").get_by_role("button", name="English").click()

    assert bare_phone.url.endswith("/where/")
    assert bare_phone.get_by_role("heading", name="Unit and fiscal year").is_visible()


def test_faults_are_read_first(bare_phone: Any) -> None:
    bare_phone.goto("/account/password/")

    bare_phone.locator("main").get_by_role("button", name="เปลี่ยนรหัสผ่าน").click()

    assert bare_phone.locator(".error-summary a").count() == 3
    assert bare_phone.locator(".error-summary:focus").count() == 1
