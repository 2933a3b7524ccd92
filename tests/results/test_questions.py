"""“Are you sure?”: what is asked about figures, and how long an answer holds."""

from datetime import date
from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.kpis.enums import Counting
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results.actions import Figure, report_many
from raprong.results.questions import answer, questions_of_kpi, questions_of_run
from tests.results.conftest import AFTER_THE_YEAR, IN_DECEMBER, NOVEMBER, OCTOBER


def report(run: Run, cast: SampleAgency, kpi: KpiYear, *figures: str) -> None:
    """The first months of the year, one after another."""
    for month, figure in zip(run.year.months(), figures, strict=False):
        report_many(run, month, [Figure(kpi, Decimal(figure))], by=cast.people["planner"], at=AFTER_THE_YEAR)


def asked(kpi: KpiYear) -> list[tuple[date, str]]:
    return [(one.result.month, one.question.rule) for one in questions_of_kpi(kpi)]


def test_a_cumulative_figure_that_falls_is_asked_about(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(run, cast, kpis["1.1"], "59", "50")

    [question] = questions_of_kpi(kpis["1.1"])

    assert question.result.month == NOVEMBER
    assert question.sentence == "50 is less than last month's 59, and it counts since October. Is it right?"


def test_figures_of_single_months_and_falling_levels_are_not(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    KpiYear.objects.filter(pk=kpis["1.1"].pk).update(counting=Counting.MONTHLY)
    report(run, cast, kpis["1.1"], "59", "50")
    report(run, cast, kpis["2.1"], "13", "11")

    assert questions_of_run(run) == []


def test_an_answer_holds_for_its_figure_alone(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    report(run, cast, kpis["1.1"], "140")

    answer(kpis["1.1"], OCTOBER, "out-of-range", because="รวมผู้สมัครใหม่", by=planner, at=IN_DECEMBER)
    [answered] = questions_of_kpi(kpis["1.1"])
    report_many(run, OCTOBER, [Figure(kpis["1.1"], Decimal(150))], by=planner, at=IN_DECEMBER)
    [again] = questions_of_kpi(kpis["1.1"])

    assert answered.answer is not None
    assert answered.answer.because == "รวมผู้สมัครใหม่"
    assert again.answer is None


def test_a_corrected_figure_takes_its_question_with_it(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(run, cast, kpis["1.1"], "140")
    report(run, cast, kpis["1.1"], "40")

    assert asked(kpis["1.1"]) == []


def test_an_answer_needs_a_reason_a_question_and_a_reporter(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    report(run, cast, kpis["1.1"], "140", "141")
    planner = cast.people["planner"]

    with pytest.raises(Faults, match="Say why"):
        answer(kpis["1.1"], OCTOBER, "out-of-range", because=" ", by=planner, at=IN_DECEMBER)
    with pytest.raises(Refused, match="not asked"):
        answer(kpis["1.1"], OCTOBER, "off-trend", because="…", by=planner, at=IN_DECEMBER)
    with pytest.raises(Refused, match="this is for"):
        answer(kpis["1.1"], OCTOBER, "out-of-range", because="…", by=cast.people["director"], at=IN_DECEMBER)
    answer(kpis["1.1"], OCTOBER, "out-of-range", because="จริง", by=planner, at=IN_DECEMBER)
    with pytest.raises(Refused, match="answered this before"):
        answer(kpis["1.1"], OCTOBER, "out-of-range", because="จริง", by=planner, at=IN_DECEMBER)
