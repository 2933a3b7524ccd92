"""Which figures are asked about, and which are left in peace."""

from decimal import Decimal
from typing import Any

import pytest

from raprong.lib.figure_questions.asking import MONTHLY, Figure, questions_about
from raprong.lib.figure_questions.settings import read_figure_rules

D = Decimal
RULES = read_figure_rules()


def figure(value: str, *before: str, **more: Any) -> Figure:
    earlier = tuple((month, D(one)) for month, one in enumerate(before, start=1))
    return Figure(D(value), len(before) + 1, earlier, **more)


def asked(one: Figure) -> set[str]:
    return {question.rule for question in questions_about(one, RULES)}


@pytest.mark.parametrize(
    "calm",
    [
        figure("8", measure="ร้อยละ"),
        figure("30", "10", "20", measure="ร้อยละ"),
        figure("52", "8", "16", "25", "34", "43", measure="ร้อยละ"),
        figure("91", "90", "92", "89", "91", measure="ร้อยละ", counting=MONTHLY),
        figure("1201", "1501", "1401", measure="อันดับ", fewer_is_better=True),
        figure("-3", measure="ล้านบาท"),
        figure("80", measure="ร้อยละ", inputs={"a": D(12), "b": D(15)}, expression="a / b * 100"),
    ],
)
def test_usual_figures_are_left_in_peace(calm: Figure) -> None:
    assert asked(calm) == set()


@pytest.mark.parametrize(
    ("odd", "rule"),
    [
        (figure("940", measure="ร้อยละ"), "out-of-range"),
        (figure("-1", measure="คน"), "out-of-range"),
        (figure("80", "10", "12", measure="ร้อยละ"), "big-step"),
        (figure("18", "10", "20", measure="ร้อยละ"), "cumulative-falls"),
        (
            figure("125", measure="ร้อยละ", inputs={"a": D(15), "b": D(12)}, expression="a / b * 100"),
            "numerator-above-denominator",
        ),
        (figure("95", "10", "20", "30", "41", measure="ร้อยละ"), "off-trend"),
        (figure("20", "90", "91", "89", "90", measure="ร้อยละ", counting=MONTHLY), "off-trend"),
    ],
)
def test_odd_figures_are_asked_about(odd: Figure, rule: str) -> None:
    assert rule in asked(odd)


def test_one_odd_figure_before_bends_the_trend_in_nothing() -> None:
    straight = figure("60", "10", "20", "300", "40", "50", counting=MONTHLY, measure="บาท")

    assert "off-trend" not in asked(straight)


def test_a_question_names_what_was_to_be_expected() -> None:
    [question] = [
        one for one in questions_about(figure("95", "10", "20", "30", "40"), RULES) if one.rule == "off-trend"
    ]

    assert question.words == {"expected": "50", "from": "40", "to": "60"}


def test_a_month_that_falls_is_no_question_where_each_counts_by_itself() -> None:
    assert "cumulative-falls" not in asked(figure("18", "10", "20", counting=MONTHLY))
