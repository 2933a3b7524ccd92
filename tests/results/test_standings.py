"""What stands for a KPI at a moment: a figure, nought, or one of five things that are neither."""

from datetime import date
from decimal import Decimal

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.card import Status
from raprong.processes.models import Run
from raprong.results import actions as results
from raprong.results.actions import Figure
from raprong.results.queries import score_card
from raprong.results.standings import Standing, standings_upto
from tests.results.conftest import IN_DECEMBER, NOVEMBER, OCTOBER

END_OF_OCTOBER, END_OF_NOVEMBER, END_OF_YEAR = date(2026, 10, 31), date(2026, 11, 30), date(2027, 9, 30)


@pytest.fixture
def one(kpis: dict[str, KpiYear]) -> KpiYear:
    return kpis["1.1"]


def standing_of(run: Run, kpi: KpiYear, *, upto: date = END_OF_NOVEMBER, months: int = 6) -> Standing:
    kpi.refresh_from_db()
    return standings_upto(run, [kpi], upto=upto, months=months)[kpi.pk]


def report(kpi: KpiYear, month: date, value: str | None, status: str = "value", *, cast: SampleAgency) -> None:
    figure = Figure(kpi, None if value is None else Decimal(value), status, note="หมายเหตุของเดือน")
    results.report_many(kpi.run, month, [figure], by=cast.people["planner"], at=IN_DECEMBER)


def test_nobody_has_reported_is_not_nought(run: Run, one: KpiYear, cast: SampleAgency) -> None:
    before = standing_of(run, one)
    report(one, OCTOBER, "0", cast=cast)
    after = standing_of(run, one)

    assert before == Standing()
    assert (after.figure, after.status) == (Decimal(0), None)


@pytest.mark.parametrize("status", [Status.NOT_APPLICABLE, Status.MISSING])
def test_a_month_without_a_figure_says_why(run: Run, one: KpiYear, cast: SampleAgency, status: Status) -> None:
    report(one, OCTOBER, None, str(status), cast=cast)

    assert standing_of(run, one) == Standing(None, status, "หมายเหตุของเดือน")


@pytest.mark.parametrize("status", [Status.NOT_APPLICABLE, Status.MISSING])
def test_the_figure_before_such_a_month_stands(run: Run, one: KpiYear, cast: SampleAgency, status: Status) -> None:
    report(one, OCTOBER, "40", cast=cast)
    report(one, NOVEMBER, None, str(status), cast=cast)

    assert standing_of(run, one).figure == Decimal(40)


def test_a_cancelled_kpi_is_cancelled_from_its_round_on(run: Run, one: KpiYear, cast: SampleAgency) -> None:
    report(one, OCTOBER, "40", cast=cast)
    KpiYear.objects.filter(pk=one.pk).update(cancelled_from=12, cancelled_because="ยกเลิกโครงการ")

    earlier, from_then = standing_of(run, one, months=6), standing_of(run, one, months=12)

    assert earlier.figure == Decimal(40)
    assert from_then == Standing(None, Status.CANCELLED, "ยกเลิกโครงการ")


def test_a_kpi_of_a_later_round_has_not_started(run: Run, one: KpiYear) -> None:
    KpiYear.objects.filter(pk=one.pk).update(starts_in=12)

    assert standing_of(run, one, months=6).status is Status.NOT_STARTED
    assert standing_of(run, one, months=12) == Standing()


def test_the_card_keeps_six_things_apart(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(kpis["1.1"], OCTOBER, "0", cast=cast)
    report(kpis["1.2"], OCTOBER, None, "missing", cast=cast)

    card = score_card(run, upto=END_OF_OCTOBER)

    assert [(kpi.code, kpi.status, kpi.score) for kpi in card.kpis] == [
        ("1.1", Status.REPORTED, Decimal("1.0000")),
        ("1.2", Status.MISSING, None),
        ("2.1", Status.NOT_REPORTED, None),
    ]
    assert (card.total, card.reported_weight, card.awaited_weight) == (Decimal("1.0000"), Decimal(50), Decimal(20))


def test_a_cancelled_kpi_leaves_the_denominator(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(kpis["1.1"], OCTOBER, "59", cast=cast)
    report(kpis["2.1"], OCTOBER, "11.5", cast=cast)
    KpiYear.objects.filter(code="1.2").update(cancelled_from=6)

    card = score_card(run, upto=END_OF_YEAR)

    assert (card.total, card.counted_weight, card.provisional) == (Decimal("3.1071"), Decimal(70), False)
