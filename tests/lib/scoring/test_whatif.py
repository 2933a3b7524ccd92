from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raprong.lib.scoring.card import Adjusted, Status
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
    place,
)
from raprong.lib.scoring.ladder import Below, Rung
from raprong.lib.scoring.rollup import MeasuredKpi, score_card
from raprong.lib.scoring.scheme import AdjustmentKind, AdjustmentRule, On, Scheme
from raprong.lib.scoring.whatif import ranked_gains, reaches, with_results
from tests.lib.scoring.scored import measured, units


def rungs(*figures: int) -> tuple[Rung, ...]:
    return tuple(Rung(Decimal(at), Decimal(score)) for score, at in enumerate(figures, start=1))


FIVE = Ladder(rungs(20, 40, 60, 80, 100))


def kpi(code: str, result: str | None, *, weight: str = "50", criteria: Criteria = FIVE, **more: object) -> MeasuredKpi:
    return MeasuredKpi(code, Decimal(weight), criteria, None if result is None else Decimal(result), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "criteria, result, ahead",
    [
        (FIVE, "59", [(3, "60", "1"), (4, "80", "21"), (5, "100", "41")]),
        (FIVE, None, [(1, "20", None), (2, "40", None), (3, "60", None), (4, "80", None), (5, "100", None)]),
        (Ladder(rungs(14, 13, 12, 11, 10)), "11.5", [(4, "11", "0.5"), (5, "10", "1.5")]),
        (Ladder(rungs(40, 50, 60, 60, 70)), "55", [(4, "60", "5"), (5, "70", "15")]),
        (Steps(rungs(1, 2, 3, 5, 6)), "3", [(4, "5", "2"), (5, "6", "3")]),
        (YesNo(Decimal(5), Decimal(1)), "0", [(5, "1", None)]),
        (YesNo(Decimal(1), Decimal(5)), "1", [(5, "0", None)]),
        (YesNo(Decimal(5), Decimal(1)), "1", []),
    ],
)
def test_every_level_ahead_is_told_with_its_figure(
    criteria: Criteria, result: str | None, ahead: list[tuple[int, str, str | None]]
) -> None:
    found = reaches(kpi("1", result, criteria=criteria))

    told = [(int(r.score), str(r.at), None if r.missing is None else str(r.missing)) for r in found]
    assert told == ahead


def test_a_choice_names_the_first_answer_of_each_better_score() -> None:
    options = tuple(Option(Decimal(score), f"answer {score}") for score in (1, 5, 3, 5))

    found = reaches(kpi("1", "1", criteria=Choice(options)))

    assert [(r.score, r.at) for r in found] == [(3, 3), (5, 2)]


def test_a_deviation_shrinks_on_the_side_where_it_is() -> None:
    criteria = Deviation(Decimal(200), (Rung(Decimal(20), Decimal(0)), Rung(Decimal(10), Decimal(5))))

    over, under = reaches(kpi("1", "232", criteria=criteria)), reaches(kpi("1", "168", criteria=criteria))

    assert [(r.score, r.at, r.missing) for r in over] == [(5, 220, 12)]
    assert [(r.score, r.at, r.missing) for r in under] == [(5, 180, 12)]


def test_a_deviation_that_counts_on_one_side_has_nothing_left_on_the_other() -> None:
    levels = (Rung(Decimal(20), Decimal(0)), Rung(Decimal(0), Decimal(5)))

    assert reaches(kpi("1", "30", criteria=Deviation(Decimal(40), levels, Side.OVER))) == ()


def test_a_band_is_reached_at_its_nearer_end() -> None:
    bands = Bands(
        (
            Range(Decimal(1), None, Decimal(60)),
            Range(Decimal(3), Decimal(60), Decimal(80)),
            Range(Decimal(5), Decimal(80), None),
        )
    )

    found = reaches(kpi("1", "55", criteria=bands))

    assert [(r.score, r.at, r.missing) for r in found] == [(3, 60, 5), (5, 80, 25)]


def test_milestones_ahead_are_those_of_the_round() -> None:
    criteria = Milestones(((6, rungs(1, 2, 3, 4, 5)), (12, rungs(2, 4, 6, 8, 10))))

    found = reaches(kpi("1", "4", criteria=criteria, months=6))

    assert [(r.score, r.at) for r in found] == [(5, 5)]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.NOT_APPLICABLE, Status.MISSING])
def test_where_no_figure_will_come_nothing_is_ahead(status: Status) -> None:
    assert reaches(kpi("1", None, status=status)) == ()


def test_a_given_score_leaves_nothing_to_reach() -> None:
    assert reaches(kpi("1", "20", overridden=Decimal(3))) == ()


def test_gains_are_ranked_by_what_they_add_to_the_total() -> None:
    unit = [kpi("1", "59", weight="10"), kpi("2", "40", weight="70"), kpi("3", "100", weight="20")]

    gains = ranked_gains(unit, Scheme())

    assert [(g.code, str(g.score), str(g.next.gain), str(g.top.gain)) for g in gains] == [
        ("2", "2.0000", "0.7000", "2.1000"),
        ("1", "2.9500", "0.0050", "0.2050"),
    ]


def test_gains_can_be_ranked_by_what_they_bring_for_their_effort() -> None:
    far = Ladder(rungs(0, 250, 500, 750, 1000))
    unit = [
        kpi("far", "500", weight="60", criteria=far),
        kpi("near", "39", weight="40", criteria=Steps(rungs(10, 20, 30, 40, 50))),
    ]

    gains = ranked_gains(unit, Scheme(), by_effort=True)

    assert [(g.code, g.next.effort) for g in gains] == [("near", Decimal("2.50")), ("far", Decimal("25.00"))]
    assert [g.code for g in ranked_gains(unit, Scheme())] == ["far", "near"]


def test_the_effort_of_a_deviation_is_counted_in_actual_values() -> None:
    levels = (Rung(Decimal(20), Decimal(0)), Rung(Decimal(10), Decimal(5)))

    (reach,) = reaches(kpi("1", "230", criteria=Deviation(Decimal(200), levels)))

    assert (reach.missing, reach.effort) == (10, Decimal("50.00"))


def test_a_part_gains_by_its_weight_inside_its_parent() -> None:
    unit = [
        MeasuredKpi("1", Decimal(50), None),
        kpi("1.1", "20", weight="1", parent="1"),
        kpi("1.2", "100", weight="3", parent="1"),
        kpi("2", "100"),
    ]

    (gains,) = ranked_gains(unit, Scheme())

    assert (gains.code, gains.top.gain) == ("1.1", Decimal("0.5000"))


def test_a_gain_counts_bonus_and_cap() -> None:
    rule = AdjustmentRule("bonus", On.TOTAL, AdjustmentKind.PERCENT, Decimal(5))

    (gains,) = ranked_gains([kpi("1", "96")], Scheme(rules=(rule,)), [Adjusted("bonus", None, 1)])

    assert gains.top.gain == Decimal("0.0000")


def test_other_results_give_another_card_and_change_nothing() -> None:
    unit = [kpi("1", "59"), kpi("2", None, status=Status.MISSING)]

    card = with_results(unit, {"2": Decimal(100)}, Scheme())

    assert (str(card.total), card.provisional) == ("3.9750", False)
    assert unit[1].result is None


def test_a_result_can_be_taken_away() -> None:
    card = with_results([kpi("1", "59"), kpi("2", "100")], {"2": None}, Scheme())

    assert (str(card.total), card.kpi("2").status) == ("2.9500", Status.NOT_REPORTED)


def test_a_result_for_an_unknown_kpi_is_refused() -> None:
    with pytest.raises(ValueError, match="no KPI 9"):
        with_results([kpi("1", "59")], {"9": Decimal(1)}, Scheme())


@given(measured("1"))
def test_the_figure_told_reaches_the_level_told(drawn: MeasuredKpi) -> None:
    assert drawn.criteria is not None

    for reach in reaches(drawn):
        raw = place(drawn.criteria, reach.at, below=Below.ZERO, months=drawn.months).raw
        assert raw >= Fraction(reach.score) - Fraction(1, 10**6)


@given(units(), st.data())
@settings(max_examples=40)
def test_a_gain_is_the_difference_of_two_cards(unit: list[MeasuredKpi], data: st.DataObject) -> None:
    gains = ranked_gains(unit, Scheme())
    if not gains:
        return
    gain = data.draw(st.sampled_from(gains))

    after = with_results(unit, {gain.code: gain.top.at}, Scheme()).total
    before = score_card(unit, Scheme()).total or Decimal(0)

    assert after is not None
    assert gain.top.gain == after - before
