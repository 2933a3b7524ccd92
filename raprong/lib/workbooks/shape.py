"""What a KPI workbook says, as plain values."""

from dataclasses import dataclass
from decimal import Decimal

KPI_SHEET = "ตัวชี้วัด"
RESULT_SHEET = "ผลการดำเนินงาน"

# Calendar months in the order of the fiscal year, with the headings officers give them.
MONTHS = (
    (10, "ต.ค."),
    (11, "พ.ย."),
    (12, "ธ.ค."),
    (1, "ม.ค."),
    (2, "ก.พ."),
    (3, "มี.ค."),
    (4, "เม.ย."),
    (5, "พ.ค."),
    (6, "มิ.ย."),
    (7, "ก.ค."),
    (8, "ส.ค."),
    (9, "ก.ย."),
)


@dataclass(frozen=True)
class KpiRow:
    """One KPI of the sheet of KPIs; ``row`` is the row it stands in. Numbers are exactly those that were typed."""

    row: int
    code: str
    title: str
    dimension: str
    group: str
    measure: str
    weight: Decimal
    levels: tuple[tuple[Decimal, Decimal], ...]  # level and the result it asks for, lowest level first
    target: Decimal
    baseline: tuple[tuple[int, Decimal], ...] = ()  # fiscal year (พ.ศ.) and its result
    formula: str = ""
    data_source: str = ""
    figure_source: str = ""


@dataclass(frozen=True)
class MonthlyRow:
    """A KPI's cumulative results: calendar month (10 to 9) and figure, in the order of the fiscal year."""

    row: int
    code: str
    figures: tuple[tuple[int, Decimal | None], ...]  # None: nothing is written for that month


@dataclass(frozen=True)
class KpiWorkbook:
    """A whole workbook; there are no monthly rows where it has no sheet of results."""

    kpis: tuple[KpiRow, ...]
    months: tuple[MonthlyRow, ...] = ()
