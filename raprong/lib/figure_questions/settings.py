"""The rules by which figures are asked about: data of `definitions/results`."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from raprong.lib.definition_file import read_definition
from raprong.lib.thai.writing import one_way

FIGURE_QUESTIONS = Path(__file__).parents[2] / "definitions" / "results" / "figure-questions.yaml"
RULES = ("out-of-range", "big-step", "cumulative-falls", "numerator-above-denominator", "off-trend")

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Rule:
    """A rule with its threshold: `times` what is usual, from `needs` earlier figures on."""

    code: Literal[RULES]  # type: ignore[valid-type]
    title_th: str
    title_en: str
    times: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    needs: Annotated[int, Field(ge=2)] = 2
    asked: bool = True

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class Measure:
    """Units of measurement by how they begin, and the figures that they lie between; None is an open end."""

    begins: tuple[str, ...]
    least: Decimal | None = None
    most: Decimal | None = None

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class FigureRules:
    """Every rule stands here once, whether it is asked or not."""

    code: str
    title_th: str
    title_en: str
    measures: tuple[Measure, ...]
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

    def measure_of(self, unit: str) -> Measure | None:
        """What is known of a unit of measurement; none where it is a free text."""
        written = one_way(unit)
        return next((one for one in self.measures if written.startswith(tuple(map(one_way, one.begins)))), None)


def read_figure_rules(path: Path = FIGURE_QUESTIONS) -> FigureRules:
    """Read the rules; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    return read_definition(path, FigureRules)
