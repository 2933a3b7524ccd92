"""The page of one KPI and the scores of the year."""

from decimal import Decimal

from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results import actions as results
from raprong.results.models import MonthlyResult
from tests.web.keyboard import SignIn
from tests.web.results.conftest import IN_DECEMBER, OCTOBER


def test_the_years_scores_say_that_they_are_provisional(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    page = english("director").get(reverse("results:scores", kwargs={"run": run.public_id})).content.decode()

    assert "Provisional until step" in page
    assert "Weight that counts" in page
    assert "3.2700" in page  # (50 × 2.95 + 30 × 3.65 + 20 × 3.5) ÷ 100
    assert page.count('class="mini-ladder"') == 3
    assert 'data-chart="year"' in page


def test_scores_up_to_a_month_leave_later_figures_out(
    run: Run, october: dict[str, KpiYear], english: SignIn, cast: SampleAgency
) -> None:
    results.report(
        october["1.1"],
        month=OCTOBER.replace(month=11),
        value=Decimal(100),
        status="value",
        note="",
        seen=None,
        by=cast.people["planner"],
        at=IN_DECEMBER,
    )
    address = reverse("results:scores", kwargs={"run": run.public_id})

    latest = english("director").get(address).content.decode()
    of_october = english("director").get(f"{address}?upto=2026-10").content.decode()

    assert "4.2950" in latest
    assert "3.2700" in of_october


def test_without_kpis_the_pages_say_what_will_come(run: Run, english: SignIn) -> None:
    client = english("planner")

    assert "No scores yet" in client.get(reverse("results:scores", kwargs={"run": run.public_id})).content.decode()
    assert (
        "No monthly results yet" in client.get(reverse("results:grid", kwargs={"run": run.public_id})).content.decode()
    )


def test_a_kpi_tells_what_is_missing_to_the_next_level(october: dict[str, KpiYear], english: SignIn) -> None:
    page = english("staff").get(reverse("results:kpi", kwargs={"kpi": october["1.1"].public_id})).content.decode()

    assert "59 earns 2.9500" in page
    assert "1 more for level 3" in page
    assert "41 more for level 5" in page
    assert "grows by 1.0250" in page  # 50 % of 5 − 2.95


def test_fewer_is_better_counts_the_way_down(october: dict[str, KpiYear], english: SignIn) -> None:
    page = english("staff").get(reverse("results:kpi", kwargs={"kpi": october["2.1"].public_id})).content.decode()

    assert "0.50 more for level 4" in page


def test_a_kpi_keeps_the_story_of_each_figure(october: dict[str, KpiYear], english: SignIn, cast: SampleAgency) -> None:
    results.report(
        october["1.1"],
        month=OCTOBER,
        value=Decimal(60),
        status="value",
        note="แก้ตามเอกสาร",
        seen=1,
        by=cast.people["planner"],
        at=IN_DECEMBER,
    )

    page = english("staff").get(reverse("results:kpi", kwargs={"kpi": october["1.1"].public_id})).content.decode()

    assert "corrected once" in page
    assert "59 → <strong>60</strong>" in page


def test_a_kpi_without_figures_waits_for_the_first(kpis: dict[str, KpiYear], english: SignIn) -> None:
    page = english("staff").get(reverse("results:kpi", kwargs={"kpi": kpis["1.1"].public_id})).content.decode()

    assert "No result yet" in page
    assert 'data-chart="months"' not in page


def test_what_stands_instead_of_a_result_is_said_and_is_not_nought(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    KpiYear.objects.filter(code="1.2").update(cancelled_from=6, cancelled_because="ยกเลิกโครงการ")
    MonthlyResult.objects.filter(kpi=october["2.1"]).update(status="missing", value=None)
    client = english("director")

    page = client.get(reverse("results:scores", kwargs={"run": run.public_id})).content.decode()
    kpi = client.get(reverse("results:kpi", kwargs={"kpi": october["2.1"].public_id})).content.decode()

    assert "Cancelled" in page
    assert "The data do not exist" in page
    assert "2.9500" in page  # over 1.1 alone
    assert "The data do not exist" in kpi
