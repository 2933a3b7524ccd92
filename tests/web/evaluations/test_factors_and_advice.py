"""External factors and recommendations on their pages and under “My work”, by the side that has the move."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from raprong.assessments.models import AssessmentItem
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import recommendations
from raprong.evaluations.models import Evaluation, ExternalFactor, Recommendation
from tests.factories.assessments import IN_OCTOBER, PDF
from tests.web.keyboard import SignIn

IN_A_MONTH = IN_OCTOBER.date() + timedelta(days=30)


@pytest.fixture
def item(evaluation: Evaluation) -> AssessmentItem:
    return evaluation.assessment.items.get(kpi__code="1.2")


@pytest.fixture
def advice(evaluation: Evaluation, item: AssessmentItem, cast: SampleAgency) -> Recommendation:
    return recommendations.recommend(
        evaluation,
        item.kpi,
        text="จัดทำทะเบียนผู้เรียน",
        owner=cast.people["head1"],
        due_on=IN_A_MONTH,
        by=cast.people["assessor"],
        at=IN_OCTOBER,
    )


def test_a_claim_goes_from_the_group_to_its_decision(item: AssessmentItem, sign_in: SignIn) -> None:
    staff, assessor = sign_in("staff"), sign_in("assessor")
    address = f"/evaluations/factors/of/{item.public_id}/"
    proof = SimpleUploadedFile("ประกาศ.pdf", PDF)

    without = staff.post(address, {"text": "น้ำท่วม"})
    sent = staff.post(address, {"text": "น้ำท่วมพื้นที่อบรม", "evidence": [proof]}, follow=True)
    factor = ExternalFactor.objects.get()
    place = f"/evaluations/factors/{factor.public_id}/"
    waits = assessor.get("/").content.decode()
    undecided = assessor.post(place, {"version": factor.version, "accept": "yes", "because": ""})
    decided = assessor.post(
        place, {"version": factor.version, "accept": "yes", "because": "มีประกาศเขตภัยพิบัติ"}, follow=True
    )

    assert (without.status_code, undecided.status_code) == (HTTPStatus.UNPROCESSABLE_ENTITY,) * 2
    assert "ประกาศ.pdf" in sent.content.decode()
    assert place in waits
    assert "Factor accepted" in decided.content.decode()
    assert place not in assessor.get("/").content.decode()
    (file,) = factor.files.all()
    content: Any = assessor.get(f"/files/{file.public_id}/")
    assert b"".join(content.streaming_content) == PDF
    assert sign_in("staff2").get(f"/files/{file.public_id}/").status_code == HTTPStatus.NOT_FOUND


def test_proof_is_sent_in_pieces_from_both_pages_that_take_it(
    item: AssessmentItem, advice: Recommendation, sign_in: SignIn
) -> None:
    claim = sign_in("staff").get(f"/evaluations/factors/of/{item.public_id}/").content.decode()
    follow = sign_in("head1").get(f"/evaluations/recommendations/{advice.public_id}/").content.decode()

    for page in (claim, follow):
        assert "data-file-drop" in page
        assert "areas/files" in page


def test_a_claim_is_taken_back_before_its_decision(item: AssessmentItem, sign_in: SignIn) -> None:
    staff = sign_in("staff")
    staff.post(
        f"/evaluations/factors/of/{item.public_id}/",
        {"text": "น้ำท่วม", "evidence": [SimpleUploadedFile("ประกาศ.pdf", PDF)]},
    )
    factor = ExternalFactor.objects.get()
    place = f"/evaluations/factors/{factor.public_id}/"

    back = staff.post(place, {"version": factor.version, "move": "withdraw"}, follow=True)

    assert "The claim is taken back." in back.content.decode()
    assert sign_in("assessor").post(place, {"accept": "yes", "because": "เหตุ"}).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(("name", "status"), [("staff2", 403), ("assessor", 403), ("staff.pa", 404)])
def test_nobody_else_reaches_the_form_of_a_claim(item: AssessmentItem, sign_in: SignIn, name: str, status: int) -> None:
    assert sign_in(name).get(f"/evaluations/factors/of/{item.public_id}/").status_code == status


def test_an_assessor_recommends_from_the_evaluation(
    evaluation: Evaluation, item: AssessmentItem, cast: SampleAgency, sign_in: SignIn
) -> None:
    assessor, address = sign_in("assessor"), f"/evaluations/{evaluation.public_id}/recommend/"
    said = {
        "kpi": item.kpi.public_id,
        "text": "จัดทำทะเบียน",
        "owner": cast.people["head1"].public_id,
        "due_on": IN_A_MONTH.isoformat(),
    }

    wrong = assessor.post(address, said | {"owner": ""})
    made = assessor.post(address, said, follow=True)
    look = assessor.get(f"/evaluations/scores/{evaluation.scores.get(item=item).public_id}/look/")

    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "จัดทำทะเบียน" in made.content.decode()
    assert "จัดทำทะเบียน" in look.content.decode()
    assert sign_in("planner").get(address).status_code == HTTPStatus.FORBIDDEN


def test_advice_is_found_under_my_work_until_it_is_closed(advice: Recommendation, sign_in: SignIn) -> None:
    owner, assessor = sign_in("head1"), sign_in("assessor")
    place = f"/evaluations/recommendations/{advice.public_id}/"

    assert place in owner.get("/").content.decode()
    empty = owner.post(place, {"move": "report", "version": advice.version, "text": ""})
    owner.post(place, {"move": "report", "version": advice.version, "text": "ทำแล้ว"})
    assert place not in owner.get("/").content.decode()
    assert place in assessor.get("/").content.decode()
    stale = assessor.post(place, {"move": "close", "version": advice.version, "because": "ครบ"})
    closed = assessor.post(
        place, {"move": "close", "version": advice.version + 1, "because": "ตรวจแล้วครบ"}, follow=True
    )

    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert stale.status_code == HTTPStatus.CONFLICT
    assert "ตรวจแล้วครบ" in closed.content.decode()
    assert place not in assessor.get("/").content.decode()


def test_who_writes_the_report_of_a_kpi_reads_what_was_recommended_about_it(
    advice: Recommendation, item: AssessmentItem, evaluation: Evaluation, sign_in: SignIn
) -> None:
    others = evaluation.scores.exclude(item=item)[0].item
    own, other = (
        sign_in("planner").get(f"/assessments/items/{one.public_id}/").content.decode() for one in (item, others)
    )

    assert advice.text in own
    assert advice.text not in other


@pytest.mark.parametrize(("name", "status"), [("assessor.pa", 404), ("staff2", 404), ("auditor", 200), ("head2", 200)])
def test_advice_opens_to_its_owner_and_to_who_reads_scores(
    advice: Recommendation, sign_in: SignIn, name: str, status: int
) -> None:
    assert sign_in(name).get(f"/evaluations/recommendations/{advice.public_id}/").status_code == status


def test_lists_show_what_waits_first(advice: Recommendation, item: AssessmentItem, sign_in: SignIn) -> None:
    assessor = sign_in("assessor")

    assert "จัดทำทะเบียนผู้เรียน" in assessor.get("/evaluations/recommendations/").content.decode()
    assert "Nothing is claimed" in assessor.get("/evaluations/factors/").content.decode()
