"""What is asked about a figure: each rule looks at the figure, at those before it, and at what it was reckoned from."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from raprong.lib.figure_questions.settings import FigureRules
from raprong.lib.figure_questions.trend import expected_next

CUMULATIVE, MONTHLY = "cumulative", "monthly"
_RATIO = re.compile(r"\(*\s*([a-z][a-z0-9_]*)\s*/\s*([a-z][a-z0-9_]*)\b(?!\s*[(])")
_PLACE = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """A figure with everything that the rules look at. `before` are the year's earlier figures, month by month."""

    value: Decimal
    month: int  # its place in the year, October is 1
    before: Sequence[tuple[int, Decimal]] = ()
    counting: str = CUMULATIVE
    measure: str = ""
    fewer_is_better: bool = False
    inputs: Mapping[str, Decimal] = field(default_factory=dict)
    expression: str = ""

    @property
    def last(self) -> Decimal | None:
        return self.before[-1][1] if self.before else None


@dataclass(frozen=True)
class Question:
    """A rule that asks, with the numbers of its sentence as plain text."""

    rule: str
    words: Mapping[str, str]


def questions_about(figure: Figure, rules: FigureRules) -> list[Question]:
    """Everything that is asked about a figure, in the order of the rules."""
    return [
        Question(rule.code, {name: _plain(number) for name, number in found.items()})
        for rule in rules.rules
        if rule.asked
        for found in _ASKING[rule.code](figure, rules)
    ]


def _out_of_range(figure: Figure, rules: FigureRules) -> Iterator[dict[str, Decimal]]:
    """A figure below the least or above the most that its measure knows."""
    measure = rules.measure_of(figure.measure)
    if measure is None:
        return
    if measure.least is not None and figure.value < measure.least:
        yield {"figure": figure.value, "least": measure.least}
    if measure.most is not None and figure.value > measure.most:
        yield {"figure": figure.value, "most": measure.most}


def _big_step(figure: Figure, rules: FigureRules) -> Iterator[dict[str, Decimal]]:
    """A step from last month that is several times as big as the biggest step of the months before."""
    values = [value for _, value in figure.before]
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    if not steps or figure.last is None:
        return
    step, usual = abs(figure.value - figure.last), max(steps)
    if usual and step > rules.rule("big-step").times * usual:
        yield {"step": step, "last": figure.last, "usual": usual}


def _cumulative_falls(figure: Figure, rules: FigureRules) -> Iterator[dict[str, Decimal]]:
    """What is counted since October does not become less, unless fewer is what is wanted."""
    falls = figure.last is not None and figure.value < figure.last
    if figure.counting == CUMULATIVE and falls and not figure.fewer_is_better and figure.last is not None:
        yield {"figure": figure.value, "last": figure.last}


def _numerator_above(figure: Figure, rules: FigureRules) -> Iterator[dict[str, Decimal]]:
    """The part is more than the whole, in a formula that divides one input by another and has an upper end."""
    ratio, measure = _RATIO.match(figure.expression), rules.measure_of(figure.measure)
    if not ratio or measure is None or measure.most is None:
        return
    part, whole = (figure.inputs.get(name) for name in ratio.groups())
    if part is not None and whole is not None and part > whole:
        yield {"part": part, "whole": whole}


def _off_trend(figure: Figure, rules: FigureRules) -> Iterator[dict[str, Decimal]]:
    """A figure far from the line that the months before lead to."""
    rule = rules.rule("off-trend")
    if len(figure.before) < rule.needs:
        return
    places, values = zip(*figure.before, strict=True)
    expected = expected_next(places, values, figure.month)
    room = rule.times * expected.spread
    if abs(figure.value - expected.figure) > room:
        yield {"expected": expected.figure, "from": expected.figure - room, "to": expected.figure + room}


_ASKING: dict[str, Callable[[Figure, FigureRules], Iterator[dict[str, Decimal]]]] = {
    "out-of-range": _out_of_range,
    "big-step": _big_step,
    "cumulative-falls": _cumulative_falls,
    "numerator-above-denominator": _numerator_above,
    "off-trend": _off_trend,
}


def _plain(number: Decimal) -> str:
    """A number with two places at most and without noughts that say nothing."""
    rounded = number.quantize(_PLACE, ROUND_HALF_UP)
    return format(rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize(), "f")
