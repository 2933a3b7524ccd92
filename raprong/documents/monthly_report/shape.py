"""The monthly results of one unit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import long_text
from raprong.documents.parts import Signatory


@dataclass(frozen=True)
class MonthlyRow:
    """One KPI. `values` follow the months of the report; None is a month without a result and prints as a dash."""

    code: str
    name: str
    unit_of_measure: str
    values: tuple[Decimal | str | None, ...]
    target: str = ""
    dimension: str = ""
    remark: str = long_text()


@dataclass(frozen=True)
class FollowedFigure:
    """A figure below the chosen level: its cause, what is done about it, and how far that is."""

    code: str
    month: str
    figure: str
    cause: str = long_text()
    action: str = long_text()
    owner: str = ""
    due: str = ""
    standing: str = ""


@dataclass(frozen=True)
class MonthlyReport:
    """`months` are the short names printed as columns, `through` names the last month that is reported."""

    kind: ClassVar[str] = "monthly_report"

    agency: str
    unit: str
    fiscal_year: int
    dated_on: date
    months: tuple[str, ...]
    rows: tuple[MonthlyRow, ...]
    through: str = ""
    coverage: str = long_text()
    followed: tuple[FollowedFigure, ...] = ()
    reported: Signatory | None = None
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"รายงานผลการดำเนินงานรายเดือน {self.unit} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
