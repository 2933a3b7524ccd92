"""The page of a group's part: looked at, handed on, and sent back at the exact field."""

from datetime import date

import pytest

from raprong.assessments import actions as assessments
from raprong.assessments.enums import PartState
from raprong.assessments.models import AssessmentItem, GroupPart, SelfAssessment
from raprong.assessments.parts import actions as parts
from raprong.assessments.parts.actions import Reason, place_of
from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person
from raprong.web.assessments.waiting import reports
from raprong.web.home.desk import Desk
from tests.factories.assessments import IN_MARCH, complete, gather_parts
from tests.web.keyboard import SignIn


@pytest.fixture
def item(assessment: SelfAssessment, cast: SampleAgency) -> AssessmentItem:
    """What the first working group says of its KPI, complete and written by its staff."""
    own = assessment.items.get(kpi__group=cast.units["mip-1"])
    complete(own, by=cast.people["staff"], at=IN_MARCH)
    return own


@pytest.fixture
def part(assessment: SelfAssessment, item: AssessmentItem, cast: SampleAgency) -> GroupPart:
    return assessment.parts.get(group=cast.units["mip-1"])


@pytest.fixture
def handed_in(part: GroupPart, cast: SampleAgency) -> GroupPart:
    return parts.hand_in(part, by=cast.people["staff"], at=IN_MARCH)


def page_of(part: GroupPart) -> str:
    return f"/assessments/parts/{part.public_id}/"


def waits_for(person: Person) -> list[str]:
    return [waiting.kind for waiting in reports(Desk.of(Person.objects.get(pk=person.pk), IN_MARCH))]


def test_a_part_is_handed_on_page_by_page(part: GroupPart, sign_in: SignIn) -> None:
    staff, head, planner = sign_in("staff"), sign_in("head1"), sign_in("planner")

    staff.post(f"{page_of(part)}hand-in/", {"version": part.version})
    part.refresh_from_db()
    head.post(f"{page_of(part)}pass-on/", {"version": part.version})
    part.refresh_from_db()
    planner.post(f"{page_of(part)}gather/", {"version": part.version})

    part.refresh_from_db()
    assert part.state == PartState.GATHERED
    assert "Gathered" in planner.get(page_of(part)).text


def test_what_is_missing_is_said_when_handing_in(
    assessment: SelfAssessment, cast: SampleAgency, sign_in: SignIn
) -> None:
    empty = assessment.parts.get(group=cast.units["mip-2"])

    answer = sign_in("staff2").post(f"{page_of(empty)}hand-in/", {"version": empty.version})

    assert answer.status_code == 422
    assert "2.1: what was done is not written" in answer.text


def test_a_reason_is_given_at_the_field_and_shown_there(
    handed_in: GroupPart, item: AssessmentItem, cast: SampleAgency, sign_in: SignIn
) -> None:
    head, staff = sign_in("head1"), sign_in("staff")
    reason = {place_of(item, "narrative"): "บอกวันที่ด้วย", "version": handed_in.version}

    answer = head.post(f"{page_of(handed_in)}send-back/", reason, follow=True)

    assert "The part is back with" in answer.text
    assert "To change: What was done" in answer.text
    assert "บอกวันที่ด้วย" in staff.get(f"/assessments/items/{item.public_id}/").text
    assessments.write(item, narrative="ทำเมื่อ 5 มีนาคม", seen=None, by=cast.people["staff"], at=IN_MARCH)
    assert "บอกวันที่ด้วย" not in staff.get(f"/assessments/items/{item.public_id}/").text


def test_sending_back_without_a_reason_keeps_the_page_and_says_so(handed_in: GroupPart, sign_in: SignIn) -> None:
    answer = sign_in("head1").post(f"{page_of(handed_in)}send-back/", {"version": handed_in.version})

    assert answer.status_code == 422
    assert "Say what the group should change" in answer.text


def test_a_part_that_moved_meanwhile_is_not_passed_on(handed_in: GroupPart, sign_in: SignIn) -> None:
    answer = sign_in("head1").post(f"{page_of(handed_in)}pass-on/", {"version": handed_in.version - 1})

    assert answer.status_code == 409


def test_another_group_looks_and_moves_nothing(handed_in: GroupPart, sign_in: SignIn) -> None:
    other = sign_in("head2")

    page = other.get(page_of(handed_in))

    assert page.status_code == 200
    assert "send-back/" not in page.text
    assert other.post(f"{page_of(handed_in)}pass-on/").status_code == 403
    assert sign_in("planner.pa").get(page_of(handed_in)).status_code == 404


def test_the_report_shows_where_each_part_lies(
    assessment: SelfAssessment, handed_in: GroupPart, sign_in: SignIn
) -> None:
    page = sign_in("planner").get(f"/assessments/{assessment.public_id}/").text

    assert "How far the groups are" in page
    assert "With the group head" in page
    assert "Handed in on time: 1 of 3 groups" in page


def test_each_hand_finds_its_part_on_the_desk(
    assessment: SelfAssessment, part: GroupPart, item: AssessmentItem, cast: SampleAgency
) -> None:
    people = cast.people
    with_group = [waits_for(people[name]) for name in ("staff", "head1", "director")]
    parts.hand_in(part, by=people["staff"], at=IN_MARCH)
    with_head = [waits_for(people[name]) for name in ("staff", "head1", "director")]
    parts.pass_on(part, by=people["head1"], at=IN_MARCH)
    with_planning = [waits_for(people[name]) for name in ("staff", "head1", "director", "planner")]

    assert with_group == [["part"], ["part"], []]
    assert with_head == [[], ["pass"], []]
    assert with_planning == [[], [], [], ["report", "gather"]]


def test_the_whole_report_waits_for_those_who_submit(assessment: SelfAssessment, cast: SampleAgency) -> None:
    for each in assessment.items.all():
        complete(each, by=cast.people["planner"], at=IN_MARCH)
    gather_parts(assessment, by=cast.people["planner"], at=IN_MARCH)

    waiting = {name: waits_for(cast.people[name]) for name in ("director", "planner", "head1", "staff")}

    assert waiting == {"director": ["report"], "planner": ["report"], "head1": [], "staff": []}


def test_a_report_sent_back_leads_to_the_part(handed_in: GroupPart, item: AssessmentItem, cast: SampleAgency) -> None:
    parts.send_back(handed_in, [Reason(item, "narrative", "แก้")], by=cast.people["head1"], at=IN_MARCH)

    (waiting,) = reports(Desk.of(cast.people["staff"], IN_MARCH))

    assert waiting.url == page_of(handed_in)
    assert isinstance(waiting.due_on, date)
