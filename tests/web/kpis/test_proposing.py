"""Library, proposal, and KPI page."""

from collections.abc import Callable
from typing import Any

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import Framework, KpiYear
from raprong.processes.models import Run
from tests.web.keyboard import SignIn


@pytest.fixture
def typed(framework: Framework, cast: SampleAgency) -> dict[str, Any]:
    dimension = framework.dimensions.first()
    assert dimension is not None
    levels = {f"level_{level}": str(at) for level, at in enumerate((92, 93, 94, 95, 96), start=1)}
    return {
        "code": "2.1",
        "title": "ร้อยละการเบิกจ่าย",
        "dimension": dimension.public_id,
        "group": cast.units["mip-1"].public_id,
        "measure": "ร้อยละ",
        "criteria_kind": "ladder",
        "target": "๙๕",
        "weight": "",
        "baseline_2569": "93.88",
        **levels,
    }


def test_a_group_proposes_and_finds_it_in_the_library(open_run: Run, sign_in: SignIn, typed: dict[str, Any]) -> None:
    client = sign_in("staff")

    answer = client.post(f"/kpis/of/{open_run.public_id}/propose/", typed, follow=True)
    library = client.get(f"/kpis/of/{open_run.public_id}/")

    assert "KPI 2.1 is proposed." in answer.text
    assert "92/93/94/95/96" in library.text


def test_everything_wrong_with_a_proposal_is_told_at_once(
    open_run: Run, sign_in: SignIn, typed: dict[str, Any], propose: Callable[..., KpiYear]
) -> None:
    propose("1.1")
    faulty = typed | {"code": "1.1", "title": "", "level_3": "90", "target": "ร้อยละเก้าสิบ", "weight": "200"}

    answer = sign_in("staff").post(f"/kpis/of/{open_run.public_id}/propose/", faulty)

    assert answer.status_code == 422
    for told in ("already belongs to", "This field is required.", "turns back", "Enter a number", "The weight is 200"):
        assert told in answer.text
    assert 'value="ร้อยละเก้าสิบ"' in answer.text


def test_a_target_between_levels_stands_on_the_ladder(sign_in: SignIn, propose: Callable[..., KpiYear]) -> None:
    kpi = propose()

    page = sign_in("staff").get(f"/kpis/{kpi.public_id}/")

    assert page.status_code == 200
    assert "level 4 asks for 80" in page.text


def test_a_stale_revision_is_told_with_what_was_typed(
    sign_in: SignIn, typed: dict[str, Any], propose: Callable[..., KpiYear]
) -> None:
    kpi = propose()

    answer = sign_in("staff").post(f"/kpis/{kpi.public_id}/revise/", typed | {"version": "7", "title": "ของคนที่สอง"})

    assert answer.status_code == 409
    assert "ของคนที่สอง" in answer.text


def test_withdrawing_asks_first(open_run: Run, sign_in: SignIn, propose: Callable[..., KpiYear]) -> None:
    kpi, client = propose(), sign_in("staff")

    asked = client.get(f"/kpis/{kpi.public_id}/withdraw/")
    done = client.post(f"/kpis/{kpi.public_id}/withdraw/", follow=True)

    assert "Withdraw" in asked.text
    assert "KPI 1.1 is withdrawn." in done.text
    assert not KpiYear.objects.exists()


def test_the_library_filters_sorts_and_says_when_nothing_fits(
    open_run: Run, cast: SampleAgency, sign_in: SignIn, propose: Callable[..., KpiYear]
) -> None:
    propose("1.2", title="ก่อน")
    propose("1.10", title="หลัง")
    client, address = sign_in("staff"), f"/kpis/of/{open_run.public_id}/"

    falling = client.get(f"{address}?sort=-code").text
    other_group = client.get(f"{address}?group={cast.units['mip-2'].public_id}").text
    searched = client.get(f"{address}?q=หลัง").text

    assert falling.index("หลัง") < falling.index("ก่อน")
    assert "No KPI fits" in other_group
    assert "ก่อน" not in searched


def test_another_department_finds_no_kpi(sign_in: SignIn, propose: Callable[..., KpiYear]) -> None:
    kpi = propose()

    for page in ("", "revise/", "withdraw/", "details/"):
        assert sign_in("planner.pa").get(f"/kpis/{kpi.public_id}/{page}").status_code == 404
