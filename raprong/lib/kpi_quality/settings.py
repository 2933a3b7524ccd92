"""What counts as too much or too little, and how grave each finding is: data of `definitions/quality`."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from raprong.lib.definition_file import read_definition
from raprong.lib.kpi_quality.shape import Severity
from raprong.lib.thai.writing import one_way

QUALITY = Path(__file__).parents[2] / "definitions" / "quality" / "kpi-quality.yaml"

RULES = (
    "criteria-faulty",
    "target-missing",
    "target-off-level",
    "target-outside-levels",
    "top-reached-already",
    "target-below-trend",
    "target-follows-last-year",
    "formula-missing",
    "measure-and-name-differ",
    "figure-beyond-measure",
    "denominator-missing",
    "owner-missing",
    "step-texts-missing",
    "equal-neighbours",
    "round-against-year",
    "rounds-contradict",
    "unaligned",
    "too-much-weight",
    "owner-of-too-many",
    "nearly-the-same",
)

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Rule:
    """A rule, how grave its findings are (``off``: it is not asked), and from which standing of a KPI it counts.

    A rule since ``selected`` looks at what is written or given only after the selection.
    """

    code: Literal[RULES]  # type: ignore[valid-type]
    severity: Severity | Literal["off"]
    title_th: str
    title_en: str
    since: Literal["proposed", "selected"] = "proposed"
    source: str = ""
    notes: str = ""

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class Measure:
    """A family of units of measurement, and how the name of a KPI begins that is measured in them.

    ``strict``: a name that begins so is measured in nothing else. ``also`` are families that go with such a name all
    the same. A ``ratio`` has a denominator; no figure lies beyond ``most``.
    """

    code: str
    begins: tuple[str, ...]
    measured_in: tuple[str, ...]
    also: tuple[str, ...] = ()
    strict: bool = False
    ratio: bool = False
    most: Decimal | None = None

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class QualityRules:
    """The thresholds and the rules. Titles are alike from ``alike`` on (0 to 1); weights are of the scheme's whole."""

    code: str
    title_th: str
    title_en: str
    target_levels: tuple[Decimal, ...]  # the levels on which a target lies; empty: any
    past_years: Annotated[int, Field(ge=1, le=10)]
    line_needs: Annotated[int, Field(ge=2, le=10)]
    most_weight: Annotated[Decimal, Field(gt=0)]
    most_kpis_of_one_owner: Annotated[int, Field(ge=1)]
    alike: Annotated[Decimal, Field(gt=0, le=1)]
    letters_together: Annotated[int, Field(ge=1, le=5)]
    fewest_letters: Annotated[int, Field(ge=1)]
    passed_over: tuple[str, ...]
    divided: tuple[str, ...]
    measures: tuple[Measure, ...]
    rules: tuple[Rule, ...]
    notes: str = ""

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        codes = [rule.code for rule in self.rules]
        for code in RULES:
            if codes.count(code) != 1:
                raise ValueError(
                    f"Rule {code} stands here {codes.count(code)} times. Write it once; off is a severity."
                )
        known = {measure.code for measure in self.measures}
        for measure in self.measures:
            for other in measure.also:
                if other not in known:
                    raise ValueError(f"Measure {measure.code} goes with {other}, and there is no measure of that code.")

    def rule(self, code: str) -> Rule:
        return next(rule for rule in self.rules if rule.code == code)

    @property
    def alike_exactly(self) -> Fraction:
        return Fraction(self.alike)

    def measure_named_in(self, title: str) -> Measure | None:
        """The family that a name begins with; of several the one with the longest beginning."""
        written = one_way(title)
        fitting = [(begin, measure) for begin, measure in self._beginnings if written.startswith(begin)]
        return max(fitting, key=lambda held: len(held[0]))[1] if fitting else None

    def measure_of(self, unit: str) -> Measure | None:
        """The family of a unit of measurement."""
        return self._by_unit.get(one_way(unit))

    @cached_property
    def _by_unit(self) -> dict[str, Measure]:
        named = [(one_way(name), measure) for measure in self.measures for name in measure.measured_in]
        return dict(reversed(named))  # where two families name a unit, the first has it

    @cached_property
    def _beginnings(self) -> list[tuple[str, Measure]]:
        return [(one_way(begin), measure) for measure in self.measures for begin in measure.begins]


def read_quality_rules(path: Path = QUALITY) -> QualityRules:
    """Read the rules; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    return read_definition(path, QualityRules)
