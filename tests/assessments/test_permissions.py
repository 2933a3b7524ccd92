from datetime import date
from io import BytesIO

import pytest

from raprong.access.rules import Refused
from raprong.assessments import actions as assessments
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence.actions import withdraw
from raprong.evidence.models import Credit
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.factories.assessments import IN_MARCH, PDF, agree_on_kpis, attach, come_to, report


@pytest.fixture
def assessment(run: Run, cast: SampleAgency) -> SelfAssessment:
    """The first round's report; the KPI of the first group of the list has a result."""
    kpis = agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    report(kpis[1], date(2027, 3, 1), "59", by=cast.people["staff"])
    return assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)


@pytest.fixture
def item(assessment: SelfAssessment, cast: SampleAgency) -> AssessmentItem:
    """The part of the first group's KPI."""
    return assessment.items.get(kpi__group=cast.units["mip-1"])


@pytest.mark.parametrize("name", ["head1", "staff", "director", "assessor", "records", "auditor"])
def test_only_planning_opens_a_report(run: Run, cast: SampleAgency, name: str) -> None:
    agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)

    with pytest.raises(Refused):
        assessments.open_report(run, 6, by=cast.people[name], at=IN_MARCH)


@pytest.mark.parametrize("name", ["head1", "staff", "planner"])
def test_a_group_and_planning_write_the_groups_part(item: AssessmentItem, cast: SampleAgency, name: str) -> None:
    written = assessments.write(item, narrative="ทำแล้ว", seen=None, by=cast.people[name], at=IN_MARCH)

    assert written.written_by == cast.people[name]


@pytest.mark.parametrize("name", ["head2", "staff2", "director", "assessor", "host", "records", "auditor"])
def test_others_do_not_write_a_groups_part(item: AssessmentItem, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        assessments.write(item, narrative="ทำแล้ว", seen=None, by=cast.people[name], at=IN_MARCH)


def test_another_group_does_not_touch_the_evidence(item: AssessmentItem, cast: SampleAgency) -> None:
    staff, other = cast.people["staff"], cast.people["staff2"]
    evidence = attach(item, BytesIO(PDF), "หลักฐาน.pdf", by=staff, at=IN_MARCH)

    with pytest.raises(Refused):
        attach(item, BytesIO(PDF + b"2"), "อีกฉบับ.pdf", by=other, at=IN_MARCH)
    with pytest.raises(Refused):
        withdraw(evidence, by=other, at=IN_MARCH)


@pytest.mark.parametrize("name", ["head1", "staff", "assessor", "host", "records", "auditor"])
def test_only_planning_and_the_director_submit(assessment: SelfAssessment, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        assessments.submit(assessment, seen=None, by=cast.people[name], at=IN_MARCH)


def test_somebody_of_another_department_sees_nothing(
    assessment: SelfAssessment, item: AssessmentItem, cast: SampleAgency, outsider: Person
) -> None:
    attach(item, BytesIO(PDF), "หลักฐาน.pdf", by=cast.people["staff"], at=IN_MARCH)
    on = IN_MARCH.date()

    assert not SelfAssessment.objects.visible_to(outsider, on=on).exists()
    assert not AssessmentItem.objects.visible_to(outsider, on=on).exists()
    assert not Credit.objects.visible_to(outsider, on=on).exists()
    with pytest.raises(Refused):
        assessments.write(item, narrative="ทำแล้ว", seen=None, by=outsider, at=IN_MARCH)
