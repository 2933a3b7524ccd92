"""Templates: what makes papers after the first one quick."""

import re
from pathlib import Path

import pytest

from raprong.documents import registry

TEMPLATES = sorted(registry.ROOT.rglob("*.typ"))
OVER_THE_TEXT = re.compile(r"^\s*#?set document\(", re.MULTILINE)
MARGIN = re.compile(r"\b(?:header|footer): ([^,\n]+)")
THE_SAME_IN_EVERY_PAPER = re.compile(r"page-number|(?:if check != none \{ )?looked-up\(<[a-z-]+>\)")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_style_over_the_text_holds_a_word_of_one_paper(template: Path) -> None:
    # Typst takes up again what it laid out before under the very same styles only: ADR 0023.
    source = template.read_text(encoding="utf-8")

    assert not OVER_THE_TEXT.search(source), "put `set document` into braces of its own"
    for shown in MARGIN.findall(source):
        assert THE_SAME_IN_EVERY_PAPER.match(shown), f"look `{shown}` up"


def test_the_margins_of_templates_are_found() -> None:
    shown = [each for template in TEMPLATES for each in MARGIN.findall(template.read_text(encoding="utf-8"))]

    assert "looked-up(<control-header>)" in shown
