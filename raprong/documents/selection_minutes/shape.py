"""The minutes of a meeting in which the KPIs of a year are chosen."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import long_text
from raprong.documents.parts import Signatory


@dataclass(frozen=True)
class MinutedKpi:
    """One candidate as it stood when the meeting was closed.

    `weight` is printed where the candidate was selected. `inside` marks a part, whose weight is inside the KPI above
    it; `earlier` a decision that was made before the meeting or outside it, and was left as it was.
    """

    code: str
    name: str
    group: str
    decision: str
    weight: Decimal | None = None
    because: str = long_text()
    inside: bool = False
    earlier: bool = False


@dataclass(frozen=True)
class MinutedDimension:
    """The candidates of one dimension: its share of the framework, and what the selected ones were given of it."""

    title: str
    share: Decimal
    given: Decimal
    rows: tuple[MinutedKpi, ...]


@dataclass(frozen=True)
class SelectionMinutes:
    """`number` counts the meetings of the year. `chair` and `present` are posts; decisions carry the figures they had.

    `first_at` and `last_at` are when the first and the last decision of the meeting were entered; None without any.
    `draft` says so under the title, while the meeting is open.
    """

    kind: ClassVar[str] = "selection_minutes"

    agency: str
    unit: str
    fiscal_year: int
    number: int
    held_on: date
    place: str
    dated_on: date
    chair: str
    present: tuple[str, ...]
    agenda: tuple[str, ...]
    dimensions: tuple[MinutedDimension, ...]
    proposed: int
    selected: int
    not_selected: int
    undecided: int
    given_weight: Decimal
    whole_weight: Decimal
    recorder: Signatory
    checker: Signatory
    first_at: datetime | None = None
    last_at: datetime | None = None
    remarks: str = long_text()
    draft: bool = False
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"รายงานการประชุมคัดเลือกตัวชี้วัด ครั้งที่ {self.number}/{self.fiscal_year} {self.unit}"

    @property
    def author(self) -> str:
        return self.unit
