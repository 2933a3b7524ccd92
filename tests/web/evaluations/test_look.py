"""One KPI before the assessor: flags, evidence, criteria, and the way to the next."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import actions as evaluations
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.results import questions
from tests.factories.assessments import IN_OCTOBER
from tests.web.keyboard import SignIn


def look_at(score: GivenScore) -> str:
    return f"/evaluations/scores/{score.public_id}/look/"


def score_of(evaluation: Evaluation, code: str) -> GivenScore:
    return evaluation.scores.get(item__kpi__code=code)


def test_claim_criteria_and_proof_stand_side_by_side(evaluation: Evaluation, sign_in: SignIn) -> None:
    page = sign_in("assessor").get(look_at(score_of(evaluation, "1.1"))).content.decode()

    for heading in ("What is asked", "What the group claims", "What proves it", "Your decision"):
        assert heading in page
    assert 'data-key="ArrowRight"' in page
    assert "0 of 3 KPIs looked at" in page


@pytest.mark.django_db(transaction=True)
def test_arrows_lead_from_kpi_to_kpi_and_not_out_of_what_is_typed(
    evaluation: Evaluation, sit_down: Callable[[str], Any]
) -> None:
    page, first, second = sit_down("assessor"), score_of(evaluation, "1.1"), score_of(evaluation, "1.2")
    page.goto(look_at(first))

    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{look_at(second)}")
    reason = page.locator("[name=because]").first
    reason.focus()
    page.keyboard.press("ArrowLeft")
    stayed = page.url
    reason.blur()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**{look_at(first)}")

    assert stayed.endswith(look_at(second))


def test_a_decision_leads_to_the_next_that_nobody_looked_at(evaluation: Evaluation, sign_in: SignIn) -> None:
    assessor, first = sign_in("assessor"), score_of(evaluation, "1.1")
    last = score_of(evaluation, "2.1")

    on = assessor.post(look_at(first), {"version": first.version, "decision": "keep"})
    assessor.post(look_at(last), {"version": last.version, "decision": "keep"})
    middle = score_of(evaluation, "1.2")
    end = assessor.post(look_at(middle), {"version": middle.version, "decision": "keep"})

    assert on.headers["Location"] == look_at(middle)
    assert end.headers["Location"] == f"/evaluations/{evaluation.public_id}/"


def test_what_is_wrong_stays_on_the_page_with_what_was_typed(evaluation: Evaluation, sign_in: SignIn) -> None:
    score = score_of(evaluation, "1.1")

    answer = sign_in("assessor").post(
        look_at(score), {"version": score.version, "decision": "give", "given": "2.75", "because": ""}
    )

    assert answer.status_code == 422
    assert "Say why the score differs" in answer.content.decode()
    assert 'value="2.75"' in answer.content.decode()


def test_who_declared_a_conflict_reads_and_decides_nothing(
    evaluation: Evaluation, cast: SampleAgency, sign_in: SignIn
) -> None:
    assessor, score = sign_in("assessor"), score_of(evaluation, "1.1")
    address = f"/evaluations/conflicts/of/{evaluation.run.public_id}/declare/"

    without = assessor.post(address, {"kpi": score.item.kpi.public_id, "because": ""})
    said = assessor.post(address, {"kpi": score.item.kpi.public_id, "because": "เคยทำงานนี้"}, follow=True)
    page = assessor.get(look_at(score)).content.decode()
    answer = assessor.post(look_at(score), {"version": score.version, "decision": "keep"})

    assert without.status_code == 422
    assert "เคยทำงานนี้" in said.content.decode()
    assert "You declared a conflict with this KPI" in page
    assert "Keep the calculated score" not in page
    assert answer.status_code == 403


def test_the_chief_lifts_a_conflict_and_the_planner_reads(evaluation: Evaluation, sign_in: SignIn) -> None:
    assessor, chief, planner = sign_in("assessor"), sign_in("chief-assessor"), sign_in("planner")
    assessor.post(f"/evaluations/conflicts/of/{evaluation.run.public_id}/declare/", {"kpi": "all", "because": "เป็นญาติ"})
    conflict = evaluation.run.conflicts.get()
    lift = f"/evaluations/conflicts/{conflict.public_id}/lift/"

    assert "Off the unit" in planner.get("/evaluations/conflicts/").content.decode()
    assert planner.post(lift, {"because": "ย้ายแล้ว"}).status_code == 403
    assert assessor.post(lift, {"because": "ย้ายแล้ว"}).status_code == 403
    assert "Lifted: ย้ายแล้ว" in chief.post(lift, {"because": "ย้ายแล้ว"}, follow=True).content.decode()


@pytest.mark.parametrize("name", ["assessor.pa", "staff2"])
def test_those_without_business_find_nothing(
    evaluation: Evaluation, offices: dict[str, SampleAgency], sign_in: SignIn, name: str
) -> None:
    assert sign_in(name).get(look_at(score_of(evaluation, "1.1"))).status_code == 404


def test_what_was_asked_about_a_figure_stands_beside_the_claim(
    submitted: SelfAssessment, cast: SampleAgency, sign_in: SignIn
) -> None:
    evaluation = evaluations.open_evaluation(submitted, by=cast.people["assessor"], at=IN_OCTOBER)
    score = score_of(evaluation, "1.1")
    strange = score.item.kpi.results.get(month=date(2027, 9, 1))
    type(strange).objects.filter(pk=strange.pk).update(value=159)

    assert [one.question.rule for one in questions.questions_of_kpi(score.item.kpi)] == ["out-of-range"]
    page = sign_in("assessor").get(look_at(score)).content.decode()

    assert "Asked about its figures" in page
    assert "Not answered" in page
