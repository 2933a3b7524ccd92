"""The report that each closed month leaves in the cabinet."""

from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.references import reference
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.processes.models import Run
from raprong.records.models import Record
from raprong.results import actions as results
from raprong.results.actions import Figure
from raprong.results.documents import monthly_report
from raprong.results.enums import ResultStatus
from raprong.results.queries import reports_of, results_of
from tests.factories.papers import is_sealed, words_in
from tests.results.conftest import IN_DECEMBER, NOVEMBER, OCTOBER


def test_closing_a_month_deposits_its_sealed_report(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    figures = [Figure(kpi, Decimal("12.5")) for kpi in kpis.values()]
    results.report_many(run, NOVEMBER, figures, by=cast.people["planner"], at=IN_DECEMBER)

    close = results.close_month(run, NOVEMBER, because="", by=cast.people["planner"], at=IN_DECEMBER)

    record = Record.objects.get()
    assert (record.kind, record.about) == ("monthly_report", reference(close))
    assert record.file.name == "monthly_report-2026-11.pdf"
    assert is_sealed(record.file)
    assert words_in(record.file).count("๑๒.๕") == 3


def test_the_report_names_what_was_not_reported_and_why(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    figures = [Figure(kpis["1.1"], None, ResultStatus.NOT_APPLICABLE, "วัดปีละครั้ง")]
    results.report_many(run, OCTOBER, figures, by=cast.people["planner"], at=IN_DECEMBER)

    close = results.close_month(run, OCTOBER, because="ระบบขัดข้อง", by=cast.people["planner"], at=IN_DECEMBER)

    report = monthly_report(close, list(selected_kpis(run)), list(results_of(run)))
    assert report.through == "ตุลาคม 2569"
    assert "รายงานแล้ว 1 จาก 3 ตัวชี้วัด" in report.coverage
    assert "1.2, 2.1 เนื่องจากระบบขัดข้อง" in report.coverage
    first = report.rows[0]
    assert (first.code, first.values, first.remark) == ("1.1", (None,), "วัดปีละครั้ง")


def test_figures_of_later_months_stay_out_of_the_report(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    results.report_many(run, NOVEMBER, [Figure(kpis["1.1"], Decimal("77.77"))], by=planner, at=IN_DECEMBER)

    results.close_month(run, OCTOBER, because="ยังไม่มีผล", by=planner, at=IN_DECEMBER)

    assert "๗๗.๗๗" not in words_in(Record.objects.get().file)


def test_a_month_that_stays_open_leaves_no_report(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    with pytest.raises(Faults):
        results.close_month(run, OCTOBER, because="", by=cast.people["planner"], at=IN_DECEMBER)
    with pytest.raises(Refused):
        results.close_month(run, OCTOBER, because="-", by=cast.people["staff"], at=IN_DECEMBER)

    assert not Record.objects.exists()


def test_each_closed_month_has_one_report_to_read(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    for month in (OCTOBER, NOVEMBER):
        results.close_month(run, month, because="ยังไม่มีผล", by=cast.people["planner"], at=IN_DECEMBER)

    assert reports_of(run).count() == 2


def test_a_long_answer_stands_with_its_number_and_in_words_beneath(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    options = [{"score": "1", "title": "ยังไม่มี"}, {"score": "5", "title": "มีและเผยแพร่ต่อสาธารณะแล้วทุกช่องทาง"}]
    choice = {"criteria_kind": "choice", "criteria": {"kind": "choice", "options": options}, "target": 2}
    KpiYear.objects.filter(pk=kpis["1.1"].pk).update(**choice)
    results.report_many(
        run, OCTOBER, [Figure(kpis["1.1"], Decimal(2), note="แนบแล้ว")], by=cast.people["planner"], at=IN_DECEMBER
    )

    close = results.close_month(run, OCTOBER, because="ยังไม่มีผล", by=cast.people["planner"], at=IN_DECEMBER)

    first = monthly_report(close, list(selected_kpis(run)), list(results_of(run))).rows[0]
    assert (first.values, first.target) == (("ข้อ 2",), "ข้อ 2")
    assert first.remark == "ข้อ 2: มีและเผยแพร่ต่อสาธารณะแล้วทุกช่องทาง\nแนบแล้ว"
