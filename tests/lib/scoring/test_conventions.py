from decimal import Decimal

import pytest

from raprong.lib.scoring.conventions import levels_around

FIVE = [Decimal(level) for level in range(1, 6)]


def figures(target: str, level: int, step: str, *, more: bool = True) -> list[str]:
    rungs = levels_around(Decimal(target), Decimal(level), Decimal(step), FIVE, more_is_better=more)
    return [format(rung.at, "f") for rung in rungs]


def test_the_target_stands_at_level_three_with_a_step_each_way() -> None:
    assert figures("90", 3, "5") == ["80", "85", "90", "95", "100"]


def test_the_target_stands_at_level_four() -> None:
    assert figures("95", 4, "1") == ["92", "93", "94", "95", "96"]


def test_where_less_is_better_the_figures_fall() -> None:
    assert figures("12", 3, "1", more=False) == ["14", "13", "12", "11", "10"]


def test_a_step_of_nought_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="above 0"):
        figures("12", 3, "0")
