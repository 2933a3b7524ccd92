"""The report of a round: results and scores of the whole unit in one table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import long_text
from raprong.documents.parts import Signatory


@dataclass(frozen=True)
class RoundRow:
    """One KPI. `earlier` is its score in the round before; `remark` says why it has no result.

    The weight of a part is `inside` its KPI and not in the sums.
    """

    code: str
    name: str
    unit_of_measure: str
    weight: Decimal
    responsible: str = ""
    target: str = ""
    result: Decimal | str | None = None
    score: Decimal | None = None
    weighted: Decimal | None = None
    earlier: Decimal | None = None
    remark: str = long_text()
    inside: bool = False


@dataclass(frozen=True)
class RoundDimension:
    """The KPIs of one dimension, with the sum of their weights and of their weighted scores."""

    title: str
    weight: Decimal
    weighted: Decimal | None
    rows: tuple[RoundRow, ...]


@dataclass(frozen=True)
class RoundReport:
    """The total is printed with the weight that has a result, and as provisional while it may still change.

    `earlier_round` names the round before, with its total; empty in the first round, whose column is left out.
    """

    kind: ClassVar[str] = "round_report"

    agency: str
    unit: str
    fiscal_year: int
    round_name: str
    starts_on: date
    ends_on: date
    dated_on: date
    dimensions: tuple[RoundDimension, ...]
    total_weight: Decimal
    total: Decimal | None = None
    reported_weight: Decimal | None = None
    earlier_round: str = ""
    earlier_total: Decimal | None = None
    provisional: bool = True
    band: str = ""
    scheme: str = ""
    reported: Signatory | None = None
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"รายงานผลการดำเนินงาน {self.unit} {self.round_name} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
