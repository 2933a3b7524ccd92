"""How evidence is numbered: patterns as data of `definitions/evidence`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from raprong.lib.definition_file import read_definition

EVIDENCE_NUMBERING = Path(__file__).parents[2] / "definitions" / "evidence" / "numbering.yaml"
OF_STEP = {"kpi", "step", "round", "number"}
OF_KPI = OF_STEP - {"step"}
NEEDED = {"of_step": {"kpi", "step", "number"}, "of_kpi": {"kpi", "number"}}
ALLOWED = {"of_step": OF_STEP, "of_kpi": OF_KPI}

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class NumberPattern:
    """How numbers are written under some SOPs; without any it holds for all that no other pattern names."""

    code: str
    of_step: str
    of_kpi: str
    sops: tuple[str, ...] = ()

    __pydantic_config__ = _STRICT

    def write(self, *, kpi: str, step: int, months: int, number: int) -> str:
        """A number such as `1.2-3-1`; step 0 is the KPI as a whole."""
        pattern = self.of_step if step else self.of_kpi
        return pattern.format(kpi=kpi, step=step, round=months, number=number)


@dataclass(frozen=True)
class Numbering:
    """The patterns of an agency, and what stands around a number in running text."""

    code: str
    said_th: str
    said_en: str
    patterns: Annotated[tuple[NumberPattern, ...], Field(min_length=1)]
    source: str = ""
    notes: str = ""

    __pydantic_config__ = _STRICT

    def of_sop(self, sop: str) -> NumberPattern:
        """The pattern that names the SOP, or the one that names none."""
        naming = [pattern for pattern in self.patterns if sop in pattern.sops]
        return (naming or [pattern for pattern in self.patterns if not pattern.sops])[0]


def read_numbering(path: Path = EVIDENCE_NUMBERING) -> Numbering:
    """Read the patterns; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    return read_definition(path, Numbering, [_patterns_say_what_they_need, _one_pattern_is_for_all])


def _patterns_say_what_they_need(data: Any) -> Iterator[tuple[Sequence[int | str], str]]:
    for place, row in enumerate(_patterns(data)):
        for name, needed in NEEDED.items():
            if isinstance(written := row.get(name), str):
                for sentence in _faults_of(written, needed, ALLOWED[name]):
                    yield ("patterns", place, name), sentence


def _faults_of(written: str, needed: set[str], allowed: set[str]) -> Iterator[str]:
    try:
        names = {name for _text, name, _spec, _conversion in Formatter().parse(written) if name is not None}
    except ValueError:
        yield "A brace is not closed. Write parts as {kpi}."
        return
    if lacking := sorted(needed - names):
        yield f"Numbers would repeat without: {', '.join(f'{{{name}}}' for name in lacking)}."
    if strange := sorted(names - allowed):
        yield f"Unknown here: {', '.join(f'{{{name}}}' for name in strange)}."


def _one_pattern_is_for_all(data: Any) -> Iterator[tuple[Sequence[int | str], str]]:
    rows = _patterns(data)
    if rows and sum(not row.get("sops") for row in rows) != 1:
        yield ("patterns",), "Exactly one pattern names no SOP: it holds for all others."


def _patterns(data: Any) -> list[dict[str, Any]]:
    rows = data.get("patterns") if isinstance(data, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
