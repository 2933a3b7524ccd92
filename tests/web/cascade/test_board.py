"""The board on which KPIs are handed on."""

from django.urls import reverse

from raprong.cascade import actions as cascade
from raprong.cascade.models import Commitment
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.web.cascade.conftest import AT
from tests.web.keyboard import SignIn


def board(run: Run) -> str:
    return reverse("cascade:board", kwargs={"run": run.public_id})


def assign(kpi: KpiYear) -> str:
    return reverse("cascade:assign", kwargs={"kpi": kpi.public_id})


def test_a_head_hands_on_within_the_own_group(
    run: Run, kpis: dict[str, KpiYear], english: SignIn, cast: SampleAgency
) -> None:
    client, kpi = english("head1"), kpis["1.2"]

    page = client.get(board(run)).content.decode()
    data = {f"{kpi.public_id}-person": cast.people["staff"].public_id, f"{kpi.public_id}-duty": "เก็บข้อมูล"}
    answer = client.post(assign(kpi), data, follow=True)

    assert page.count('class="hand-on"') == 1
    assert cast.people["staff2"].name not in page
    assert Commitment.objects.get().duty == "เก็บข้อมูล"
    assert "is given to" in answer.content.decode()


def test_a_form_without_a_person_comes_back_with_its_fault(run: Run, kpis: dict[str, KpiYear], english: SignIn) -> None:
    kpi = kpis["1.2"]

    answer = english("head1").post(assign(kpi), {f"{kpi.public_id}-person": "", f"{kpi.public_id}-duty": "เก็บข้อมูล"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{kpi.public_id}-person"' in page
    assert "เก็บข้อมูล" in page


def test_what_is_not_acknowledged_is_taken_back(
    run: Run, kpis: dict[str, KpiYear], english: SignIn, cast: SampleAgency
) -> None:
    held = cascade.assign(kpis["1.2"], cast.people["staff"], duty="", by=cast.people["head1"], at=AT)

    answer = english("planner").post(reverse("cascade:release", kwargs={"commitment": held.public_id}), follow=True)

    assert "is taken back" in answer.content.decode()
    assert not Commitment.objects.exists()


def test_readers_see_the_board_and_why_they_cannot_change_it(
    run: Run, kpis: dict[str, KpiYear], english: SignIn, cast: SampleAgency
) -> None:
    cascade.assign(kpis["1.2"], cast.people["staff"], duty="", by=cast.people["head1"], at=AT)

    page = english("staff2").get(board(run)).content.decode()

    assert cast.people["staff"].name in page
    assert "this is for" in page
    assert 'class="hand-on"' not in page
    assert "Take back" not in page


def test_an_outsider_finds_nothing(run: Run, kpis: dict[str, KpiYear], sign_in: SignIn, cast: SampleAgency) -> None:
    held = cascade.assign(kpis["1.2"], cast.people["staff"], duty="", by=cast.people["head1"], at=AT)
    client = sign_in("planner.pa")

    release = reverse("cascade:release", kwargs={"commitment": held.public_id})

    assert client.get(board(run)).status_code == 404
    assert client.post(assign(kpis["1.2"])).status_code == 404
    assert client.post(release).status_code == 404
    assert Commitment.objects.exists()


def test_before_kpis_are_selected_the_board_says_what_will_come(run: Run, english: SignIn) -> None:
    assert "No KPIs to hand on yet" in english("planner").get(board(run)).content.decode()
