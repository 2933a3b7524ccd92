"""Where a score comes from, for who may read it: every line, the way to the trail, the passport and its file."""

from decimal import Decimal

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import actions as evaluations
from raprong.evaluations.basis import basis_of_evaluation, code_of
from raprong.evaluations.models import Evaluation
from raprong.processes.models import Run
from tests.factories.assessments import IN_OCTOBER
from tests.web.keyboard import SignIn


def addresses(evaluation: Evaluation) -> list[str]:
    run, report = evaluation.run.public_id, evaluation.assessment.public_id
    places = [f"/scores/of/{run}", f"/scores/reports/{report}", f"/scores/evaluations/{evaluation.public_id}"]
    return [f"{place}/{page}" for place in places for page in ("explain/", "passport.pdf", "passport.json")]


def test_the_total_is_explained_down_to_each_figure(evaluation: Evaluation, sign_in: SignIn) -> None:
    page = sign_in("staff").get(f"/scores/of/{evaluation.run.public_id}/explain/").content.decode()

    assert "(50 × 2.95 + 30 × 4) ÷ 80" in page
    assert "level 2 = 40" in page
    assert "Provisional until step" in page
    assert "ตัวชี้วัดตัวอย่าง 1.1" in page


def test_one_kpi_is_explained_by_itself(evaluation: Evaluation, sign_in: SignIn) -> None:
    page = sign_in("staff").get(f"/scores/of/{evaluation.run.public_id}/explain/?kpi=1.1").content.decode()

    assert "From the score down to each figure" in page
    assert "Explain the whole total" in page
    assert 'id="kpi-1.2"' not in page


def test_every_line_opens_for_paper(evaluation: Evaluation, sign_in: SignIn) -> None:
    staff, address = sign_in("staff"), f"/scores/of/{evaluation.run.public_id}/explain/"

    closed, opened = (staff.get(one).content.decode() for one in (address, f"{address}?all=yes"))

    assert closed.count('<details class="story') == opened.count('<details class="story')
    assert closed.count("open>") < opened.count("open>")


def test_a_decision_leads_to_the_trail_for_who_may_read_it(
    evaluation: Evaluation, cast: SampleAgency, sign_in: SignIn
) -> None:
    score = evaluation.scores.get(item__kpi__code="1.1")
    evaluations.set_score(
        score, given=Decimal(3), because="หลักฐานไม่ครบ", seen=None, by=cast.people["assessor"], at=IN_OCTOBER
    )
    address = f"/scores/evaluations/{evaluation.public_id}/explain/"

    auditor, assessor = (sign_in(name).get(address).content.decode() for name in ("auditor", "assessor"))

    assert "A score of 3.0000 was given instead of the calculated 2.9500. Reason: หลักฐานไม่ครบ" in auditor
    assert cast.people["assessor"].name in auditor
    assert "/audit/?place=" in auditor
    assert "of the trail" in assessor
    assert "/audit/?place=" not in assessor


def test_confirmed_it_is_final_and_no_longer_provisional(confirmed: Evaluation, sign_in: SignIn) -> None:
    page = sign_in("director").get(f"/scores/evaluations/{confirmed.public_id}/explain/").content.decode()

    assert "it no longer changes" in page
    assert "Provisional until" not in page


def test_passport_and_file_carry_the_code_of_the_page(confirmed: Evaluation, sign_in: SignIn) -> None:
    director, place = sign_in("director"), f"/scores/evaluations/{confirmed.public_id}"

    page = director.get(f"{place}/explain/").content.decode()
    paper, file = director.get(f"{place}/passport.pdf"), director.get(f"{place}/passport.json")

    assert code_of(file.content) in page
    assert file.content == director.get(f"{place}/passport.json").content
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Type"] == "application/pdf"
    assert "attachment" in file["Content-Disposition"]
    assert Decimal("3.3438") == basis_of_evaluation(confirmed).card.total


def test_the_ways_there_stand_on_every_page_of_a_score(evaluation: Evaluation, sign_in: SignIn) -> None:
    assessor, report = sign_in("assessor"), evaluation.assessment

    official = assessor.get(f"/evaluations/{evaluation.public_id}/").content.decode()
    own = assessor.get(f"/assessments/{report.public_id}/").content.decode()

    assert f"/scores/evaluations/{evaluation.public_id}/explain/" in official
    assert f"/scores/reports/{report.public_id}/explain/" in own


def test_another_department_finds_nothing(evaluation: Evaluation, run: Run, sign_in: SignIn) -> None:
    stranger = sign_in("assessor.pa")

    assert {stranger.get(address).status_code for address in addresses(evaluation)} == {404}


@pytest.mark.parametrize("name", ["admin"])
def test_who_may_not_read_results_reads_no_explanation(evaluation: Evaluation, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)

    assert {client.get(address).status_code for address in addresses(evaluation)} <= {403, 404}
