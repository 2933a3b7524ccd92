"""The yearly index of the cabinet."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from raprong.documents.paper import verbatim
from raprong.documents.parts import Signatory


@dataclass(frozen=True)
class IndexedPaper:
    """One deposited paper. `sha256` is the whole digest of its file, by which a copy is known to be that very paper."""

    title: str
    kind_title: str
    deposited_on: date
    retain_until: date
    place: str = ""
    sha256: str = verbatim()


@dataclass(frozen=True)
class ArchiveIndex:
    """Papers in the order of their deposit, numbered from 1.

    `seal` is the year seal: the code of the audit trail as it stood, which proves that nothing before was altered.
    """

    kind: ClassVar[str] = "archive_index"

    agency: str
    unit: str
    fiscal_year: int
    dated_on: date
    rows: tuple[IndexedPaper, ...]
    seal: str = verbatim()
    keeper: Signatory | None = None
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"บัญชีเอกสารที่จัดเก็บ {self.unit} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def author(self) -> str:
        return self.unit
