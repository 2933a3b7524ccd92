"""Evidence is as closed as the part of the report that it stands in."""

from datetime import date
from io import BytesIO

import pytest

from raprong.access.rules import Refused
from raprong.assessments import actions as assessments
from raprong.assessments.models import GroupPart, SelfAssessment
from raprong.assessments.parts import actions as parts
from raprong.assessments.parts.actions import Reason
from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.evidence.facts import Facts, Proves
from raprong.evidence.models import EVERY_ROUND, Credit
from raprong.processes.models import Run
from tests.factories.assessments import IN_MARCH, PDF, agree_on_kpis, come_to, complete, report


@pytest.fixture
def assessment(run: Run, cast: SampleAgency) -> SelfAssessment:
    """The half-year's report; the KPI of the first working group is complete."""
    kpis = agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    report(kpis[1], date(2027, 3, 1), "59", by=cast.people["staff"])
    opened = assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)
    complete(opened.items.get(kpi__group=cast.units["mip-1"]), by=cast.people["staff"], at=IN_MARCH)
    return opened


@pytest.fixture
def part(assessment: SelfAssessment, cast: SampleAgency) -> GroupPart:
    return parts.hand_in(assessment.parts.get(group=cast.units["mip-1"]), by=cast.people["staff"], at=IN_MARCH)


@pytest.mark.parametrize("months", [6, EVERY_ROUND])
def test_evidence_does_not_change_while_the_head_looks_at_it(part: GroupPart, cast: SampleAgency, months: int) -> None:
    given, staff = Credit.objects.get(), cast.people["staff"]
    more = Proves(given.kpi, months)

    with pytest.raises(Refused, match="หัวหน้ากลุ่ม"):
        evidence.hand_in(BytesIO(PDF + b"more"), "เพิ่ม.pdf", proves=more, by=staff, at=IN_MARCH)
    with pytest.raises(Refused, match="หัวหน้ากลุ่ม"):
        evidence.withdraw(given, by=staff, at=IN_MARCH)
    with pytest.raises(Refused, match="หัวหน้ากลุ่ม"):
        evidence.change(given.evidence, Facts("อื่น"), seen=None, by=staff, at=IN_MARCH)


def test_another_round_takes_evidence_meanwhile(part: GroupPart, cast: SampleAgency) -> None:
    kpi = Credit.objects.get().kpi

    more = Proves(kpi, 12)
    given = evidence.hand_in(BytesIO(PDF + b"more"), "เพิ่ม.pdf", proves=more, by=cast.people["staff"], at=IN_MARCH)

    assert given.months == 12


def test_evidence_changes_again_when_the_part_comes_back(
    assessment: SelfAssessment, part: GroupPart, cast: SampleAgency
) -> None:
    item = assessment.items.get(kpi__group=cast.units["mip-1"])
    parts.send_back(part, [Reason(item, "evidence", "ขอฉบับลงนาม")], by=cast.people["head1"], at=IN_MARCH)

    withdrawn = evidence.withdraw(Credit.objects.get(), by=cast.people["staff"], at=IN_MARCH)

    assert withdrawn.withdrawn_by == cast.people["staff"]
