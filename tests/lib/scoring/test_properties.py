"""What holds for every score, whatever the criteria, the results and the weights."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from raprong.lib.scoring.card import ScoredKpi
from raprong.lib.scoring.criteria import Bands, Criteria, Deviation, levels_of, place
from raprong.lib.scoring.ladder import Below, Rung
from raprong.lib.scoring.rollup import MeasuredKpi, score_card
from raprong.lib.scoring.scheme import Scheme
from tests.lib.scoring.scored import bands, ladder_rungs, numeric_criteria, results, units

EXACT = Scheme(round_score_first=False, total_places=None)
belows = st.sampled_from(list(Below))


def raw(criteria: Criteria, result: Decimal, below: Below = Below.ZERO) -> Fraction:
    return place(criteria, result, below=below).raw


def rises(rungs: Iterable[Rung]) -> bool:
    figures = [rung.at for rung in rungs]
    return figures[-1] >= figures[0]


@given(numeric_criteria(), results, results, belows)
def test_a_better_result_never_earns_less(criteria: Criteria, one: Decimal, other: Decimal, below: Below) -> None:
    if isinstance(criteria, Deviation):
        one, other = (criteria.plan + abs(off) for off in (one, other))
        better, worse = min(one, other), max(one, other)
    elif rises(levels_of(criteria)):
        better, worse = max(one, other), min(one, other)
    else:
        better, worse = min(one, other), max(one, other)
    if below is Below.PROPORTIONAL and not rises(levels_of(criteria)) and worse <= 0:
        return

    assert raw(criteria, better, below) >= raw(criteria, worse, below)


@given(numeric_criteria(), results, belows)
def test_a_score_stays_inside_the_scale(criteria: Criteria, result: Decimal, below: Below) -> None:
    levels = [rung.score for rung in levels_of(criteria)]

    score = raw(criteria, result, below)

    assert 0 <= score <= max(levels)
    assert below is not Below.FLOOR or score >= min(levels)


@given(numeric_criteria())
def test_a_level_point_earns_its_level(criteria: Criteria) -> None:
    if isinstance(criteria, (Bands, Deviation)):
        return
    rungs = levels_of(criteria)

    for rung in rungs:
        highest = max(other.score for other in rungs if other.at == rung.at)
        assert raw(criteria, rung.at) == highest


@given(ladder_rungs(falling=True), st.integers(1, 300))
def test_a_deviation_at_a_level_point_earns_its_level(rungs: tuple[Rung, ...], plan: int) -> None:
    criteria = Deviation(Decimal(plan), rungs)

    for rung in rungs:
        highest = max(other.score for other in rungs if other.at == rung.at)
        assert raw(criteria, plan + rung.at * plan / 100) == highest


@given(bands())
def test_both_ends_of_a_band_earn_at_least_its_score(criteria: Bands) -> None:
    for band in criteria.ranges:
        ends = [end for end in (band.lowest, band.highest) if end is not None]
        assert all(raw(criteria, end) >= band.score for end in ends)


@given(units(), st.integers(2, 1000), st.booleans())
@settings(max_examples=60)
def test_a_total_does_not_depend_on_the_unit_of_weight(kpis: list[MeasuredKpi], times: int, shared: bool) -> None:
    scheme = replace(EXACT, share_inside_parent=shared)
    scaled = [replace(kpi, weight=kpi.weight * times) for kpi in kpis]

    assert score_card(scaled, scheme).total == score_card(kpis, scheme).total


@given(units())
@settings(max_examples=60)
def test_parts_score_as_flat_kpis_whose_weights_are_multiplied(kpis: list[MeasuredKpi]) -> None:
    scheme = replace(EXACT, share_inside_parent=False)

    assert score_card(kpis, scheme).total == score_card(flat(kpis), scheme).total


@given(units(), st.booleans())
@settings(max_examples=60)
def test_parts_add_up_to_their_parents(kpis: list[MeasuredKpi], shared: bool) -> None:
    card = score_card(kpis, replace(EXACT, share_inside_parent=shared))

    for kpi in card.tops:
        if kpi.from_parts and kpi.exact is not None:
            assert sum((part.counts for part in kpi.parts), Fraction(0)) == kpi.counts
            assert sum((added(part) for part in kpi.parts), Fraction(0)) == added(kpi)


@given(units())
@settings(max_examples=60)
def test_reported_weight_is_never_more_than_there_is(kpis: list[MeasuredKpi]) -> None:
    card = score_card(kpis, Scheme())

    assert 0 <= card.reported_weight <= card.total_weight
    assert card.reported_weight + card.awaited_weight <= card.total_weight


def added(kpi: ScoredKpi) -> Fraction:
    return Fraction(0) if kpi.exact is None else kpi.counts * kpi.exact


def flat(kpis: list[MeasuredKpi]) -> list[MeasuredKpi]:
    """The same KPIs without parents, each part with the weight it has in the whole, over one common denominator."""
    inside = {kpi.code: sum((part.weight for part in kpis if part.parent == kpi.code), Decimal(0)) for kpi in kpis}
    common = Decimal(1)
    for whole in inside.values():
        common *= whole or 1
    weight = {kpi.code: kpi.weight for kpi in kpis}
    leaves = [kpi for kpi in kpis if not inside[kpi.code]]
    return [
        replace(kpi, parent="", weight=kpi.weight * weight[kpi.parent] * (common / inside[kpi.parent]))
        if kpi.parent
        else replace(kpi, weight=kpi.weight * common)
        for kpi in leaves
    ]
