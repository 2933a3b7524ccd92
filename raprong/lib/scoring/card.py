"""What a score says about itself: each KPI from its result to what it adds to the total, and the card of a year."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from raprong.lib.scoring.criteria import Criteria
from raprong.lib.scoring.ladder import Placing, Segment


class Status(StrEnum):
    """Whether a KPI has a result to score, and if not, why. None of these is nought: nought is reported, with 0."""

    REPORTED = "reported"
    NOT_REPORTED = "not_reported"  # due, and nobody has reported
    MISSING = "missing"  # the data do not exist
    NOT_APPLICABLE = "not_applicable"
    CANCELLED = "cancelled"
    NOT_STARTED = "not_started"  # begins in a later round


AWAITED = frozenset({Status.NOT_REPORTED, Status.NOT_STARTED})
"""The statuses after which a result may still come, so that a total with them is provisional."""


class Treatment(StrEnum):
    """What a scheme does with a KPI that has a status instead of a result."""

    EXCLUDED = "excluded"  # its weight leaves the denominator
    ZERO = "zero"  # it counts as nought
    FLOOR = "floor"  # it counts as the first level's score


@dataclass(frozen=True)
class Adjusted:
    """An adjustment as it was decided: the rule of the scheme, the KPI (none: the total), how many times, and why."""

    rule: str
    kpi: str | None
    count: int
    because: str = ""


@dataclass(frozen=True)
class Adjustment:
    """An adjustment as it was applied, with its points: what it added, or with a minus took off.

    ``limited`` tells that the rule's limit, the top of the scale or nought held the points back.
    """

    rule: str
    kpi: str | None
    count: int
    because: str
    points: Decimal
    limited: bool = False


@dataclass(frozen=True)
class ScoredKpi:
    """One KPI with its result, its scores, and where on the criteria the result stands.

    Three values are kept apart: ``calculated`` from the result (or by the scheme's rule for the status),
    ``overridden`` where a score was given instead, and ``score``, the effective one, after adjustments; that is what
    pages and papers use. ``raw`` is the calculated score before any rounding, ``exact`` what goes into the total.

    ``weight`` is the KPI's own (of a part, inside its parent). ``counts`` is the weight that it has in the total's
    denominator, nought where it is left out; ``weighted`` what it adds to the total, so that the parts of a parent add
    up to the parent's.
    """

    code: str
    weight: Decimal
    status: Status
    result: Decimal | None = None
    raw: Fraction | None = None
    score: Decimal | None = None
    weighted: Decimal | None = None
    placing: Placing | None = None
    calculated: Decimal | None = None
    overridden: Decimal | None = None
    because: str = ""  # why a score was given, or why the status stands
    treatment: Treatment | None = None  # what the scheme did with the status; none where there is a result
    adjustments: tuple[Adjustment, ...] = ()
    exact: Fraction | None = None
    counts: Fraction = Fraction(0)
    criteria: Criteria | None = None
    months: int | None = None
    parent: str = ""
    parts: "tuple[ScoredKpi, ...]" = ()

    @property
    def from_parts(self) -> bool:
        """Whether the score comes from parts, and not from a given score or the rule for a status."""
        return bool(self.parts) and self.overridden is None and self.treatment is None

    def coverage(self, *, shared: bool) -> Fraction:
        """The share of its weight that counts: all, none, or where weight is not shared out, that of its parts."""
        if self.exact is None:
            return Fraction(0)
        if not self.from_parts or shared:
            return Fraction(1)
        counting = sum((part.coverage(shared=shared) * Fraction(part.weight) for part in self.parts), Fraction(0))
        return counting / sum((Fraction(part.weight) for part in self.parts), Fraction(0))

    @property
    def effective(self) -> Decimal | None:
        """The score that counts: the given one where one was given, else the calculated one, after adjustments."""
        return self.score

    @property
    def working(self) -> str:
        """The arithmetic behind the exact score: ``2 + (59 − 40) ÷ (60 − 40) × (3 − 2)``; empty when not reported."""
        if self.placing is None or self.result is None or self.raw is None:
            return ""
        lower, upper = self.placing.lower, self.placing.upper
        if self.placing.segment is not Segment.BETWEEN or lower is None or upper is None:
            return shown(self.raw)
        placed = self.result if self.placing.measured is None else self.placing.measured
        part = f"({shown(placed)} − {shown(lower.at)}) ÷ ({shown(upper.at)} − {shown(lower.at)})"
        return f"{shown(lower.score)} + {part} × ({shown(upper.score)} − {shown(lower.score)})"


@dataclass(frozen=True)
class ComposedPart:
    """One part of a final score: its points of its full points, and what it is worth, rounded once or step by step."""

    code: str
    points: Decimal | None
    full: Decimal
    weight: Decimal
    exact: Fraction | None = None  # the worth before any rounding
    roundings: tuple[Decimal, ...] = ()  # after each rounding, in order; the last one counts

    @property
    def worth(self) -> Decimal | None:
        return self.roundings[-1] if self.roundings else None


@dataclass(frozen=True)
class Composition:
    """A final score out of its parts; no total while a part has no points."""

    parts: tuple[ComposedPart, ...]
    total: Decimal | None


@dataclass(frozen=True)
class ScoreCard:
    """The scores of a year: each KPI, the total over those that count, and how much of the weight has reported.

    ``kpis`` are all of them as they were given, parts beside their parents; ``tops`` are those that are no part.
    ``subtotal`` is before the adjustments of the total, ``total`` after them. Of ``total_weight``, ``reported_weight``
    has a result or a given score, ``awaited_weight`` may still get one, and ``counted_weight`` is the denominator.
    """

    kpis: tuple[ScoredKpi, ...]
    total: Decimal | None
    reported_weight: Decimal
    total_weight: Decimal
    subtotal: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()  # those of the total; each KPI holds its own
    awaited_weight: Decimal = Decimal(0)
    counted_weight: Decimal = Decimal(0)
    composition: Composition | None = None  # where the scheme puts a final score together from parts

    @property
    def tops(self) -> tuple[ScoredKpi, ...]:
        """The KPIs that add up to the total; parts are inside their parents."""
        return tuple(kpi for kpi in self.kpis if not kpi.parent)

    @property
    def final(self) -> Decimal | None:
        """The final score: the composition's where there is one, else the total."""
        return self.composition.total if self.composition else self.total

    @property
    def provisional(self) -> bool:
        """Whether some weight may still get a result, so that the total may still move."""
        return self.awaited_weight > 0

    def kpi(self, code: str) -> ScoredKpi:
        """The KPI with a code; one that is not on the card raises ``KeyError``."""
        found = next((kpi for kpi in self.kpis if kpi.code == code), None)
        if found is None:
            raise KeyError(code)
        return found


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


def spoken(number: Decimal | Fraction) -> str:
    """Write a number for a sentence: like :func:`shown`, but one that has no end is broken off after eight places."""
    exact = shown(number)
    if "/" not in exact:
        return exact
    scaled = abs(Fraction(number)) * 10**8
    whole, rest = divmod(int(scaled), 10**8)
    return f"{'-' if number < 0 else ''}{whole}.{rest:08d}…"
