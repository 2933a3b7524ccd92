"""A year with one KPI of two parts: proposed, selected, weighed, reported, scored."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.kpis.decisions import select, set_part_weights
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import list_for_department, parts_of, selected_kpis, selection_standing
from raprong.lib.workbooks.shape import MonthlyRow
from raprong.processes.models import Run
from raprong.results.actions import close_month, report, take_in
from raprong.results.enums import ResultStatus
from raprong.results.queries import score_card, still_missing
from tests.cast import NEW_YEAR
from tests.kpis.conftest import framework, open_run, proposal, propose

__all__ = ["framework", "open_run", "proposal", "propose"]

END_OF_OCTOBER = datetime(2026, 10, 31, 3, 0, tzinfo=UTC)


@pytest.fixture
def year(open_run: Run, cast: SampleAgency, propose: Callable[..., KpiYear]) -> dict[str, KpiYear]:
    """1.1 with 60 of the weight, its parts 30 and 70 inside it; 1.2 with 40. Levels are 20, 40, 60, 80, 100."""
    planner = cast.people["planner"]
    parent, other = propose("1.1"), propose("1.2")
    for code in ("1.1.1", "1.1.2"):
        KpiYear.objects.filter(pk=propose(code).pk).update(parent=parent)
    select(parent, weight=Decimal(60), by=planner, at=NEW_YEAR)
    select(other, weight=Decimal(40), by=planner, at=NEW_YEAR)
    weights = dict(zip(parts_of(parent), (Decimal(30), Decimal(70)), strict=True))
    set_part_weights(parent, weights, seen=None, by=planner, at=NEW_YEAR)
    return {kpi.code: kpi for kpi in selected_kpis(open_run)}


def reports(kpi: KpiYear, value: str, cast: SampleAgency) -> None:
    report(
        kpi,
        month=kpi.run.year.starts_on,
        value=Decimal(value),
        status=ResultStatus.VALUE,
        note="",
        seen=None,
        by=cast.people["staff"],
        at=END_OF_OCTOBER,
    )


def test_a_parent_is_scored_from_its_parts(open_run: Run, cast: SampleAgency, year: dict[str, KpiYear]) -> None:
    for code, value in (("1.1.1", "40"), ("1.1.2", "80"), ("1.2", "100")):
        reports(year[code], value, cast)

    card = score_card(open_run, upto=END_OF_OCTOBER.date())

    assert selection_standing(open_run).settled
    assert card.kpi("1.1").score == Decimal("3.4")  # 2 × 0.30 + 4 × 0.70
    assert card.total == Decimal("4.04")  # 3.4 × 0.60 + 5 × 0.40
    assert (card.total_weight, card.reported_weight) == (Decimal(100), Decimal(100))


def test_nobody_is_asked_for_a_figure_of_a_parent(open_run: Run, cast: SampleAgency, year: dict[str, KpiYear]) -> None:
    october = open_run.year.starts_on

    missing = still_missing(open_run, [october])

    assert [kpi.code for kpi in missing[october]] == ["1.1.1", "1.1.2", "1.2"]
    with pytest.raises(Refused, match=r"1\.1"):
        reports(year["1.1"], "50", cast)


def test_a_month_closes_once_the_parts_have_reported(
    open_run: Run, cast: SampleAgency, year: dict[str, KpiYear]
) -> None:
    for code, value in (("1.1.1", "40"), ("1.1.2", "80"), ("1.2", "100")):
        reports(year[code], value, cast)

    close = close_month(open_run, open_run.year.starts_on, because="", by=cast.people["planner"], at=END_OF_OCTOBER)

    assert close.snapshot["not_reported"] == []
    assert set(close.snapshot["figures"]) == {"1.1.1", "1.1.2", "1.2"}


def test_half_a_parent_is_scored_from_the_part_that_has_reported(
    open_run: Run, cast: SampleAgency, year: dict[str, KpiYear]
) -> None:
    reports(year["1.1.2"], "80", cast)

    card = score_card(open_run, upto=END_OF_OCTOBER.date())

    assert card.kpi("1.1").score == Decimal(4)
    assert card.kpi("1.1.1").score is None


def test_the_department_reads_parts_under_their_parent(open_run: Run, year: dict[str, KpiYear]) -> None:
    rows = list_for_department(selected_kpis(open_run))

    assert [(row["code"], row["weight"], row.get("weight_inside")) for row in rows] == [
        ("1.1", "60", None),
        ("1.1.1", None, "30"),
        ("1.1.2", None, "70"),
        ("1.2", "40", None),
    ]


def test_a_sheet_of_results_leaves_the_row_of_a_parent_empty(
    open_run: Run, cast: SampleAgency, year: dict[str, KpiYear]
) -> None:
    planner, empty, typed = cast.people["planner"], ((10, None),), ((10, Decimal(40)),)
    rows = [MonthlyRow(2, "1.1", empty), MonthlyRow(3, "1.1.1", typed)]

    taken = take_in(open_run, rows, by=planner, at=END_OF_OCTOBER)

    assert taken == 1
    with pytest.raises(Faults, match="1") as refused:
        take_in(open_run, [MonthlyRow(2, "1.1", typed), MonthlyRow(3, "7", empty)], by=planner, at=END_OF_OCTOBER)
    assert len(refused.value.faults) == 2
