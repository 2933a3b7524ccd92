"""What is read, what it should say, and what is found."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: an error is an empty required place, a warning a fault, a notice worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True)
class Passage:
    """One text of a paper: the place its form knows it by, its words, and whether it may stay empty.

    ``room`` is how many letters one line holds there; nought means the whole line of a page.
    """

    place: str
    words: str
    required: bool = False
    room: int = 0


@dataclass(frozen=True)
class Expected:
    """What the paper should be like: the names it may bear, names of other agencies, its digits, its kind."""

    names: tuple[str, ...] = ()
    other_agencies: tuple[str, ...] = ()
    thai_digits: bool = True
    kind: str = ""


@dataclass(frozen=True)
class Edit:
    """Letters from ``begin`` up to ``end`` of a passage, and what stands there instead."""

    begin: int
    end: int
    instead: str


@dataclass(frozen=True)
class Remark:
    """What a rule says about one passage, before it is known how grave that is."""

    begin: int
    end: int
    english: str
    thai: str
    edits: tuple[Edit, ...] = ()

    @classmethod
    def replacing(cls, begin: int, end: int, instead: str, english: str, thai: str) -> "Remark":
        """A remark on letters for which there is just one right way to write them."""
        return cls(begin, end, english, thai, (Edit(begin, end, instead),))


@dataclass(frozen=True)
class Finding:
    """One finding: its rule, place and words, what to do in both languages, and the certain correction if any."""

    code: str
    severity: Severity
    place: str
    begin: int
    words: str
    english: str
    thai: str
    edits: tuple[Edit, ...] = ()
