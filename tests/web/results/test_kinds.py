"""Results of every kind of criteria: entered as they are counted, shown in words, scored by the round's levels."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from raprong.kpis.models import KpiYear
from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Milestones,
    Option,
    Range,
    Steps,
    YesNo,
    criteria_as_data,
)
from raprong.processes.models import Run
from raprong.results.models import MonthlyResult
from tests.factories.kpis import ladder, steps
from tests.web.keyboard import SignIn

D = Decimal
ANSWERS = Choice((Option(D(1), "ไม่มีแผน"), Option(D(3), "มีแผนแล้วแต่ยังไม่ได้เริ่มดำเนินการ"), Option(D(5), "ทำตามแผน")))
BANDS = Bands((Range(D(1), None, D("49.99")), Range(D(3), D(50), D("59.99")), Range(D(5), D(60), None)))
MILESTONES = Milestones(((6, ladder(0, 1, 2, 3, 4).rungs), (12, ladder(2, 4, 6, 8, 10).rungs)))
DEVIATION = Deviation(D(200), ladder(20, 18, 15, 12, 10).rungs, plans=((6, D(80)),))

# criteria, target, what is entered, how it is told, its score at the end of the year
KINDS: dict[str, tuple[Criteria, str, str, str, str]] = {
    "bands": (BANDS, "60", "55", "ร้อยละ 55", "3.0000"),
    "steps": (steps(1, 2, 3, 5, 6), "5", "4", "4", "3.0000"),
    "fractions": (Steps(ladder(1, 2, 3, 4, 5).rungs, fractions=True), "5", "3.5", "3.50", "3.5000"),
    "yes_no": (YesNo(D(5), D(1)), "1", "1", "Yes earns", "5.0000"),
    "choice": (ANSWERS, "3", "2", "มีแผนแล้วแต่ยังไม่ได้เริ่มดำเนินการ", "3.0000"),
    "milestones": (MILESTONES, "8", "4", "4", "2.0000"),
    "deviation": (DEVIATION, "200", "170", "The plan is 200", "3.0000"),
}


def turn(kpi: KpiYear, criteria: Criteria, target: str = "1", **changes: Any) -> KpiYear:
    """Let a KPI be judged by other criteria."""
    changes |= {"criteria": criteria_as_data(criteria), "criteria_kind": str(criteria.kind), "target": D(target)}
    KpiYear.objects.filter(pk=kpi.pk).update(**changes)
    kpi.refresh_from_db()
    return kpi


def october(run: Run) -> str:
    return reverse("results:month", args=[run.public_id, "2026-10"])


def entry(kpi: KpiYear, **fields: str) -> dict[str, str]:
    return {f"{kpi.public_id}-{name}": value for name, value in ({"version": "0"} | fields).items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_result_of_each_kind_is_entered_told_and_scored(
    run: Run, kpis: dict[str, KpiYear], english: SignIn, kind: str
) -> None:
    criteria, target, value, told, score = KINDS[kind]
    kpi, client = turn(kpis["1.2"], criteria, target), english("staff")

    form = client.get(october(run)).text
    saved = client.post(october(run), entry(kpi, value=value), follow=True)
    page = client.get(reverse("results:kpi", args=[kpi.public_id])).text
    scores = client.get(reverse("results:scores", args=[run.public_id])).text

    assert f'name="{kpi.public_id}-value"' in form
    assert "1 result is saved." in saved.text
    assert MonthlyResult.objects.get(kpi=kpi).value == D(value)
    assert told in page
    assert score in page
    assert score in scores


def test_yes_or_no_and_answers_are_chosen_from_a_list(run: Run, kpis: dict[str, KpiYear], english: SignIn) -> None:
    yes_no, answers = turn(kpis["1.2"], YesNo(D(5), D(1))), turn(kpis["2.1"], ANSWERS)

    page = english("planner").get(october(run)).text

    assert f'<select name="{yes_no.public_id}-value"' in page
    assert '<option value="0">No</option>' in page
    assert f'<select name="{answers.public_id}-value"' in page
    assert '<option value="3">ทำตามแผน</option>' in page


def test_the_levels_beside_a_month_are_those_of_its_round(run: Run, kpis: dict[str, KpiYear], english: SignIn) -> None:
    turn(kpis["1.2"], DEVIATION, "200")

    page = english("staff").get(october(run)).text

    assert "The plan is 80" in page
    assert "±20 %" in page


@pytest.mark.parametrize(
    ("criteria", "value", "words"),
    [
        (YesNo(D(5), D(1)), "2", "Select a valid choice"),
        (ANSWERS, "4", "Select a valid choice"),
        (MILESTONES, "1.5", "counted whole"),
        (Steps(ladder(1, 2, 3).rungs, fractions=True), "-1", "counted from 0"),
    ],
)
def test_what_a_kind_cannot_count_is_told_at_its_field(
    run: Run, kpis: dict[str, KpiYear], english: SignIn, criteria: Criteria, value: str, words: str
) -> None:
    kpi = turn(kpis["1.2"], criteria)

    answer = english("staff").post(october(run), entry(kpi, value=value))

    assert answer.status_code == 422
    assert words in answer.text
    assert not MonthlyResult.objects.exists()


def test_data_that_do_not_exist_are_reported_as_that(run: Run, kpis: dict[str, KpiYear], english: SignIn) -> None:
    kpi, client = kpis["1.2"], english("staff")

    client.post(october(run), entry(kpi, data_missing="on", note="ระบบยังไม่เปิด"))

    stored = MonthlyResult.objects.get(kpi=kpi)
    assert (stored.status, stored.value) == ("missing", None)
    assert "no data" in client.get(reverse("results:grid", args=[run.public_id])).text


def test_both_reasons_at_once_are_refused(run: Run, kpis: dict[str, KpiYear], english: SignIn) -> None:
    answer = english("staff").post(october(run), entry(kpis["1.2"], data_missing="on", not_applicable="on"))

    assert answer.status_code == 422
    assert "Say one of the two" in answer.text


# Inputs of a formula


@pytest.fixture
def ratio(kpis: dict[str, KpiYear]) -> KpiYear:
    """1.2 as people who passed out of those who sat, in per cent."""
    inputs = [{"name": "a", "title": "ผู้ผ่าน", "measure": "คน"}, {"name": "b", "title": "ผู้เข้าสอบ", "measure": "คน"}]
    return turn(kpis["1.2"], ladder(20, 40, 60, 80, 100), "80", inputs=inputs, expression="a / b * 100")


def test_a_figure_is_reckoned_from_its_inputs_and_both_are_kept(run: Run, ratio: KpiYear, english: SignIn) -> None:
    client = english("staff")

    form = client.get(october(run)).text
    client.post(october(run), entry(ratio, input_a="๒", input_b="3"))
    page = client.get(reverse("results:kpi", args=[ratio.public_id])).text

    assert "ผู้เข้าสอบ" in form
    assert f'name="{ratio.public_id}-value"' not in form
    stored = MonthlyResult.objects.get(kpi=ratio)
    assert (stored.value, stored.inputs) == (D("66.6667"), {"a": "2", "b": "3"})
    assert "ผู้ผ่าน 2 · ผู้เข้าสอบ 3" in page


def test_a_corrected_input_stays_beside_the_first_in_the_history(run: Run, ratio: KpiYear, english: SignIn) -> None:
    client = english("staff")
    client.post(october(run), entry(ratio, input_a="2", input_b="3"))

    client.post(october(run), entry(ratio, input_a="3", input_b="3", version="1"))

    page = client.get(reverse("results:kpi", args=[ratio.public_id])).text
    assert "ผู้ผ่าน 2 · ผู้เข้าสอบ 3" in page
    assert "ผู้ผ่าน 3 · ผู้เข้าสอบ 3" in page
    assert "66.6667 → " in page


@pytest.mark.parametrize(
    ("inputs", "field", "words"),
    [
        ({"input_a": "2"}, "input_b", "Enter a number"),
        ({"input_a": "2", "input_b": "0"}, "input_a", "divides by"),
        ({"input_a": "สอง", "input_b": "3"}, "input_a", "Enter a number"),
    ],
)
def test_inputs_that_come_to_nothing_are_told_at_their_field(
    run: Run, ratio: KpiYear, english: SignIn, inputs: dict[str, str], field: str, words: str
) -> None:
    answer = english("staff").post(october(run), entry(ratio, **inputs))

    assert answer.status_code == 422
    assert words in answer.text.split(f'id="id_{ratio.public_id}-{field}_fault"')[1][:400]
    assert not MonthlyResult.objects.exists()


def test_a_figure_that_came_without_inputs_stays_until_there_are_some(
    run: Run, ratio: KpiYear, october: dict[str, KpiYear], english: SignIn
) -> None:
    address = reverse("results:month", args=[run.public_id, "2026-10"])

    answer = english("staff").post(address, entry(ratio, version="1"), follow=True)

    assert answer.status_code == 200
    stored = MonthlyResult.objects.get(kpi=ratio)
    assert (stored.value, stored.version) == (D(73), 1)


def test_the_grid_has_a_row_for_each_input_of_a_formula(run: Run, ratio: KpiYear, english: SignIn) -> None:
    page = english("staff").get(reverse("results:grid", args=[run.public_id])).text

    assert f'name="{ratio.public_id}-2026-11-value"' not in page
    assert all(f'name="{ratio.public_id}-2026-11-{one}"' in page for one in ("a", "b"))
