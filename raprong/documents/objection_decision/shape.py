"""What a panel decided about an objection to a result, with what it rests on and how each member voted."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import long_text
from raprong.documents.parts import Levels, Signatory


@dataclass(frozen=True)
class HeardKpi:
    """A KPI as it stood when the objection was filed. `evidence` are the numbers and titles of its evidence."""

    code: str
    name: str
    result: str
    own: Decimal | None
    official: Decimal | None
    levels: Levels | None = None
    because: str = long_text()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangedScore:
    """A score that the decision changes."""

    code: str
    name: str
    before: Decimal | None
    after: Decimal


@dataclass(frozen=True)
class PanelVote:
    """A member of the panel. `agrees` is None for who had not voted when more than half agreed."""

    member: Signatory
    agrees: bool | None
    chairs: bool = False
    remark: str = long_text()


@dataclass(frozen=True)
class ObjectionDecision:
    """`subject` is the KPI or the total. `aside` are members who declared a conflict and did not decide.

    While the panel votes it is a `draft`, and `total_after` is not known.
    """

    kind: ClassVar[str] = "objection_decision"

    agency: str
    unit: str
    fiscal_year: int
    round_name: str
    dated_on: date
    subject: str
    ground: str
    filed_by: str
    filed_at: datetime
    outcome: str
    heard: tuple[HeardKpi, ...]
    panel: tuple[PanelVote, ...]
    objection: str = long_text()
    because: str = long_text()
    proofs: tuple[str, ...] = ()
    scores: tuple[ChangedScore, ...] = ()
    total_before: Decimal | None = None
    total_after: Decimal | None = None
    agreed: int = 0
    against: int = 0
    aside: tuple[str, ...] = ()
    draft: bool = False
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"คำวินิจฉัยข้อทักท้วง {self.unit} {self.round_name} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.agency
