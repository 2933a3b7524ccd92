"""The unit's manual for one fiscal year."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from raprong.documents.kpi_detail.shape import KpiSheet
from raprong.documents.paper import long_text, long_texts
from raprong.documents.parts import Signatory


@dataclass(frozen=True)
class ManualStep:
    """One step: `when` is its window in words, `standard` its standard time in words; either may be empty."""

    number: str
    title: str
    done_by: str
    when: str = ""
    standard: str = ""
    control_points: tuple[str, ...] = ()


@dataclass(frozen=True)
class ManualRound:
    """A round of the year that is reported and scored."""

    name: str
    ends_on: date


@dataclass(frozen=True)
class Manual:
    """What everybody in the unit works by for a year: the SOP's words and steps, the KPIs with who answers for each.

    `signatory` approves the manual; `prepared_by` and `reviewed_by` are posts. `sop` names the document followed."""

    kind: ClassVar[str] = "manual"

    agency: str
    unit: str
    fiscal_year: int
    dated_on: date
    subject: str
    signatory: Signatory
    steps: tuple[ManualStep, ...]
    kpis: tuple[KpiSheet, ...]
    number: str = ""
    sop: str = ""
    sop_in_force_on: date | None = None
    prepared_by: str = ""
    reviewed_by: str = ""
    purpose: str = long_text()
    scope: str = long_text()
    definitions: str = long_text()
    duties: str = long_text()
    reporting: str = long_text()
    rounds: tuple[ManualRound, ...] = ()
    forms: tuple[str, ...] = ()
    storage: str = long_text()
    readers: tuple[str, ...] = ()
    standard_total: str = ""
    notes: tuple[str, ...] = long_texts()
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"{self.subject} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
