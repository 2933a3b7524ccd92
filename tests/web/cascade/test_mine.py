"""What a person answers for, and that it is understood."""

import pytest
from django.urls import reverse

from raprong.cascade import actions as cascade
from raprong.cascade.models import Commitment
from raprong.cascade.queries import waiting_for
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.web.cascade.conftest import AT
from tests.web.keyboard import SignIn


@pytest.fixture
def given(kpis: dict[str, KpiYear], cast: SampleAgency) -> list[Commitment]:
    """Two KPIs for one person."""
    people = cast.people
    kpis["1.2"].sources.add(kpis["1.2"].framework.sources.create(kind="ministry-policy", title="นโยบายกระทรวง"))
    return [
        cascade.assign(kpis[code], people["staff"], duty="เก็บข้อมูล", by=people["planner"], at=AT)
        for code in ("1.2", "2.1")
    ]


def mine(run: Run) -> str:
    return reverse("cascade:mine", kwargs={"run": run.public_id})


def test_each_kpi_shows_its_numbers_and_where_it_leads(run: Run, given: list[Commitment], english: SignIn) -> None:
    page = english("staff").get(mine(run)).content.decode()

    assert "The target is ร้อยละ 60. Level 5 asks for 100." in page
    assert "นโยบายกระทรวง" in page
    assert page.count("I acknowledge this KPI") == 2
    assert "Acknowledge 2 KPIs" in page


def test_one_kpi_is_acknowledged_with_the_statement(
    run: Run, given: list[Commitment], english: SignIn, cast: SampleAgency
) -> None:
    answer = english("staff").post(mine(run), {"commitment": given[0].public_id, "understood": "on"}, follow=True)

    assert "1 KPI is acknowledged." in answer.content.decode()
    assert list(waiting_for(cast.people["staff"])) == [given[1]]


def test_without_the_statement_nothing_is_acknowledged(
    run: Run, given: list[Commitment], english: SignIn, cast: SampleAgency
) -> None:
    one = english("staff").post(mine(run), {"commitment": given[0].public_id})
    every = english("staff").post(mine(run), {})

    assert (one.status_code, every.status_code) == (422, 422)
    assert "Tick this sentence" in one.content.decode()
    assert waiting_for(cast.people["staff"]).count() == 2


def test_acknowledging_one_twice_leaves_the_others_alone(
    run: Run, given: list[Commitment], english: SignIn, cast: SampleAgency
) -> None:
    client, data = english("staff"), {"commitment": given[0].public_id, "understood": "on"}

    client.post(mine(run), data)
    second = client.post(mine(run), data)

    assert second.status_code == 403
    assert list(waiting_for(cast.people["staff"])) == [given[1]]


def test_all_are_acknowledged_at_once(run: Run, given: list[Commitment], english: SignIn, cast: SampleAgency) -> None:
    answer = english("staff").post(mine(run), {"understood": "on"}, follow=True)

    assert "2 KPIs are acknowledged." in answer.content.decode()
    assert not waiting_for(cast.people["staff"]).exists()


def test_another_persons_kpi_is_never_acknowledged(
    run: Run, given: list[Commitment], english: SignIn, cast: SampleAgency
) -> None:
    answer = english("head1").post(mine(run), {"commitment": given[0].public_id, "understood": "on"})

    assert answer.status_code == 404
    assert waiting_for(cast.people["staff"]).count() == 2


def test_without_kpis_the_page_says_what_will_come(run: Run, english: SignIn) -> None:
    assert "No KPI has been given to you yet" in english("staff2").get(mine(run)).content.decode()
