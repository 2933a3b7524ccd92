"""From the KPIs' scores to the year's total."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from raprong.lib.scoring.adjusting import adjust, adjustment_faults
from raprong.lib.scoring.card import AWAITED, Adjusted, Adjustment, Composition, ScoreCard, ScoredKpi, Status
from raprong.lib.scoring.composition import compose
from raprong.lib.scoring.criteria import Criteria, place
from raprong.lib.scoring.rounding import half_up, sum_exactly
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.weighting import weighted_score


@dataclass(frozen=True)
class MeasuredKpi:
    """A KPI ready to be scored. A result of ``None`` means that nothing has been reported.

    ``status`` says why there is no result; without it a KPI is reported when it has a result, and not reported when it
    has none. ``parent`` is the code of the KPI that this one is a part of; its weight is then the weight inside that
    parent, which is scored from its parts and needs no criteria. ``overridden`` is a score given instead of the
    calculated one, ``because`` why, or why the status stands.
    """

    code: str
    weight: Decimal
    criteria: Criteria | None
    result: Decimal | None = None
    months: int | None = None  # the round that is scored, from October; the whole year without it
    status: Status | None = None
    parent: str = ""
    overridden: Decimal | None = None
    because: str = ""

    @property
    def standing(self) -> Status:
        """The status in force. A figure is not looked at where the status says that it does not count."""
        if self.status is not None and self.status is not Status.REPORTED:
            return self.status
        return Status.NOT_REPORTED if self.result is None else Status.REPORTED


@dataclass(frozen=True)
class Totals:
    """A total before and after its adjustments; none where nothing counts. ``exact`` is the total before rounding."""

    subtotal: Decimal | None
    total: Decimal | None
    adjustments: tuple[Adjustment, ...]
    exact: Fraction | None = None


def score_kpi(kpi: MeasuredKpi, scheme: Scheme, adjustments: Sequence[Adjusted] = ()) -> ScoredKpi:
    """Score one KPI that has no parts: exact, then rounded at the scheme's places, adjusted, then weighted.

    A KPI without a result gives no score, which is not a score of nought, unless the scheme says what its status counts
    as. A given score counts instead of the calculated one, whatever the status. Faulty criteria are refused with
    ``LadderRefused``.
    """
    return _weighed(_scored(kpi, (), scheme, adjustments), Fraction(kpi.weight), scheme)


def score_card(
    kpis: Sequence[MeasuredKpi],
    scheme: Scheme,
    adjustments: Sequence[Adjusted] = (),
    *,
    given: Mapping[str, Decimal] | None = None,
) -> ScoreCard:
    """Score every KPI of a year, parts inside their parents, and add them up over those that count.

    A parent's score is Σ(weight × score) / Σ weight over its parts that count. Where the scheme shares out inside the
    parent, the parent keeps its whole weight while any part counts; otherwise the weight of a part that is left out
    leaves the denominator in proportion. ``adjustments`` work on KPIs and on the total by the scheme's rules, and
    ``given`` are the points of the other parts of a final score, by their codes.

    Refused with ``ValueError``, every reason at once: a code twice among parents, a part whose parent is not there or
    goes round in a circle, and an adjustment by a rule or of a KPI that is not there.
    """
    tops = scored_tops(kpis, scheme, adjustments)
    totals = totals_of(sums_of(tops), scheme, adjustments)
    return ScoreCard(
        kpis=tuple(_in_order_given(kpis, tops)),
        total=totals.total,
        reported_weight=_weight_where(tops, _has_reported),
        total_weight=sum_exactly(kpi.weight for kpi in tops),
        subtotal=totals.subtotal,
        adjustments=totals.adjustments,
        awaited_weight=_weight_where(tops, _is_awaited),
        counted_weight=half_up(sum((kpi.counts for kpi in tops), Fraction(0)), None),
        composition=_composition(totals, scheme, given or {}),
    )


def scored_tops(
    kpis: Sequence[MeasuredKpi], scheme: Scheme, adjustments: Sequence[Adjusted] = ()
) -> tuple[ScoredKpi, ...]:
    """Score the KPIs that are no parts, each with its parts inside; refused is what :func:`score_card` refuses."""
    _check(kpis, scheme, adjustments)
    parts = _by_parent(kpis)
    trees = [_tree(kpi, parts, scheme, adjustments) for kpi in parts[""]]
    return tuple(_weighed(tree, _counting_weight(tree, scheme), scheme) for tree in trees)


def sums_of(tops: Iterable[ScoredKpi]) -> tuple[Fraction, Fraction]:
    """Σ(weight × score) and Σ weight over the scored KPIs that count, exact."""
    counting = [(kpi.counts, kpi.exact) for kpi in tops if kpi.exact is not None]
    added = sum((weight * score for weight, score in counting), Fraction(0))
    return added, sum((weight for weight, _ in counting), Fraction(0))


def totals_of(sums: tuple[Fraction, Fraction], scheme: Scheme, adjustments: Sequence[Adjusted] = ()) -> Totals:
    """The total of :func:`sums_of`: their quotient, held at the cap, rounded, and adjusted."""
    added, weight = sums
    exact = _held(added / weight if weight else None, scheme)
    if exact is None:
        return Totals(None, None, adjust(None, None, adjustments, scheme, places=scheme.total_places)[1])
    subtotal = half_up(exact, scheme.total_places)
    start = exact if scheme.total_places is None else Fraction(subtotal)
    after, made = adjust(start, None, adjustments, scheme, places=scheme.total_places)
    return Totals(subtotal, None if after is None else half_up(after, scheme.total_places), made, after)


def total_score(
    weights_and_scores: Iterable[tuple[Decimal | Fraction, Fraction | Decimal]], *, places: int | None
) -> Decimal | None:
    """Return Σ(weight × score) / Σ weight, rounded half-up once.

    Only what counts belongs in; with nothing reported, or no weight on what was, there is no total. A negative weight
    is refused.
    """
    mean = _weighted_mean([(Fraction(weight), Fraction(score)) for weight, score in weights_and_scores])
    return None if mean is None else half_up(mean, places)


def sum_of_parts(parts: Iterable[Decimal], *, places: int) -> Decimal:
    """Add parts that are already weighted, rounded half-up once."""
    return half_up(sum((Fraction(part) for part in parts), Fraction(0)), places)


def mean_score(points: Decimal, count: int, *, places: int) -> Decimal:
    """Return the mean of so many equally weighted scores that add up to the points, rounded half-up.

    A count under one is refused.
    """
    if count < 1:
        raise ValueError(f"A mean needs at least one score, not {count}.")
    return half_up(Fraction(points) / count, places)


def percent_of_scale(points: Decimal, full: Decimal, *, places: int) -> Decimal:
    """Return points as per cent of the full points, rounded half-up. Full points must be above nought."""
    if full <= 0:
        raise ValueError(f"Full points are above 0, not {full}.")
    return half_up(Fraction(points) * 100 / Fraction(full), places)


def tree_faults(kpis: Sequence[MeasuredKpi]) -> Iterator[tuple[int, str]]:
    """Find what is wrong with parents and parts: the number of the KPI in the list, and what to do about it."""
    parents = {kpi.code: kpi.parent for kpi in kpis}
    for number, kpi in enumerate(kpis):
        if not kpi.parent:
            continue
        if kpi.parent not in parents:
            yield (
                number,
                f"KPI {kpi.code} is a part of {kpi.parent}, which is not there. Add it or take the parent out.",
            )
        elif _goes_round(kpi.code, parents):
            yield number, f"KPI {kpi.code} is a part of itself, by way of {kpi.parent}. Take one of the parents out."
    parts, seen = _by_parent(kpis), set()
    for number, kpi in enumerate(kpis):
        if kpi.code in parts and kpi.code in seen:
            yield number, f"Code {kpi.code} is there twice, and has parts. Give each its own code."
        seen.add(kpi.code)
        inside = parts.get(kpi.code, []) if kpi.code else []
        if inside and not any(part.weight for part in inside):
            yield number, f"The weights inside {kpi.code} add up to 0. Give at least one part a weight above 0."


def _goes_round(code: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        code = parents.get(code, "")
    return bool(code)


def _check(kpis: Sequence[MeasuredKpi], scheme: Scheme, adjustments: Sequence[Adjusted]) -> None:
    faults = [sentence for _, sentence in tree_faults(kpis)]
    faults += adjustment_faults(adjustments, scheme, [kpi.code for kpi in kpis])
    if faults:
        raise ValueError(" ".join(faults))


def _by_parent(kpis: Iterable[MeasuredKpi]) -> Mapping[str, list[MeasuredKpi]]:
    """The parts of each code, in the order given; under no code those that are no part."""
    found: dict[str, list[MeasuredKpi]] = defaultdict(list)
    for kpi in kpis:
        found[kpi.parent].append(kpi)
    return found


def _tree(
    kpi: MeasuredKpi, parts: Mapping[str, list[MeasuredKpi]], scheme: Scheme, adjustments: Sequence[Adjusted]
) -> ScoredKpi:
    inside = parts.get(kpi.code, []) if kpi.code else []
    return _scored(kpi, tuple(_tree(part, parts, scheme, adjustments) for part in inside), scheme, adjustments)


def _scored(
    kpi: MeasuredKpi, parts: tuple[ScoredKpi, ...], scheme: Scheme, adjustments: Sequence[Adjusted]
) -> ScoredKpi:
    """The scores of a KPI, not yet its weight in the total."""
    bare = ScoredKpi(
        kpi.code,
        kpi.weight,
        kpi.standing,
        kpi.result,
        overridden=kpi.overridden,
        because=kpi.because,
        criteria=kpi.criteria,
        months=kpi.months,
        parent=kpi.parent,
        parts=parts,
    )
    scored = _calculated(bare, kpi.status, scheme)
    raw = scored.raw if kpi.overridden is None else Fraction(kpi.overridden)
    if raw is None:
        return replace(scored, adjustments=adjust(None, kpi.code, adjustments, scheme, places=scheme.places)[1])
    start = Fraction(half_up(raw, scheme.places)) if _rounds_first(scheme) else raw
    exact, made = adjust(_held(start, scheme), kpi.code, adjustments, scheme, places=scheme.places)
    assert exact is not None, "what had a score before an adjustment has one after it"
    return replace(scored, score=half_up(exact, scheme.places), exact=exact, adjustments=made)


def _calculated(kpi: ScoredKpi, stated: Status | None, scheme: Scheme) -> ScoredKpi:
    """A KPI with what its result, its parts or the rule for its status come to."""
    if kpi.parts and stated in (None, Status.REPORTED):
        scores = [(_counting_weight(p, scheme), p.exact) for p in kpi.parts if p.exact is not None]
        mean = _weighted_mean(scores)
        return replace(_with_raw(kpi, mean, scheme), status=_status_of_parts(kpi.parts))
    if kpi.status is not Status.REPORTED:
        worth = scheme.worth_of(kpi.status)
        return replace(_with_raw(kpi, worth, scheme), treatment=scheme.statuses.of(kpi.status))
    if kpi.criteria is None or kpi.result is None:
        raise ValueError(f"KPI {kpi.code} has neither criteria nor parts to be scored by.")
    placing = place(kpi.criteria, kpi.result, below=scheme.below, months=kpi.months)
    return replace(_with_raw(kpi, placing.raw, scheme), placing=placing)


def _with_raw(kpi: ScoredKpi, raw: Fraction | None, scheme: Scheme) -> ScoredKpi:
    return replace(kpi, raw=raw, calculated=None if raw is None else half_up(raw, scheme.places))


def _status_of_parts(parts: Sequence[ScoredKpi]) -> Status:
    """Reported when any part has a result; else waiting when any is waited for; else what the first part says."""
    if any(_has_reported(part) for part in parts):
        return Status.REPORTED
    return Status.NOT_REPORTED if any(part.status is Status.NOT_REPORTED for part in parts) else parts[0].status


def _counting_weight(kpi: ScoredKpi, scheme: Scheme) -> Fraction:
    """Of a KPI's own weight what counts, in the total or inside its parent."""
    return kpi.coverage(shared=scheme.share_inside_parent) * Fraction(kpi.weight)


def _weighed(kpi: ScoredKpi, weight: Fraction, scheme: Scheme) -> ScoredKpi:
    """A KPI with its weight in the total, and its parts with theirs, which add up to it."""
    if kpi.exact is None:
        return kpi
    weighted = weighted_score(kpi.exact, weight, weight_base=scheme.weight_base, places=scheme.weighted_places)
    parts = _parts_weighed(kpi.parts, weight, scheme) if kpi.from_parts else kpi.parts
    return replace(kpi, counts=weight, weighted=weighted, parts=parts)


def _parts_weighed(parts: Sequence[ScoredKpi], weight: Fraction, scheme: Scheme) -> tuple[ScoredKpi, ...]:
    inside = [_counting_weight(part, scheme) for part in parts]
    whole = sum(inside, Fraction(0))
    return tuple(_weighed(part, weight * own / whole, scheme) for part, own in zip(parts, inside, strict=True))


def _weighted_mean(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    if any(weight < 0 for weight, _ in pairs):
        raise ValueError("A weight is 0 or more.")
    weight_sum = sum((weight for weight, _ in pairs), Fraction(0))
    return sum((weight * score for weight, score in pairs), Fraction(0)) / weight_sum if weight_sum else None


def _rounds_first(scheme: Scheme) -> bool:
    return scheme.round_score_first and scheme.places is not None


def _held(score: Fraction | None, scheme: Scheme) -> Fraction | None:
    """A score held at the scheme's cap, where it has one."""
    return score if score is None or scheme.cap is None else min(score, Fraction(scheme.cap))


def _weight_where(tops: Sequence[ScoredKpi], holds: Callable[[ScoredKpi], bool]) -> Decimal:
    """The weight of which something is true, of a parent the share that its parts have."""
    whole = [kpi.weight for kpi in tops if not kpi.from_parts and holds(kpi)]
    shares = sum((_nominal(kpi, holds) for kpi in tops if kpi.from_parts), Fraction(0))
    return sum_exactly([*whole, half_up(shares, None)])


def _nominal(kpi: ScoredKpi, holds: Callable[[ScoredKpi], bool]) -> Fraction:
    if not kpi.from_parts:
        return Fraction(kpi.weight) if holds(kpi) else Fraction(0)
    inside = sum((Fraction(part.weight) for part in kpi.parts), Fraction(0))
    found = sum((_nominal(part, holds) for part in kpi.parts), Fraction(0))
    return Fraction(kpi.weight) * found / inside


def _has_reported(kpi: ScoredKpi) -> bool:
    return kpi.status is Status.REPORTED or kpi.overridden is not None


def _is_awaited(kpi: ScoredKpi) -> bool:
    return kpi.status in AWAITED and kpi.overridden is None


def _in_order_given(kpis: Sequence[MeasuredKpi], tops: Sequence[ScoredKpi]) -> Iterator[ScoredKpi]:
    """The scored KPIs in the order in which they came, each part where it stood."""
    waiting = {"": iter(tops)} | {kpi.code: iter(kpi.parts) for top in tops for kpi in _with_parts(top) if kpi.parts}
    return (next(waiting[kpi.parent]) for kpi in kpis)


def _with_parts(kpi: ScoredKpi) -> Iterator[ScoredKpi]:
    yield kpi
    for part in kpi.parts:
        yield from _with_parts(part)


def _composition(totals: Totals, scheme: Scheme, given: Mapping[str, Decimal]) -> Composition | None:
    if not scheme.parts:
        return None
    points = totals.exact if scheme.total_places is None else totals.total
    return compose({scheme.parts[0].code: points, **given}, scheme)
