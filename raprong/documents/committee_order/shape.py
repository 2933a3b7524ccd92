"""The order that appoints a committee and those responsible for KPIs."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from raprong.documents.paper import long_text, long_texts
from raprong.documents.parts import Signatory
from raprong.documents.wording import default_wording


@dataclass(frozen=True)
class Member:
    """A member by name, by post, or by both; `role` is the seat, such as ประธานกรรมการ."""

    name: str = ""
    post: str = ""
    role: str = ""


@dataclass(frozen=True)
class CommitteeSection:
    """One committee or group of responsible persons, with its duties."""

    title: str
    members: tuple[Member, ...]
    duties: tuple[str, ...] = long_texts()


@dataclass(frozen=True)
class CommitteeOrder:
    """Number and date print as soon as there is a number. `number` is running number and year, such as 1/2570."""

    kind: ClassVar[str] = "committee_order"

    agency: str
    unit: str
    fiscal_year: int
    dated_on: date
    subject: str
    signatory: Signatory
    sections: tuple[CommitteeSection, ...]
    preamble: str = long_text()
    effective: str = field(default_factory=lambda: default_wording("committee_order")["effective"][0])
    number: str = ""
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"คำสั่ง{self.unit} เรื่อง {self.subject}"

    @property
    def author(self) -> str:
        return self.unit
