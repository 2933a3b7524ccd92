"""The selection page: candidates, decisions, weights, and what others did meanwhile."""

from collections.abc import Callable
from decimal import Decimal

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.decisions import select
from raprong.kpis.models import KpiYear, SelectionDecision
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.web.keyboard import SignIn
from tests.web.selection.conftest import decided, fields_of


def test_a_selection_is_saved_and_settled(open_run: Run, sign_in: SignIn, candidates: list[KpiYear]) -> None:
    posted = decided(candidates[0], "select", "๑๐๐") | decided(candidates[1], "not_select", because="ซ้ำ")

    answer = sign_in("head1").post(f"/kpis/of/{open_run.public_id}/selection/", posted, follow=True)

    assert "The selection is settled: 1 selected, 100.00 in all." in answer.text


def test_every_fault_stands_at_its_candidate(open_run: Run, sign_in: SignIn, candidates: list[KpiYear]) -> None:
    posted = decided(candidates[0], "select") | decided(candidates[1], "not_select")

    answer = sign_in("head1").post(f"/kpis/of/{open_run.public_id}/selection/", posted)

    assert answer.status_code == 422
    assert "Give KPI 1.1 a weight." in answer.text
    assert "Say why KPI 1.2 is not selected" in answer.text


def test_a_decision_overtaken_by_another_is_told(open_run: Run, sign_in: SignIn, candidates: list[KpiYear]) -> None:
    posted = decided(candidates[0], "select", "60", version=9) | decided(candidates[1], "select", "40")

    answer = sign_in("head1").post(f"/kpis/of/{open_run.public_id}/selection/", posted)

    assert answer.status_code == 409
    assert not KpiYear.objects.selected().exists()


def test_staff_read_the_selection_with_the_sentence_why(
    open_run: Run, sign_in: SignIn, candidates: list[KpiYear]
) -> None:
    page = sign_in("staff").get(f"/kpis/of/{open_run.public_id}/selection/")

    assert page.status_code == 200
    assert "this is for:" in page.text
    assert f"choice_{candidates[0].public_id}" not in page.text


def test_what_nobody_touched_is_not_decided_again(
    open_run: Run, cast: SampleAgency, sign_in: SignIn, candidates: list[KpiYear]
) -> None:
    client, address = sign_in("head1"), f"/kpis/of/{open_run.public_id}/selection/"
    posted = fields_of(client.get(address).text)
    select(candidates[0], weight=Decimal(60), by=cast.people["planner"], at=NEW_YEAR)

    posted |= {f"choice_{candidates[1].public_id}": "select", f"weight_{candidates[1].public_id}": "40"}
    answer = client.post(address, posted, follow=True)

    assert answer.status_code == 200
    assert "The selection is settled: 2 selected, 100.00 in all." in answer.text
    assert SelectionDecision.objects.filter(kpi=candidates[0]).count() == 1


def test_who_was_overtaken_keeps_the_typing_and_may_save_again(
    open_run: Run, cast: SampleAgency, sign_in: SignIn, candidates: list[KpiYear]
) -> None:
    client, address = sign_in("head1"), f"/kpis/of/{open_run.public_id}/selection/"
    posted = fields_of(client.get(address).text)
    select(candidates[0], weight=Decimal(60), by=cast.people["planner"], at=NEW_YEAR)
    posted |= {f"choice_{candidates[0].public_id}": "not_select", f"because_{candidates[0].public_id}": "no data yet"}

    told = client.post(address, posted)
    again = client.post(address, fields_of(told.text), follow=True)

    assert told.status_code == 409
    assert "It now says: Selected, weight 60.00." in told.text
    assert "no data yet" in told.text
    assert again.status_code == 200
    assert KpiYear.objects.get(pk=candidates[0].pk).decision_reason == "no data yet"


def test_a_candidate_that_came_in_meanwhile_is_left_undecided(
    open_run: Run, sign_in: SignIn, candidates: list[KpiYear], propose: Callable[..., KpiYear]
) -> None:
    client, address = sign_in("head1"), f"/kpis/of/{open_run.public_id}/selection/"
    posted = fields_of(client.get(address).text)
    late = propose("1.3")
    posted |= {f"choice_{candidates[0].public_id}": "select", f"weight_{candidates[0].public_id}": "40"}

    answer = client.post(address, posted, follow=True)

    assert answer.status_code == 200
    assert KpiYear.objects.get(pk=late.pk).state == "proposed"


def test_the_page_reads_in_thai(open_run: Run, sign_in: SignIn, candidates: list[KpiYear]) -> None:
    client = sign_in("head1")
    client.cookies["django_language"] = "th"

    page = client.get(f"/kpis/of/{open_run.public_id}/selection/")

    assert "เปิดการประชุม" in page.text
    assert "คัดเลือก" in page.text


def test_another_department_does_not_find_the_selection(
    open_run: Run, sign_in: SignIn, candidates: list[KpiYear]
) -> None:
    client = sign_in("planner.pa")

    assert client.get(f"/kpis/of/{open_run.public_id}/selection/").status_code == 404
    assert client.get(f"/selection/of/{open_run.public_id}/compare/").status_code == 404
    assert client.get(f"/selection/of/{open_run.public_id}/meetings/open/").status_code == 404
    assert client.get(f"/selection/parts/{candidates[0].public_id}/").status_code == 404
