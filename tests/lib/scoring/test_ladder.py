from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.scoring.criteria import Ladder
from raprong.lib.scoring.ladder import (
    Below,
    LadderRefused,
    Rung,
    Segment,
    ladder_faults,
    place_on_ladder,
    score_on_ladder,
)
from raprong.lib.scoring.rollup import MeasuredKpi
from raprong.lib.scoring.whatif import reaches


def ladder(*values: int | str, levels: tuple[int, ...] = (1, 2, 3, 4, 5)) -> list[Rung]:
    return [Rung(Decimal(value), Decimal(level)) for level, value in zip(levels, values, strict=False)]


values = st.decimals(min_value=-1000, max_value=1000, places=3)


@st.composite
def ladders(draw: st.DrawFn) -> list[Rung]:
    written = sorted(draw(st.lists(values, min_size=2, max_size=5)), reverse=draw(st.booleans()))
    if written[0] == written[-1]:
        written[-1] += 1
    scores = sorted(draw(st.sets(st.integers(0, 10), min_size=len(written), max_size=len(written))))
    return [Rung(at, Decimal(score)) for at, score in zip(written, scores, strict=True)]


def goodness(rungs: list[Rung]) -> int:
    return 1 if rungs[-1].at > rungs[0].at else -1


@given(ladders(), values, values, st.sampled_from(Below))
def test_a_better_result_never_scores_less(rungs: list[Rung], one: Decimal, other: Decimal, below: Below) -> None:
    worse, better = sorted([one, other], key=lambda value: value * goodness(rungs))

    assert score_on_ladder(worse, rungs, below=below) <= score_on_ladder(better, rungs, below=below)


@given(ladders(), values, st.sampled_from(Below))
def test_a_score_stays_inside_the_scale(rungs: list[Rung], result: Decimal, below: Below) -> None:
    lowest = rungs[0].score if below is Below.FLOOR else 0

    assert lowest <= score_on_ladder(result, rungs, below=below) <= rungs[-1].score


@given(ladders(), st.sampled_from(Below))
def test_a_level_point_earns_exactly_its_level(rungs: list[Rung], below: Below) -> None:
    highest_at_value = {rung.at: rung.score for rung in rungs}

    assert all(score_on_ladder(at, rungs, below=below) == score for at, score in highest_at_value.items())


@given(ladders(), values)
def test_what_is_missing_shrinks_to_nought_when_reached(rungs: list[Rung], result: Decimal) -> None:
    ahead = reaches(MeasuredKpi("1", Decimal(100), Ladder(tuple(rungs)), result))

    missing = [reach.missing for reach in ahead if reach.missing is not None]
    assert len(missing) == len(ahead)
    assert all(step > 0 for step in missing)
    assert missing == sorted(set(missing))
    for reach, step in zip(ahead, missing, strict=True):
        assert score_on_ladder(result + step * goodness(rungs), rungs, below=Below.ZERO) == reach.score


def test_thirds_are_exact() -> None:
    assert score_on_ladder(Decimal(1), ladder(0, 3), below=Below.FLOOR) == Fraction(4, 3)


def test_a_level_that_turns_back_is_named() -> None:
    with pytest.raises(LadderRefused, match=r"Level 3 \(30\) turns back"):
        score_on_ladder(Decimal(50), ladder(20, 40, 30, 80, 100), below=Below.FLOOR)


def test_a_falling_ladder_that_turns_back_is_named_in_both_languages() -> None:
    (fault,) = ladder_faults(ladder(14, 13, 15, 11, 10))

    assert fault.level == 3
    assert "less is better" in fault.sentence
    assert fault.sentence_th.startswith("ระดับ 3 (15) ย้อนทาง")


def test_every_fault_of_a_ladder_is_told_at_once() -> None:
    faults = ladder_faults(ladder(10, 20, 15, 30, 25, levels=(1, 2, 2, 4, 5)))

    assert [fault.level for fault in faults] == [2, 2, 5]


@pytest.mark.parametrize(
    "rungs, words",
    [
        (ladder(10), "at least two levels"),
        ([], "at least two levels"),
        (ladder(60, 60, 60, 60, 60), "Every level asks for 60"),
        (ladder(1, 2, levels=(-1, 1)), "below nought"),
        (ladder(1, 2, levels=(2, 1)), "Level 1 comes after level 2"),
    ],
)
def test_a_ladder_that_says_nothing_is_refused_in_words(rungs: list[Rung], words: str) -> None:
    with pytest.raises(LadderRefused, match=words):
        score_on_ladder(Decimal(1), rungs, below=Below.FLOOR)


@pytest.mark.parametrize(
    "result, segment, lower, upper",
    [
        ("10", Segment.BELOW_FIRST, None, 1),
        ("20", Segment.AT_LEVEL, 1, 2),
        ("59", Segment.BETWEEN, 2, 3),
        ("100", Segment.AT_LEVEL, 5, None),
        ("101", Segment.PAST_LAST, 5, None),
    ],
)
def test_placing_names_the_levels_around_a_result(
    result: str, segment: Segment, lower: int | None, upper: int | None
) -> None:
    placing = place_on_ladder(Decimal(result), ladder(20, 40, 60, 80, 100), below=Below.FLOOR)

    assert placing.segment is segment
    assert (placing.lower and placing.lower.score, placing.upper and placing.upper.score) == (lower, upper)
