"""The passport of a score: where each number comes from, on one page, with the code of the file that proves it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from raprong.documents.paper import verbatim


@dataclass(frozen=True)
class PassportRow:
    """One KPI: its result, the criteria, and the steps to its score. `inside` names the KPI that it is a part of."""

    code: str
    name: str
    weight: Decimal
    result: str
    criteria: str
    working: str
    score: Decimal | None = None
    weighted: Decimal | None = None
    inside: str = ""


@dataclass(frozen=True)
class Decision:
    """Something a person decided: about which KPI (or the total), what, who and when, and its entry in the trail."""

    about: str
    words: str
    by: str = ""
    at: datetime | None = None
    entry: str = ""


@dataclass(frozen=True)
class ScorePassport:
    """Everything that a total rests on, in plain words.

    `standing` says whose score it is, `provisional` is empty once it is final. `code` are the first letters of the
    SHA-256 of `file_name`, which `raprong score` recomputes without this system.
    """

    kind: ClassVar[str] = "score_passport"

    agency: str
    unit: str
    fiscal_year: int
    round_name: str
    dated_on: date
    standing: str
    total: Decimal | None
    highest: Decimal
    weight: str
    rows: tuple[PassportRow, ...]
    sum_of_it: str
    rules: tuple[str, ...]
    code: str = verbatim()
    file_name: str = verbatim()
    band: str = ""
    provisional: str = ""
    adjustments: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    final: tuple[str, ...] = ()  # the final score and its parts, where the scheme has parts
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"ใบแสดงที่มาของคะแนน {self.unit} {self.round_name} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
