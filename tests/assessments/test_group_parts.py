"""A group's part of a report goes from hand to hand, and comes back with reasons at the exact field."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest

from raprong.access.models import RoleGrant
from raprong.access.rules import Refused
from raprong.assessments import actions as assessments
from raprong.assessments.enums import PartState
from raprong.assessments.models import AssessmentItem, GroupPart, Remark, SelfAssessment
from raprong.assessments.parts import actions as parts
from raprong.assessments.parts.actions import Reason
from raprong.assessments.parts.queries import (
    checkers_of,
    is_punctual,
    open_remarks,
    parts_due_on,
    parts_of,
)
from raprong.assessments.queries import evidence_by_item, items_of
from raprong.assessments.rounds import due_on
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.kpis.models import KpiYear
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.processes.models import Run, SopEdition
from tests.factories.assessments import IN_MARCH, PDF, agree_on_kpis, attach, come_to, complete, gather_parts, report


@pytest.fixture
def kpis(run: Run, cast: SampleAgency) -> list[KpiYear]:
    made = agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    report(made[1], date(2027, 3, 1), "59", by=cast.people["staff"])
    return made


@pytest.fixture
def assessment(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> SelfAssessment:
    """The half-year's report; the KPI of the first working group has a result and is complete, written by its staff."""
    opened = assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)
    complete(opened.items.get(kpi__group=cast.units["mip-1"]), by=cast.people["staff"], at=IN_MARCH)
    return opened


@pytest.fixture
def part(assessment: SelfAssessment, cast: SampleAgency) -> GroupPart:
    return assessment.parts.get(group=cast.units["mip-1"])


@pytest.fixture
def item(assessment: SelfAssessment, cast: SampleAgency) -> AssessmentItem:
    return assessment.items.get(kpi__group=cast.units["mip-1"])


@pytest.fixture
def handed_in(part: GroupPart, cast: SampleAgency) -> GroupPart:
    return parts.hand_in(part, by=cast.people["staff"], at=IN_MARCH)


@pytest.fixture
def returned(handed_in: GroupPart, item: AssessmentItem, cast: SampleAgency) -> GroupPart:
    """The head asks for another narrative."""
    reason = Reason(item, "narrative", "บอกวันที่ดำเนินการด้วย")
    return parts.send_back(handed_in, [reason], by=cast.people["head1"], at=IN_MARCH)


def standing(assessment: SelfAssessment) -> list[tuple[str, str]]:
    """The reasons that still stand: which field, and what is said."""
    found = open_remarks(assessment, items_of(assessment), evidence_by_item(assessment))
    return [(each.remark.field, each.remark.text) for each in found]


def write(item: AssessmentItem, cast: SampleAgency, narrative: str, who: str = "staff") -> None:
    assessments.write(item, narrative=narrative, seen=None, by=cast.people[who], at=IN_MARCH)


def test_every_group_with_kpis_has_a_part(assessment: SelfAssessment) -> None:
    assert [(str(part.group), part.state) for part in parts_of(assessment)] == [
        ("กลุ่มแผนงานและสารสนเทศ", PartState.WRITING),
        ("กลุ่มที่ ๑", PartState.WRITING),
        ("กลุ่มที่ ๒", PartState.WRITING),
    ]


def test_a_part_goes_from_hand_to_hand(
    part: GroupPart, cast: SampleAgency, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        parts.hand_in(part, by=cast.people["staff"], at=IN_MARCH)
        parts.pass_on(part, by=cast.people["head1"], at=IN_MARCH)
        parts.gather(part, by=cast.people["planner"], at=IN_MARCH)

    part.refresh_from_db()
    assert (part.state, part.handed_in_by, part.passed_by, part.gathered_by) == (
        PartState.GATHERED,
        cast.people["staff"],
        cast.people["head1"],
        cast.people["planner"],
    )
    told = list(Notice.objects.filter(kind="assessment.part_waits").values_list("person", flat=True))
    assert told == [cast.people[name].pk for name in ("head1", "planning-head", "planner")]
    kinds = Entry.objects.filter(kind__startswith="assessment.part_").values_list("kind", flat=True)
    assert sorted(kinds) == [
        "assessment.part_gathered",
        "assessment.part_handed_in",
        "assessment.part_passed_on",
    ]


def test_handing_in_names_what_each_kpi_lacks(assessment: SelfAssessment, cast: SampleAgency) -> None:
    incomplete = assessment.parts.get(group=cast.units["mip-2"])

    with pytest.raises(Faults) as caught:
        parts.hand_in(incomplete, by=cast.people["staff2"], at=IN_MARCH)

    lacking = assessment.items.get(kpi__group=cast.units["mip-2"])
    assert [fault.field for fault in caught.value.faults] == [lacking.public_id]


@pytest.mark.parametrize("name", ["staff2", "head2", "director", "assessor", "auditor", "records"])
def test_another_group_hands_nothing_in(part: GroupPart, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        parts.hand_in(part, by=cast.people[name], at=IN_MARCH)


@pytest.mark.parametrize("name", ["staff", "staff2", "head2", "planner", "director", "assessor"])
def test_only_the_groups_head_passes_its_part_on(handed_in: GroupPart, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        parts.pass_on(handed_in, by=cast.people[name], at=IN_MARCH)


def test_a_head_who_wrote_does_not_pass_alone(part: GroupPart, item: AssessmentItem, cast: SampleAgency) -> None:
    write(item, cast, "หัวหน้าเขียนเอง", who="head1")
    write(item, cast, "เจ้าหน้าที่แก้คำผิด")
    parts.hand_in(part, by=cast.people["staff"], at=IN_MARCH)

    with pytest.raises(Refused, match=cast.people["director"].name):
        parts.pass_on(part, by=cast.people["head1"], at=IN_MARCH)

    assert parts.pass_on(part, by=cast.people["director"], at=IN_MARCH).state == PartState.WITH_PLANNING


def test_a_group_without_a_head_is_looked_at_by_planning(handed_in: GroupPart, cast: SampleAgency) -> None:
    RoleGrant.objects.filter(person=cast.people["head1"]).delete()

    names = {person.name for person in checkers_of(handed_in, on=IN_MARCH.date())}
    passed = parts.pass_on(handed_in, by=cast.people["planner"], at=IN_MARCH)

    assert names == {cast.people[name].name for name in ("planner", "planning-head", "director")}
    assert passed.state == PartState.WITH_PLANNING


def test_without_a_second_person_asked_for_a_head_passes_own_words(
    run: Run, part: GroupPart, item: AssessmentItem, cast: SampleAgency
) -> None:
    change_rules(run, second_person=False)
    part.refresh_from_db()
    write(item, cast, "หัวหน้าเขียนเอง", who="head1")
    parts.hand_in(part, by=cast.people["head1"], at=IN_MARCH)

    passed = parts.pass_on(part, by=cast.people["head1"], at=IN_MARCH)

    assert passed.state == PartState.WITH_PLANNING


def test_where_no_head_looks_a_part_goes_straight_to_planning(run: Run, part: GroupPart, cast: SampleAgency) -> None:
    change_rules(run, checked_by=None)

    handed = parts.hand_in(part, by=cast.people["staff"], at=IN_MARCH)

    assert handed.state == PartState.WITH_PLANNING


def test_a_part_that_is_handed_in_is_not_written_in(
    handed_in: GroupPart, item: AssessmentItem, cast: SampleAgency
) -> None:
    with pytest.raises(Refused):
        write(item, cast, "อีกครั้ง")

    parts.take_back(handed_in, by=cast.people["staff"], at=IN_MARCH)
    write(item, cast, "อีกครั้ง")


def test_a_part_that_was_passed_on_is_not_taken_back(handed_in: GroupPart, cast: SampleAgency) -> None:
    parts.pass_on(handed_in, by=cast.people["head1"], at=IN_MARCH)

    with pytest.raises(Refused):
        parts.take_back(handed_in, by=cast.people["staff"], at=IN_MARCH)


def test_a_reason_stands_at_its_field_until_that_changes(
    assessment: SelfAssessment, returned: GroupPart, item: AssessmentItem, cast: SampleAgency
) -> None:
    before = standing(assessment)
    assessments.write(
        item, narrative="ดำเนินการครบตามแผน", factors="อื่น", seen=None, by=cast.people["staff"], at=IN_MARCH
    )
    still = standing(assessment)
    write(item, cast, "ดำเนินการครบตามแผนเมื่อ 12 มีนาคม 2570")

    assert before == still == [("narrative", "บอกวันที่ดำเนินการด้วย")]
    assert standing(assessment) == []


def test_a_reason_is_about_what_the_field_says_when_it_is_given(
    assessment: SelfAssessment, part: GroupPart, item: AssessmentItem, cast: SampleAgency
) -> None:
    write(item, cast, "เขียนหลังจากที่เปิดหน้าไว้")
    parts.hand_in(part, by=cast.people["staff"], at=IN_MARCH)

    parts.send_back(part, [Reason(item, "narrative", "บอกวันที่")], by=cast.people["head1"], at=IN_MARCH)

    assert standing(assessment) == [("narrative", "บอกวันที่")]


def test_a_reason_about_evidence_stands_until_the_evidence_changes(
    assessment: SelfAssessment, handed_in: GroupPart, item: AssessmentItem, cast: SampleAgency
) -> None:
    parts.send_back(handed_in, [Reason(item, "evidence", "ขาดรายงานการประชุม")], by=cast.people["head1"], at=IN_MARCH)
    before = standing(assessment)

    attach(item, BytesIO(PDF + b"more"), "ประชุม.pdf", by=cast.people["staff"], at=IN_MARCH)

    assert before == [("evidence", "ขาดรายงานการประชุม")]
    assert standing(assessment) == []


def test_what_stays_as_it_is_needs_a_word(returned: GroupPart, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as caught:
        parts.hand_in(returned, by=cast.people["staff"], at=IN_MARCH)

    again = parts.hand_in(returned, note="วันที่อยู่ในหลักฐานแล้ว", by=cast.people["staff"], at=IN_MARCH)

    assert [fault.field for fault in caught.value.faults] == ["note"]
    assert (again.state, again.note) == (PartState.WITH_HEAD, "วันที่อยู่ในหลักฐานแล้ว")


def test_sending_back_without_a_reason_is_refused(
    handed_in: GroupPart, item: AssessmentItem, assessment: SelfAssessment, cast: SampleAgency
) -> None:
    others = assessment.items.get(kpi__group=cast.units["mip-2"])
    wrong = [Reason(item, "narrative", " "), Reason(item, "colour", "แดง"), Reason(others, "narrative", "ไม่ใช่ของกลุ่มนี้")]

    with pytest.raises(Faults):
        parts.send_back(handed_in, [], by=cast.people["head1"], at=IN_MARCH)
    with pytest.raises(Faults) as caught:
        parts.send_back(handed_in, wrong, by=cast.people["head1"], at=IN_MARCH)

    assert len(caught.value.faults) == 3
    assert not Remark.objects.exists()


def test_the_group_is_told_why_its_part_came_back(
    handed_in: GroupPart, item: AssessmentItem, cast: SampleAgency, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        parts.send_back(handed_in, [Reason(item, "narrative", "บอกวันที่")], by=cast.people["head1"], at=IN_MARCH)

    told = Notice.objects.filter(kind="assessment.part_sent_back")
    assert cast.people["staff"].pk in told.values_list("person", flat=True)
    assert told[0].words["because"] == "บอกวันที่"


def test_planning_and_the_director_send_back_what_was_passed_on(handed_in: GroupPart, cast: SampleAgency) -> None:
    parts.pass_on(handed_in, by=cast.people["head1"], at=IN_MARCH)

    with pytest.raises(Refused):
        parts.send_back(handed_in, [], because="แก้", by=cast.people["head1"], at=IN_MARCH)
    again = parts.send_back(handed_in, [], because="แก้", by=cast.people["planner"], at=IN_MARCH)

    assert (again.state, again.sent_back_because) == (PartState.RETURNED, "แก้")


@pytest.mark.parametrize("name", ["head1", "staff", "director", "assessor"])
def test_only_planning_gathers(handed_in: GroupPart, cast: SampleAgency, name: str) -> None:
    parts.pass_on(handed_in, by=cast.people["head1"], at=IN_MARCH)

    with pytest.raises(Refused):
        parts.gather(handed_in, by=cast.people[name], at=IN_MARCH)


def test_a_report_waits_for_every_part(assessment: SelfAssessment, handed_in: GroupPart, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as caught:
        assessments.submit(assessment, seen=None, by=cast.people["director"], at=IN_MARCH)

    fields = [fault.field for fault in caught.value.faults]
    assert f"part-{handed_in.public_id}" in fields
    assert len(fields) == 3  # what the other two groups lack is said of their KPIs


def test_with_the_last_part_gathered_those_who_submit_are_told(
    assessment: SelfAssessment, cast: SampleAgency, django_capture_on_commit_callbacks: object
) -> None:
    for item in assessment.items.exclude(kpi__group=cast.units["mip-1"]):
        complete(item, by=cast.people["planner"], at=IN_MARCH)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        gather_parts(assessment, by=cast.people["planner"], at=IN_MARCH)

    told = Notice.objects.filter(kind="assessment.all_gathered").values_list("person", flat=True)
    assert set(told) == {cast.people["director"].pk, cast.people["planning-head"].pk}


def test_figures_that_change_after_passing_are_looked_at_again(
    assessment: SelfAssessment, handed_in: GroupPart, kpis: list[KpiYear], cast: SampleAgency
) -> None:
    parts.pass_on(handed_in, by=cast.people["head1"], at=IN_MARCH)
    report(kpis[1], date(2027, 2, 1), "50", by=cast.people["staff"])
    kpis[1].results.filter(month=date(2027, 3, 1)).update(value=70)

    assessments.refresh_figures(assessment, by=cast.people["planner"], at=IN_MARCH)

    handed_in.refresh_from_db()
    assert handed_in.state == PartState.WITH_HEAD
    entry = Entry.objects.get(kind="assessment.figures_refreshed")
    assert entry.facts["looked_at_again"] == ["กลุ่มที่ ๑"]


def test_somebody_of_another_department_moves_nothing(handed_in: GroupPart, outsider: Person) -> None:
    for move in (parts.take_back, parts.pass_on, parts.gather):
        with pytest.raises(Refused):
            move(handed_in, by=outsider, at=IN_MARCH)
    with pytest.raises(Refused):
        parts.send_back(handed_in, [], because="แก้", by=outsider, at=IN_MARCH)
    assert not GroupPart.objects.visible_to(outsider, on=IN_MARCH.date()).exists()


def test_days_are_counted_in_working_days_from_the_end_of_the_round(run: Run) -> None:
    due, parts_due = due_on(run, 6), parts_due_on(run, 6)

    # From Wednesday 31 March 2027: Chakri day and its neighbours, Songkran and weekends do not count.
    assert date(2027, 4, 14) <= due <= date(2027, 4, 23)
    assert parts_due < due
    assert parts_due.weekday() < 5


def test_a_part_is_punctual_by_the_day_it_was_first_handed_in(handed_in: GroupPart, cast: SampleAgency) -> None:
    parts.send_back(handed_in, [], because="แก้", by=cast.people["head1"], at=IN_MARCH)
    late = datetime(2027, 6, 1, 3, tzinfo=UTC)
    parts.hand_in(handed_in, by=cast.people["staff"], at=late)
    handed_in.refresh_from_db()

    assert is_punctual(handed_in, today=late.date()) is True


def test_a_part_not_handed_in_is_late_after_its_day(part: GroupPart) -> None:
    due = parts_due_on(part.assessment.run, 6)

    assert is_punctual(part, today=due) is None
    assert is_punctual(part, today=due + timedelta(days=1)) is False


def change_rules(run: Run, **rules: object) -> None:
    """Let the run's SOP say something else about parts."""
    definition = run.definition
    parts_now = definition.reporting.parts
    assert parts_now is not None
    reporting = definition.reporting.model_copy(update={"parts": parts_now.model_copy(update=rules)})
    changed = definition.model_copy(update={"reporting": reporting})
    edition = SopEdition.objects.create(
        code=changed.code, edition="other", title=changed.title, digest=changed.digest, content=changed.to_json()
    )
    Run.objects.filter(pk=run.pk).update(sop=edition)
    run.refresh_from_db()
