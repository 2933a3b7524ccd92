"""From a month of a run to the report that is printed. Words on papers are Thai in every language of the pages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from raprong.core.clock import day_of
from raprong.documents.monthly_report.shape import FollowedFigure, MonthlyReport, MonthlyRow
from raprong.documents.parts import Signatory
from raprong.kpis.documents import figure_text, result_text
from raprong.kpis.enums import Counting, CriteriaKind
from raprong.kpis.models import KpiYear
from raprong.lib.thai.dates import month_and_year, month_short, short_date
from raprong.results.models import CorrectiveAction, MonthClose, MonthlyResult
from raprong.signatures.posts import acting_for_head_of, post_of

Results = Mapping[tuple[int, date], MonthlyResult]

LONGEST_TOLD = 8  # letters that a column of a month can hold
ANSWER = "ข้อ %s"
COUNTS: dict[str, str] = {Counting.MONTHLY: "รายเดือน", Counting.ANNUAL: "ทั้งปี"}
UNDER_WAY, OVERDUE, CLOSED_ACTION = "กำลังดำเนินการ", "เกินกำหนด", "เสร็จแล้ว: %s"
CLOSED = "ปิดเดือนในระบบเมื่อ"  # closing asks for no password, so it is no signature


def monthly_report(
    close: MonthClose,
    kpis: Sequence[KpiYear],
    results: Sequence[MonthlyResult],
    actions: Sequence[CorrectiveAction] = (),
) -> MonthlyReport:
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
        followed=tuple(_followed(action, on=on) for action in actions),
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
    waived = close.snapshot.get("waived") or dict.fromkeys(missing, close.because)
    reasons = {because: [code for code in missing if waived[code] == because] for because in waived.values()}
    told = " ".join(f"ตัวชี้วัดที่ {', '.join(codes)} เนื่องจาก{because}" for because, codes in reasons.items())
    return f"{whole} ไม่ได้รายงาน{told}"


def _row(kpi: KpiYear, close: MonthClose, stored: Results) -> MonthlyRow:
    of_month = stored.get((kpi.pk, close.month))
    reported = [stored.get((kpi.pk, month)) for month in close.run.year.months() if month <= close.month]
    figures = [result.value if result else None for result in reported]
    return MonthlyRow(
        code=kpi.code,
        name=kpi.title,
        unit_of_measure=_measure(kpi),
        target=_told(kpi, kpi.target) or "",
        dimension=kpi.dimension.title,
        values=tuple(_told(kpi, figure) for figure in figures),
        remark="\n".join(filter(None, (_long_answers(kpi, [kpi.target, *figures]), of_month.note if of_month else ""))),
    )


def _measure(kpi: KpiYear) -> str:
    """What a figure is measured in; one that does not count since October says how it counts."""
    counts = COUNTS.get(kpi.counting)
    return f"{kpi.measure} ({counts})" if counts else kpi.measure


def _followed(action: CorrectiveAction, *, on: date) -> FollowedFigure:
    """A corrective action as far as it was on the day of the report."""
    standing = OVERDUE if action.due_on < on else UNDER_WAY
    return FollowedFigure(
        code=action.kpi.code,
        month=month_and_year(action.month, thai_digits=False),
        figure=_told(action.kpi, action.figure) or "",
        cause=action.cause,
        action=action.action,
        owner=action.owner.name,
        due=short_date(action.due_on, thai_digits=False),
        standing=standing if action.closed_at is None else CLOSED_ACTION % action.outcome,
    )


def _told(kpi: KpiYear, figure: Decimal | None) -> str | None:
    """None where there is no figure. A long answer stands with its number; its words stand beneath the KPI."""
    if figure is None:
        return None
    return ANSWER % figure_text(figure) if _is_long(kpi, figure) else result_text(kpi, figure)


def _long_answers(kpi: KpiYear, figures: Iterable[Decimal | None]) -> str:
    """The answers that stand with their numbers, in words."""
    named = sorted({figure for figure in figures if figure is not None and _is_long(kpi, figure)})
    return "\n".join(f"{ANSWER % figure_text(figure)}: {result_text(kpi, figure)}" for figure in named)


def _is_long(kpi: KpiYear, figure: Decimal) -> bool:
    return kpi.criteria_kind == CriteriaKind.CHOICE and len(result_text(kpi, figure)) > LONGEST_TOLD
