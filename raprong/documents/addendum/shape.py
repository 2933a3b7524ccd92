"""An addendum to a signed agreement: what it changes, old beside new, and the signatures of the same parties."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from raprong.documents.agreement.shape import AgreedKpi
from raprong.documents.paper import long_text
from raprong.documents.parts import Signatory
from raprong.documents.wording import worded


@dataclass(frozen=True)
class Change:
    """One thing that reads otherwise from the addendum's day on. `about` is the KPI, or the side of the agreement."""

    about: str
    what: str
    before: str = long_text()
    after: str = long_text()


@dataclass(frozen=True)
class Addendum:
    """`number` counts the addenda of the year. `agreed_on` is the day of the agreement, `effective_on` that from which
    the changes count. `total_weight` is what the weights add up to with them.

    `kpis` are those of a group's or a person's agreement as they read with the addendum, which lie in an attachment.
    `wording` has the headings and what is said around the table: definitions/wording/addendum.yaml has its keys and the
    places each may name. An agency's own may hold only what differs.
    """

    kind: ClassVar[str] = "addendum"

    agency: str
    unit: str
    fiscal_year: int
    number: int
    agreed_on: date
    effective_on: date
    dated_on: date
    changes: tuple[Change, ...]
    receivers: tuple[Signatory, ...]
    makers: tuple[Signatory, ...]
    total_weight: Decimal
    because: str = long_text()
    approvers: tuple[Signatory, ...] = ()
    kpis: tuple[AgreedKpi, ...] = ()
    wording: Mapping[str, tuple[str, ...]] = worded("addendum")
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"คำรับรองการปฏิบัติราชการ {self.unit} ปี {self.fiscal_year} แก้ไขเพิ่มเติม ครั้งที่ {self.number}"

    @property
    def author(self) -> str:
        return self.unit
