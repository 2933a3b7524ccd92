"""Reporting a month, correcting it, taking it from a workbook, closing it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.lib.workbooks.shape import MonthlyRow
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results import actions as results
from raprong.results.actions import Figure
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthClose, MonthlyResult
from raprong.results.queries import history_of
from tests.results.conftest import AFTER_THE_YEAR, DECEMBER, IN_DECEMBER, IN_JANUARY, NOVEMBER, OCTOBER


def report(kpi: KpiYear, value: str | None, *, by: Person, month: date = OCTOBER, **changes: object) -> MonthlyResult:
    said = {"status": ResultStatus.VALUE, "note": "", "seen": None, "at": IN_DECEMBER} | changes
    return results.report(kpi, month=month, value=None if value is None else Decimal(value), by=by, **said)  # type: ignore[arg-type]


def test_a_figure_is_stored_with_who_and_when(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    result = report(kpis["1.2"], "12.5", by=cast.people["staff"], note=" จากระบบทะเบียน ")

    stored = MonthlyResult.objects.get(pk=result.pk)
    assert (stored.value, stored.note, stored.version) == (Decimal("12.5"), "จากระบบทะเบียน", 1)
    assert (stored.reported_by, stored.reported_at) == (cast.people["staff"], IN_DECEMBER)


def test_a_correction_keeps_what_stood_there_before(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(kpis["1.2"], "12.5", by=cast.people["staff"])

    corrected = report(kpis["1.2"], "13", by=cast.people["head1"], seen=1, note="นับตกหนึ่งราย")

    entries = list(history_of(corrected))
    assert [entry.kind for entry in entries] == ["result.reported", "result.corrected"]
    assert entries[1].facts["before"]["value"] == "12.5000"
    assert entries[1].facts["after"] == {"value": "13.0000", "status": "value", "note": "นับตกหนึ่งราย"}
    assert corrected.version == 2


def test_saving_the_same_again_writes_nothing_down(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(kpis["1.2"], "12.5", by=cast.people["staff"])

    again = report(kpis["1.2"], "12.50", by=cast.people["head1"], seen=1)

    assert again.version == 1
    assert again.reported_by == cast.people["staff"]
    assert history_of(again).count() == 1


def test_the_later_of_two_people_is_told(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(kpis["1.2"], "12.5", by=cast.people["staff"], seen=0)

    with pytest.raises(Stale):
        report(kpis["1.2"], "14", by=cast.people["head1"], seen=0)

    assert MonthlyResult.objects.get().value == Decimal("12.5")


def test_what_does_not_apply_is_no_figure_and_no_nought(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    result = report(kpis["1.2"], None, by=cast.people["staff"], status=ResultStatus.NOT_APPLICABLE)

    assert result.value is None
    assert result.status == ResultStatus.NOT_APPLICABLE


@pytest.mark.parametrize(
    "value, status, words",
    [
        ("1.00001", "value", "4 decimals"),
        ("100000000000", "value", "11 digits"),
        ("NaN", "value", "number"),
        (None, "value", "Enter the figure"),
        ("1", "not_applicable", "empty"),
    ],
)
def test_a_figure_out_of_reach_is_a_fault_of_its_field(
    kpis: dict[str, KpiYear], cast: SampleAgency, value: str | None, status: str, words: str
) -> None:
    with pytest.raises(Faults, match=words) as refused:
        report(kpis["1.2"], value, by=cast.people["staff"], status=status)

    assert [fault.field for fault in refused.value.faults] == ["value"]
    assert not MonthlyResult.objects.exists()


@pytest.mark.parametrize("value", ["2.5", "-1"])
def test_steps_are_counted_whole(kpis: dict[str, KpiYear], cast: SampleAgency, value: str) -> None:
    KpiYear.objects.filter(pk=kpis["1.2"].pk).update(criteria={"kind": "steps", "levels": [["1", "1"], ["5", "5"]]})

    with pytest.raises(Faults, match="whole"):
        report(kpis["1.2"], value, by=cast.people["staff"])


@pytest.mark.parametrize("month", [date(2027, 1, 1), date(2026, 9, 1), date(2026, 10, 2)])
def test_only_a_month_of_the_year_that_has_begun_is_reported(
    kpis: dict[str, KpiYear], cast: SampleAgency, month: date
) -> None:
    with pytest.raises(Refused):
        report(kpis["1.2"], "1", by=cast.people["staff"], month=month)


def test_a_kpi_that_was_not_selected_takes_no_figures(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    KpiYear.objects.filter(pk=kpis["1.2"].pk).update(state=KpiState.NOT_SELECTED)

    with pytest.raises(Refused, match="not a KPI of this year"):
        report(kpis["1.2"], "1", by=cast.people["staff"])


def test_several_kpis_are_stored_together_or_not_at_all(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    figures = [Figure(kpis["1.1"], Decimal("10")), Figure(kpis["1.2"], Decimal("0.00001")), Figure(kpis["2.1"], None)]

    with pytest.raises(Faults) as refused:
        results.report_many(run, OCTOBER, figures, by=cast.people["planner"], at=IN_DECEMBER)

    assert [fault.field for fault in refused.value.faults] == [kpis["1.2"].public_id, kpis["2.1"].public_id]
    assert not MonthlyResult.objects.exists()


def test_several_kpis_need_a_right_for_each_group(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    figures = [Figure(kpis["1.2"], Decimal(10)), Figure(kpis["2.1"], Decimal(10))]

    with pytest.raises(Refused, match="กลุ่มที่ ๒"):
        results.report_many(run, OCTOBER, figures, by=cast.people["head1"], at=IN_DECEMBER)

    assert not MonthlyResult.objects.exists()


def test_a_stale_figure_among_several_stores_none(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(kpis["2.1"], "14", by=cast.people["staff2"])
    figures = [Figure(kpis["1.1"], Decimal(10), seen=0), Figure(kpis["2.1"], Decimal(13), seen=0)]

    with pytest.raises(Stale):
        results.report_many(run, OCTOBER, figures, by=cast.people["planner"], at=IN_DECEMBER)

    assert MonthlyResult.objects.count() == 1


def test_a_whole_month_asks_no_more_of_the_database_than_one_figure(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    figures = [Figure(kpis[code], Decimal(10)) for code in ("1.1", "1.2", "2.1")]
    results.report_many(run, OCTOBER, figures, by=planner, at=IN_DECEMBER)

    with CaptureQueriesContext(connection) as for_one:
        results.report_many(run, OCTOBER, figures[:1], by=planner, at=IN_DECEMBER)
    with CaptureQueriesContext(connection) as for_all:
        results.report_many(run, OCTOBER, figures, by=planner, at=IN_DECEMBER)

    assert len(for_all) == len(for_one)


def test_a_workbook_brings_what_is_new_and_leaves_empty_cells_alone(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    report(kpis["1.1"], "4", by=cast.people["planner"], note="ตรวจแล้ว")
    rows = [
        MonthlyRow(3, "1.1", ((10, Decimal(4)), (11, Decimal(9)), (12, None))),
        MonthlyRow(4, "1.2", ((10, None), (11, Decimal("3.25")), (12, None))),
    ]

    count = results.take_in(run, rows, by=cast.people["planner"], at=IN_DECEMBER)

    assert count == 2
    stored = {(row.kpi.code, row.month): row for row in MonthlyResult.objects.select_related("kpi")}
    assert set(stored) == {("1.1", OCTOBER), ("1.1", NOVEMBER), ("1.2", NOVEMBER)}
    assert stored["1.1", OCTOBER].note == "ตรวจแล้ว"


def test_every_fault_of_a_workbook_is_told_and_nothing_stored(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    rows = [
        MonthlyRow(3, "1.1", ((10, Decimal("4.00001")), (1, Decimal(9)))),
        MonthlyRow(4, "9.9", ((10, Decimal(1)),)),
        MonthlyRow(5, "1.2", ((10, Decimal(1)),)),
    ]

    with pytest.raises(Faults) as refused:
        results.take_in(run, rows, by=cast.people["planner"], at=IN_DECEMBER)

    sentences = [str(fault.sentence) for fault in refused.value.faults]
    assert len(sentences) == 3
    assert "9.9" in sentences[0]
    assert "4 decimals" in sentences[1]
    assert "not begun" in sentences[2]
    assert not MonthlyResult.objects.exists()


def test_a_workbook_of_one_group_stops_at_the_next(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    rows = [MonthlyRow(3, "1.2", ((10, Decimal(1)),)), MonthlyRow(4, "2.1", ((10, Decimal(1)),))]

    with pytest.raises(Faults, match="กลุ่มที่ ๒"):
        results.take_in(run, rows, by=cast.people["head1"], at=IN_DECEMBER)

    assert not MonthlyResult.objects.exists()


def test_a_complete_month_closes_with_its_figures(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    figures = [Figure(kpi, Decimal(10)) for kpi in kpis.values()]
    results.report_many(run, NOVEMBER, figures, by=cast.people["planner"], at=IN_DECEMBER)

    close = results.close_month(run, NOVEMBER, because="", by=cast.people["planner"], at=IN_DECEMBER)

    assert set(close.snapshot["figures"]) == {"1.1", "1.2", "2.1"}
    assert close.snapshot["figures"]["1.1"]["value"] == "10.0000"
    assert close.snapshot["not_reported"] == []


def test_closing_without_figures_names_them_and_demands_a_reason(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    report(kpis["1.2"], "1", by=cast.people["staff"], month=NOVEMBER)
    planner = cast.people["planner"]

    with pytest.raises(Faults, match=r"1\.1, 2\.1") as refused:
        results.close_month(run, NOVEMBER, because=" ", by=planner, at=IN_DECEMBER)
    close = results.close_month(run, NOVEMBER, because="รอผลสำรวจ", by=planner, at=IN_DECEMBER)

    assert refused.value.faults[0].field == "because"
    assert close.snapshot["not_reported"] == ["1.1", "2.1"]
    assert close.because == "รอผลสำรวจ"


def test_a_closed_month_takes_no_more_figures(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    results.close_month(run, OCTOBER, because="ยังไม่มีผล", by=cast.people["planner"], at=IN_DECEMBER)

    with pytest.raises(Refused, match="closed"):
        report(kpis["1.2"], "1", by=cast.people["staff"])
    with pytest.raises(Refused, match="closed"):
        results.close_month(run, OCTOBER, because="อีกครั้ง", by=cast.people["planner"], at=IN_DECEMBER)


def test_a_month_closes_from_its_last_day_on(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]

    with pytest.raises(Refused, match="not over"):
        results.close_month(run, DECEMBER, because="ก่อนเวลา", by=planner, at=IN_DECEMBER)

    assert results.close_month(run, DECEMBER, because="ครบเวลา", by=planner, at=IN_JANUARY).month == DECEMBER


def test_a_closing_cannot_be_changed_by_sql(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    results.close_month(run, OCTOBER, because="ยังไม่มีผล", by=cast.people["planner"], at=AFTER_THE_YEAR)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE results_monthclose SET because = ''")

    assert MonthClose.objects.get().because == "ยังไม่มีผล"
