from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.scoring.card import Adjusted, Status
from raprong.lib.scoring.criteria import Criteria, Ladder, Steps
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.rollup import MeasuredKpi, mean_score, percent_of_scale, score_card, total_score
from raprong.lib.scoring.scheme import AdjustmentKind, AdjustmentRule, On, Scheme
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


def part(code: str, parent: str, *, weight: str = "1") -> MeasuredKpi:
    return MeasuredKpi(code, Decimal(weight), LADDER, Decimal(60), parent=parent)


RULES = (
    AdjustmentRule("late", On.KPI, AdjustmentKind.POINTS, Decimal("-0.2")),
    AdjustmentRule("bonus", On.TOTAL, AdjustmentKind.PERCENT, Decimal(5)),
)


@pytest.mark.parametrize(
    "kpis, words",
    [
        ([part("1.1", "1")], "KPI 1.1 is a part of 1, which is not there"),
        ([part("1", "1")], "KPI 1 is a part of itself"),
        ([part("1", "2"), part("2", "1")], "KPI 2 is a part of itself, by way of 1"),
        ([part("1", ""), part("1", ""), part("1.1", "1")], "Code 1 is there twice, and has parts"),
        ([part("1", ""), part("1.1", "1", weight="0")], "The weights inside 1 add up to 0"),
        ([MeasuredKpi("1", Decimal(1), None, Decimal(60))], "KPI 1 has neither criteria nor parts"),
    ],
)
def test_kpis_that_do_not_fit_together_are_refused(kpis: list[MeasuredKpi], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        score_card(kpis, Scheme())


@pytest.mark.parametrize(
    "adjusted, words",
    [
        (Adjusted("gift", "1", 1), "There is no rule gift in the scheme"),
        (Adjusted("late", None, 1), "Rule late works on a KPI: name which"),
        (Adjusted("bonus", "1", 1), "Rule bonus works on the total: name no KPI"),
        (Adjusted("late", "9", 1), "There is no KPI 9 to adjust by rule late"),
        (Adjusted("late", "1", 0), "Rule late applies at least once, not 0 times"),
    ],
)
def test_an_adjustment_that_does_not_fit_is_refused(adjusted: Adjusted, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        score_card([part("1", "")], Scheme(rules=RULES), [adjusted])


def test_adjustments_do_not_depend_on_their_order() -> None:
    rules = (*RULES, AdjustmentRule("gift", On.TOTAL, AdjustmentKind.POINTS, Decimal("0.1")))
    made = [Adjusted("bonus", None, 1), Adjusted("gift", None, 2)]
    scheme = Scheme(rules=rules)

    totals = {score_card([part("1", "")], scheme, order).total for order in (made, made[::-1])}

    assert totals == {Decimal("3.3500")}


def test_a_kpi_without_a_score_keeps_its_adjustment_at_nothing() -> None:
    (kpi,) = score_card([measured(None)], Scheme(rules=RULES), [Adjusted("late", "1.1", 1)]).kpis

    assert (kpi.score, [made.points for made in kpi.adjustments]) == (None, [Decimal("0.0000")])


def test_parts_keep_the_place_in_which_they_were_given() -> None:
    kpis = [part("1.1", "1"), part("2", ""), part("1", ""), part("1.2", "1"), part("2.1", "2")]

    card = score_card(kpis, Scheme())

    assert [kpi.code for kpi in card.kpis] == ["1.1", "2", "1", "1.2", "2.1"]
    assert [kpi.code for kpi in card.tops] == ["2", "1"]


def test_a_cap_holds_each_score_and_the_total() -> None:
    card = score_card([measured("100")], Scheme(cap=Decimal("4.5")))

    assert (card.kpis[0].calculated, card.kpis[0].score, card.total) == (5, Decimal("4.5"), Decimal("4.5"))


def test_a_figure_of_a_cancelled_kpi_is_not_looked_at() -> None:
    cancelled = MeasuredKpi("1", Decimal(15), LADDER, Decimal(100), status=Status.CANCELLED)

    card = score_card([cancelled, measured("60")], Scheme())

    assert (card.kpis[0].score, str(card.total)) == (None, "3.0000")
