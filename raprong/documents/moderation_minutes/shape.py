"""The minutes of a meeting in which assessors compare scores across units."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import long_text
from raprong.documents.parts import Signatory


@dataclass(frozen=True)
class ModeratedScore:
    """A decision about the score of one unit. `after` is the same as `before` where the meeting left it."""

    unit: str
    round_name: str
    before: Decimal | None
    after: Decimal | None
    because: str = long_text()
    changed: bool = False


@dataclass(frozen=True)
class ModeratedKpi:
    """The decisions about one KPI, in the order in which they were entered."""

    code: str
    name: str
    rows: tuple[ModeratedScore, ...]


@dataclass(frozen=True)
class ModerationMinutes:
    """`number` counts the meetings of the year. `chair` and `present` are posts; `draft` while the meeting is open."""

    kind: ClassVar[str] = "moderation_minutes"

    agency: str
    unit: str
    fiscal_year: int
    number: int
    held_on: date
    place: str
    dated_on: date
    chair: str
    present: tuple[str, ...]
    kpis: tuple[ModeratedKpi, ...]
    decided: int
    changed: int
    recorder: Signatory
    checker: Signatory
    first_at: datetime | None = None
    last_at: datetime | None = None
    remarks: str = long_text()
    draft: bool = False
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"รายงานการประชุมพิจารณาคะแนน ครั้งที่ {self.number}/{self.fiscal_year} {self.unit}"

    @property
    def author(self) -> str:
        return self.unit
