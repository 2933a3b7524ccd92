"""A selection meeting through its pages: opened, decided in, compared, shown on a wall, closed."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.decisions import select
from raprong.kpis.models import KpiYear, SelectionDecision, SelectionMeeting
from raprong.kpis.selection_meetings import close_meeting, open_meeting
from raprong.processes.models import Run
from raprong.records.models import Record
from tests.cast import NEW_YEAR
from tests.kpis.test_selection_meetings import FACTS
from tests.web.keyboard import SignIn
from tests.web.selection.conftest import decided, fields_of


@pytest.fixture
def meeting(open_run: Run, cast: SampleAgency, candidates: list[KpiYear]) -> SelectionMeeting:
    return open_meeting(open_run, FACTS, by=cast.people["head1"], at=NEW_YEAR)


def test_a_head_opens_a_meeting_and_reads_its_invitation(
    open_run: Run, sign_in: SignIn, candidates: list[KpiYear]
) -> None:
    facts = {"number": "1", "held_on": "2026-10-05", "place": "ห้องประชุม 2", "chair": "ผู้อำนวยการ"}

    page = sign_in("head1").post(f"/selection/of/{open_run.public_id}/meetings/open/", facts, follow=True)

    assert "The meeting is open." in page.text
    assert "ขอเชิญประชุมคัดเลือกตัวชี้วัด ครั้งที่ ๑/๒๕๗๐" in page.text


def test_faults_of_a_meeting_stand_at_their_fields(open_run: Run, sign_in: SignIn, candidates: list[KpiYear]) -> None:
    page = sign_in("head1").post(
        f"/selection/of/{open_run.public_id}/meetings/open/", {"number": "0", "held_on": "soon"}
    )

    assert page.status_code == 422
    assert "4 things need your attention" in page.text


def test_a_decision_of_the_meeting_page_belongs_to_the_meeting(
    sign_in: SignIn, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    posted = decided(candidates[0], "select", "๔๐") | decided(candidates[1], "not_select", because="ซ้ำ")

    page = sign_in("head1").post(f"/selection/meetings/{meeting.public_id}/", posted, follow=True)

    assert set(SelectionDecision.objects.values_list("meeting", flat=True)) == {meeting.pk}
    assert "Selected, weight 40.00" in page.text


def test_candidates_are_compared_and_decided_side_by_side(
    sign_in: SignIn, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    client = sign_in("head1")
    address = f"/selection/meetings/{meeting.public_id}/compare/"
    address += f"?kpi={candidates[0].public_id}&kpi={candidates[1].public_id}"

    page = client.get(address)
    saved = client.post(address, fields_of(page.text) | decided(candidates[0], "select", "55"), follow=True)

    assert page.text.count('scope="col"') == 2
    assert saved.status_code == 200
    assert SelectionDecision.objects.get().weight == Decimal(55)


def test_at_most_four_stand_side_by_side(
    open_run: Run, sign_in: SignIn, candidates: list[KpiYear], propose: Callable[..., KpiYear]
) -> None:
    kpis = [*candidates, *(propose(code) for code in ("1.3", "1.4", "1.5"))]
    asked = "&".join(f"kpi={kpi.public_id}" for kpi in kpis)

    page = sign_in("staff").get(f"/selection/of/{open_run.public_id}/compare/?{asked}")

    assert page.text.count('scope="col"') == 4
    assert "At most 4 candidates fit side by side" in page.text


def test_slides_begin_where_nothing_is_decided_and_lead_on(
    cast: SampleAgency, sign_in: SignIn, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    select(candidates[0], weight=Decimal(40), by=cast.people["planner"], at=NEW_YEAR)
    client = sign_in("head1")

    first = client.get(f"/selection/meetings/{meeting.public_id}/slides/", follow=True)
    saved = client.post(
        f"/selection/meetings/{meeting.public_id}/slides/{candidates[1].public_id}/",
        decided(candidates[1], "select", "60"),
        follow=True,
    )

    assert "Candidate 2 of 2" in first.text
    assert 'data-key="ArrowLeft"' in first.text
    assert 'data-key="ArrowRight"' not in first.text
    assert "Saved." in saved.text
    assert SelectionDecision.objects.filter(meeting=meeting, kpi=candidates[1]).exists()


def test_a_meeting_is_closed_after_a_look_at_its_minutes(
    sign_in: SignIn, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    client, address = sign_in("planner"), f"/selection/meetings/{meeting.public_id}/"

    draft = client.get(f"{address}minutes/")
    look = client.get(f"{address}close/")
    closed = client.post(f"{address}close/", {"version": str(meeting.version)}, follow=True)

    assert b"".join(draft.streaming_content).startswith(b"%PDF")
    assert "The selection is not settled yet" in look.text
    assert "Its minutes are sealed and lie in the cabinet." in closed.text
    assert "its minutes are sealed" in client.get(address).text
    assert Record.objects.get(kind="selection_minutes")


def test_a_meeting_that_does_not_say_who_came_is_not_closed(
    open_run: Run, sign_in: SignIn, candidates: list[KpiYear]
) -> None:
    client = sign_in("head1")
    facts = {"number": "1", "held_on": "2026-10-05", "place": "ห้อง", "chair": "ผู้อำนวยการ"}
    client.post(f"/selection/of/{open_run.public_id}/meetings/open/", facts)
    held = SelectionMeeting.objects.get()

    refused = client.post(f"/selection/meetings/{held.public_id}/close/", {"version": "1"})

    assert refused.status_code == 422
    assert "Write down who was present, one post a line." in refused.text


def test_staff_read_a_meeting_and_are_told_why_they_cannot_decide(
    open_run: Run, sign_in: SignIn, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    client, address = sign_in("staff"), f"/selection/meetings/{meeting.public_id}/"

    page = client.get(address)
    slide = client.get(f"{address}slides/", follow=True)
    posted = client.post(address, decided(candidates[0], "select", "40"))
    opened = client.post(f"/selection/of/{open_run.public_id}/meetings/open/", {
        "number": "2", "held_on": "2026-10-05", "place": "ห้อง", "chair": "ผู้อำนวยการ"})  # fmt: skip

    assert "this is for:" in page.text
    assert f"choice_{candidates[0].public_id}" not in page.text + slide.text
    assert posted.status_code == opened.status_code == 403
    assert client.post(f"{address}close/").status_code == 403
    assert client.post(f"{address}facts/", {
        "number": "2", "held_on": "2026-10-05", "place": "ห้อง", "chair": "ผู้อำนวยการ"}).status_code == 403  # fmt: skip
    assert not SelectionDecision.objects.exists()


def test_another_department_does_not_find_the_meeting(
    sign_in: SignIn, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    client = sign_in("planner.pa")

    for tail in ("", "facts/", "compare/", "slides/", f"slides/{candidates[0].public_id}/", "minutes/", "close/"):
        assert client.get(f"/selection/meetings/{meeting.public_id}/{tail}").status_code == 404
        assert client.post(f"/selection/meetings/{meeting.public_id}/{tail}").status_code == 404


def test_a_closed_meeting_is_only_read(
    cast: SampleAgency, sign_in: SignIn, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    close_meeting(meeting, by=cast.people["head1"], at=NEW_YEAR)
    client, address = sign_in("head1"), f"/selection/meetings/{meeting.public_id}/"

    page = client.get(address)
    posted = client.post(address, decided(candidates[0], "select", "40"))

    assert "Meeting 1/2570 is closed and its minutes are sealed." in page.text
    assert posted.status_code == 403


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_of_a_meeting_opens_in_both_languages(
    sign_in: SignIn, candidates: list[KpiYear], meeting: SelectionMeeting, language: str
) -> None:
    client = sign_in("head1")
    client.cookies["django_language"] = language

    for tail in ("", "facts/", f"compare/?kpi={candidates[0].public_id}", "slides/", "close/"):
        page = client.get(f"/selection/meetings/{meeting.public_id}/{tail}", follow=True)
        assert page.status_code == 200
        assert f'lang="{language}"' in page.text
