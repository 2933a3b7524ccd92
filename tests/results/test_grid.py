"""The monthly grid: every cell stands or falls by itself."""

from decimal import Decimal
from typing import Any

from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results.actions import close_month
from raprong.results.enums import ResultStatus
from raprong.results.grid import CellAnswer, CellEntry, CellState, save_cells
from raprong.results.models import MonthlyResult
from tests.results.conftest import IN_DECEMBER, NOVEMBER, OCTOBER

RATIO = {
    "inputs": [{"name": "a", "title": "ผู้ผ่าน", "measure": "คน"}, {"name": "b", "title": "ผู้เข้าสอบ", "measure": "คน"}],
    "expression": "a / b * 100",
}


def ratio(kpi: KpiYear) -> KpiYear:
    """Let a KPI be reckoned from two inputs."""
    KpiYear.objects.filter(pk=kpi.pk).update(**RATIO)
    kpi.refresh_from_db()
    return kpi


def save(run: Run, cast: SampleAgency, *entries: CellEntry, by: str = "planner") -> list[CellAnswer]:
    return save_cells(run, entries, by=cast.people[by], at=IN_DECEMBER)


def entry(kpi: KpiYear, text: str, *, seen: int = 0, month: Any = OCTOBER) -> CellEntry:
    return CellEntry(kpi, month, {"value": text}, seen)


def test_a_wrong_cell_holds_the_others_back_in_nothing(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    answers = save(run, cast, entry(kpis["1.1"], "๕๙"), entry(kpis["1.2"], "สิบ"), entry(kpis["2.1"], "n/a"))

    assert [answer.state for answer in answers] == [CellState.SAVED, CellState.REFUSED, CellState.SAVED]
    assert "is not a number" in answers[1].sentence
    stored = {result.kpi.code: (result.value, result.status) for result in MonthlyResult.objects.all()}
    assert stored == {"1.1": (Decimal(59), "value"), "2.1": (None, ResultStatus.NOT_APPLICABLE)}


def test_every_saved_cell_is_in_the_trail(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    save(run, cast, entry(kpis["1.1"], "59"), entry(kpis["1.2"], "73"))

    assert Entry.objects.filter(kind="result.reported", by_name=cast.people["planner"].name).count() == 2


def test_the_same_figure_again_changes_nothing(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    save(run, cast, entry(kpis["1.1"], "59"))

    [answer] = save(run, cast, entry(kpis["1.1"], "59.00", seen=1))

    assert answer.state is CellState.UNCHANGED


def test_the_second_of_two_in_one_cell_is_told_who_was_first(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    save(run, cast, entry(kpis["1.2"], "73"), by="staff")

    [answer] = save(run, cast, entry(kpis["1.2"], "80"))

    assert answer.state is CellState.OVERTAKEN
    assert answer.stored is not None
    assert (answer.stored.value, answer.stored.reported_by) == (Decimal(73), cast.people["staff"])


def test_another_groups_cell_is_refused_in_words(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    own, others = save(run, cast, entry(kpis["1.2"], "73"), entry(kpis["2.1"], "11"), by="staff")

    assert own.state is CellState.SAVED
    assert others.state is CellState.REFUSED
    assert "this is for" in others.sentence


def test_a_closed_month_is_refused_in_words(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    close_month(run, OCTOBER, because="ทดสอบ", by=cast.people["planner"], at=IN_DECEMBER)

    october, november = save(run, cast, entry(kpis["1.1"], "59"), entry(kpis["1.1"], "60", month=NOVEMBER))

    assert "closed" in october.sentence
    assert november.state is CellState.SAVED


def test_a_formula_waits_for_its_other_inputs(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    kpi = ratio(kpis["1.2"])

    [half] = save(run, cast, CellEntry(kpi, OCTOBER, {"a": "12", "b": ""}, 0))
    [whole] = save(run, cast, CellEntry(kpi, OCTOBER, {"a": "12", "b": "๑๕"}, 0))

    assert (half.state, half.field) == (CellState.INCOMPLETE, "b")
    assert "ผู้เข้าสอบ" in half.sentence
    assert whole.stored is not None
    assert (whole.stored.value, whole.stored.inputs) == (Decimal(80), {"a": "12", "b": "15"})


def test_dividing_by_nought_is_refused_in_words(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    [answer] = save(run, cast, CellEntry(ratio(kpis["1.2"]), OCTOBER, {"a": "12", "b": "0"}, 0))

    assert answer.state is CellState.REFUSED
    assert answer.sentence
    assert not MonthlyResult.objects.exists()


def test_a_status_in_one_input_is_that_of_the_figure(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    [answer] = save(run, cast, CellEntry(ratio(kpis["1.2"]), OCTOBER, {"a": "no data", "b": ""}, 0))

    assert answer.stored is not None
    assert answer.stored.status == ResultStatus.MISSING
