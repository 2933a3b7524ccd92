"""The types of evidence to choose from: data of `definitions/evidence`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from raprong.lib.definition_file import read_definition

EVIDENCE_TYPES = Path(__file__).parents[2] / "definitions" / "evidence" / "types.yaml"
LONGEST_CODE = 30

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class EvidenceGrade:
    """How much evidence says by itself: `enough` to bear a claim, or only beside other evidence."""

    code: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]
    title_th: str
    title_en: str
    enough: bool = True

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class EvidenceType:
    """What a piece of evidence may be, and its grade where the agency has given it one."""

    code: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]
    title_th: str
    title_en: str
    grade: str = ""

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class EvidenceTypes:
    """The types in the order in which they are offered."""

    code: str
    types: Annotated[tuple[EvidenceType, ...], Field(min_length=1)]
    grades: tuple[EvidenceGrade, ...] = ()
    notes: str = ""

    __pydantic_config__ = _STRICT

    def titled(self, code: str) -> EvidenceType | None:
        """The type of a code; none for a code that the list no longer has."""
        return next((one for one in self.types if one.code == code), None)

    def graded(self, code: str) -> EvidenceGrade | None:
        """The grade of a type; none for one that has no grade, and for a code that the list no longer has."""
        known = self.titled(code)
        return next((grade for grade in self.grades if known and grade.code == known.grade), None)

    def is_enough(self, codes: Iterable[str]) -> bool:
        """Whether evidence of these types bears a claim: one of it does, or nobody has said that it does not."""
        grades = [self.graded(code) for code in codes]
        return any(grade is None or grade.enough for grade in grades)


def read_evidence_types(path: Path = EVIDENCE_TYPES) -> EvidenceTypes:
    """Read the types; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    return read_definition(path, EvidenceTypes, [_codes_do_not_repeat, _grades_are_known])


def _codes_do_not_repeat(data: Any) -> Iterator[tuple[Sequence[int | str], str]]:
    rows = data.get("types") if isinstance(data, dict) else None
    seen: set[str] = set()
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        code = str(row.get("code")) if isinstance(row, dict) else ""
        if code in seen:
            yield ("types", place, "code"), "This code stands twice. Give each type a code of its own."
        seen.add(code)


def _grades_are_known(data: Any) -> Iterator[tuple[Sequence[int | str], str]]:
    grades, rows = (data.get(key) if isinstance(data, dict) else None for key in ("grades", "types"))
    known = {row.get("code") for row in grades or () if isinstance(row, dict)}
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        grade = row.get("grade") if isinstance(row, dict) else None
        if grade and grade not in known:
            yield ("types", place, "grade"), "There is no such grade. Name one of those under `grades`."
