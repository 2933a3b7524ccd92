"""Criteria, KPIs and results drawn at random for the properties of scoring."""

from decimal import Decimal

from hypothesis import strategies as st

from raprong.lib.scoring.card import Status
from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Kind,
    Ladder,
    Milestones,
    Option,
    Range,
    Side,
    Steps,
    YesNo,
)
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.rollup import MeasuredKpi

results = st.decimals(min_value=-50, max_value=500, places=2)
weights = st.decimals(min_value="0.01", max_value=100, places=2)
scores = st.sampled_from([[1, 2, 3, 4, 5], [1, 5], [50, 75, 100], [0, 5], [1, 3, 5]])


@st.composite
def ladder_rungs(draw: st.DrawFn, *, whole: bool = False, falling: bool | None = None) -> tuple[Rung, ...]:
    """Levels that climb in score, with figures that go one way and may be equal to their neighbours."""
    levels = draw(scores)
    steps = [draw(st.integers(0, 40)) for _ in levels[1:]]
    if not any(steps):
        steps[-1] = 1
    figures = [Decimal(draw(st.integers(0, 60)))]
    for step in steps:
        figures.append(figures[-1] + (step if whole else Decimal(step) / 4))
    falls = draw(st.booleans()) if falling is None else falling
    ordered = figures[::-1] if falls and not whole else figures
    return tuple(Rung(at, Decimal(level)) for at, level in zip(ordered, levels, strict=True))


@st.composite
def bands(draw: st.DrawFn) -> Bands:
    """From-to for each score, side by side, in either direction."""
    levels = draw(scores)
    ends = [Decimal(draw(st.integers(0, 30)))]
    for _ in levels:
        ends.append(ends[-1] + draw(st.integers(1, 30)))
    ordered = levels if draw(st.booleans()) else levels[::-1]
    pairs = zip(ordered, ends, ends[1:], strict=False)
    return Bands(tuple(Range(Decimal(score), lowest, highest) for score, lowest, highest in pairs))


@st.composite
def numeric_criteria(draw: st.DrawFn) -> Criteria:
    """Criteria of a kind whose result is a figure or a count."""
    kind = draw(st.sampled_from([Kind.LADDER, Kind.BANDS, Kind.STEPS, Kind.MILESTONES, Kind.DEVIATION]))
    match kind:
        case Kind.LADDER:
            return Ladder(draw(ladder_rungs()))
        case Kind.BANDS:
            return draw(bands())
        case Kind.STEPS:
            return Steps(draw(ladder_rungs(whole=True)), draw(st.booleans()))
        case Kind.MILESTONES:
            return Milestones(((6, draw(ladder_rungs(whole=True))), (12, draw(ladder_rungs(whole=True)))))
        case _:
            plan = draw(st.integers(1, 200))
            side = draw(st.sampled_from(list(Side)))
            return Deviation(Decimal(plan), draw(ladder_rungs(falling=True)), side)


@st.composite
def measured(draw: st.DrawFn, code: str, *, parent: str = "") -> MeasuredKpi:
    """A KPI of any kind with a result that its kind can have, or a status."""
    status = draw(st.sampled_from([None, None, None, *Status]))
    criteria: Criteria = draw(st.one_of(numeric_criteria(), st.just(YesNo(Decimal(5), Decimal(1))), st.just(CHOICE)))
    match criteria:
        case YesNo():
            result = Decimal(draw(st.integers(0, 1)))
        case Choice():
            result = Decimal(draw(st.integers(1, 3)))
        case Steps(fractions=False) | Milestones():
            result = Decimal(draw(st.integers(0, 200)))
        case _:
            result = draw(results)
    months = draw(st.sampled_from([None, 6, 12]))
    given = draw(st.sampled_from([None, None, None, Decimal("3.5")]))
    return MeasuredKpi(code, draw(weights), criteria, result, months, status, parent, given)


CHOICE = Choice((Option(Decimal(1), "none"), Option(Decimal(3), "planned"), Option(Decimal(5), "done")))


@st.composite
def units(draw: st.DrawFn) -> list[MeasuredKpi]:
    """The KPIs of a unit, some of them parts of others."""
    kpis: list[MeasuredKpi] = []
    for number in range(draw(st.integers(1, 4))):
        code = str(number + 1)
        count = draw(st.sampled_from([0, 0, 2, 3]))
        if not count:
            kpis.append(draw(measured(code)))
            continue
        kpis.append(MeasuredKpi(code, draw(weights), None))
        kpis += [draw(measured(f"{code}.{part + 1}", parent=code)) for part in range(count)]
    return kpis
