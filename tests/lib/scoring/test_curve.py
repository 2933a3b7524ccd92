"""The curve says of each result what scoring it says."""

from decimal import Decimal
from fractions import Fraction

import pytest

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
from raprong.lib.scoring.curve import Curve, curve
from raprong.lib.scoring.ladder import Below, Rung

D = Decimal


def rungs(*figures: int) -> tuple[Rung, ...]:
    return tuple(Rung(D(at), D(level)) for level, at in enumerate(figures, start=1))


NUMERIC: dict[str, Criteria] = {
    "rising": Ladder(rungs(92, 93, 94, 95, 96)),
    "falling": Ladder(rungs(14, 13, 12, 11, 10)),
    "equal neighbours": Ladder(rungs(40, 50, 60, 60, 70)),
    "below nought": Ladder(rungs(-4, -2, 0, 2, 4)),
    "steps": Steps(rungs(1, 2, 3, 5, 6)),
    "parts of steps": Steps(rungs(1, 2, 3, 4, 5), fractions=True),
    "bands": Bands((Range(D(1), None, D("49.99")), Range(D(3), D(50), D("59.99")), Range(D(5), D(60), None))),
    "milestones": Milestones(((6, rungs(1, 2, 3, 4, 5)), (12, rungs(2, 4, 6, 8, 10)))),
    "deviation": Deviation(D(200), rungs(20, 18, 15, 12, 10)),
    "deviation over": Deviation(D(200), rungs(20, 18, 15, 12, 10), Side.OVER),
}


@pytest.mark.parametrize("below", Below)
@pytest.mark.parametrize("criteria", NUMERIC.values(), ids=NUMERIC)
def test_inside_every_piece_the_curve_is_the_score(criteria: Criteria, below: Below) -> None:
    drawn = curve(criteria, below=below, months=6)

    assert drawn is not None
    assert drawn.pieces[0].points[0].result == drawn.lowest
    assert drawn.pieces[-1].points[-1].result == drawn.highest
    for piece in drawn.pieces:
        first, last = piece.points[0], piece.points[-1]
        inner = piece.points[1:-1] if len(piece.points) > 2 else []
        for point in inner:
            assert point.score == place(criteria, point.result, below=below, months=6).raw
        if not inner:
            middle = (first.result + last.result) / 2
            assert (first.score + last.score) / 2 == place(criteria, middle, below=below, months=6).raw


def drawn_of(criteria: Criteria, below: Below = Below.FLOOR, *showing: Decimal) -> Curve:
    drawn = curve(criteria, below=below, showing=showing)
    assert drawn is not None
    return drawn


def test_a_shared_figure_makes_the_score_jump() -> None:
    drawn = drawn_of(NUMERIC["equal neighbours"])

    before = next(piece for piece in drawn.pieces if piece.points[-1].result == 60)
    after = next(piece for piece in drawn.pieces if piece.points[0].result == 60)
    assert (before.points[-1].score, after.points[0].score) == (Fraction(3), Fraction(4))


def test_what_lies_short_of_the_first_level_is_marked() -> None:
    rising, falling = drawn_of(NUMERIC["rising"]), drawn_of(NUMERIC["falling"])

    assert [piece.below for piece in rising.pieces] == [True, False, False, False, False, False]
    assert [piece.below for piece in falling.pieces] == [False, False, False, False, False, True]


def test_fewer_days_fall_off_in_a_bend() -> None:
    drawn = drawn_of(NUMERIC["falling"], Below.PROPORTIONAL)

    assert len(drawn.pieces[-1].points) > 2


def test_a_target_beyond_the_levels_is_in_sight_and_an_absurd_one_is_not() -> None:
    assert drawn_of(NUMERIC["rising"], Below.FLOOR, D(98)).highest > 98
    assert drawn_of(NUMERIC["rising"], Below.FLOOR, D(9_000_000)).highest < 100


def test_the_curve_goes_under_nought_only_where_a_level_does() -> None:
    assert drawn_of(NUMERIC["steps"]).lowest >= 0
    assert drawn_of(NUMERIC["below nought"]).lowest < -4


def test_answers_have_no_curve() -> None:
    assert curve(YesNo(D(5), D(1)), below=Below.FLOOR) is None
    assert curve(Choice((Option(D(1), "ก"), Option(D(5), "ข"))), below=Below.FLOOR) is None
