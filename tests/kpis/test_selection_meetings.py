"""A selection meeting: opened, decided in, closed with sealed minutes."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.references import reference
from raprong.files.store import open_content
from raprong.kpis.decisions import decide, not_select, select
from raprong.kpis.minutes import invitation_of, minutes_paper
from raprong.kpis.models import KpiYear, SelectionDecision, SelectionMeeting
from raprong.kpis.selection import Choice, Decision
from raprong.kpis.selection_meetings import Meeting, close_meeting, open_meeting, revise_meeting
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.records.models import Record
from tests.cast import NEW_YEAR

FACTS = Meeting(1, date(2026, 10, 5), "ห้องประชุม 2", "ผู้อำนวยการ", "หัวหน้ากลุ่ม 1\n\nหัวหน้ากลุ่ม 2\n")


@pytest.fixture
def candidates(propose: Callable[..., KpiYear]) -> list[KpiYear]:
    return [propose(code) for code in ("1.1", "1.2", "1.3")]


@pytest.fixture
def meeting(open_run: Run, cast: SampleAgency, candidates: list[KpiYear]) -> SelectionMeeting:
    return open_meeting(open_run, FACTS, by=cast.people["head1"], at=NEW_YEAR)


def test_a_decision_of_a_meeting_is_kept_with_who_when_and_why(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    head = cast.people["head1"]

    decide(
        open_run,
        [Decision(candidates[0], Choice.NOT_SELECT, because="ซ้ำ")],
        meeting=meeting,
        by=head,
        at=NEW_YEAR,
    )

    kept = SelectionDecision.objects.get()
    assert (kept.meeting, kept.kpi, kept.choice, kept.because) == (meeting, candidates[0], "not_selected", "ซ้ำ")
    assert (kept.decided_by, kept.decided_at) == (head, NEW_YEAR)


def test_a_decision_outside_a_meeting_is_kept_as_well(cast: SampleAgency, candidates: list[KpiYear]) -> None:
    select(candidates[0], weight=Decimal(60), by=cast.people["planner"], at=NEW_YEAR)

    kept = SelectionDecision.objects.get()
    assert (kept.meeting, kept.weight) == (None, Decimal(60))


def test_every_change_of_mind_stays_to_be_read(
    cast: SampleAgency, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    planner = cast.people["planner"]

    select(candidates[0], weight=Decimal(60), by=planner, at=NEW_YEAR)
    not_select(candidates[0], because="ไม่มีข้อมูล", by=planner, at=NEW_YEAR + timedelta(hours=1))

    assert list(SelectionDecision.objects.values_list("choice", flat=True)) == ["selected", "not_selected"]


def test_decisions_cannot_be_changed_by_sql(cast: SampleAgency, candidates: list[KpiYear]) -> None:
    select(candidates[0], weight=Decimal(60), by=cast.people["planner"], at=NEW_YEAR)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE kpis_selectiondecision SET because = ''")


def test_one_meeting_is_open_at_a_time(open_run: Run, cast: SampleAgency, meeting: SelectionMeeting) -> None:
    second = Meeting(2, date(2026, 10, 6), "ห้องประชุม", "ผู้อำนวยการ")

    with pytest.raises(Refused, match=r"1/2570"):
        open_meeting(open_run, second, by=cast.people["head1"], at=NEW_YEAR)


def test_every_fault_of_a_meeting_is_told_at_once(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    close_meeting(meeting, by=cast.people["head1"], at=NEW_YEAR)

    with pytest.raises(Faults) as refused:
        open_meeting(open_run, Meeting(1, date(2026, 10, 6), " ", "ก" * 201), by=cast.people["head1"], at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["number", "place", "chair"]


def test_a_meeting_without_those_present_is_not_closed(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear]
) -> None:
    head = cast.people["head1"]
    held = open_meeting(open_run, Meeting(1, date(2026, 10, 5), "ห้อง", "ผู้อำนวยการ"), by=head, at=NEW_YEAR)
    with pytest.raises(Faults) as refused:
        close_meeting(held, by=head, at=NEW_YEAR)

    revised = revise_meeting(held, FACTS, seen=held.version, by=head, at=NEW_YEAR)
    close_meeting(revised, by=head, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["present"]
    assert SelectionMeeting.objects.get().closed_by == head


def test_closing_seals_the_minutes_and_deposits_them(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    head = cast.people["head1"]
    decisions = [
        Decision(candidates[0], Choice.SELECT, Decimal("60.50")),
        Decision(candidates[1], Choice.NOT_SELECT, because="เป็นงานประจำ"),
    ]
    decide(open_run, decisions, meeting=meeting, by=head, at=NEW_YEAR)

    kept = close_meeting(meeting, by=head, at=NEW_YEAR)

    text = printed(kept)
    assert (kept.kind, kept.about) == ("selection_minutes", reference(meeting))
    assert "๖๐.๕๐" in text
    assert "๑/๒๕๗๐" in text


def test_minutes_say_what_was_decided_where(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    planner = cast.people["planner"]
    select(candidates[0], weight=Decimal(60), by=planner, at=NEW_YEAR)
    decide(open_run, [Decision(candidates[1], Choice.SELECT, Decimal(40))], meeting=meeting, by=planner, at=NEW_YEAR)

    paper = minutes_paper(meeting, at=NEW_YEAR)

    (dimension,) = paper.dimensions
    assert [(row.code, row.decision, row.earlier) for row in dimension.rows] == [
        ("1.1", "คัดเลือก", True),
        ("1.2", "คัดเลือก", False),
        ("1.3", "ยังไม่มีมติ", False),
    ]
    assert (paper.selected, paper.undecided, paper.given_weight) == (2, 1, Decimal(100))
    assert (dimension.share, dimension.given) == (Decimal(60), Decimal(100))


def test_minutes_are_a_draft_until_the_meeting_is_closed(cast: SampleAgency, meeting: SelectionMeeting) -> None:
    draft = minutes_paper(meeting, at=NEW_YEAR)
    close_meeting(meeting, by=cast.people["head1"], at=NEW_YEAR)
    meeting.refresh_from_db()

    assert draft.draft
    assert not minutes_paper(meeting, at=NEW_YEAR).draft


def test_nothing_is_decided_in_a_closed_meeting(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    head = cast.people["head1"]
    close_meeting(meeting, by=head, at=NEW_YEAR)

    with pytest.raises(Refused):
        decide(open_run, [Decision(candidates[0], Choice.SELECT, Decimal(40))], meeting=meeting, by=head, at=NEW_YEAR)
    with pytest.raises(Refused):
        revise_meeting(meeting, FACTS, seen=None, by=head, at=NEW_YEAR)
    with pytest.raises(Refused):
        close_meeting(meeting, by=head, at=NEW_YEAR)


def test_a_later_meeting_may_decide_otherwise(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear], meeting: SelectionMeeting
) -> None:
    head = cast.people["head1"]
    decide(open_run, [Decision(candidates[0], Choice.SELECT, Decimal(40))], meeting=meeting, by=head, at=NEW_YEAR)
    close_meeting(meeting, by=head, at=NEW_YEAR)
    second = open_meeting(open_run, Meeting(2, date(2026, 10, 7), "ห้อง", "ผู้อำนวยการ", "หัวหน้ากลุ่ม"), by=head, at=NEW_YEAR)

    decide(
        open_run,
        [Decision(candidates[0], Choice.NOT_SELECT, Decimal(40), because="ไม่มีงบ")],
        meeting=second,
        by=head,
        at=NEW_YEAR,
    )

    assert [decision.meeting for decision in SelectionDecision.objects.all()] == [meeting, second]


def test_somebody_who_revised_an_old_page_is_told(cast: SampleAgency, meeting: SelectionMeeting) -> None:
    head = cast.people["head1"]
    revise_meeting(meeting, FACTS, seen=meeting.version, by=head, at=NEW_YEAR)

    with pytest.raises(Stale):
        revise_meeting(meeting, FACTS, seen=meeting.version, by=head, at=NEW_YEAR)


@pytest.mark.parametrize("username", ["staff", "assessor", "auditor"])
def test_those_who_do_not_select_hold_no_meeting(
    open_run: Run, cast: SampleAgency, meeting: SelectionMeeting, candidates: list[KpiYear], username: str
) -> None:
    person = cast.people[username]

    with pytest.raises(Refused):
        open_meeting(open_run, FACTS, by=person, at=NEW_YEAR)
    with pytest.raises(Refused):
        revise_meeting(meeting, FACTS, seen=None, by=person, at=NEW_YEAR)
    with pytest.raises(Refused):
        close_meeting(meeting, by=person, at=NEW_YEAR)
    with pytest.raises(Refused):
        decide(open_run, [Decision(candidates[0], Choice.SELECT, Decimal(1))], meeting=meeting, by=person, at=NEW_YEAR)


def test_another_department_holds_no_meeting_here(open_run: Run, meeting: SelectionMeeting, outsider: Person) -> None:
    with pytest.raises(Refused):
        open_meeting(open_run, FACTS, by=outsider, at=NEW_YEAR)
    with pytest.raises(Refused):
        close_meeting(meeting, by=outsider, at=NEW_YEAR)


def test_the_invitation_says_when_where_and_about_what(meeting: SelectionMeeting) -> None:
    words = invitation_of(meeting, candidates=3)

    assert "วันจันทร์ที่ ๕ ตุลาคม ๒๕๖๙" in words
    assert "ณ ห้องประชุม ๒" in words
    assert "ระเบียบวาระที่ ๓ เรื่องเพื่อพิจารณา" in words
    assert "จำนวน ๓ ตัวชี้วัด" in words


def printed(kept: Record) -> str:
    with open_content(kept.sha256) as content:
        pages = PdfReader(BytesIO(content.read())).pages
    return "".join(page.extract_text() for page in pages)
