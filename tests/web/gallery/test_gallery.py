import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template import engines
from django.test import Client

from raprong.web.jinja import Components
from tests.browser import violations
from tests.web.keyboard import PASSWORD, SignIn

FRAME = {"logo", "year_box", "menu", "person_box", "language_switch", "breadcrumb", "messages"}


@pytest.fixture
def planner(sign_in: SignIn) -> Client:
    return sign_in("planner")


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_component_renders_in_both_languages(planner: Client, language: str) -> None:
    planner.cookies["django_language"] = language

    page = planner.get("/gallery/")

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text


def test_no_page_part_carries_inline_style_or_script(planner: Client) -> None:
    page = planner.get("/gallery/").text

    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|javascript:", page)
    assert set(re.findall(r"<script[^>]*>", page)) == {
        '<script src="/static/raprong/app.js" defer>',
        '<script src="/static/raprong/charts.js" defer>',
        '<script src="/static/raprong/areas/files.js" defer>',
        '<script type="application/json">',
    }


def test_the_page_forbids_inline_code(planner: Client) -> None:
    policy = planner.get("/gallery/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy


def test_every_fault_is_linked_to_its_field(planner: Client) -> None:
    page = planner.get("/gallery/").text

    for anchor in re.findall(r'<a href="#(wrong_[^"]+)"', page):
        assert f'id="{anchor}"' in page


def test_no_id_is_used_twice(planner: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', planner.get("/gallery/").text)

    assert len(ids) == len(set(ids))


def test_the_gallery_shows_every_component() -> None:
    env = engines["jinja2"].env  # type: ignore[attr-defined]
    source = env.loader.get_source(env, "gallery/gallery.html")[0]
    components: Components = env.globals["ui"]

    missing = [name for name in components.names() if name not in FRAME and f"ui.{name}(" not in source]

    assert not missing


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.django_db(transaction=True)
def test_the_gallery_has_no_barriers(
    browser_page: Any, look_for_violations: Callable[[Any], None], offices: object, width: int
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto("/account/sign-in/?next=/gallery/")
    look_for_violations(browser_page)
    browser_page.get_by_label("ชื่อผู้ใช้หรืออีเมล").fill("planner")
    browser_page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    browser_page.get_by_role("button", name="เข้าสู่ระบบ").click()
    browser_page.wait_for_url("**/gallery/")
    browser_page.locator(".chart-canvas canvas").first.wait_for()

    look_for_violations(browser_page)

    assert browser_page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.django_db(transaction=True)
def test_a_barrier_is_found_where_there_is_one(browser_page: Any) -> None:
    browser_page.set_content("<html lang=th><title>ก</title><main><h1>ก</h1><button></button></main>")

    [found] = violations(browser_page)

    assert found.startswith("button-name (critical): ")
    assert "<button></button>" in found
