"""What gives the next level and the top: the exact figure for each KPI, and what it adds to the unit's total."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from raprong.lib.scoring.card import Adjusted, ScoreCard, ScoredKpi, Status
from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Ladder,
    Milestones,
    Range,
    Side,
    Steps,
    YesNo,
    deviation,
    levels_of,
    place,
)
from raprong.lib.scoring.ladder import Below, Rung, highest_reached
from raprong.lib.scoring.rollup import MeasuredKpi, score_card, scored_tops, sums_of, totals_of
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import Scheme

SETTLED = frozenset({Status.CANCELLED, Status.NOT_APPLICABLE, Status.MISSING})
"""With these statuses no figure will come, so that nothing is left to be reached."""


@dataclass(frozen=True)
class Reach:
    """A level not yet reached: its score, the nearest result that reaches it, and how far away that is.

    ``at`` is a result as it would be reported: of a choice the number of the option, of yes or no 1 or 0, of a
    deviation the actual value. ``missing`` is above nought; none where nothing is reported yet, or where there is no
    distance between answers. ``effort`` is ``missing`` in per cent of the whole way from the first level to the last.
    ``gain`` is what reaching it adds to the unit's total, other KPIs left as they are.
    """

    score: Decimal
    at: Decimal
    missing: Decimal | None
    gain: Decimal = Decimal(0)
    effort: Decimal | None = None


@dataclass(frozen=True)
class KpiGains:
    """What one KPI can still bring: to the next level, and to the top; the same one where one level is left."""

    code: str
    score: Decimal | None  # the effective score now
    result: Decimal | None
    next: Reach
    top: Reach

    @property
    def per_effort(self) -> Fraction:
        """What the next level adds to the total for each hundredth of the way; without a distance it is a whole way."""
        return Fraction(self.next.gain) / (Fraction(self.next.effort) if self.next.effort else 100)


def ranked_gains(
    kpis: Sequence[MeasuredKpi], scheme: Scheme, adjustments: Sequence[Adjusted] = (), *, by_effort: bool = False
) -> tuple[KpiGains, ...]:
    """What every KPI can still bring to the unit's total, the most first, or what is nearest for what it brings.

    Left out are KPIs at their top, those with a given score, those for which no figure will come (cancelled, not
    applicable, no data), and parents, whose parts are listed instead. The gain of a KPI that has not reported is how
    the total moves when it does, which may be downwards.
    """
    unit = _Unit(kpis, scheme, adjustments)
    found = [gains for kpi in kpis if (gains := unit.gains(kpi)) is not None]
    if by_effort:
        return tuple(sorted(found, key=lambda gains: (-gains.per_effort, -gains.top.gain)))
    return tuple(sorted(found, key=lambda gains: (-gains.top.gain, -gains.next.gain)))


def with_results(
    kpis: Sequence[MeasuredKpi],
    results: Mapping[str, Decimal | None],
    scheme: Scheme,
    adjustments: Sequence[Adjusted] = (),
    *,
    given: Mapping[str, Decimal] | None = None,
) -> ScoreCard:
    """The card that a unit would have with other results, by the codes of the KPIs; nothing is stored.

    A result tried out counts as reported whatever the KPI's status was, and none as not reported; a given score stays.
    A code that no KPI has is refused with ``ValueError``.
    """
    unknown = results.keys() - {kpi.code for kpi in kpis}
    if unknown:
        raise ValueError(f"There is no KPI {', '.join(sorted(unknown))}.")
    tried = [_with_result(kpi, results[kpi.code]) if kpi.code in results else kpi for kpi in kpis]
    return score_card(tried, scheme, adjustments, given=given)


def reaches(kpi: MeasuredKpi) -> tuple[Reach, ...]:
    """Every level of a KPI that its result has not reached, the next one first and the top one last; without gains.

    Of levels that share a value only the highest is named, because reaching the value earns it.
    """
    if kpi.criteria is None or kpi.overridden is not None or kpi.standing in SETTLED:
        return ()
    result = kpi.result if kpi.standing is Status.REPORTED else None
    whole = _whole_way(kpi.criteria, kpi.months)
    return tuple(_with_effort(reach, whole) for reach in _reaches(kpi.criteria, result, kpi.months))


class _Unit:
    """A unit's KPIs, scored once, to try one result at a time without scoring the others again."""

    def __init__(self, kpis: Sequence[MeasuredKpi], scheme: Scheme, adjustments: Sequence[Adjusted]) -> None:
        self.scheme, self.adjustments = scheme, adjustments
        self.parents = {kpi.code: kpi.parent for kpi in kpis}
        self.tops = {top.code: top for top in scored_tops(kpis, scheme, adjustments)}
        self.sums = sums_of(self.tops.values())
        self.total = self.total_of(self.sums)
        self.families: dict[str, list[MeasuredKpi]] = defaultdict(list)
        for kpi in kpis:
            self.families[self.root(kpi.code)].append(kpi)
        self.holding = {kpi.parent for kpi in kpis}

    def gains(self, kpi: MeasuredKpi) -> KpiGains | None:
        ahead = reaches(kpi)
        if not ahead or kpi.code in self.holding:
            return None
        to_next, to_top = (replace(reach, gain=self.gain(kpi, reach.at)) for reach in (ahead[0], ahead[-1]))
        return KpiGains(kpi.code, self.score_now(kpi), kpi.result, to_next, to_top)

    def gain(self, kpi: MeasuredKpi, result: Decimal) -> Decimal:
        """By how much the total moves when one KPI has another result."""
        root = self.root(kpi.code)
        family = [_with_result(one, result) if one.code == kpi.code else one for one in self.families[root]]
        named = {other.code for other in family}
        own = [adjusted for adjusted in self.adjustments if adjusted.kpi in named]
        (tried,) = scored_tops(family, self.scheme, own)
        (added, weight), (less, lighter), (more, heavier) = self.sums, sums_of([self.tops[root]]), sums_of([tried])
        after = self.total_of((added - less + more, weight - lighter + heavier))
        return half_up(Fraction(after) - Fraction(self.total), self.scheme.total_places)

    def total_of(self, sums: tuple[Fraction, Fraction]) -> Decimal:
        return totals_of(sums, self.scheme, self.adjustments).total or Decimal(0)

    def score_now(self, kpi: MeasuredKpi) -> Decimal | None:
        return next(found.score for found in _walk(self.tops[self.root(kpi.code)]) if found.code == kpi.code)

    def root(self, code: str) -> str:
        while self.parents[code]:
            code = self.parents[code]
        return code


def _walk(kpi: ScoredKpi) -> Iterator[ScoredKpi]:
    yield kpi
    for part in kpi.parts:
        yield from _walk(part)


def _with_result(kpi: MeasuredKpi, result: Decimal | None) -> MeasuredKpi:
    return replace(kpi, result=result, status=None)


def _reaches(criteria: Criteria, result: Decimal | None, months: int | None) -> Iterator[Reach]:
    match criteria:
        case Ladder() | Steps() | Milestones():
            for rung in _ahead(levels_of(criteria, months=months), result):
                yield Reach(rung.score, rung.at, _distance(rung.at, result))
        case Deviation(rungs=rungs, side=side):
            plan = criteria.plan_in(months)
            off = None if result is None else deviation(result, plan, side)
            for rung in _ahead(rungs, off):
                at = _actual(plan, rung.at, side, over=result is not None and result > plan)
                yield Reach(rung.score, at, _distance(at, result))
        case Bands():
            yield from _bands_ahead(criteria, result)
        case YesNo() | Choice():
            yield from _answers_ahead(levels_of(criteria), result)


def _whole_way(criteria: Criteria, months: int | None) -> Fraction:
    """How far it is from the first level to the last, in the unit of a result."""
    rungs = levels_of(criteria, months=months)
    way = abs(Fraction(rungs[-1].at) - Fraction(rungs[0].at))
    return way * abs(Fraction(criteria.plan_in(months))) / 100 if isinstance(criteria, Deviation) else way


def _with_effort(reach: Reach, whole: Fraction) -> Reach:
    if reach.missing is None or not whole:
        return reach
    return replace(reach, effort=half_up(Fraction(reach.missing) * 100 / whole, 2))


def _ahead(rungs: Sequence[Rung], result: Decimal | Fraction | None) -> list[Rung]:
    """The rungs not yet reached, of those that share a value the highest."""
    reached = None if result is None else highest_reached(result, rungs)
    ahead = rungs[0 if reached is None else reached + 1 :]
    return list({rung.at: rung for rung in ahead}.values())


def _actual(plan: Decimal, off: Decimal, side: Side, *, over: bool) -> Decimal:
    """The actual value that deviates so many per cent from the plan, on the side where the actual is now."""
    up = side is Side.OVER or (side is Side.BOTH and over)
    distance = abs(Fraction(plan)) * Fraction(off) / 100
    return half_up(Fraction(plan) + (distance if up else -distance), None)


def _bands_ahead(criteria: Bands, result: Decimal | None) -> Iterator[Reach]:
    now = Fraction(-1) if result is None else place(criteria, result, below=Below.ZERO).raw
    first_reached = {rung.score: rung.at for rung in levels_of(criteria)}
    for band in sorted(criteria.ranges, key=lambda band: band.score):
        if band.score > now:
            at = first_reached[band.score] if result is None else _nearest(band, result)
            yield Reach(band.score, at, _distance(at, result))


def _nearest(band: Range, result: Decimal) -> Decimal:
    """The end of a band that a result outside it comes to first."""
    if band.lowest is not None and result < band.lowest:
        return band.lowest
    return result if band.highest is None else min(result, band.highest)


def _answers_ahead(rungs: Sequence[Rung], result: Decimal | None) -> Iterator[Reach]:
    now = next((rung.score for rung in rungs if rung.at == result), None)
    best = {rung.score: rung for rung in reversed(rungs) if now is None or rung.score > now}
    for rung in sorted(best.values(), key=lambda rung: rung.score):
        yield Reach(rung.score, rung.at, None)


def _distance(at: Decimal, result: Decimal | None) -> Decimal | None:
    return None if result is None else half_up(abs(Fraction(at) - Fraction(result)), None)
