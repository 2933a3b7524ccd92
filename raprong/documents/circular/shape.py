"""The circular that passes a result on inside the unit."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from raprong.documents.paper import long_texts, verbatim
from raprong.documents.parts import Figure, Signatory


@dataclass(frozen=True)
class Circular:
    """Number and date print as soon as there is a number; before that it is a draft.

    `number` holds the whole number with its ว. `recipients` are printed as the distribution list.
    """

    kind: ClassVar[str] = "circular"

    agency: str
    unit: str
    fiscal_year: int
    dated_on: date
    subject: str
    to: str
    signatory: Signatory
    paragraphs: tuple[str, ...] = long_texts()
    number: str = ""
    references: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    contact: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    verification: str = verbatim()
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"{self.subject}"

    @property
    def author(self) -> str:
        return self.unit
