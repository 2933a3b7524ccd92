"""The rules and the words they go by: data of ``definitions/proofreading``."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict

from raprong.lib.definition_file import read_definition
from raprong.lib.thai.proofreading.shape import Severity

OFFICIAL_PAPERS = Path(__file__).parents[3] / "definitions" / "proofreading" / "official-papers.yaml"

CODES = (
    "empty",
    "leftover",
    "no-such-day",
    "wrong-weekday",
    "month-misspelt",
    "christian-year",
    "name-misspelt",
    "other-agency",
    "digits-mixed",
    "marks",
    "invisible",
    "repeat-mark",
    "shortening-mark",
    "doubled-words",
    "doubled-spaces",
    "brackets",
    "quotes",
    "too-wide",
    "closing-missing",
)

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Rule:
    """A rule, its name in both languages, and how grave its findings are; ``off`` is not asked."""

    code: Literal[CODES]  # type: ignore[valid-type]
    severity: Severity | Literal["off"]
    title_th: str
    title_en: str

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class Closing:
    """How papers of some kinds end at a place: the last line begins with one of these, or the text is one of these."""

    papers: tuple[str, ...]
    place: str
    last_begins: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    source: str = ""

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class ProofRules:
    """Everything the proof-reader goes by."""

    code: str
    title_th: str
    title_en: str
    line_letters: int
    doubled_words: tuple[str, ...]
    closings: tuple[Closing, ...]
    rules: tuple[Rule, ...]
    notes: str = ""

    __pydantic_config__ = _STRICT

    @cached_property
    def _by_code(self) -> dict[str, Rule]:
        return {rule.code: rule for rule in self.rules}

    def rule(self, code: str) -> Rule:
        return self._by_code[code]


@cache
def official_papers(path: Path = OFFICIAL_PAPERS) -> ProofRules:
    """The rules of a file; one that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    return read_definition(path, ProofRules)
