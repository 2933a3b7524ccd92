"""The register of numbers of one unit and calendar year."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class Entry:
    """One number. `note` says when it was sent, or why it was cancelled."""

    number: int
    number_text: str
    dated_on: date
    sender: str
    to: str
    subject: str
    note: str = ""


@dataclass(frozen=True)
class Series:
    """The numbers of one series, such as letters or orders, from 1 without a gap."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class LetterRegister:
    """`year` is a calendar year of the Buddhist era: numbers begin anew on 1 January.

    Columns are those of ทะเบียนหนังสือส่ง in ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖.
    """

    kind: ClassVar[str] = "letter_register"

    agency: str
    unit: str
    year: int
    dated_on: date
    series: tuple[Series, ...]
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"ทะเบียนหนังสือส่ง {self.unit} พ.ศ. {self.year}"

    @property
    def author(self) -> str:
        return self.unit
