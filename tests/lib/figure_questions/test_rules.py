"""The rules are data: every one stands there once, and what does not fit is told with its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.figure_questions.asking import Figure, questions_about
from raprong.lib.figure_questions.settings import FIGURE_QUESTIONS, RULES, read_figure_rules


def changed(folder: Path, before: str, after: str) -> Path:
    """The house's own file with one thing said otherwise."""
    path = folder / FIGURE_QUESTIONS.name
    path.write_text(FIGURE_QUESTIONS.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return path


def test_the_house_has_every_rule_once() -> None:
    assert [rule.code for rule in read_figure_rules().rules] == list(RULES)


def test_a_rule_that_is_not_asked_finds_nothing(tmp_path: Path) -> None:
    rules = read_figure_rules(changed(tmp_path, "{code: out-of-range,", "{code: out-of-range, asked: false,"))

    assert questions_about(Figure(Decimal(-1), 1, measure="คน"), rules) == []


def test_a_misspelt_rule_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DefinitionFaults, match="big-steps"):
        read_figure_rules(changed(tmp_path, "code: big-step,", "code: big-steps,"))
