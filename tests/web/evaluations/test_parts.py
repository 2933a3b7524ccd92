"""The other parts of a final score, on the page of the evaluation."""

from decimal import Decimal

import pytest

from raprong.evaluations.models import Evaluation, PartScore
from raprong.kpis.models import Framework
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.scheme import scheme_as_data
from tests.web.keyboard import SignIn

SAID = {"part": "competency", "score": "๔.๒๕", "because": "ผลการประเมินสมรรถนะ", "version": "0"}


@pytest.fixture
def composed(evaluation: Evaluation) -> Evaluation:
    scheme = scheme_as_data(available_schemes()["individual-70-30"])
    Framework.objects.filter(run=evaluation.run).update(scheme=scheme)
    evaluation.assessment.scheme = scheme
    evaluation.assessment.save(update_fields=["scheme"])
    return evaluation


def test_the_composition_and_the_final_score_are_shown(composed: Evaluation, sign_in: SignIn) -> None:
    assessor, place = sign_in("assessor"), f"/evaluations/{composed.public_id}/"

    before = assessor.get(place).content.decode()
    answer = assessor.post(f"{place}part/", SAID, follow=True).content.decode()

    assert "Results 70 + Competency 30" in before
    assert "No score yet" in before
    assert "The score of this part is given." in answer
    assert "72.26" in answer
    assert "25.50 of a weight of 30" in answer
    assert PartScore.objects.get().score == Decimal("4.25")


def test_the_page_speaks_thai(composed: Evaluation, sign_in: SignIn) -> None:
    assessor = sign_in("assessor")
    assessor.cookies["django_language"] = "th"

    page = assessor.get(f"/evaluations/{composed.public_id}/").content.decode()

    assert "องค์ประกอบอื่นของคะแนนสุดท้าย" in page
    assert "ผลสัมฤทธิ์ของงาน ๗๐ + สมรรถนะ ๓๐" in page


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(composed: Evaluation, sign_in: SignIn) -> None:
    answer = sign_in("assessor").post(
        f"/evaluations/{composed.public_id}/part/", SAID | {"score": "6", "because": "เหตุผลเดิม"}
    )

    assert answer.status_code == 422
    assert "A score lies between 0 and 5." in answer.content.decode()
    assert "เหตุผลเดิม" in answer.content.decode()


def test_the_second_of_two_is_told(composed: Evaluation, sign_in: SignIn) -> None:
    assessor, place = sign_in("assessor"), f"/evaluations/{composed.public_id}/part/"
    assessor.post(place, SAID)

    answer = assessor.post(place, SAID)

    assert answer.status_code == 409


@pytest.mark.parametrize("part", ["results", "unknown"])
def test_no_other_part_has_an_address(composed: Evaluation, sign_in: SignIn, part: str) -> None:
    assert (
        sign_in("assessor").post(f"/evaluations/{composed.public_id}/part/", SAID | {"part": part}).status_code == 404
    )


@pytest.mark.parametrize("name", ["staff", "director", "planner"])
def test_the_unit_reads_and_gives_nothing(composed: Evaluation, sign_in: SignIn, name: str) -> None:
    person, place = sign_in(name), f"/evaluations/{composed.public_id}/"

    page, answer = person.get(place).content.decode(), person.post(f"{place}part/", SAID)

    assert f'action="{place}part/"' not in page
    assert answer.status_code in (403, 404)
    assert not PartScore.objects.exists()


def test_the_explanation_and_the_passport_lead_to_who_gave_it(composed: Evaluation, sign_in: SignIn) -> None:
    assessor, place = sign_in("assessor"), f"/scores/evaluations/{composed.public_id}"
    assessor.post(f"/evaluations/{composed.public_id}/part/", SAID)

    page = assessor.get(f"{place}/explain/").content.decode()

    assert "The final score is 46.76 + 25.50 = 72.26." in page
    assert "of 100" in page
    assert "ผลการประเมินสมรรถนะ" in page
    assert assessor.get(f"{place}/passport.pdf").content.startswith(b"%PDF")


def test_the_running_score_says_that_parts_come_with_the_evaluation(composed: Evaluation, sign_in: SignIn) -> None:
    planner, run = sign_in("planner"), composed.run.public_id

    page = planner.get(f"/scores/of/{run}/explain/").content.decode()

    assert "There is no final score yet: a part has no points." in page
    assert "of 100" in page
    assert planner.get(f"/scores/of/{run}/passport.pdf").content.startswith(b"%PDF")
