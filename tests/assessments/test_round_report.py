"""The result table of a round says what its report says."""

from datetime import date
from decimal import Decimal

import pytest

from raprong.assessments import actions as assessments
from raprong.assessments.models import SelfAssessment
from raprong.assessments.queries import card_of_report, items_of, version_read
from raprong.assessments.round_report import round_report
from raprong.cli.sample.organisation import SampleAgency
from raprong.processes.models import Run
from tests.factories.assessments import IN_MARCH, IN_SEPTEMBER, agree_on_kpis, come_to, complete, gather_parts, report

TODAY = date(2027, 3, 31)


@pytest.fixture
def assessment(run: Run, cast: SampleAgency) -> SelfAssessment:
    """The half-year's report: the first of three KPIs has a result."""
    first, second, _third = agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    report(first, date(2027, 3, 1), "59", by=cast.people["staff"])
    report(second, date(2027, 4, 1), "80", by=cast.people["staff"])
    return assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)


def test_a_table_of_a_report_being_written_is_provisional_and_nobodys(assessment: SelfAssessment) -> None:
    items = list(items_of(assessment))
    card = card_of_report(assessment, items)

    paper = round_report(assessment, items, on=TODAY)

    rows = [row for dimension in paper.dimensions for row in dimension.rows]
    assert (paper.total, paper.reported_weight, paper.total_weight) == (card.total, Decimal(50), Decimal(100))
    assert [row.score for row in rows] == [scored.score for scored in card.kpis]
    assert paper.provisional
    assert paper.reported is None
    assert paper.dated_on == TODAY
    assert rows[1].remark


def test_dimensions_carry_the_sums_of_their_kpis(assessment: SelfAssessment) -> None:
    paper = round_report(assessment, list(items_of(assessment)), on=TODAY)

    assert [(each.weight, each.weighted) for each in paper.dimensions] == [
        (Decimal(100), next(row.weighted for row in paper.dimensions[0].rows if row.weighted is not None))
    ]


def test_a_later_round_stands_beside_the_one_before(assessment: SelfAssessment, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    for item in assessment.items.all():
        complete(item, by=planner, at=IN_MARCH)
    gather_parts(assessment, by=planner, at=IN_MARCH)
    submitted = assessments.submit(assessment, seen=version_read(assessment), by=planner, at=IN_MARCH)
    later = assessments.open_report(assessment.run, 12, by=planner, at=IN_SEPTEMBER)

    first = round_report(submitted, list(items_of(submitted)), on=TODAY)
    second = round_report(later, list(items_of(later)), on=TODAY)

    assert first.reported is not None
    assert (first.earlier_round, second.earlier_round) == ("", "รอบ 6 เดือน")
    assert second.earlier_total == submitted.total
    assert second.dimensions[0].rows[0].earlier == first.dimensions[0].rows[0].score
