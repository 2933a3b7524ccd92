"""The criteria of a KPI: seven ways to turn a measured result into a score.

A result is always one number, whatever the kind: a figure, a count of steps or milestones, 1 for yes and 0 for no, or
the number of the chosen option (the first is 1). What a status says instead of a number, ``rollup`` knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from raprong.lib.scoring.ladder import Below, Placing, Rung, Segment, place_on_ladder
from raprong.lib.scoring.steps import place_on_steps


class Kind(StrEnum):
    """How criteria are read."""

    LADDER = "ladder"  # a figure for each level, the straight line between two levels
    BANDS = "bands"  # from-to for each score, nothing between two scores
    STEPS = "steps"  # steps done one after another, or a table of counts
    YES_NO = "yes_no"
    CHOICE = "choice"
    MILESTONES = "milestones"  # how many milestones each level asks for, by round
    DEVIATION = "deviation"  # how far from a plan, in per cent of the plan


class Side(StrEnum):
    """Which deviation from a plan counts against the score; the other side counts as no deviation."""

    BOTH = "both"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True)
class Ladder:
    """A figure for each level. See :func:`raprong.lib.scoring.ladder.score_on_ladder`."""

    rungs: tuple[Rung, ...]
    kind = Kind.LADDER


@dataclass(frozen=True)
class Steps:
    """A number of steps (or items) for each level. See :func:`raprong.lib.scoring.steps.score_on_steps`.

    With ``fractions`` a step may be done in part, and what lies between two levels is worth its part of the way: 3.5
    steps of 1 to 5 are 3.5.
    """

    rungs: tuple[Rung, ...]
    fractions: bool = False
    kind = Kind.STEPS


@dataclass(frozen=True)
class Range:
    """A score with the results that earn it, both ends included; ``None`` is an open end."""

    score: Decimal
    lowest: Decimal | None
    highest: Decimal | None

    def holds(self, result: Decimal) -> bool:
        """Tell whether a result lies in this range, its ends included."""
        return (self.lowest is None or self.lowest <= result) and (self.highest is None or result <= self.highest)


@dataclass(frozen=True)
class Bands:
    """From-to for each score. On a border that two bands share, the higher score holds."""

    ranges: tuple[Range, ...]
    kind = Kind.BANDS


@dataclass(frozen=True)
class YesNo:
    """What yes is worth, and what no is worth."""

    yes: Decimal
    no: Decimal
    kind = Kind.YES_NO


@dataclass(frozen=True)
class Option:
    """One answer to choose, with its score."""

    score: Decimal
    title: str


@dataclass(frozen=True)
class Choice:
    """Answers of which one is chosen; the result is its number, the first is 1."""

    options: tuple[Option, ...]
    kind = Kind.CHOICE


@dataclass(frozen=True)
class Milestones:
    """By round (months from October): how many milestones each level asks for until then."""

    rounds: tuple[tuple[int, tuple[Rung, ...]], ...]  # the earliest round first
    kind = Kind.MILESTONES

    def rungs_in(self, months: int | None) -> tuple[Rung, ...]:
        """The table of a round; of the first round that ends later where it has none, and of the last after all."""
        later = (rungs for ends, rungs in self.rounds if months is not None and ends >= months)
        return next(later, self.rounds[-1][1])


@dataclass(frozen=True)
class Deviation:
    """A plan, and the score of each deviation from it in per cent of the plan (a ladder; less is better as a rule)."""

    plan: Decimal
    rungs: tuple[Rung, ...]
    side: Side = Side.BOTH
    plans: tuple[tuple[int, Decimal], ...] = ()  # a round's own plan, by months
    kind = Kind.DEVIATION

    def plan_in(self, months: int | None) -> Decimal:
        """The plan of a round; the year's where the round has none of its own."""
        return dict(self.plans).get(months or 0, self.plan)


Criteria = Ladder | Steps | Bands | YesNo | Choice | Milestones | Deviation
CRITERIA = (Ladder, Steps, Bands, YesNo, Choice, Milestones, Deviation)


def place(criteria: Criteria, result: Decimal, *, below: Below, months: int | None = None) -> Placing:
    """Score a result under criteria of any kind: where it stands, and its exact score before any rounding.

    ``months`` is the round that is scored, counted from October; without it the whole year is. A result that the kind
    cannot have (an option that is not there) raises ``ValueError``; doors refuse it before.
    """
    match criteria:
        case Ladder(rungs):
            return place_on_ladder(result, rungs, below=below)
        case Steps(rungs, fractions):
            return (place_on_ladder if fractions else place_on_steps)(result, rungs, below=below)
        case Bands(ranges):
            return _place_in_bands(result, ranges, below)
        case YesNo(yes, no):
            return _at_level(result, yes if result else no)
        case Choice(options):
            return _at_level(result, _chosen(result, options).score)
        case Milestones():
            return place_on_steps(result, criteria.rungs_in(months), below=below)
        case Deviation(rungs=rungs, side=side):
            off = deviation(result, criteria.plan_in(months), side)
            return replace(place_on_ladder(off, rungs, below=below), measured=off)


def deviation(result: Decimal, plan: Decimal, side: Side = Side.BOTH) -> Fraction:
    """How far a result is from its plan, in per cent of the plan: |result − plan| / |plan| × 100, exact.

    Source: the ratio criterion of the higher-education quality assurance (a deviation up to 10 % is full marks, from
    20 % on none, between the two a straight line). A plan of nought is refused.
    """
    off = Fraction(result) - Fraction(plan)
    if (side is Side.OVER and off < 0) or (side is Side.UNDER and off > 0):
        return Fraction(0)
    return abs(off) * 100 / abs(Fraction(plan))


def levels_of(criteria: Criteria, *, months: int | None = None) -> tuple[Rung, ...]:
    """Criteria as level points, lowest score first: what each score asks for.

    Of a band it is the end that is reached first; of yes or no, 1 and 0; of a choice, the numbers of the options.
    """
    match criteria:
        case Ladder(rungs) | Steps(rungs) | Deviation(rungs=rungs):
            return rungs
        case Milestones():
            return criteria.rungs_in(months)
        case Bands(ranges):
            return _rungs_of_bands(ranges)
        case YesNo(yes, no):
            return tuple(sorted((Rung(Decimal(0), no), Rung(Decimal(1), yes)), key=lambda rung: rung.score))
        case Choice(options):
            numbered = (Rung(Decimal(number), option.score) for number, option in enumerate(options, start=1))
            return tuple(sorted(numbered, key=lambda rung: rung.score))


def criteria_as_data(criteria: Criteria) -> dict[str, object]:
    """Write criteria as plain data that JSON can hold, numbers as strings; ``criteria_from_data`` reads it back."""
    data: dict[str, object] = {"kind": str(criteria.kind)}
    match criteria:
        case Ladder(rungs):
            return data | {"levels": _pairs(rungs)}
        case Steps(rungs, fractions):
            return data | {"levels": _pairs(rungs)} | ({"fractions": True} if fractions else {})
        case Bands(ranges):
            return data | {"bands": [_band(band) for band in ranges]}
        case YesNo(yes, no):
            return data | {"yes": _written(yes), "no": _written(no)}
        case Choice(options):
            return data | {"options": [{"score": _written(o.score), "title": o.title} for o in options]}
        case Milestones(rounds):
            return data | {"rounds": [{"months": months, "levels": _pairs(rungs)} for months, rungs in rounds]}
        case Deviation(plan, rungs, side, plans):
            own = {"plans": {str(months): _written(value) for months, value in plans}} if plans else {}
            return data | {"plan": _written(plan), "side": str(side), "levels": _pairs(rungs)} | own


def criteria_from_stored(data: Mapping[str, object]) -> Criteria:
    """Read what :func:`criteria_as_data` wrote; it trusts the data, and does not explain what is wrong with others."""
    stored: dict = dict(data)  # type: ignore[type-arg]
    match Kind(stored["kind"]):
        case Kind.LADDER:
            return Ladder(_rungs(stored["levels"]))
        case Kind.STEPS:
            return Steps(_rungs(stored["levels"]), stored.get("fractions", False))
        case Kind.BANDS:
            return Bands(tuple(_range(band) for band in stored["bands"]))
        case Kind.YES_NO:
            return YesNo(Decimal(stored["yes"]), Decimal(stored["no"]))
        case Kind.CHOICE:
            return Choice(tuple(Option(Decimal(o["score"]), o["title"]) for o in stored["options"]))
        case Kind.MILESTONES:
            return Milestones(tuple((r["months"], _rungs(r["levels"])) for r in stored["rounds"]))
        case Kind.DEVIATION:
            plans = tuple((int(months), Decimal(plan)) for months, plan in stored.get("plans", {}).items())
            return Deviation(Decimal(stored["plan"]), _rungs(stored["levels"]), Side(stored["side"]), plans)


def _place_in_bands(result: Decimal, ranges: tuple[Range, ...], below: Below) -> Placing:
    """The best band that holds the result; between two bands the worse of the two; outside all, the end it lies at."""
    rungs = _rungs_of_bands(ranges)
    holding = [band for band in ranges if band.holds(result)]
    if holding:
        return _at_level(result, max(band.score for band in holding), rungs)
    under = [band for band in ranges if band.highest is not None and band.highest < result]
    over = [band for band in ranges if band.lowest is not None and band.lowest > result]
    if under and over:
        nearest = (max(under, key=lambda b: b.highest or 0), min(over, key=lambda b: b.lowest or 0))
        return _at_level(result, min(band.score for band in nearest), rungs)
    edge = max(under, key=lambda b: b.highest or 0) if under else min(over, key=lambda b: b.lowest or 0)
    if edge.score == rungs[-1].score:
        return Placing(Segment.PAST_LAST, rungs[-1], None, Fraction(edge.score))
    worth = edge.score if below is Below.FLOOR else Decimal(0)
    return Placing(Segment.BELOW_FIRST, None, rungs[0], Fraction(worth))


def _rungs_of_bands(ranges: tuple[Range, ...]) -> tuple[Rung, ...]:
    climbing = sorted(ranges, key=lambda band: band.score)
    rising = _middle(climbing[-1]) >= _middle(climbing[0])
    ends = ((b.lowest, b.highest) if rising else (b.highest, b.lowest) for b in climbing)
    return tuple(
        Rung(near if near is not None else far or Decimal(0), band.score)
        for band, (near, far) in zip(climbing, ends, strict=True)
    )


def _middle(band: Range) -> Decimal:
    """A number inside a band, to tell on which side of another it lies."""
    lowest, highest = band.lowest, band.highest
    if lowest is None:
        return (highest or Decimal(0)) - 1
    return lowest + 1 if highest is None else (lowest + highest) / 2


def _at_level(result: Decimal, score: Decimal, rungs: tuple[Rung, ...] = ()) -> Placing:
    upper = next((rung for rung in rungs if rung.score > score), None)
    return Placing(Segment.AT_LEVEL, Rung(result, score), upper, Fraction(score))


def _chosen(result: Decimal, options: tuple[Option, ...]) -> Option:
    if result % 1 or not 1 <= result <= len(options):
        raise ValueError(f"There is no option {result:f}: choose 1 to {len(options)}.")
    return options[int(result) - 1]


def _pairs(rungs: tuple[Rung, ...]) -> list[list[str]]:
    return [[_written(rung.score), _written(rung.at)] for rung in rungs]


def _rungs(pairs: list[list[str]]) -> tuple[Rung, ...]:
    return tuple(Rung(Decimal(at), Decimal(level)) for level, at in pairs)


def _band(band: Range) -> dict[str, str | None]:
    ends = {"from": band.lowest, "to": band.highest}
    return {"score": _written(band.score)} | {
        name: None if end is None else _written(end) for name, end in ends.items()
    }


def _range(band: dict[str, str | None]) -> Range:
    return Range(Decimal(band["score"] or 0), _number(band["from"]), _number(band["to"]))


def _number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def _written(number: Decimal) -> str:
    return format(number, "f")
