"""What criteria of each kind ask for, in words."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import translation

from raprong.kpis.criteria_words import level_columns, level_texts, plan_words, result_words, texts_of
from raprong.kpis.documents import levels_text, result_text
from raprong.kpis.models import KpiYear
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Milestones,
    Option,
    Range,
    Side,
    Steps,
    YesNo,
    criteria_as_data,
)
from raprong.lib.scoring.scheme import scheme_as_data
from tests.factories.kpis import ladder, steps

D = Decimal
BANDS = Bands((Range(D(1), None, D("49.99")), Range(D(3), D(50), D("59.99")), Range(D(5), D(60), None)))
CHOICE = Choice((Option(D(5), "ทำตามแผน"), Option(D(1), "ไม่มีแผน"), Option(D(1), "ไม่ทราบ")))
MILESTONES = Milestones(((6, ladder(0, 1, 2).rungs), (12, ladder(1, 2, 4).rungs)))


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        (ladder(40, "50.50", None, 60, 70), ["1: 40", "2: 50.5", "4: 60", "5: 70"]),
        (BANDS, ["1: up to 49.99", "3: 50 – 59.99", "5: from 60"]),
        (steps(1, 2, 3, 4, 5), ["1: 1 แผน", "2: 2 คณะทำงาน", "3: 3", "4: 4", "5: 5"]),
        (steps(1, 2, 3, 5, 6), ["1: 1 แผน", "2: 2 คณะทำงาน", "3: 3–4", "4: 5", "5: 6"]),
        (Steps(ladder(1, 2, 4).rungs, fractions=True), ["1: 1", "2: 2", "3: 4"]),
        (YesNo(D(5), D(1)), ["1: No", "5: Yes"]),
        (CHOICE, ["1: ไม่มีแผน / ไม่ทราบ", "5: ทำตามแผน"]),
        (MILESTONES, ["1: 6 months: 0; 12 months: 1", "2: 6 months: 1; 12 months: 2", "3: 6 months: 2; 12 months: 4"]),
        (Deviation(D(200), ladder(20, 10).rungs), ["1: ±20 %", "2: ±10 %"]),
        (Deviation(D(200), ladder(20, 10).rungs, Side.OVER), ["1: +20 %", "2: +10 %"]),
    ],
    ids=["ladder", "bands", "steps", "table", "fractions", "yes-no", "choice", "milestones", "deviation", "over"],
)
def test_each_level_says_what_it_asks_for(criteria: Criteria, said: list[str]) -> None:
    with translation.override("en"):
        told = texts_of(criteria, titles=["แผน", "คณะทำงาน"])

    assert [f"{text.level}: {text.text}" for text in told] == said


def test_in_a_round_milestones_are_those_of_the_round() -> None:
    assert [text.text for text in texts_of(MILESTONES, months=6)] == ["0", "1", "2"]


def test_a_paper_is_thai_whatever_the_page_reads(propose: Callable[..., KpiYear]) -> None:
    kpi = propose(criteria=YesNo(D(5), D(1)), target=D(1))

    with translation.override("en"):
        levels, target = levels_text(kpi), result_text(kpi, kpi.target)

    assert (levels.one, levels.three, levels.five, target) == ("ไม่ใช่", "", "ใช่", "ใช่")


def test_a_scale_of_three_anchors_names_its_own_levels(propose: Callable[..., KpiYear]) -> None:
    kpi = propose()
    kpi.framework.scheme = scheme_as_data(available_schemes()["anchors-50-75-100"])
    kpi.criteria = {"kind": "ladder", "levels": [["50", "80"], ["75", "90"], ["100", "95"]]}

    levels = levels_text(kpi)

    assert levels.scores == ("50", "75", "100")
    assert (levels.one, levels.two, levels.three) == ("80", "90", "95")
    assert [column.text for column in level_columns(kpi)] == ["80", "90", "95"]


def test_the_plan_of_a_round_is_told(propose: Callable[..., KpiYear]) -> None:
    criteria = Deviation(D(200), ladder(20, 18, 15, 12, 10).rungs, plans=((6, D(80)),))
    kpi = propose(criteria=criteria, target=D(200), measure="ล้านบาท")

    with translation.override("en"):
        year, half = plan_words(kpi), plan_words(kpi, months=6)

    assert year.startswith("The plan is 200 ล้านบาท.")
    assert half.startswith("The plan is 80 ล้านบาท.")


def test_a_round_with_criteria_of_its_own_says_its_own(propose: Callable[..., KpiYear]) -> None:
    kpi = propose(criteria=ladder(92, 93, 94, 95, 96))
    kpi.round_criteria = {"6": criteria_as_data(ladder(40, 42, 44, 46, 48))}

    assert [text.text for text in level_texts(kpi, months=6)] == ["40", "42", "44", "46", "48"]
    assert [text.text for text in level_texts(kpi, months=12)] == ["92", "93", "94", "95", "96"]


def test_a_chosen_answer_is_told_by_its_words(propose: Callable[..., KpiYear]) -> None:
    kpi = propose(criteria=CHOICE, target=D(1))

    assert result_words(kpi, D(1)) == "ทำตามแผน"
    assert result_words(kpi, None) == ""
