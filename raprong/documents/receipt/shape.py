"""The receipt for a report that was submitted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import verbatim
from raprong.documents.parts import Signatory


@dataclass(frozen=True)
class Receipt:
    """`number` counts the receipts of the unit in the fiscal year. `received` is the moment to the second, in words.

    `late` says by how much it came after `due_on`; empty where it came in time. `sha256` is that of the sealed report.
    """

    kind: ClassVar[str] = "receipt"

    agency: str
    unit: str
    fiscal_year: int
    number: int
    round_name: str
    starts_on: date
    ends_on: date
    due_on: date
    dated_on: date
    received: str
    submitted: Signatory
    sha256: str = verbatim()
    kpis: int = 0
    evidence: int = 0
    total: Decimal | None = None
    reported_weight: Decimal | None = None
    total_weight: Decimal = Decimal(0)
    late: str = ""
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"ใบรับรายงานการประเมินตนเอง เลขที่ {self.number}/{self.fiscal_year} {self.unit}"

    @property
    def author(self) -> str:
        return self.unit
