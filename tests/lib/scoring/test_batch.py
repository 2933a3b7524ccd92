"""The batch path gives the plain path's numbers, in every row, or refuses."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raprong.lib.scoring.batch import (
    REPORTED,
    STATUSES,
    WEIGHT_UNIT,
    CriteriaTable,
    DoesNotFit,
    ScoredColumns,
    TotalColumns,
    criteria_table,
    in_units,
    mean_of_totals,
    roll_up,
    score_columns,
    score_ladders,
)
from raprong.lib.scoring.criteria import Choice, Ladder, Option, YesNo, place
from raprong.lib.scoring.ladder import Below, Rung
from raprong.lib.scoring.rollup import MeasuredKpi, mean_score, score_card, score_kpi
from raprong.lib.scoring.rounding import UNROUNDED
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.stretches import LIMIT, RESULT_UNIT, stretches_of
from tests.lib.scoring.random_kpis import FIVE, a_kpi, a_scheme, rungs

Agreements = Sequence[Sequence[MeasuredKpi]]


def decimals(units: Sequence[int], places: int | None) -> list[Decimal]:
    return [Decimal(int(unit)).scaleb(-(UNROUNDED if places is None else places)) for unit in units]


def columns_of(kpis: Sequence[MeasuredKpi], scheme: Scheme) -> ScoredColumns:
    table = criteria_table([(kpi.criteria, kpi.months) for kpi in kpis if kpi.criteria], scheme)
    return score_columns(table, np.arange(len(kpis)), *figures_of(kpis), scheme)


def figures_of(kpis: Sequence[MeasuredKpi]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    results = in_units([kpi.result or Decimal(0) for kpi in kpis], RESULT_UNIT)
    statuses = np.array([STATUSES.index(kpi.standing) for kpi in kpis], dtype=np.uint8)
    return results, in_units([kpi.weight for kpi in kpis], WEIGHT_UNIT), statuses


def starts_of(agreements: Agreements) -> np.ndarray:
    return np.array([0, *accumulate(len(agreement) for agreement in agreements)][:-1], dtype=np.int64)


def scores_of(scored: ScoredColumns, scheme: Scheme) -> list[tuple[Decimal | None, Decimal | None]]:
    pairs = zip(decimals(scored.score, scheme.places), decimals(scored.weighted, scheme.weighted_places), strict=True)
    return [pair if counts else (None, None) for pair, counts in zip(pairs, scored.counts, strict=True)]


def totals_of(totals: TotalColumns, scheme: Scheme) -> list[tuple[Decimal | None, ...]]:
    found = zip(decimals(totals.total, scheme.total_places), totals.counts, strict=True)
    weights = (totals.reported_weight, totals.awaited_weight, totals.counted_weight, totals.total_weight)
    return [
        (total if counts else None, *(Decimal(int(weight)) / 100 for weight in row))
        for (total, counts), row in zip(found, zip(*weights, strict=True), strict=True)
    ]


def plain_totals(agreements: Agreements, scheme: Scheme) -> list[tuple[Decimal | None, ...]]:
    cards = [score_card(agreement, scheme) for agreement in agreements]
    return [(c.total, c.reported_weight, c.awaited_weight, c.counted_weight, c.total_weight) for c in cards]


def assert_same(agreements: Agreements, scheme: Scheme) -> None:
    kpis = [kpi for agreement in agreements for kpi in agreement]
    plain = [score_kpi(kpi, scheme) for kpi in kpis]

    scored = columns_of(kpis, scheme)
    totals = roll_up(scored, starts_of(agreements), scheme)

    assert scores_of(scored, scheme) == [(kpi.score, kpi.weighted) for kpi in plain]
    assert totals_of(totals, scheme) == plain_totals(agreements, scheme)


@given(st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_every_kind_under_every_scheme_is_as_the_plain_path_has_it(seed: int) -> None:
    random = Random(seed)
    sizes = [random.randint(1, 8) for _ in range(4)]

    assert_same([[a_kpi(random, str(n)) for n in range(size)] for size in sizes], a_scheme(random))


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("below", list(Below))
def test_twenty_thousand_ladders_are_as_the_plain_path_has_them(below: Below, first: bool) -> None:
    random, scheme = Random(7), Scheme(below=below, round_score_first=first)
    kpis = [replace(a_kpi(random, "1"), criteria=Ladder(five_rungs(random))) for _ in range(3500)]
    kpis = [
        replace(kpi, result=beside_a_level(random, kpi.criteria)) if kpi.result is not None else kpi for kpi in kpis
    ]
    ladders = [kpi.criteria.rungs for kpi in kpis if isinstance(kpi.criteria, Ladder)]
    at = np.array([in_units([r[level].at for r in ladders], RESULT_UNIT) for level in range(5)])

    scored = score_ladders(at, FIVE, *figures_of(kpis), scheme)

    assert scores_of(scored, scheme) == [(k.score, k.weighted) for k in (score_kpi(kpi, scheme) for kpi in kpis)]


def five_rungs(random: Random) -> tuple[Rung, ...]:
    return next(found for found in iter(lambda: rungs(random), None) if len(found) == 5)


def beside_a_level(random: Random, criteria: object) -> Decimal:
    assert isinstance(criteria, Ladder)
    one, other = (random.choice(criteria.rungs).at for _ in range(2))
    return ((one + other) / 2 + random.choice([-1, 0, 0, 1]) * Decimal("0.0001")).quantize(Decimal("0.0001"))


def test_a_true_half_goes_up_in_score_weight_and_total() -> None:
    ladder = Ladder((Rung(Decimal(0), Decimal(1)), Rung(Decimal(8), Decimal(2))))
    scheme = Scheme(places=2, weighted_places=2, total_places=2)
    kpis = [MeasuredKpi(str(n), Decimal(50), ladder, Decimal(n)) for n in range(9)]

    scored = columns_of(kpis, scheme)

    assert decimals(scored.score, 2)[1] == Decimal("1.13")  # 1.125
    assert_same([kpis[:2], kpis[1:4], kpis], scheme)


def test_a_total_of_fractions_that_is_exactly_a_half_is_told_by_fractions() -> None:
    thirds = Ladder((Rung(Decimal(0), Decimal(0)), Rung(Decimal(3), Decimal(1))))
    scheme = Scheme(places=4, total_places=0, round_score_first=False)
    kpis = [MeasuredKpi(str(n), Decimal(1), thirds, Decimal(n)) for n in (1, 2)]

    totals = roll_up(columns_of(kpis, scheme), np.array([0]), scheme)

    assert totals.total.tolist() == [1]  # 1/3 and 2/3: their mean is exactly a half


def test_units_and_departments_are_means_of_what_has_a_total() -> None:
    totals = np.array([31071, 42000, 0, 50000, 10001], dtype=np.int64)
    counts = np.array([True, True, False, True, True])

    units, have = mean_of_totals(totals, counts, np.array([0, 2, 3]))

    assert units.tolist()[0] == int(mean_score(Decimal("7.3071"), 2, places=4) * 10000)
    assert units.tolist()[2] == 30001  # 3.00005 rounds up
    assert have.tolist() == [True, False, True]


def test_nothing_reported_has_no_total() -> None:
    kpi = MeasuredKpi("1", Decimal(100), YesNo(Decimal(5), Decimal(1)))

    totals = roll_up(columns_of([kpi], Scheme()), np.array([0]), Scheme())

    assert (totals.counts.tolist(), totals.awaited_weight.tolist()) == ([False], [10000])


def test_the_widest_gap_that_fits_is_exact_and_one_unit_more_is_refused() -> None:
    scheme, gap = Scheme(), (2**63 - 1 - 2 * LIMIT) // (2 * 50_000 + 1)
    weight, status = np.array([100]), np.array([REPORTED], dtype=np.uint8)

    def scored(top: int) -> ScoredColumns:
        return score_ladders(
            np.array([[n] for n in (0, 1, 2, 3, 3 + top)]), FIVE, np.array([1 + top]), weight, status, scheme
        )

    figures = [Decimal(n) / RESULT_UNIT for n in (0, 1, 2, 3, 3 + gap)]
    plain = score_kpi(MeasuredKpi("1", Decimal(1), ladder_of(figures), Decimal(1 + gap) / RESULT_UNIT), scheme)
    assert decimals(scored(gap).score, 4) == [plain.score]
    with pytest.raises(DoesNotFit, match="too far apart"):
        scored(gap + 1)


def ladder_of(figures: Sequence[Decimal]) -> Ladder:
    return Ladder(tuple(Rung(at, score) for at, score in zip(figures, FIVE, strict=True)))


def test_stretches_fit_wider_ladders_where_the_line_is_a_simple_one_and_refuse_what_does_not_fit() -> None:
    simple = ladder_of([Decimal(20_000_000_000 * n) for n in range(5)])
    odd = ladder_of([Decimal(0), *(Decimal(99_999_999_999) - 7 + n for n in range(4))])
    result = Decimal("33333333333.3333")

    (scored,) = columns_of([MeasuredKpi("1", Decimal(1), simple, result)], Scheme()).score

    assert Decimal(int(scored)) / 10000 == score_kpi(MeasuredKpi("1", Decimal(1), simple, result), Scheme()).score
    with pytest.raises(DoesNotFit):
        criteria_table([(odd, None)], Scheme(places=10))


@pytest.mark.parametrize(
    ("kpi", "scheme"),
    [
        (MeasuredKpi("1", Decimal("0.001"), YesNo(Decimal(5), Decimal(1)), Decimal(1)), Scheme()),
        (MeasuredKpi("1", Decimal(1), YesNo(Decimal(5), Decimal(1)), Decimal("0.00001")), Scheme()),
        (MeasuredKpi("1", Decimal(1), YesNo(Decimal(5), Decimal(1)), Decimal(10**11 + 1)), Scheme()),
        (MeasuredKpi("1", Decimal(1), YesNo(Decimal(5), Decimal(-1)), Decimal(1)), Scheme()),
        (
            MeasuredKpi("1", Decimal(1), YesNo(Decimal(5), Decimal(1)), Decimal(1)),
            Scheme(places=2, cap=Decimal("4.999")),
        ),
        (MeasuredKpi("1", Decimal(10**12), YesNo(Decimal(5), Decimal(1)), Decimal(1)), Scheme(places=10)),
    ],
)
def test_what_whole_numbers_do_not_hold_is_refused(kpi: MeasuredKpi, scheme: Scheme) -> None:
    with pytest.raises(DoesNotFit):
        columns_of([kpi], scheme)


def test_a_ladder_that_the_plain_path_refuses_is_refused() -> None:
    one = np.array([0]), np.array([100]), np.array([REPORTED], dtype=np.uint8)

    for figures in ([1, 2, 3, 2, 5], [2, 2, 2, 2, 2], [5, 4, 4, 6, 1]):
        with pytest.raises(ValueError, match="turns back"):
            score_ladders(np.array([[at] for at in figures]), FIVE, *one, Scheme())
    with pytest.raises(ValueError, match="climb"):
        score_ladders(np.array([[1], [2]]), [Decimal(5), Decimal(1)], *one, Scheme())


def test_an_option_that_is_not_there_is_refused() -> None:
    choice = Choice((Option(Decimal(1), "ไม่มี"), Option(Decimal(5), "มี")))

    with pytest.raises(ValueError, match="no score for 3"):
        columns_of([MeasuredKpi("1", Decimal(1), choice, Decimal(3))], Scheme())


def test_one_table_serves_the_results_of_many_months() -> None:
    scheme = Scheme()
    table = criteria_table([(ladder_of(FIVE), None), (YesNo(Decimal(5), Decimal(1)), None)], scheme)

    assert isinstance(table, CriteriaTable)
    scored = score_columns(
        table,
        np.array([0, 1, 0, 1]),
        in_units([Decimal("1.5"), Decimal(1), Decimal(9), Decimal(0)], RESULT_UNIT),
        np.full(4, 2500),
        np.zeros(4, dtype=np.uint8),
        scheme,
    )
    assert scored.score.tolist() == [15000, 50000, 50000, 10000]


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_stretches_cover_every_result_once(seed: int) -> None:
    kpi = a_kpi(Random(seed), "1")
    assert kpi.criteria is not None

    stretches = stretches_of(kpi.criteria, below=Below.PROPORTIONAL, places=4, months=kpi.months)

    ends = [stretch.end for stretch in stretches]
    if not isinstance(kpi.criteria, Choice):
        assert [stretch.start for stretch in stretches] == [-LIMIT, *ends[:-1]]
        assert ends[-1] == LIMIT + 1
    for stretch in stretches:
        for result in (stretch.start, stretch.end - 1):
            raw = place(kpi.criteria, Decimal(result) / RESULT_UNIT, below=Below.PROPORTIONAL, months=kpi.months).raw
            assert stretch.worth(result) == raw * 10_000
