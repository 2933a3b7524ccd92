"""Scores on a ladder of levels: the straight line between level points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True)
class Rung:
    """One level of the criteria."""

    at: Decimal  # the measured result
    score: Decimal  # what that result is worth


class Below(StrEnum):
    """What a result short of the first level is worth. Frameworks differ, so the scheme says which."""

    FLOOR = "floor"  # the first level's score
    ZERO = "zero"
    PROPORTIONAL = "proportional"  # the first level's score, in proportion


class Segment(StrEnum):
    """Where on the ladder a result stands."""

    BELOW_FIRST = "below_first"
    AT_LEVEL = "at_level"
    BETWEEN = "between"
    PAST_LAST = "past_last"


@dataclass(frozen=True)
class Placing:
    """Where a result stands, between which rungs, and its exact score before any rounding."""

    segment: Segment
    lower: Rung | None  # the highest rung reached; none below the first
    upper: Rung | None  # the next rung; none from the last one on
    raw: Fraction
    measured: Fraction | None = None  # what was placed, where that is not the result itself (a deviation)


@dataclass(frozen=True)
class LadderFault:
    """Why a ladder cannot be used: the level at fault (none when it is the whole ladder) and the sentence to show."""

    level: Decimal | None
    sentence: str
    sentence_th: str


class LadderRefused(ValueError):
    """A ladder that no result can be scored on; ``faults`` holds every reason."""

    def __init__(self, faults: Sequence[LadderFault]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = tuple(faults)


def score_on_ladder(result: Decimal, rungs: Sequence[Rung], *, below: Below) -> Fraction:
    """Score a result on the straight line between the two rungs around it; exact, not rounded.

    Rungs climb from the lowest score to the highest. The measured values may fall as the score climbs, as they do
    when fewer days is better. Two rungs may share a value; reaching it earns the higher. Levels may be left out (only
    1 and 5). Past the last rung its score holds. Short of the first, ``below`` says what the result is worth:

    - ``floor``: the first rung's score;
    - ``zero``: nothing;
    - ``proportional``: on a rising ladder first score × result / first value, on a falling one first score ×
      first value / result (twice the days, half the score), never under nought; where the first value is nought or
      negative there is no proportion, and the result is worth nothing.

    A ladder that :func:`ladder_faults` finds fault with is refused with :class:`LadderRefused`.
    """
    return place_on_ladder(result, rungs, below=below).raw


def place_on_ladder(result: Decimal | Fraction, rungs: Sequence[Rung], *, below: Below) -> Placing:
    """Do what :func:`score_on_ladder` does and tell where the score comes from."""
    check_ladder(rungs)
    reached = highest_reached(result, rungs)
    if reached is None:
        return Placing(Segment.BELOW_FIRST, None, rungs[0], _worth_below(result, rungs, below))
    lower = rungs[reached]
    if reached == len(rungs) - 1:
        segment = Segment.AT_LEVEL if result == lower.at else Segment.PAST_LAST
        return Placing(segment, lower, None, Fraction(lower.score))
    upper = rungs[reached + 1]
    if result == lower.at:
        return Placing(Segment.AT_LEVEL, lower, upper, Fraction(lower.score))
    climbed = (Fraction(result) - Fraction(lower.at)) / (Fraction(upper.at) - Fraction(lower.at))
    raw = Fraction(lower.score) + climbed * (Fraction(upper.score) - Fraction(lower.score))
    return Placing(Segment.BETWEEN, lower, upper, raw)


def highest_reached(result: Decimal | Fraction, rungs: Sequence[Rung]) -> int | None:
    """Return the index of the highest rung that a result reaches, or nothing when it is short of the first."""
    rising = _rises(rungs)
    reached = (i for i, rung in enumerate(rungs) if (result >= rung.at if rising else result <= rung.at))
    return max(reached, default=None)


def check_ladder(rungs: Sequence[Rung]) -> None:
    """Refuse a ladder that :func:`ladder_faults` finds fault with."""
    faults = ladder_faults(rungs)
    if faults:
        raise LadderRefused(faults)


def ladder_faults(rungs: Sequence[Rung]) -> list[LadderFault]:
    """Find every reason why a ladder cannot be used; none means that it can.

    It needs two rungs, scores that climb from nought or more, and values that go one way: the first change of value
    decides whether more or less is better, and each level that turns back is named.
    """
    if len(rungs) < 2:
        return [
            LadderFault(None, "The criteria need at least two levels. Add one.", "เกณฑ์ต้องมีอย่างน้อยสองระดับ ให้เพิ่มระดับ")
        ]
    faults = list(_score_faults(rungs))
    if len({rung.at for rung in rungs}) == 1:
        sentence = f"Every level asks for {_plain(rungs[0].at)}. Give at least two levels different values."
        sentence_th = f"ทุกระดับใช้ค่า {_plain(rungs[0].at)} เท่ากัน ให้กำหนดค่าต่างกันอย่างน้อยสองระดับ"
        return [*faults, LadderFault(None, sentence, sentence_th)]
    return [*faults, *_turns(rungs)]


def _score_faults(rungs: Sequence[Rung]) -> Iterator[LadderFault]:
    if rungs[0].score < 0:
        level = _plain(rungs[0].score)
        yield LadderFault(
            rungs[0].score, f"Level {level} is below nought. Use 0 or more.", f"ระดับ {level} ติดลบ ให้ใช้ตั้งแต่ 0 ขึ้นไป"
        )
    for earlier, later in pairwise(rungs):
        if later.score <= earlier.score:
            one, other = _plain(later.score), _plain(earlier.score)
            yield LadderFault(
                later.score,
                f"Level {one} comes after level {other}. Write levels once each, from the lowest to the highest.",
                f"ระดับ {one} อยู่หลังระดับ {other} ให้เขียนแต่ละระดับครั้งเดียว เรียงจากต่ำไปสูง",
            )


def _turns(rungs: Sequence[Rung]) -> Iterator[LadderFault]:
    rising = _rises(rungs)
    for earlier, later in pairwise(rungs):
        if later.at == earlier.at or (later.at > earlier.at) is rising:
            continue
        level, before = _plain(later.score), _plain(earlier.score)
        way, way_th = ("more", "มาก") if rising else ("less", "น้อย")
        yield LadderFault(
            later.score,
            f"Level {level} ({_plain(later.at)}) turns back: the levels before it say {way} is better, and level "
            f"{before} already asks for {_plain(earlier.at)}. Correct one of the two.",
            f"ระดับ {level} ({_plain(later.at)}) ย้อนทาง: ระดับก่อนหน้าบอกว่ายิ่ง{way_th}ยิ่งดี "
            f"และระดับ {before} ใช้ค่า {_plain(earlier.at)} แล้ว ให้แก้ระดับใดระดับหนึ่ง",
        )


def _rises(rungs: Sequence[Rung]) -> bool:
    """Tell whether more is better, by the first change of value."""
    return next((later.at > earlier.at for earlier, later in pairwise(rungs) if later.at != earlier.at), True)


def _worth_below(result: Decimal | Fraction, rungs: Sequence[Rung], below: Below) -> Fraction:
    first = rungs[0]
    if below is Below.FLOOR:
        return Fraction(first.score)
    if below is Below.ZERO or first.at <= 0:
        return Fraction(0)
    share = Fraction(result) / Fraction(first.at) if _rises(rungs) else Fraction(first.at) / Fraction(result)
    return max(Fraction(0), Fraction(first.score) * share)


def _plain(number: Decimal) -> str:
    return format(number, "f")
