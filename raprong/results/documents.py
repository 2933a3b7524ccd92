"""From a month of a run to the report that is printed. Words on papers are Thai in every language of the pages."""

from collections.abc import Mapping, Sequence
from datetime import date

from raprong.core.clock import day_of
from raprong.documents.monthly_report.shape import MonthlyReport, MonthlyRow
from raprong.documents.parts import Signatory
from raprong.kpis.documents import figure_text, result_text
from raprong.kpis.models import KpiYear
from raprong.lib.thai.dates import month_and_year, month_short
from raprong.results.models import MonthClose, MonthlyResult
from raprong.signatures.posts import acting_for_head_of, post_of

Results = Mapping[tuple[int, date], MonthlyResult]

LONGEST_TOLD = 8  # letters that a column of a month can hold
CLOSED = "ปิดเดือนในระบบเมื่อ"  # closing asks for no password, so it is no signature


def monthly_report(close: MonthClose, kpis: Sequence[KpiYear], results: Sequence[MonthlyResult]) -> MonthlyReport:
    """The year up to the month that was closed, KPI by KPI; months after it stay empty."""
    run, on = close.run, day_of(close.closed_at)
    stored = {(result.kpi_id, result.month): result for result in results}
    return MonthlyReport(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        dated_on=on,
        months=tuple(month_short(month.month) for month in run.year.months()),
        rows=tuple(_row(kpi, close, stored) for kpi in kpis),
        through=month_and_year(close.month, thai_digits=False),
        coverage=coverage_of(close, kpis),
        reported=Signatory(
            name=close.closed_by.name,
            post=post_of(close.closed_by, on=on),
            acting=acting_for_head_of(run.unit, close.closed_by, on=on),
            signed=close.closed_at,
            act=CLOSED,
        ),
    )


def coverage_of(close: MonthClose, kpis: Sequence[KpiYear]) -> str:
    """How many KPIs were reported for the month; which were not, and why it was closed without them."""
    missing = close.snapshot["not_reported"]
    whole = f"เดือนนี้รายงานแล้ว {len(kpis) - len(missing)} จาก {len(kpis)} ตัวชี้วัด"
    if not missing:
        return whole
    return f"{whole} ไม่ได้รายงานตัวชี้วัดที่ {', '.join(missing)} เนื่องจาก{close.because}"


def _row(kpi: KpiYear, close: MonthClose, stored: Results) -> MonthlyRow:
    of_month = stored.get((kpi.pk, close.month))
    return MonthlyRow(
        code=kpi.code,
        name=kpi.title,
        unit_of_measure=kpi.measure,
        target=result_text(kpi, kpi.target),
        dimension=kpi.dimension.title,
        values=tuple(
            _value(kpi, stored.get((kpi.pk, month))) for month in close.run.year.months() if month <= close.month
        ),
        remark=of_month.note if of_month else "",
    )


def _value(kpi: KpiYear, result: MonthlyResult | None) -> str | None:
    """None where there is no figure. A chosen answer stands with its number: its words would not fit a month."""
    if result is None or result.value is None:
        return None
    told = result_text(kpi, result.value)
    return told if len(told) <= LONGEST_TOLD else figure_text(result.value)
