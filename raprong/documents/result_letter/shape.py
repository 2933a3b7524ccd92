"""The letter that announces the result of a round."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from raprong.documents.paper import long_texts, verbatim
from raprong.documents.parts import Figure, Signatory
from raprong.documents.wording import default_wording


@dataclass(frozen=True)
class ResultLetter:
    """Number and date print as soon as there is a number; before that the letter is a draft.

    `unit` sends it. `address` may hold several lines, `contact` closes the letter at the foot. `verification` is a
    short code by which the letter or the year's archive can be checked. `form` is `external` with the large emblem
    and a closing phrase, or `memo`.
    """

    kind: ClassVar[str] = "result_letter"

    agency: str
    unit: str
    fiscal_year: int
    dated_on: date
    subject: str
    to: str
    signatory: Signatory
    paragraphs: tuple[str, ...] = long_texts()
    form: Literal["external", "memo"] = "external"
    number: str = ""
    address: str = ""
    references: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    closing: str = field(default_factory=lambda: default_wording("result_letter")["closing"][0])
    contact: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    verification: str = verbatim()
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"{self.subject}"

    @property
    def author(self) -> str:
        return self.unit
