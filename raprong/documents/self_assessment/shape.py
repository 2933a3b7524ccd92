"""The self-assessment report of one unit and round."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import long_text, verbatim
from raprong.documents.parts import Levels, Signatory


@dataclass(frozen=True)
class EvidenceItem:
    """One file that proves a result; `sha256` identifies its content, printed shortened beside its KPI and whole in the
    index.
    """

    number: str
    title: str
    sort: str = ""
    file_name: str = verbatim()
    sha256: str = verbatim()
    added_on: date | None = None


@dataclass(frozen=True)
class AssessedKpi:
    """One KPI of the report. Without a result, `no_figure_because` says why there is none.

    The weight of a part is `inside` its KPI and not in the total; a KPI with parts has its score from them.
    """

    code: str
    name: str
    unit_of_measure: str
    weight: Decimal
    levels: Levels
    target: str = ""
    dimension: str = ""
    result: Decimal | str | None = None
    score: Decimal | None = None
    weighted: Decimal | None = None
    responsible: str = ""
    narrative: str = long_text()
    factors: str = long_text()
    obstacles: str = long_text()
    suggestions: str = long_text()
    no_figure_because: str = long_text()
    evidence: tuple[EvidenceItem, ...] = ()
    inside: bool = False


@dataclass(frozen=True)
class SelfAssessment:
    """The total is printed with the weight that has a result, and as provisional while it may still change."""

    kind: ClassVar[str] = "self_assessment"

    agency: str
    unit: str
    fiscal_year: int
    round_name: str
    starts_on: date
    ends_on: date
    dated_on: date
    kpis: tuple[AssessedKpi, ...]
    total_weight: Decimal
    total: Decimal | None = None
    reported_weight: Decimal | None = None
    provisional: bool = True
    scheme: str = ""
    submitted: Signatory | None = None
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"รายงานการประเมินตนเอง {self.unit} {self.round_name} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
