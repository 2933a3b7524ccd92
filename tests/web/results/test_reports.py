"""The way from a closed month to its report in the cabinet."""

from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.records.models import Record
from raprong.results import actions as results
from tests.web.keyboard import SignIn
from tests.web.results.conftest import IN_DECEMBER, OCTOBER


def grid(run: Run) -> str:
    return reverse("results:grid", kwargs={"run": run.public_id})


def test_a_closed_month_leads_to_its_report(
    run: Run, october: dict[str, KpiYear], cast: SampleAgency, english: SignIn
) -> None:
    results.close_month(run, OCTOBER, because="", by=cast.people["planner"], at=IN_DECEMBER)
    report = reverse("records:record", kwargs={"record": Record.objects.get().public_id})

    client = english("planner")

    assert report in client.get(grid(run)).content.decode()
    assert client.get(report).status_code == 200


def test_who_may_not_open_the_cabinet_sees_no_way_to_it(
    run: Run, october: dict[str, KpiYear], cast: SampleAgency, english: SignIn
) -> None:
    results.close_month(run, OCTOBER, because="", by=cast.people["planner"], at=IN_DECEMBER)
    report = reverse("records:record", kwargs={"record": Record.objects.get().public_id})

    client = english("host")

    assert report not in client.get(grid(run)).content.decode()
    assert client.get(report).status_code == 404


def test_an_open_month_has_no_report(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    assert "The month&#39;s report" not in english("planner").get(grid(run)).content.decode()
