"""The framework page, from the planning officer's side and from the others'."""

from decimal import Decimal

import pytest

from raprong.kpis.models import Framework
from raprong.processes.models import Run
from tests.web.keyboard import SignIn


def rows(prefix: str, *held: dict[str, str], initial: int = 0) -> dict[str, str]:
    posted = {f"{prefix}-TOTAL_FORMS": str(len(held)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(held):
        posted |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return posted


def test_the_planner_saves_policy_and_its_sources(open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("planner")
    posted = {"criteria_note": "เกณฑ์ของกรม"} | rows(
        "sources",
        {"kind": "ministry-policy", "title": "นโยบายกระทรวง", "reference": "หน้า 3"},
        {"kind": "other", "title": "", "reference": ""},
    )

    answer = client.post(f"/kpis/of/{open_run.public_id}/framework/policy/", posted, follow=True)

    assert answer.status_code == 200
    assert "The policy and the criteria are saved." in answer.text
    assert [source.title for source in Framework.objects.get().sources.all()] == ["นโยบายกระทรวง"]


def test_dimensions_are_saved_and_settled(framework: Framework, sign_in: SignIn) -> None:
    client, address = sign_in("planner"), f"/kpis/of/{framework.run.public_id}/framework/"
    posted = {"version": str(framework.version)} | rows(
        "dimensions", {"title": "ก", "weight": "๗๐"}, {"title": "ข", "weight": "30"}
    )

    client.post(f"{address}dimensions/", posted)
    answer = client.post(f"{address}settle/", follow=True)

    assert "The framework is settled." in answer.text
    assert [dimension.weight for dimension in framework.dimensions.all()] == [Decimal(70), Decimal(30)]


def test_faulty_dimensions_are_told_and_kept_as_typed(framework: Framework, sign_in: SignIn) -> None:
    posted = rows("dimensions", {"title": "ก", "weight": "120"}, {"title": "", "weight": "30"})

    answer = sign_in("planner").post(f"/kpis/of/{framework.run.public_id}/framework/dimensions/", posted)

    assert answer.status_code == 422
    assert "The weight is 120" in answer.text
    assert "Give it a name." in answer.text
    assert 'value="120"' in answer.text


def test_the_later_of_two_is_told_with_what_they_typed(framework: Framework, sign_in: SignIn) -> None:
    posted = {"version": str(framework.version - 1)} | rows("dimensions", {"title": "ของคนที่สอง", "weight": "100"})

    answer = sign_in("planner").post(f"/kpis/of/{framework.run.public_id}/framework/dimensions/", posted)

    assert answer.status_code == 409
    assert "ของคนที่สอง" in answer.text


def test_others_read_with_the_sentence_why_they_cannot_write(framework: Framework, sign_in: SignIn) -> None:
    answer = sign_in("staff").get(f"/kpis/of/{framework.run.public_id}/framework/")

    assert "นโยบายกระทรวง" in answer.text
    assert "this is for: Planning officer" in answer.text
    assert "sources-TOTAL_FORMS" not in answer.text


@pytest.mark.parametrize("page", ["", "framework/", "propose/", "import/", "selection/", "department/", "details/"])
def test_nothing_of_this_exists_for_another_department(framework: Framework, sign_in: SignIn, page: str) -> None:
    assert sign_in("planner.pa").get(f"/kpis/of/{framework.run.public_id}/{page}").status_code == 404


@pytest.mark.parametrize("form", ["policy", "dimensions", "settle", "reopen"])
def test_a_forms_own_address_leads_back_to_its_page(framework: Framework, sign_in: SignIn, form: str) -> None:
    page = f"/kpis/of/{framework.run.public_id}/framework/"

    answer = sign_in("planner").get(f"{page}{form}/")

    assert (answer.status_code, answer["Location"]) == (302, page)
