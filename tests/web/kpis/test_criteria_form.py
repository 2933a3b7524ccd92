"""Criteria of every kind through the form: saved, shown again, drawn while one types, refused at their fields."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.queries import criteria_of, measured, scheme_of
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.criteria import Deviation
from raprong.lib.scoring.rollup import score_kpi
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.processes.models import Run
from tests.factories.kpis import ladder
from tests.web.keyboard import SignIn

D = Decimal


def levels(name: str, *figures: object) -> dict[str, str]:
    return {f"{name}_{level}": str(at) for level, at in enumerate(figures, start=1) if at is not None}


BANDS = {"band_1_to": "49.99", "band_3_from": "50", "band_3_to": "59.99", "band_5_from": "60"}
ANSWERS = {
    "option_1_title": "ไม่มีแผน",
    "option_1_score": "1",
    "option_3_title": "ทำตามแผน",
    "option_3_score": "5",
}
KINDS: dict[str, tuple[dict[str, str], str, str, str]] = {
    # what is typed, the target, a result, its score
    "ladder": (levels("level", 92, None, 94, None, 96), "95", "95", "4.0000"),
    "falling": (levels("level", 14, 13, 12, 11, 10) | {"criteria_kind": "ladder"}, "11", "11.5", "3.5000"),
    "bands": (BANDS, "60", "55", "3.0000"),
    "steps": (levels("steps_level", 1, 2, 3, 5, 6), "5", "4", "3.0000"),
    "fractions": (
        levels("steps_level", 1, 2, 3, 4, 5) | {"criteria_kind": "steps", "steps_fractions": "on"},
        "5",
        "3.5",
        "3.5000",
    ),
    "yes_no": ({"yes": "5", "no": "1"}, "", "1", "5.0000"),
    "choice": (ANSWERS, "2", "2", "5.0000"),
    "milestones": (
        levels("round_6_level", 0, 1, 2, 3, 4) | levels("round_12_level", 2, 4, 6, 8, 10),
        "8",
        "8",
        "4.0000",
    ),
    "deviation": (
        {"plan": "200", "side": "under", "plan_6": "80"} | levels("deviation_level", 20, 18, 15, 12, 10),
        "200",
        "170",
        "3.0000",
    ),
}


@pytest.fixture
def typed(framework: Framework, cast: SampleAgency) -> dict[str, Any]:
    dimension = framework.dimensions.first()
    assert dimension is not None
    return {
        "code": "2.1",
        "title": "ตัวชี้วัดตามรูปแบบ",
        "dimension": dimension.public_id,
        "group": cast.units["mip-1"].public_id,
        "measure": "ร้อยละ",
        "target": "95",
        "weight": "",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_criteria_of_each_kind_are_saved_scored_and_shown_again(
    open_run: Run, sign_in: SignIn, typed: dict[str, Any], kind: str
) -> None:
    fields, target, result, score = KINDS[kind]
    posted = typed | {"criteria_kind": kind, "target": target} | fields
    client = sign_in("staff")

    answer = client.post(f"/kpis/of/{open_run.public_id}/propose/", posted, follow=True)

    assert "KPI 2.1 is proposed." in answer.text
    kpi = KpiYear.objects.get(code="2.1")
    assert score_kpi(measured(kpi, D(result)), scheme_of(open_run)).score == D(score)
    again = client.get(f"/kpis/{kpi.public_id}/revise/").text
    for name, value in fields.items():
        assert f'name="{name}"' in again or name == "criteria_kind"
        assert f'value="{value}"' in again or value == "on"
    assert 'class="curve"' in again


@pytest.mark.parametrize(
    ("kind", "fields", "field", "words"),
    [
        ("ladder", levels("level", 92, 93, 91, 95, 96), "level_3", "turns back"),
        ("ladder", {}, "level_1", "at least two levels"),
        ("steps", levels("steps_level", 1, "2.5", 3), "steps_level_2", "whole"),
        ("bands", BANDS | {"band_3_to": "40"}, "band_3_to", "before it begins"),
        ("bands", {}, "band_1_from", "at least two bands"),
        ("choice", ANSWERS | {"option_3_title": "ไม่มีแผน"}, "option_3_title", "already number 1"),
        ("yes_no", {"yes": "5", "no": "5"}, "yes", "worth the same"),
        ("milestones", {}, "round_6_level_1", "at least one round"),
        ("milestones", levels("round_12_level", 2, 4, 3), "round_12_level_3", "turns back"),
        ("deviation", {"plan": "0"} | levels("deviation_level", 20, 10), "plan", "other than 0"),
        ("deviation", {"plan": "200"} | levels("deviation_level", "สิบ", 10), "deviation_level_1", "Enter a number"),
    ],
)
def test_a_fault_of_criteria_stands_at_its_field(
    open_run: Run, sign_in: SignIn, typed: dict[str, Any], kind: str, fields: dict[str, str], field: str, words: str
) -> None:
    posted = typed | {"criteria_kind": kind, "target": "1"} | fields

    answer = sign_in("staff").post(f"/kpis/of/{open_run.public_id}/propose/", posted)

    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.text
    assert words in answer.text.split(f'id="id_{field}_fault"')[1][:600]
    assert not KpiYear.objects.filter(code="2.1").exists()


def test_what_was_typed_for_another_kind_does_not_count(open_run: Run, sign_in: SignIn, typed: dict[str, Any]) -> None:
    posted = (
        typed | {"criteria_kind": "yes_no", "target": ""} | levels("level", "เก้าสิบ", 1, 2) | {"yes": "5", "no": "1"}
    )

    answer = sign_in("staff").post(f"/kpis/of/{open_run.public_id}/propose/", posted, follow=True)

    assert "KPI 2.1 is proposed." in answer.text
    assert KpiYear.objects.get(code="2.1").criteria == {"kind": "yes_no", "yes": "5", "no": "1"}


def test_a_target_that_is_no_answer_is_told(open_run: Run, sign_in: SignIn, typed: dict[str, Any]) -> None:
    answer = sign_in("staff").post(
        f"/kpis/of/{open_run.public_id}/propose/", typed | {"criteria_kind": "choice", "target": "3"} | ANSWERS
    )

    assert "The target is the number of an answer, 1 to 2." in answer.text


def test_levels_are_filled_around_the_target_without_saving(
    open_run: Run, sign_in: SignIn, typed: dict[str, Any]
) -> None:
    posted = typed | {
        "criteria_kind": "ladder",
        "fill_level": "4",
        "fill_step": "1",
        "fill_way": "more",
        "fill": "levels",
    }

    answer = sign_in("staff").post(f"/kpis/of/{open_run.public_id}/propose/", posted)

    assert answer.status_code == 200
    for level, at in enumerate((92, 93, 94, 95, 96), start=1):
        assert f'name="level_{level}" value="{at}"' in answer.text
    assert "error-summary" not in answer.text
    assert not KpiYear.objects.filter(code="2.1").exists()


def test_filling_without_a_step_says_what_is_missing(open_run: Run, sign_in: SignIn, typed: dict[str, Any]) -> None:
    posted = typed | {"criteria_kind": "ladder", "fill_step": "0", "fill": "levels"}

    answer = sign_in("staff").post(f"/kpis/of/{open_run.public_id}/propose/", posted)

    assert "Give the step from level to level, above 0." in answer.text


def test_the_curve_is_shown_by_a_button_without_scripts(open_run: Run, sign_in: SignIn, typed: dict[str, Any]) -> None:
    posted = typed | {"criteria_kind": "ladder", "show": "curve", "title": ""} | levels("level", 92, 93, 94, 95, 96)

    answer = sign_in("staff").post(f"/kpis/of/{open_run.public_id}/propose/", posted)

    assert answer.status_code == 200
    assert "The target 95 is worth 4." in answer.text
    assert "error-summary" not in answer.text


def test_more_answers_come_by_a_button_without_scripts_and_what_was_typed_stays(
    open_run: Run, sign_in: SignIn, typed: dict[str, Any]
) -> None:
    four = {f"option_{n}_title": f"คำตอบ {n}" for n in range(1, 5)} | {f"option_{n}_score": "2" for n in range(1, 5)}
    posted = typed | four | {"criteria_kind": "choice", "show": "answers"}

    answer = sign_in("staff").post(f"/kpis/of/{open_run.public_id}/propose/", posted)

    assert answer.status_code == 200
    assert 'name="option_8_title"' in answer.text
    assert 'value="คำตอบ 4"' in answer.text
    assert "error-summary" not in answer.text
    assert not KpiYear.objects.exists()


def test_the_curve_answers_what_is_typed_and_stores_nothing(open_run: Run, sign_in: SignIn) -> None:
    client, before = sign_in("staff"), Entry.objects.count()
    address = f"/kpis/of/{open_run.public_id}/curve/"
    typed = {"criteria_kind": "ladder", "target": "๙๔.๕"} | levels("level", 92, 93, 94, 95, 96)

    posted, asked = client.post(address, typed), client.get(address, typed)

    for answer in (posted, asked):
        assert answer.status_code == 200
        assert "The target 94.5 is worth 3.5." in answer.text
        assert "style=" not in answer.text
        assert "<html" not in answer.text
    assert Entry.objects.count() == before


def test_the_curve_says_what_is_missing_while_levels_are_half_typed(open_run: Run, sign_in: SignIn) -> None:
    answer = sign_in("staff").post(
        f"/kpis/of/{open_run.public_id}/curve/", {"criteria_kind": "ladder", "level_1": "92", "level_2": "abc"}
    )

    assert answer.status_code == 200
    assert "at least two levels" in answer.text


@pytest.mark.parametrize("kind", ["nonsense", ""])
def test_an_unknown_kind_is_told_and_does_not_break(
    open_run: Run, sign_in: SignIn, typed: dict[str, Any], kind: str
) -> None:
    client = sign_in("staff")

    drawn = client.post(f"/kpis/of/{open_run.public_id}/curve/", {"criteria_kind": kind})
    saved = client.post(f"/kpis/of/{open_run.public_id}/propose/", typed | {"criteria_kind": kind})

    assert drawn.status_code == 200
    assert saved.status_code == 422


def test_a_scale_of_three_anchors_has_its_own_levels(
    open_run: Run, sign_in: SignIn, typed: dict[str, Any], framework: Framework
) -> None:
    framework.scheme = scheme_as_data(available_schemes()["anchors-50-75-100"])
    framework.save(update_fields=["scheme"])
    client = sign_in("staff")
    anchors = {"level_50": "80", "level_75": "90", "level_100": "95"}

    page = client.get(f"/kpis/of/{open_run.public_id}/propose/")
    answer = client.post(f"/kpis/of/{open_run.public_id}/propose/", typed | {"criteria_kind": "ladder"} | anchors)

    assert "Standard stage (75)" in page.text
    assert 'name="level_1"' not in page.text
    assert answer.status_code == 302
    assert [rung.score for rung in criteria_of(KpiYear.objects.get(code="2.1")).rungs] == [50, 75, 100]  # type: ignore[union-attr]


def test_the_page_of_a_kpi_tells_its_levels_and_its_curve(sign_in: SignIn, propose: Callable[..., KpiYear]) -> None:
    kpi = propose(criteria=ladder(92, 93, 94, 95, 96), target=D(95))

    page = sign_in("staff").get(f"/kpis/{kpi.public_id}/").text

    assert "What each result is worth" in page
    assert "The target 95 is worth 4." in page


# Rounds


def test_a_round_is_given_criteria_of_its_own_and_gives_them_back(
    sign_in: SignIn, propose: Callable[..., KpiYear]
) -> None:
    kpi, client = propose(criteria=ladder(92, 93, 94, 95, 96), target=D(95)), sign_in("staff")
    address = f"/kpis/{kpi.public_id}/rounds/6/"

    saved = client.post(address, {"version": kpi.version} | levels("level", 40, 42, 44, 46, 48), follow=True)
    kpi.refresh_from_db()
    own = kpi.round_criteria
    dropped = client.post(address, {"version": kpi.version, "drop": "yes"}, follow=True)
    kpi.refresh_from_db()

    assert "The round of 6 months of KPI 2.1" in saved.text or "The round of 6 months of KPI 1.1" in saved.text
    assert "Criteria of its own" in saved.text
    assert own == {"6": {"kind": "ladder", "levels": [["1", "40"], ["2", "42"], ["3", "44"], ["4", "46"], ["5", "48"]]}}
    assert "Criteria of its own" not in dropped.text
    assert kpi.round_criteria == {}


def test_a_rounds_own_plan_is_what_its_page_begins_with(sign_in: SignIn, propose: Callable[..., KpiYear]) -> None:
    levels_of_deviation = ladder(20, 18, 15, 12, 10).rungs
    kpi = propose(criteria=Deviation(D(200), levels_of_deviation, plans=((6, D(80)),)), target=D(200))

    page = sign_in("staff").get(f"/kpis/{kpi.public_id}/rounds/6/").text

    assert 'name="plan" value="80"' in page
    assert 'name="plan_6"' not in page


def test_a_faulty_round_is_told_at_its_field(sign_in: SignIn, propose: Callable[..., KpiYear]) -> None:
    kpi = propose(criteria=ladder(92, 93, 94, 95, 96), target=D(95))

    answer = sign_in("staff").post(
        f"/kpis/{kpi.public_id}/rounds/6/", {"version": kpi.version} | levels("level", 40, 42, 41)
    )

    assert answer.status_code == 422
    assert 'href="#id_level_3"' in answer.text


def test_who_may_not_revise_sees_why_not(sign_in: SignIn, propose: Callable[..., KpiYear]) -> None:
    kpi = propose(criteria=ladder(92, 93, 94, 95, 96), target=D(95))
    client = sign_in("head2")

    page = client.get(f"/kpis/{kpi.public_id}/rounds/6/")
    posted = client.post(f"/kpis/{kpi.public_id}/rounds/6/", {"version": kpi.version} | levels("level", 40, 41))

    assert "button-off" in page.text
    assert 'name="level_1"' not in page.text
    assert posted.status_code == 403
    kpi.refresh_from_db()
    assert kpi.round_criteria == {}


def test_a_round_that_the_sop_does_not_have_is_not_there(sign_in: SignIn, propose: Callable[..., KpiYear]) -> None:
    kpi = propose()

    assert sign_in("staff").get(f"/kpis/{kpi.public_id}/rounds/9/").status_code == 404
