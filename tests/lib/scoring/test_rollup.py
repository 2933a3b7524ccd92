from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.scoring.criteria import Criteria, Ladder, Steps
from raprong.lib.scoring.explain import Status
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.rollup import MeasuredKpi, mean_score, percent_of_scale, score_card, total_score
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.weighting import add_bonus, deduct, weighted_score

FIVE = tuple(Rung(Decimal(20 * level), Decimal(level)) for level in range(1, 6))
LADDER = Ladder(FIVE)
scores = st.decimals(min_value=0, max_value=5, places=4)
weights = st.decimals(min_value="0.01", max_value=100, places=2)


def measured(result: str | None, *, weight: str = "15", criteria: Criteria = LADDER) -> MeasuredKpi:
    return MeasuredKpi("1.1", Decimal(weight), criteria, None if result is None else Decimal(result))


@given(st.lists(st.tuples(weights, scores), min_size=1, max_size=8), st.integers(1, 1000))
def test_a_total_does_not_depend_on_the_unit_of_weight(pairs: list[tuple[Decimal, Decimal]], times: int) -> None:
    scaled = [(weight * times, score) for weight, score in pairs]

    assert total_score(scaled, places=4) == total_score(pairs, places=4)


@given(st.lists(st.tuples(weights, scores), min_size=1, max_size=8))
def test_a_total_lies_between_the_lowest_and_the_highest_score(pairs: list[tuple[Decimal, Decimal]]) -> None:
    total = total_score(pairs, places=4)

    assert total is not None
    assert min(score for _, score in pairs) <= total <= max(score for _, score in pairs)


@given(st.lists(st.tuples(weights, scores), min_size=1, max_size=8), scores)
def test_a_total_does_not_depend_on_the_order(pairs: list[tuple[Decimal, Decimal]], score: Decimal) -> None:
    assert total_score(reversed(pairs), places=4) == total_score(pairs, places=4)


def test_a_score_explains_itself() -> None:
    (kpi,) = score_card([measured("59")], Scheme()).kpis

    assert (str(kpi.score), str(kpi.weighted)) == ("2.9500", "0.4425")
    assert kpi.working == "2 + (59 − 40) ÷ (60 − 40) × (3 − 2)"


def test_a_score_at_a_level_has_no_line_to_explain() -> None:
    (kpi,) = score_card([measured("60")], Scheme()).kpis

    assert kpi.working == "3"


def test_a_missing_result_leaves_the_card_provisional() -> None:
    card = score_card([measured("60"), measured(None)], Scheme())

    assert card.kpis[1].status is Status.NOT_REPORTED
    assert card.kpis[1].score is None
    assert card.kpis[1].working == ""
    assert card.provisional
    assert (card.reported_weight, card.total_weight) == (Decimal(15), Decimal(30))


def test_a_card_with_every_result_is_not_provisional() -> None:
    assert not score_card([measured("60")], Scheme()).provisional


def test_the_exact_score_is_weighted_where_the_scheme_says_so() -> None:
    scheme = Scheme(places=0, weighted_places=4, round_score_first=False)

    (kpi,) = score_card([measured("59", weight="100")], scheme).kpis

    assert (str(kpi.score), str(kpi.weighted)) == ("3", "2.9500")


def test_exact_thirds_add_up_to_a_true_half() -> None:
    thirds = (Rung(Decimal(0), Decimal(0)), Rung(Decimal(3), Decimal(1)))
    scheme = Scheme(total_places=0, round_score_first=False)
    kpis = [MeasuredKpi(code, Decimal(1), Ladder(thirds), Decimal(result)) for code, result in (("a", 1), ("b", 2))]

    assert score_card(kpis, scheme).total == 1


def test_steps_have_nothing_between_levels() -> None:
    (kpi,) = score_card([measured("59", criteria=Steps(FIVE))], Scheme()).kpis

    assert str(kpi.score) == "2.0000"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: weighted_score(Decimal(3), Decimal(-1), weight_base=Decimal(100), places=4),
        lambda: weighted_score(Decimal(3), Decimal(1), weight_base=Decimal(0), places=4),
        lambda: total_score([(Decimal(-1), Decimal(3))], places=4),
        lambda: deduct(Decimal(3), missed=-1, per_miss=Decimal("0.2"), places=4),
        lambda: add_bonus(Decimal(3), percent=Decimal(-5), cap=Decimal(5), places=3),
        lambda: mean_score(Decimal(3), 0, places=3),
        lambda: percent_of_scale(Decimal(3), Decimal(0), places=2),
    ],
)
def test_arithmetic_without_a_meaning_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"is 0|needs|are"):
        ask()
