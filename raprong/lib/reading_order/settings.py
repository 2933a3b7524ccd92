"""The rules by which claims are put in order: data of `definitions/assessing`."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from raprong.lib.definition_file import read_definition

READING_ORDER = Path(__file__).parents[2] / "definitions" / "assessing" / "reading-order.yaml"
RULES = ("high-claim-no-proof", "high-claim-thin-proof", "jump", "edited-late", "figures-asked", "past-gap")

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Rule:
    """A rule with the points it is worth, its threshold, and how often it counts at most; 0 points: it is not used."""

    code: Literal[RULES]  # type: ignore[valid-type]
    points: Annotated[Decimal, Field(ge=0, le=100)]
    title_th: str
    title_en: str
    threshold: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    each_up_to: Annotated[int, Field(ge=1, le=12)] = 1

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class ReadingOrder:
    """Every rule stands here once; ``sample_per_hundred`` is the suggested share of the random sample."""

    code: str
    title_th: str
    title_en: str
    sample_per_hundred: Annotated[int, Field(ge=1, le=100)]
    rules: tuple[Rule, ...]
    notes: str = ""

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        codes = [rule.code for rule in self.rules]
        for code in RULES:
            if codes.count(code) != 1:
                raise ValueError(f"Rule {code} stands here {codes.count(code)} times. Write it once.")

    def rule(self, code: str) -> Rule:
        return next(rule for rule in self.rules if rule.code == code)


def read_reading_order(path: Path = READING_ORDER) -> ReadingOrder:
    """Read the rules; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    return read_definition(path, ReadingOrder)
