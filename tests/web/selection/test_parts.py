"""The weights of parts inside their KPI."""

from collections.abc import Callable

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear, SelectionDecision
from raprong.kpis.queries import parts_of
from raprong.kpis.selection_meetings import open_meeting
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.kpis.test_selection_meetings import FACTS
from tests.web.keyboard import SignIn


@pytest.fixture
def parent(propose: Callable[..., KpiYear]) -> KpiYear:
    """A KPI with two parts."""
    parent = propose("1.1")
    for code in ("1.1.1", "1.1.2"):
        KpiYear.objects.filter(pk=propose(code).pk).update(parent=parent)
    return parent


def weighed(parent: KpiYear, *weights: str, version: int = 1) -> dict[str, str]:
    names = [f"weight_{part.public_id}" for part in parts_of(parent)]
    return dict(zip(names, weights, strict=True)) | {"version": str(version)}


def test_parts_are_weighed_to_exactly_a_hundred(sign_in: SignIn, parent: KpiYear) -> None:
    client, address = sign_in("head1"), f"/selection/parts/{parent.public_id}/"

    short = client.post(address, weighed(parent, "๓๓.๓๓", "66.66"))
    whole = client.post(address, weighed(parent, "๓๓.๓๓", "66.67"), follow=True)

    assert short.status_code == 422
    assert "The parts of KPI 1.1 add up to 99.99, and 100.00 is asked for." in short.text
    assert "66.66" in short.text
    assert "The parts of KPI 1.1 are weighed: 100.00 in all." in whole.text


def test_parts_are_no_candidates_of_their_own(open_run: Run, sign_in: SignIn, parent: KpiYear) -> None:
    page = sign_in("head1").get(f"/kpis/of/{open_run.public_id}/selection/")

    part = parts_of(parent)[0]
    assert f"choice_{parent.public_id}" in page.text
    assert f"choice_{part.public_id}" not in page.text
    assert part.title in page.text


def test_weights_given_in_a_meeting_are_kept_in_it(
    open_run: Run, cast: SampleAgency, sign_in: SignIn, parent: KpiYear
) -> None:
    meeting = open_meeting(open_run, FACTS, by=cast.people["head1"], at=NEW_YEAR)
    client = sign_in("head1")
    client.post(
        f"/selection/meetings/{meeting.public_id}/",
        {f"choice_{parent.public_id}": "select", f"weight_{parent.public_id}": "100"},
    )

    page = client.post(
        f"/selection/meetings/{meeting.public_id}/parts/{parent.public_id}/",
        weighed(parent, "40", "60", version=2),
        follow=True,
    )

    assert page.redirect_chain[-1][0] == f"/selection/meetings/{meeting.public_id}/"
    assert SelectionDecision.objects.filter(meeting=meeting, weight=60).exists()


def test_who_looked_at_older_weights_is_told(sign_in: SignIn, parent: KpiYear) -> None:
    client, address = sign_in("head1"), f"/selection/parts/{parent.public_id}/"
    client.post(address, weighed(parent, "50", "50"))

    late = client.post(address, weighed(parent, "60", "40"))

    assert late.status_code == 409
    assert "60" in late.text


def test_an_assessor_reads_the_weights_and_the_sentence_why(sign_in: SignIn, parent: KpiYear) -> None:
    client, address = sign_in("assessor"), f"/selection/parts/{parent.public_id}/"

    page = client.get(address)

    assert "this is for:" in page.text
    assert client.post(address, weighed(parent, "60", "40")).status_code == 403
