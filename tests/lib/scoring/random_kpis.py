"""KPIs of every kind at random, with results where scores turn: at levels, beside them, and in half of a unit."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from raprong.lib.scoring.card import Status
from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Ladder,
    Milestones,
    Option,
    Range,
    Side,
    Steps,
    YesNo,
)
from raprong.lib.scoring.ladder import Below, Rung
from raprong.lib.scoring.rollup import MeasuredKpi
from raprong.lib.scoring.scheme import Scheme, Statuses, Treatment

UNIT = Decimal("0.0001")
FIVE = tuple(Decimal(score) for score in range(1, 6))


def a_scheme(random: Random) -> Scheme:
    places = random.choice([0, 1, 2, 3, 4, 4, 4])
    treatments = [random.choice(list(Treatment)) for _ in range(5)]
    return Scheme(
        places=places,
        weighted_places=random.choice([2, 4, 5]),
        total_places=random.choice([2, 3, 4]),
        below=random.choice(list(Below)),
        round_score_first=random.random() < 0.6,
        cap=random.choice([None, None, Decimal(4), Decimal(5)]),
        weight_base=random.choice([Decimal(100), Decimal(1), Decimal(80)]),
        statuses=Statuses(*treatments),
    )


def a_kpi(random: Random, code: str) -> MeasuredKpi:
    criteria, months = some_criteria(random), random.choice([None, 6, 9, 12])
    kpi = MeasuredKpi(code, Decimal(random.randint(0, 4000)) / 100, criteria, a_result(random, criteria), months)
    if random.random() < 0.15:
        return replace(kpi, result=None, status=random.choice([None, *list(Status)[1:]]))
    return kpi


def a_figure(random: Random) -> Decimal:
    """A figure of a level: often small and whole, at times large, fine or under nought."""
    match random.randrange(5):
        case 0:
            return Decimal(random.randint(-40, 400)) / 4
        case 1:
            return Decimal(random.randint(-(10**6), 10**8)) / 100
        case 2:
            return random.randint(-50, 500) * UNIT
        case _:
            return Decimal(random.randint(0, 100))


def rungs(random: Random, *, rising: bool | None = None) -> tuple[Rung, ...]:
    """A ladder that can be used: rising or falling, with equal neighbours at times, or only some levels."""
    scores = sorted(random.sample(FIVE, random.choice([2, 3, 5, 5, 5])))
    figures = sorted(a_figure(random) for _ in scores)
    if random.random() < 0.3:
        where = random.randrange(len(figures) - 1)
        figures[where + 1] = figures[where]
        figures.sort()
    if figures[0] == figures[-1]:
        figures[-1] += 1
    if not (random.random() < 0.5 if rising is None else rising):
        figures.reverse()
    return tuple(Rung(at, score) for at, score in zip(figures, scores, strict=True))


def some_criteria(random: Random) -> Criteria:
    match random.randrange(9):
        case 0:
            return Steps(rungs(random), fractions=random.random() < 0.5)
        case 1:
            return bands(random)
        case 2:
            return YesNo(yes=Decimal(5), no=random.choice([Decimal(0), Decimal(1)]))
        case 3:
            return Choice(tuple(Option(random.choice(FIVE), f"คำตอบ {n}") for n in range(random.randint(2, 6))))
        case 4:
            return Milestones(((6, rungs(random, rising=True)), (12, rungs(random, rising=True))))
        case 5:
            return deviation(random)
        case _:
            return Ladder(rungs(random))


def bands(random: Random) -> Bands:
    """Bands that touch, leave gaps or overlap, the outer ones open at times."""
    edges = sorted(a_figure(random) for _ in range(10))
    ranges = [Range(score, edges[2 * n], edges[2 * n + 1]) for n, score in enumerate(FIVE)]
    if random.random() < 0.3:
        ranges[2] = replace(ranges[2], highest=ranges[3].highest)
    if random.random() < 0.5:
        ranges[0], ranges[-1] = replace(ranges[0], lowest=None), replace(ranges[-1], highest=None)
    if random.random() < 0.5:
        ranges = [replace(r, score=6 - r.score) for r in ranges]
    return Bands(tuple(ranges))


def deviation(random: Random) -> Deviation:
    figures = sorted(random.sample(range(60), 5), reverse=random.random() < 0.85)
    levels = tuple(Rung(Decimal(at) / 2, score) for at, score in zip(figures, FIVE, strict=True))
    plan = a_figure(random) or Decimal(1)
    return Deviation(plan, levels, random.choice(list(Side)), ((6, plan / 2),) if random.random() < 0.5 else ())


def a_result(random: Random, criteria: Criteria) -> Decimal:
    match criteria:
        case YesNo():
            return Decimal(random.choice([0, 1]))
        case Choice(options):
            return Decimal(random.randint(1, len(options)))
        case Bands(ranges):
            ends = [end for band in ranges for end in (band.lowest, band.highest) if end is not None]
            return near(random, random.choice(ends), random.choice(ends))
        case Deviation(plan=plan):
            return near(random, plan, plan * random.choice([2, Decimal("0.5"), Decimal("1.1"), -1]))
        case Ladder(levels) | Steps(levels):
            return near(random, random.choice(levels).at, random.choice(levels).at)
        case Milestones():
            levels = criteria.rungs_in(6)
            return near(random, random.choice(levels).at, random.choice(levels).at)


def near(random: Random, one: Decimal, other: Decimal) -> Decimal:
    """A result at a level, one unit beside it, in the middle of two, somewhere between, or far off."""
    match random.randrange(5):
        case 0:
            found = one
        case 1:
            found = one + random.choice([-1, 1]) * UNIT
        case 2:
            found = (one + other) / 2
        case 3:
            found = one + (other - one) * random.randint(-500, 1500) / 1000
        case _:
            found = a_figure(random)
    return found.quantize(UNIT)
