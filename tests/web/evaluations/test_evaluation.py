"""Official scores, from the assessor's side, the second person's, and the unit's."""

from decimal import Decimal

from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import actions as evaluations
from raprong.evaluations.enums import State
from raprong.evaluations.models import Evaluation, GivenScore
from tests.factories.assessments import IN_OCTOBER
from tests.web.keyboard import SignIn


def score_with_result(evaluation: Evaluation) -> GivenScore:
    return evaluation.scores.get(item__kpi__code="1.1")


def test_the_assessor_begins_from_the_list(submitted: SelfAssessment, sign_in: SignIn) -> None:
    assessor = sign_in("assessor")

    page = assessor.get("/evaluations/").content.decode()
    answer = assessor.post(f"/evaluations/of/{submitted.public_id}/open/", follow=True)

    assert "Begin scoring" in page
    assert "0 of 3 KPIs looked at" in answer.content.decode()


def test_the_list_shows_only_what_was_asked_for(evaluation: Evaluation, sign_in: SignIn) -> None:
    assessor = sign_in("assessor")

    scoring = assessor.get("/evaluations/?state=scoring").content.decode()
    confirmed = assessor.get("/evaluations/?state=confirmed").content.decode()

    assert "Being scored, 0 of 3" in scoring
    assert "No report fits what you asked for" in confirmed


def test_a_score_is_kept_or_given_with_a_reason(evaluation: Evaluation, sign_in: SignIn) -> None:
    assessor, score = sign_in("assessor"), score_with_result(evaluation)
    address = f"/evaluations/scores/{score.public_id}/"

    kept = assessor.post(address, {"version": score.version, "decision": "keep"})
    given = assessor.post(
        address, {"version": score.version + 1, "decision": "give", "given": "๒.๗๕", "because": "รายงานล่าช้า"}
    )

    assert (kept.status_code, given.status_code) == (302, 302)
    score.refresh_from_db()
    assert (score.given, score.because) == (Decimal("2.75"), "รายงานล่าช้า")


def test_a_score_without_a_reason_keeps_what_was_typed(evaluation: Evaluation, sign_in: SignIn) -> None:
    score = score_with_result(evaluation)

    answer = sign_in("assessor").post(
        f"/evaluations/scores/{score.public_id}/",
        {"version": score.version, "decision": "give", "given": "2.75", "because": ""},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why the score differs" in page
    assert 'value="2.75"' in page


def test_the_later_assessor_is_told(evaluation: Evaluation, cast: SampleAgency, sign_in: SignIn) -> None:
    score = score_with_result(evaluation)
    evaluations.keep_calculated(score, seen=None, by=cast.people["host"], at=IN_OCTOBER)

    answer = sign_in("assessor").post(
        f"/evaluations/scores/{score.public_id}/",
        {"version": score.version, "decision": "give", "given": "2.75", "because": "รายงานล่าช้า"},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "after you opened the page" in page
    assert "รายงานล่าช้า" in page


def test_finishing_names_what_was_not_looked_at(evaluation: Evaluation, sign_in: SignIn) -> None:
    page = sign_in("assessor").get(f"/evaluations/{evaluation.public_id}/").content.decode()

    assert "Not looked at yet: 1.1, 1.2, 2.1." in page


def test_the_one_who_scored_sees_why_another_confirms(scored: Evaluation, sign_in: SignIn) -> None:
    assessor = sign_in("assessor")

    page = assessor.get(f"/evaluations/{scored.public_id}/").content.decode()

    assert "A second person confirms them." in page
    assert assessor.get(f"/evaluations/{scored.public_id}/confirm/").status_code == 403


def test_the_second_person_confirms_what_they_saw(scored: Evaluation, sign_in: SignIn) -> None:
    chief, address = sign_in("chief-assessor"), f"/evaluations/{scored.public_id}/confirm/"

    question = chief.get(address).content.decode()
    answer = chief.post(address, {"version": scored.version}, follow=True)

    assert "3.3438" in question
    scored.refresh_from_db()
    assert scored.state == State.CONFIRMED
    assert "Sealed score table" in answer.content.decode()


def test_sending_back_asks_for_the_reason(scored: Evaluation, sign_in: SignIn) -> None:
    chief, address = sign_in("chief-assessor"), f"/evaluations/{scored.public_id}/send-back/"

    without = chief.post(address, {"because": ""})
    with_reason = chief.post(address, {"because": "ขอดูหลักฐานอีกครั้ง"}, follow=True)

    assert without.status_code == 422
    assert "ขอดูหลักฐานอีกครั้ง" in with_reason.content.decode()


def test_the_unit_reads_the_scores_and_gives_none(evaluation: Evaluation, sign_in: SignIn) -> None:
    page = sign_in("director").get(f"/evaluations/{evaluation.public_id}/").content.decode()

    assert "Provisional until confirmed" in page
    assert "Keep the calculated score" not in page


def test_another_department_finds_nothing(evaluation: Evaluation, sign_in: SignIn) -> None:
    stranger = sign_in("assessor.pa")

    assert stranger.get(f"/evaluations/{evaluation.public_id}/").status_code == 404
    assert stranger.post(f"/evaluations/scores/{score_with_result(evaluation).public_id}/").status_code == 404
    assert stranger.post(f"/evaluations/{evaluation.public_id}/finish/").status_code == 404
    assert str(evaluation.run.unit) not in stranger.get("/evaluations/").content.decode()


MISSED = {"code": "missed", "on": "kpi", "kind": "points", "amount": "-0.2", "title_en": "Missed report"}
AWARD = {"code": "award", "on": "total", "kind": "percent", "amount": "5", "title_en": "Award"}


def ruled(evaluation: Evaluation) -> Evaluation:
    """The same evaluation, its report submitted under a scheme with two rules."""
    report = evaluation.assessment
    report.scheme = report.scheme | {"rules": [MISSED, AWARD]}
    report.save(update_fields=["scheme"])
    return evaluation


def test_the_assessor_adjusts_a_score_and_takes_it_back(evaluation: Evaluation, sign_in: SignIn) -> None:
    score, assessor = score_with_result(ruled(evaluation)), sign_in("assessor")

    made = assessor.post(
        f"/evaluations/scores/{score.public_id}/adjust/",
        {"version": evaluation.version, "rule": "missed", "count": "2", "because": "ไม่ส่งรายงานสองเดือน"},
        follow=True,
    ).content.decode()
    adjustment = evaluation.adjustments.get()
    without = assessor.post(f"/evaluations/adjustments/{adjustment.public_id}/withdraw/", {"because": ""})
    back = assessor.post(
        f"/evaluations/adjustments/{adjustment.public_id}/withdraw/", {"because": "ส่งแล้ว"}, follow=True
    ).content.decode()

    assert "-0.4000" in made
    assert "2.5500" in made
    assert "(calculated 2.9500)" in made
    assert without.status_code == 422
    assert "Withdrawn: ส่งแล้ว" in back
    assert "-0.4000" not in back


def test_an_adjustment_without_a_reason_keeps_what_was_chosen(evaluation: Evaluation, sign_in: SignIn) -> None:
    ruled(evaluation)

    answer = sign_in("assessor").post(
        f"/evaluations/{evaluation.public_id}/adjust/",
        {"version": evaluation.version, "rule": "award", "count": "3", "because": ""},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why the score is adjusted." in page
    assert 'value="3"' in page


def test_the_total_shows_itself_before_and_after(evaluation: Evaluation, cast: SampleAgency, sign_in: SignIn) -> None:
    ruled(evaluation)

    page = (
        sign_in("assessor")
        .post(
            f"/evaluations/{evaluation.public_id}/adjust/",
            {"version": evaluation.version, "rule": "award", "count": "1", "because": "ได้รับรางวัล"},
            follow=True,
        )
        .content.decode()
    )

    assert "Before adjustments" in page
    assert "3.3438" in page
    assert "3.5110" in page


def test_the_unit_sees_adjustments_and_makes_none(evaluation: Evaluation, sign_in: SignIn) -> None:
    ruled(evaluation)
    director = sign_in("director")

    page = director.get(f"/evaluations/{evaluation.public_id}/").content.decode()
    answer = director.post(
        f"/evaluations/{evaluation.public_id}/adjust/", {"rule": "award", "count": "1", "because": "ได้รับรางวัล"}
    )

    assert "Adjustments of the total" in page
    assert "Adjust the total" not in page
    assert answer.status_code == 403


def test_another_department_adjusts_nothing(evaluation: Evaluation, sign_in: SignIn) -> None:
    stranger = sign_in("assessor.pa")
    score = score_with_result(ruled(evaluation))

    assert stranger.post(f"/evaluations/{evaluation.public_id}/adjust/").status_code == 404
    assert stranger.post(f"/evaluations/scores/{score.public_id}/adjust/").status_code == 404
