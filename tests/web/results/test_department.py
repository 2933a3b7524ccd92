"""Where all the units stand, for those who may read several."""

from datetime import UTC, datetime
from decimal import Decimal
from random import Random

import pytest
from django.urls import reverse

from raprong.kpis.models import KpiYear
from raprong.lib.scoring.criteria import YesNo
from raprong.lib.scoring.rollup import MeasuredKpi
from raprong.lib.scoring.scheme import Scheme
from raprong.processes.models import Run
from tests.factories.department import department, random_department
from tests.web.keyboard import SignIn

NEW_YEAR = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
ADDRESS = "results:department"


def page_of(sign_in: SignIn, username: str, query: str = "") -> str:
    answer = sign_in(username).get(reverse(ADDRESS) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_assessor_sees_every_unit_with_its_total(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    department(run, units=2, kpis=2, scheme=Scheme, kpi=full_marks, at=NEW_YEAR)

    page = page_of(english, "assessor")

    assert "3.2700" in page
    assert page.count("5.0000") >= 2
    assert "4.4233" in page  # (3.27 + 5 + 5) ÷ 3
    assert "Lowest scores" in page
    assert reverse("results:scores", kwargs={"run": run.public_id}) in page


def full_marks(code: str) -> MeasuredKpi:
    return MeasuredKpi(code, Decimal(50), YesNo(Decimal(5), Decimal(1)), Decimal(1))


@pytest.mark.parametrize("username", ["assessor", "executive", "auditor"])
def test_those_who_read_several_units_find_it_in_the_menu(
    october: dict[str, KpiYear], english: SignIn, username: str
) -> None:
    assert f'href="{reverse(ADDRESS)}"' in page_of(english, username)


def test_staff_see_their_own_unit_alone_and_no_entry_in_the_menu(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    department(run, units=1, kpis=1, scheme=Scheme, kpi=full_marks, at=NEW_YEAR)

    page = page_of(english, "staff")

    assert "3.2700" in page
    assert "สำนักที่ 0" not in page
    assert f'href="{reverse(ADDRESS)}"' not in page


def test_somebody_of_another_department_sees_none_of_it(october: dict[str, KpiYear], english: SignIn) -> None:
    page = page_of(english, "planner.pa")

    assert "No unit has started this year" in page
    assert "3.2700" not in page


def test_results_after_a_month_are_left_out(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    assert "3.2700" in page_of(english, "assessor", "?upto=2026-10")


def test_units_are_sorted_and_come_page_by_page(run: Run, english: SignIn) -> None:
    random_department(run, Random(1), units=30, kpis=3, at=NEW_YEAR)

    first, last = page_of(english, "assessor", "?sort=-total"), page_of(english, "assessor", "?sort=-total&page=2")

    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in last
    assert "Nothing reported yet" in last or "No KPI selected yet" in last


def test_a_reader_of_thai_reads_thai(october: dict[str, KpiYear], sign_in: SignIn) -> None:
    page = page_of(sign_in, "executive")

    assert "ผลคะแนนของทุกหน่วยงาน" in page
    assert "ค่าเฉลี่ยคะแนนรวมของหน่วยงาน" in page
