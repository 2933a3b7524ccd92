"""The types of evidence to choose from: data of `definitions/evidence`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from raprong.lib.definition_file import read_definition

EVIDENCE_TYPES = Path(__file__).parents[2] / "definitions" / "evidence" / "types.yaml"
LONGEST_CODE = 30

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class EvidenceType:
    """What a piece of evidence may be."""

    code: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]
    title_th: str
    title_en: str

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class EvidenceTypes:
    """The types in the order in which they are offered."""

    code: str
    types: Annotated[tuple[EvidenceType, ...], Field(min_length=1)]
    notes: str = ""

    __pydantic_config__ = _STRICT

    def titled(self, code: str) -> EvidenceType | None:
        """The type of a code; none for a code that the list no longer has."""
        return next((one for one in self.types if one.code == code), None)


def read_evidence_types(path: Path = EVIDENCE_TYPES) -> EvidenceTypes:
    """Read the types; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    return read_definition(path, EvidenceTypes, [_codes_do_not_repeat])


def _codes_do_not_repeat(data: Any) -> Iterator[tuple[Sequence[int | str], str]]:
    rows = data.get("types") if isinstance(data, dict) else None
    seen: set[str] = set()
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        code = str(row.get("code")) if isinstance(row, dict) else ""
        if code in seen:
            yield ("types", place, "code"), "This code stands twice. Give each type a code of its own."
        seen.add(code)
