"""Walks every template of our own: it compiles, and holds nothing that the Content-Security-Policy would refuse."""

import re
from pathlib import Path

import pytest
from django.template import engines

TEMPLATES = Path(__file__).resolve().parents[2] / "raprong" / "web" / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script of code": re.compile(r"<script\b(?![^>]*(\bsrc\s*=|type\s*=\s*[\"']application/))", re.IGNORECASE),
    "another host": re.compile(r"(src|href)\s*=\s*[\"']\s*(https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name: str) -> None:
    engines["jinja2"].env.get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_template_holds_nothing_inline(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []
