"""The score table of one unit and round."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from raprong.documents.parts import Levels, Signatory


@dataclass(frozen=True)
class Marks:
    """A result with its score and weighted score. None prints as a dash: not reported, or not yet confirmed."""

    result: Decimal | str | None = None
    score: Decimal | None = None
    weighted: Decimal | None = None


@dataclass(frozen=True)
class ScoreRow:
    """One KPI. `remark` says why a row has no score, or what a committee took off.

    The weight of a part is `inside` its KPI and not in the total.
    """

    code: str
    name: str
    unit_of_measure: str
    weight: Decimal
    levels: Levels
    own: Marks = Marks()
    official: Marks = Marks()
    dimension: str = ""
    remark: str = ""
    inside: bool = False


@dataclass(frozen=True)
class ScoreTable:
    """Self-assessed and confirmed scores side by side, with the scheme that was in force.

    A total is never printed without the weight it covers: `own_weight` and `official_weight` are the weights that have
    a score. `adjustments` are what rules added to the official total or took from it. `final` is the final score and
    then each of its parts, where the scheme puts it together from parts. `provisional` is printed while a score may
    still change.
    """

    kind: ClassVar[str] = "score_table"

    agency: str
    unit: str
    fiscal_year: int
    round_name: str
    starts_on: date
    ends_on: date
    dated_on: date
    rows: tuple[ScoreRow, ...]
    total_weight: Decimal
    scheme: str
    scheme_rules: tuple[str, ...] = ()
    own_total: Decimal | None = None
    own_weight: Decimal | None = None
    official_total: Decimal | None = None
    official_weight: Decimal | None = None
    band: str = ""
    adjustments: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    provisional: bool = False
    scored: Signatory | None = None
    confirmed: Signatory | None = None
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"ตารางสรุปผลคะแนน {self.unit} {self.round_name} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
