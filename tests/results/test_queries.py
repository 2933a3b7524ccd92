"""What had been reported by a day, what it scores, and what is still missing."""

from datetime import date
from decimal import Decimal

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.enums import Counting
from raprong.kpis.models import KpiYear
from raprong.processes.cards import ask
from raprong.processes.models import Run
from raprong.results import actions as results
from raprong.results.actions import Figure
from raprong.results.policies import CARD
from raprong.results.queries import figures_upto, months_due, score_card, still_missing
from tests.results.conftest import AFTER_THE_YEAR, IN_DECEMBER, NOVEMBER, OCTOBER

END_OF_OCTOBER, END_OF_NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


def test_the_latest_figure_of_months_that_ended_counts(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    results.report_many(run, OCTOBER, [Figure(kpis["1.1"], Decimal(40))], by=planner, at=IN_DECEMBER)
    results.report_many(run, NOVEMBER, [Figure(kpis["1.1"], Decimal(60))], by=planner, at=IN_DECEMBER)

    october = figures_upto(run, upto=END_OF_OCTOBER)
    before_the_end = figures_upto(run, upto=date(2026, 11, 29))
    november = figures_upto(run, upto=END_OF_NOVEMBER)

    assert october[kpis["1.1"].pk] == before_the_end[kpis["1.1"].pk] == Decimal(40)
    assert november == {kpis["1.1"].pk: Decimal(60), kpis["1.2"].pk: None, kpis["2.1"].pk: None}


def test_a_month_in_which_nothing_applies_leaves_the_figure_before_it(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    results.report_many(run, OCTOBER, [Figure(kpis["1.1"], Decimal(40))], by=planner, at=IN_DECEMBER)
    results.report_many(run, NOVEMBER, [Figure(kpis["1.1"], None, "not_applicable")], by=planner, at=IN_DECEMBER)

    assert figures_upto(run, upto=END_OF_NOVEMBER)[kpis["1.1"].pk] == Decimal(40)


def test_scores_stand_on_what_is_reported(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    figures = [Figure(kpis["1.1"], Decimal(59)), Figure(kpis["2.1"], Decimal("11.5"))]
    results.report_many(run, OCTOBER, figures, by=cast.people["planner"], at=IN_DECEMBER)

    card = score_card(run, upto=END_OF_OCTOBER)

    assert [(kpi.code, kpi.score) for kpi in card.kpis] == [
        ("1.1", Decimal("2.9500")),
        ("1.2", None),
        ("2.1", Decimal("3.5000")),
    ]
    assert (card.total, card.reported_weight) == (Decimal("3.1071"), Decimal("70.00"))
    assert card.provisional


def test_months_due_name_what_is_missing(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    results.report_many(run, OCTOBER, [Figure(kpi, Decimal(1)) for kpi in kpis.values()], by=planner, at=IN_DECEMBER)
    results.report_many(run, NOVEMBER, [Figure(kpis["1.2"], Decimal(1))], by=planner, at=IN_DECEMBER)

    due = months_due(run, at=IN_DECEMBER)
    of_group = months_due(run, at=IN_DECEMBER, group=cast.units["mip-1"])

    assert [(found.month, [kpi.code for kpi in found.missing]) for found in due] == [
        (NOVEMBER, ["1.1", "2.1"]),
        (date(2026, 12, 1), ["1.1", "1.2", "2.1"]),
    ]
    assert due[0].due_on == END_OF_NOVEMBER
    assert [found.month for found in of_group] == [date(2026, 12, 1)]


def test_the_card_waits_for_every_month_of_every_kpi(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner, group = cast.people["planner"], cast.units["mip-1"]
    first, *rest = run.year.months()
    for month in [first, *rest]:
        results.report_many(run, month, [Figure(kpis["1.2"], Decimal(1))], by=planner, at=AFTER_THE_YEAR)

    whole, piece = ask(CARD, run), ask(CARD, run, group)
    for month in run.year.months():
        results.close_month(run, month, because="ไม่มีผล", by=planner, at=AFTER_THE_YEAR)

    assert (whole.done, piece.done) == (False, True)
    assert "1.1, 2.1" in whole.sentence
    assert ask(CARD, run).done


def test_without_kpis_the_card_is_not_done(run: Run) -> None:
    assert not ask(CARD, run).done


def test_a_figure_that_counts_once_a_year_is_owed_in_its_last_month_alone(run: Run, kpis: dict[str, KpiYear]) -> None:
    KpiYear.objects.filter(pk=kpis["1.1"].pk).update(counting=Counting.ANNUAL)
    september = run.year.months()[-1]

    missing = still_missing(run, [OCTOBER, september])

    assert [kpi.code for kpi in missing[OCTOBER]] == ["1.2", "2.1"]
    assert [kpi.code for kpi in missing[september]] == ["1.1", "1.2", "2.1"]
