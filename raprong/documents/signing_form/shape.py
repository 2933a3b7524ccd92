"""The form that is filled in before the agreement is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from raprong.documents.parts import Signatory
from raprong.documents.wording import worded


@dataclass(frozen=True)
class FormKpi:
    """One KPI on the list."""

    code: str
    name: str
    weight: Decimal
    host: str = ""


@dataclass(frozen=True)
class Preparation:
    """Something that must be ready, such as the signing book; `done` prints a tick in its box."""

    text: str
    done: bool = False


@dataclass(frozen=True)
class SigningForm:
    """Day, hour and venue stay dotted lines until they are set, and so does the signature of who has not signed.

    `wording` has the headings: see definitions/wording/signing_form.yaml. An agency's own may hold only what differs.
    """

    kind: ClassVar[str] = "signing_form"

    agency: str
    unit: str
    fiscal_year: int
    dated_on: date
    receivers: tuple[Signatory, ...]
    makers: tuple[Signatory, ...]
    kpis: tuple[FormKpi, ...]
    total_weight: Decimal
    ceremony_on: date | None = None
    ceremony_time: str = ""
    venue: str = ""
    preparations: tuple[Preparation, ...] = ()
    wording: Mapping[str, tuple[str, ...]] = worded("signing_form")
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"แบบลงนามคำรับรองการปฏิบัติราชการ {self.unit} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
