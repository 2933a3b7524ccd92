"""What a score says about itself: enough to show a person each step from the result to the total."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from raprong.lib.scoring.ladder import Placing, Segment


class Status(StrEnum):
    """Whether a KPI has a result to score. Not reported is not nought."""

    REPORTED = "reported"
    MISSING = "missing"


@dataclass(frozen=True)
class ScoredKpi:
    """One KPI with its result, its exact and its rounded score, and where on the criteria the result stands."""

    code: str
    weight: Decimal
    status: Status
    result: Decimal | None = None
    raw: Fraction | None = None
    score: Decimal | None = None
    weighted: Decimal | None = None
    placing: Placing | None = None

    @property
    def working(self) -> str:
        """The arithmetic behind the exact score: ``2 + (59 − 40) ÷ (60 − 40) × (3 − 2)``; empty when not reported."""
        if self.placing is None or self.result is None or self.raw is None:
            return ""
        lower, upper = self.placing.lower, self.placing.upper
        if self.placing.segment is not Segment.BETWEEN or lower is None or upper is None:
            return shown(self.raw)
        part = f"({shown(self.result)} − {shown(lower.at)}) ÷ ({shown(upper.at)} − {shown(lower.at)})"
        return f"{shown(lower.score)} + {part} × ({shown(upper.score)} − {shown(lower.score)})"


@dataclass(frozen=True)
class ScoreCard:
    """The scores of a year: each KPI, the total over those reported, and how much of the weight that is."""

    kpis: tuple[ScoredKpi, ...]
    total: Decimal | None
    reported_weight: Decimal
    total_weight: Decimal

    @property
    def provisional(self) -> bool:
        """Whether some weight has no result yet, so that the total may still move."""
        return self.reported_weight < self.total_weight


def shown(number: Decimal | Fraction) -> str:
    """Write a number for a formula without needless noughts; one that has no end is written as a fraction."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return str(exact.numerator)
    twos_and_fives = exact.denominator
    for prime in (2, 5):
        while twos_and_fives % prime == 0:
            twos_and_fives //= prime
    if twos_and_fives > 1:
        return f"{exact.numerator}/{exact.denominator}"
    return format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")
