"""What every result would be worth under criteria: the line that a page draws. It decides nothing by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Ladder,
    Milestones,
    Side,
    Steps,
    YesNo,
    place,
)
from raprong.lib.scoring.ladder import Below, Rung, Segment

MARGIN = Decimal("0.15")  # of the criteria's width, left and right of them
EIGHTHS = [Decimal(part) / 8 for part in range(9)]


@dataclass(frozen=True)
class Point:
    """A result and what it is worth."""

    result: Decimal
    score: Fraction


@dataclass(frozen=True)
class Piece:
    """A part of the curve without a jump inside, from left to right; ``below`` is short of the first level."""

    points: tuple[Point, ...]
    below: bool


@dataclass(frozen=True)
class Curve:
    """The curve between two results. Where one piece ends and the next begins at another score, the score jumps."""

    pieces: tuple[Piece, ...]
    lowest: Decimal
    highest: Decimal


def curve(
    criteria: Criteria, *, below: Below, months: int | None = None, showing: Iterable[Decimal] = ()
) -> Curve | None:
    """The curve of criteria, exact at every point; none for yes or no and for a choice, whose results are no figures.

    It reaches a little beyond the levels on both sides, under nought only where a level does, and as far as ``showing``
    asks: a target or a result, unless that lies further off than the criteria are wide.
    """
    if isinstance(criteria, YesNo | Choice):
        return None
    turns = _turns(criteria, below, months)
    lowest, highest = _ends(turns, showing)
    edges = [lowest, *(turn for turn in turns if lowest < turn < highest), highest]
    pieces = (_piece(criteria, begin, end, below, months) for begin, end in pairwise(edges))
    return Curve(tuple(pieces), lowest, highest)


def _turns(criteria: Criteria, below: Below, months: int | None) -> list[Decimal]:
    """Every result at which the score may turn or jump, the lowest first."""
    found = set(_places(criteria, months))
    return sorted(found | {Decimal(0)} if below is Below.PROPORTIONAL and min(found) < 0 else found)


def _places(criteria: Criteria, months: int | None) -> Iterator[Decimal]:
    match criteria:
        case Ladder(rungs) | Steps(rungs):
            yield from _figures(rungs)
        case Milestones():
            yield from _figures(criteria.rungs_in(months))
        case Bands(ranges):
            yield from (end for band in ranges for end in (band.lowest, band.highest) if end is not None)
        case Deviation(rungs=rungs, side=side):
            plan = criteria.plan_in(months)
            yield plan
            for off in _figures(rungs):
                away = abs(plan) * off / 100
                if side is not Side.UNDER:
                    yield plan + away
                if side is not Side.OVER:
                    yield plan - away


def _figures(rungs: Iterable[Rung]) -> Iterator[Decimal]:
    return (rung.at for rung in rungs)


def _ends(turns: list[Decimal], showing: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
    width = (turns[-1] - turns[0]) or abs(turns[0]) or Decimal(1)
    near = [held for held in showing if turns[0] - width <= held <= turns[-1] + width]
    lowest, highest = min([turns[0], *near]), max([turns[-1], *near])
    left = lowest - width * MARGIN
    return max(left, Decimal(0)) if lowest >= 0 else left, highest + width * MARGIN


def _piece(criteria: Criteria, begin: Decimal, end: Decimal, below: Below, months: int | None) -> Piece:
    """The line between two turns. Its ends are those of the line itself: at a turn the score may be another."""
    inside = [begin + (end - begin) * part for part in EIGHTHS]
    placings = [place(criteria, result, below=below, months=months) for result in inside]
    early, middle, late = (placings[part].raw for part in (2, 4, 6))
    short = placings[4].segment is Segment.BELOW_FIRST
    if early + late == 2 * middle:
        slope = (late - early) / 2
        return Piece((Point(begin, early - slope), Point(end, late + slope)), short)
    return Piece(tuple(Point(result, held.raw) for result, held in zip(inside, placings, strict=True)), short)
