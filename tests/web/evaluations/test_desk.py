"""The desk: one KPI across units, one unit across KPIs, the riskiest first, and the random sample."""

from datetime import UTC, datetime

import pytest

from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations.models import Evaluation, SampleSeed
from raprong.evidence.models import Credit
from raprong.processes.models import Run
from tests.factories.assessments import IN_OCTOBER
from tests.web.keyboard import SignIn

YEAR_BEGINS = datetime(2026, 10, 6, 3, 0, tzinfo=UTC)


def test_the_desk_tells_why_a_claim_comes_first(evaluation: Evaluation, cast: SampleAgency, sign_in: SignIn) -> None:
    Credit.objects.filter(kpi__code="1.2").update(withdrawn_at=IN_OCTOBER, withdrawn_by=cast.people["staff"])
    assessor = sign_in("assessor")
    assessor.get(f"/evaluations/{evaluation.public_id}/")  # opens the year that is scored

    page = assessor.get("/evaluations/desk/").content.decode()

    assert "and nothing proves it" in page
    assert page.index("1.2 ") < page.index("2.1 ")


def test_one_kpi_leads_along_the_units(evaluation: Evaluation, sign_in: SignIn) -> None:
    assessor, score = sign_in("assessor"), evaluation.scores.get(item__kpi__code="1.1")
    assessor.get(f"/evaluations/{evaluation.public_id}/")

    desk = assessor.get(f"/evaluations/desk/?kpi={score.item.kpi.public_id}").content.decode()
    address = f"/evaluations/scores/{score.public_id}/look/?along=kpi"
    page = assessor.get(address).content.decode()
    answer = assessor.post(address, {"version": score.version, "decision": "keep"})

    assert address in desk
    assert "0 of 1 units looked at" in page
    assert answer.headers["Location"] == f"/evaluations/desk/?kpi={score.item.kpi.public_id}&show=all"


def test_the_same_kpi_is_found_in_a_unit_that_numbers_it_otherwise(
    evaluation: Evaluation, neighbour: Evaluation, sign_in: SignIn
) -> None:
    assessor, ours = sign_in("assessor"), evaluation.scores.get(item__kpi__code="1.2")
    alike, other = (neighbour.scores.get(item__kpi__code=code) for code in ("1.1", "1.2"))

    page = assessor.get(f"/evaluations/scores/{ours.public_id}/look/?along=kpi").content.decode()
    desk = assessor.get(f"/evaluations/desk/?kpi={alike.item.kpi.public_id}&show=all").content.decode()
    answer = assessor.post(
        f"/evaluations/scores/{ours.public_id}/look/?along=kpi", {"version": ours.version, "decision": "keep"}
    )

    assert "0 of 2 units looked at" in page
    assert answer.headers["Location"] == f"/evaluations/scores/{alike.public_id}/look/?along=kpi"
    assert all(one.public_id in desk for one in (ours, alike))
    assert other.public_id not in desk


def test_what_was_looked_at_leaves_the_waiting(evaluation: Evaluation, sign_in: SignIn) -> None:
    assessor, score = sign_in("assessor"), evaluation.scores.get(item__kpi__code="1.1")
    assessor.post(f"/evaluations/scores/{score.public_id}/look/", {"version": score.version, "decision": "keep"})

    waiting = assessor.get("/evaluations/desk/").content.decode()
    everything = assessor.get("/evaluations/desk/?show=all&sort=-own").content.decode()

    assert score.public_id not in waiting
    assert score.public_id in everything


@pytest.mark.parametrize("name", ["planner", "director", "auditor", "executive"])
def test_those_who_are_assessed_or_only_read_have_no_desk(evaluation: Evaluation, sign_in: SignIn, name: str) -> None:
    assert sign_in(name).get("/evaluations/desk/").status_code == 403


def test_a_desk_without_claims_says_so(cast: SampleAgency, run: Run, sign_in: SignIn) -> None:
    assert "Nothing is being scored this year" in sign_in("assessor").get("/evaluations/desk/").content.decode()


def test_a_seed_is_published_on_its_page_and_draws_in_public(run: Run, cast: SampleAgency, sign_in: SignIn) -> None:
    assessor, planner = sign_in("assessor"), sign_in("planner")

    wrong = assessor.post("/evaluations/samples/", {"months": "12", "per_hundred": "0"})
    made = assessor.post("/evaluations/samples/", {"months": "12", "per_hundred": "10"}, follow=True)
    read = planner.get("/evaluations/samples/").content.decode()

    assert wrong.status_code == 422
    seed = SampleSeed.objects.get()
    assert seed.seed in made.content.decode()
    assert seed.seed in read
    assert "Publish the seed" not in read
    assert planner.post("/evaluations/samples/", {"months": "6", "per_hundred": "10"}).status_code == 403
    assert SampleSeed.objects.count() == 1


def test_the_list_to_draw_from_is_text_for_the_command(
    submitted: SelfAssessment, cast: SampleAgency, sign_in: SignIn
) -> None:
    seed = SampleSeed.objects.create(
        agency=cast.agency,
        fiscal_year=submitted.run.fiscal_year,
        months=12,
        seed="5eed",
        per_hundred=34,
        published_at=YEAR_BEGINS,
        published_by=cast.people["assessor"],
    )
    address = f"/evaluations/samples/{seed.public_id}/list.txt"

    text = sign_in("planner").get(address).content.decode()

    assert all(item.kpi.public_id in text for item in submitted.items.all())
    assert sign_in("assessor.pa").get(address).status_code == 404
