"""The performance agreement as it is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import long_text
from raprong.documents.parts import Levels, Signatory
from raprong.documents.wording import worded


@dataclass(frozen=True)
class AgreedKpi:
    """One row of both attachments. `achievements` are the points of success; n of them reached scores n.

    A part names the KPI that it is a `part_of` and follows it; its weight is inside that KPI and not in the total.
    """

    code: str
    name: str
    unit_of_measure: str
    weight: Decimal
    levels: Levels
    dimension: str = ""
    issue: str = ""
    target: str = ""
    baseline: str = ""
    host: str = ""
    definition: str = long_text()
    achievements: tuple[str, ...] = ()
    part_of: str = ""
    duty: str = ""  # of a person's agreement: what of it is theirs to do


@dataclass(frozen=True)
class Agreement:
    """A one-sided commitment of `makers` towards `receivers` for one fiscal year, not a contract.

    `fiscal_year` is the Buddhist year in which the fiscal year ends. `total_weight` is printed under the weights.
    `approvers` agree before it is signed, and are named beneath the signatures.
    `wording` has the heading, the clauses and the words under the signatures: definitions/wording/agreement.yaml has
    its keys and the places each may name. An agency's own may hold only what differs.
    """

    kind: ClassVar[str] = "agreement"

    agency: str
    unit: str
    fiscal_year: int
    starts_on: date
    ends_on: date
    dated_on: date
    receivers: tuple[Signatory, ...]
    makers: tuple[Signatory, ...]
    kpis: tuple[AgreedKpi, ...]
    total_weight: Decimal
    approvers: tuple[Signatory, ...] = ()
    reference: str = ""
    wording: Mapping[str, tuple[str, ...]] = worded("agreement")
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"คำรับรองการปฏิบัติราชการ {self.unit} ประจำปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
