"""The detail sheet of one KPI."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import long_text
from raprong.documents.parts import Levels, Signatory


@dataclass(frozen=True)
class YearFigure:
    """A target or a result of one Buddhist fiscal year."""

    year: int
    value: str


@dataclass(frozen=True)
class RoundCriterion:
    """What a round asks for, such as a milestone at six months."""

    round_name: str
    asks: str


@dataclass(frozen=True)
class KpiStep:
    """One step of a step-type KPI and the evidence it needs."""

    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contact:
    """Somebody responsible, with the telephone number the form asks for."""

    name: str
    post: str = ""
    unit: str = ""
    phone: str = ""


@dataclass(frozen=True)
class KpiSheet:
    """The fields of the sheet. Only code, name, unit of measure and levels are always printed."""

    code: str
    name: str
    unit_of_measure: str
    levels: Levels
    weight: Decimal | None = None
    level_of: str = ""
    nature: str = ""
    dimension: str = ""
    issue: str = ""
    parent: str = ""
    part_of: str = ""
    mission: str = ""
    strategy: str = ""
    goal: str = ""
    sources: tuple[str, ...] = ()
    definition: str = long_text()
    scope: str = long_text()
    target_group: str = long_text()
    formula: str = long_text()
    inputs: tuple[str, ...] = ()
    target: str = ""
    target_convention: str = ""
    targets_by_year: tuple[YearFigure, ...] = ()
    baseline: tuple[YearFigure, ...] = ()
    baseline_average: str = ""
    round_criteria: tuple[RoundCriterion, ...] = ()
    steps: tuple[KpiStep, ...] = ()
    counted_in: str = ""
    data_source: str = long_text()
    collection_method: str = long_text()
    evaluation_method: str = long_text()
    evaluation_period: str = ""
    conditions: str = long_text()
    evidence_expected: str = long_text()
    notes: str = long_text()
    supervisor: Contact | None = None
    collector: Contact | None = None
    certifier: Contact | None = None


@dataclass(frozen=True)
class KpiDetail:
    """One sheet as a paper of its own."""

    kind: ClassVar[str] = "kpi_detail"

    agency: str
    unit: str
    fiscal_year: int
    dated_on: date
    sheet: KpiSheet
    prepared: Signatory | None = None
    checked: Signatory | None = None
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"รายละเอียดตัวชี้วัดที่ {self.sheet.code} {self.sheet.name} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
