"""A self-assessment and its official score where one KPI has two parts."""

from decimal import Decimal

import pytest

from raprong.assessments import actions as assessments
from raprong.assessments import policies
from raprong.assessments.documents import self_assessment_paper
from raprong.assessments.queries import items_of
from raprong.cli.sample.organisation import SampleAgency
from raprong.documents import render
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Kpi, KpiYear
from raprong.processes.models import Run
from tests.factories.assessments import IN_MARCH, agree_on_kpis, come_to, person, report, submitted_report


@pytest.fixture
def kpis(run: Run, cast: SampleAgency) -> list[KpiYear]:
    """1.1 with 50 of the weight has two parts of 40 and 60 inside it, which reached 40 and 100."""
    parent, *others = agree_on_kpis(run, cast)
    planner = person(cast, "planner")
    come_to(run, policies.CARD, by=planner, at=IN_MARCH)
    for code, weight, reached in (("1.1.1", 40, "40"), ("1.1.2", 60, "100")):
        part = KpiYear.objects.get(pk=parent.pk)
        part.pk, part.public_id = None, f"part{code.replace('.', '')}"
        part.kpi, part.code, part.sort_code, part.title = Kpi.objects.create(unit=run.unit), code, code, f"ส่วน {code}"
        part.parent, part.weight, part.weight_inside, part.state = parent, None, Decimal(weight), KpiState.SELECTED
        part.save(force_insert=True)
        report(part, run.year.month(3)[0], reached, by=planner)
    for other, reached in zip(others, ("60", "12"), strict=True):
        report(other, run.year.month(3)[0], reached, by=planner)
    return [parent, *others]


def test_a_report_holds_a_parent_with_the_score_of_its_parts(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    opened = assessments.open_report(run, 6, by=person(cast, "planner"), at=IN_MARCH)

    scores = {item.kpi.code: item.score for item in items_of(opened)}
    assert scores == {
        "1.1": Decimal("3.8000"),  # 2 × 0.40 + 5 × 0.60
        "1.1.1": Decimal("2.0000"),
        "1.1.2": Decimal("5.0000"),
        "1.2": Decimal("3.0000"),
        "2.1": Decimal("3.0000"),
    }


def test_a_report_with_parts_is_submitted_and_its_total_counts_parents(
    run: Run, cast: SampleAgency, kpis: list[KpiYear]
) -> None:
    submitted = submitted_report(run, cast, 6, at=IN_MARCH)

    assert submitted.total == Decimal("3.4000")  # 3.8 × 0.50 + 3 × 0.30 + 3 × 0.20
    assert submitted.reported_weight == Decimal(100)


def test_the_paper_says_which_weights_are_inside(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    submitted = submitted_report(run, cast, 6, at=IN_MARCH)

    paper = self_assessment_paper(submitted, list(items_of(submitted)))

    assert [(kpi.code, kpi.weight, kpi.inside) for kpi in paper.kpis][:3] == [
        ("1.1", Decimal(50), False),
        ("1.1.1", Decimal(40), True),
        ("1.1.2", Decimal(60), True),
    ]
    assert paper.total_weight == Decimal(100)
    assert render(paper).startswith(b"%PDF")
