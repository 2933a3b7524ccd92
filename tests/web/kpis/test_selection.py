"""The list for the department, and the detail sheets."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.kpis.models import DepartmentList, KpiYear
from raprong.lib.scoring.criteria import Choice, Option
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.web.keyboard import SignIn


@pytest.fixture
def candidates(propose: Callable[..., KpiYear]) -> list[KpiYear]:
    return [propose("1.1"), propose("1.2")]


def test_the_list_goes_to_the_department_once_it_is_whole(
    open_run: Run, cast: SampleAgency, sign_in: SignIn, candidates: list[KpiYear]
) -> None:
    client, address = sign_in("planner"), f"/kpis/of/{open_run.public_id}/department/"
    early = client.get(address)
    weights = dict(zip(candidates, (Decimal(60), Decimal(40)), strict=True))
    kpis.set_weights(open_run, weights, by=cast.people["planner"], at=NEW_YEAR)

    sent = client.post(address, follow=True)

    assert "No KPI is selected yet" in early.text
    assert "The department has this list." in sent.text
    assert DepartmentList.objects.count() == 1


def test_the_list_tells_answers_in_words(
    open_run: Run, cast: SampleAgency, sign_in: SignIn, propose: Callable[..., KpiYear]
) -> None:
    answers = Choice((Option(Decimal(1), "ยังไม่มี"), Option(Decimal(5), "เผยแพร่แล้ว")))
    kpi = propose("1.1", criteria=answers, target=Decimal(2))
    kpis.select(kpi, weight=Decimal(100), by=cast.people["planner"], at=NEW_YEAR)

    page = sign_in("planner").get(f"/kpis/of/{open_run.public_id}/department/").text

    assert "เผยแพร่แล้ว" in page


def test_a_detail_sheet_is_written_and_counted(
    open_run: Run, cast: SampleAgency, sign_in: SignIn, candidates: list[KpiYear]
) -> None:
    kpi = kpis.select(candidates[0], weight=Decimal(60), by=cast.people["planner"], at=NEW_YEAR)
    posted = {
        "version": str(kpi.version),
        "definition": "เงินที่เบิกจ่ายจริง",
        "formula": "เบิกจ่าย ÷ จัดสรร × 100",
        "data_source": "GFMIS",
        "collection_method": "ดึงจากระบบ",
        "supervisor": cast.positions["mip-1/head"].public_id,
        "collector": cast.positions["mip-1/officer"].public_id,
    }

    answer = sign_in("staff").post(f"/kpis/{kpi.public_id}/details/", posted, follow=True)

    assert "1 of 1 sheets are complete" in answer.text


def test_a_sheet_of_another_group_is_read_only(cast: SampleAgency, sign_in: SignIn, candidates: list[KpiYear]) -> None:
    kpi = kpis.select(candidates[0], weight=Decimal(60), by=cast.people["planner"], at=NEW_YEAR)

    page = sign_in("staff2").get(f"/kpis/{kpi.public_id}/details/")

    assert "this is for:" in page.text
    assert 'name="definition"' not in page.text
