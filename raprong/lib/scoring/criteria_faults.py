"""Everything that can be wrong with criteria, at once, each with its place and what to do in both languages."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Ladder,
    Milestones,
    Range,
    Steps,
    YesNo,
)
from raprong.lib.scoring.ladder import Rung, ladder_faults


@dataclass(frozen=True)
class CriteriaFault:
    """Why criteria cannot be used: the place (``level_3``, ``band_1_to``, ``plan``) and the sentence to show there."""

    path: str
    sentence: str
    sentence_th: str


def criteria_faults(criteria: Criteria, scores: Collection[Decimal] | None = None) -> list[CriteriaFault]:
    """Find every reason why criteria cannot be used; none means that they can.

    ``scores`` are the scores that the scheme's scale has, such as 1 to 5; with none given any score from nought may
    be used. Places are named as a form names its fields, so that a fault is shown where it was typed.
    """
    return [*_of_kind(criteria), *(_off_scale(criteria, scores) if scores is not None else ())]


def _of_kind(criteria: Criteria) -> Iterator[CriteriaFault]:
    match criteria:
        case Ladder(rungs):
            yield from _of_rungs(rungs)
        case Steps(rungs, fractions):
            yield from _of_rungs(rungs)
            if not fractions:
                yield from _of_counts(rungs)
        case Milestones(rounds):
            yield from _of_milestones(rounds)
        case Deviation(plan, rungs):
            if not plan:
                yield CriteriaFault(
                    "plan",
                    "A deviation is counted in per cent of the plan. Give a plan other than 0.",
                    "ความเบี่ยงเบนคิดเป็นร้อยละของแผน ให้ระบุแผนที่ไม่ใช่ 0",
                )
            for months, own in criteria.plans:
                if not own:
                    yield CriteriaFault(f"plan_{months}", "Give a plan other than 0.", "ให้ระบุแผนที่ไม่ใช่ 0")
            yield from _of_rungs(rungs)
            yield from (_negative(f"level_{rung.score}") for rung in rungs if rung.at < 0)
        case Bands(ranges):
            yield from _of_bands(ranges)
        case YesNo(yes, no):
            if yes == no:
                yield CriteriaFault(
                    "yes", "Yes and no are worth the same. Change one.", "ใช่และไม่ใช่ได้คะแนนเท่ากัน ให้แก้ข้อใดข้อหนึ่ง"
                )
        case Choice(options):
            yield from _of_options(options)


def _of_rungs(rungs: Sequence[Rung], prefix: str = "") -> Iterator[CriteriaFault]:
    for fault in ladder_faults(rungs):
        path = "levels" if fault.level is None else f"level_{fault.level}"
        yield CriteriaFault(f"{prefix}{path}", fault.sentence, fault.sentence_th)


def _of_counts(rungs: Sequence[Rung], prefix: str = "") -> Iterator[CriteriaFault]:
    for rung in rungs:
        if rung.at % 1:
            yield CriteriaFault(
                f"{prefix}level_{rung.score}",
                "Steps are whole: give the number of steps this level asks for.",
                "ขั้นตอนเป็นจำนวนเต็ม ให้ระบุจำนวนขั้นตอนที่ระดับนี้กำหนด",
            )
        elif rung.at < 0:
            yield _negative(f"{prefix}level_{rung.score}")


def _of_milestones(rounds: Sequence[tuple[int, Sequence[Rung]]]) -> Iterator[CriteriaFault]:
    if not rounds:
        yield CriteriaFault("rounds", "Give the milestones of at least one round.", "ให้กำหนดหมุดหมายอย่างน้อยหนึ่งรอบ")
    for months, rungs in rounds:
        yield from _of_rungs(rungs, f"round_{months}_")
        yield from _of_counts(rungs, f"round_{months}_")


def _of_bands(ranges: Sequence[Range]) -> Iterator[CriteriaFault]:
    if len(ranges) < 2:
        yield CriteriaFault("bands", "The criteria need at least two bands. Add one.", "เกณฑ์ต้องมีอย่างน้อยสองช่วง ให้เพิ่มช่วง")
    numbered = list(enumerate(ranges, start=1))
    for number, band in numbered:
        if band.lowest is None and band.highest is None:
            yield CriteriaFault(
                f"band_{number}_from", "Say where this band begins or ends.", "ให้ระบุจุดเริ่มหรือจุดสิ้นสุดของช่วงนี้"
            )
        if band.lowest is not None and band.highest is not None and band.highest < band.lowest:
            yield CriteriaFault(
                f"band_{number}_to",
                f"The band ends at {band.highest:f}, before it begins at {band.lowest:f}. Turn the two round.",
                f"ช่วงสิ้นสุดที่ {band.highest:f} ก่อนจุดเริ่มที่ {band.lowest:f} ให้สลับกัน",
            )
    for (one, first), (other, second) in combinations(numbered, 2):
        if first.score == second.score:
            yield CriteriaFault(
                f"band_{other}_score",
                f"Bands {one} and {other} have the same score. Put them together or change one.",
                f"ช่วงที่ {one} และ {other} มีคะแนนเท่ากัน ให้รวมกันหรือแก้ช่วงใดช่วงหนึ่ง",
            )
        if _overlap(first, second):
            yield CriteriaFault(
                f"band_{other}_from",
                f"Bands {one} and {other} hold the same results. Let one end where the other begins.",
                f"ช่วงที่ {one} และ {other} ซ้อนกัน ให้ช่วงหนึ่งสิ้นสุดตรงที่อีกช่วงเริ่ม",
            )


def _overlap(first: Range, second: Range) -> bool:
    """Whether two bands share more than a border."""
    begins = max((b.lowest for b in (first, second) if b.lowest is not None), default=None)
    ends = min((b.highest for b in (first, second) if b.highest is not None), default=None)
    return begins is None or ends is None or begins < ends


def _of_options(options: Sequence[object]) -> Iterator[CriteriaFault]:
    if len(options) < 2:
        yield CriteriaFault("options", "Give at least two answers to choose from.", "ให้กำหนดตัวเลือกอย่างน้อยสองข้อ")
    titles: dict[str, int] = {}
    for number, option in enumerate(options, start=1):
        title = getattr(option, "title", "").strip()
        if not title:
            yield CriteriaFault(f"option_{number}_title", "Say what this answer is.", "ให้ระบุว่าตัวเลือกนี้คืออะไร")
        elif title in titles:
            yield CriteriaFault(
                f"option_{number}_title",
                f"This answer is already number {titles[title]}. Keep one.",
                f"ตัวเลือกนี้ซ้ำกับข้อ {titles[title]} ให้เหลือข้อเดียว",
            )
        titles.setdefault(title, number)


def _off_scale(criteria: Criteria, scores: Collection[Decimal]) -> Iterator[CriteriaFault]:
    for path, score in _scores_given(criteria):
        if score not in scores:
            yield CriteriaFault(
                path,
                f"There is no score {score:f} in this year's scale.",
                f"ไม่มีคะแนน {score:f} ในมาตรวัดของปีนี้",
            )


def _scores_given(criteria: Criteria) -> Iterator[tuple[str, Decimal]]:
    match criteria:
        case Ladder(rungs) | Steps(rungs) | Deviation(rungs=rungs):
            yield from (("levels", rung.score) for rung in rungs)
        case Milestones(rounds):
            yield from (("levels", rung.score) for _months, rungs in rounds for rung in rungs)
        case Bands(ranges):
            yield from ((f"band_{n}_score", band.score) for n, band in enumerate(ranges, start=1))
        case YesNo(yes, no):
            yield from (("yes", yes), ("no", no))
        case Choice(options):
            yield from ((f"option_{n}_score", option.score) for n, option in enumerate(options, start=1))


def _negative(path: str) -> CriteriaFault:
    return CriteriaFault(path, "Use 0 or more here.", "ให้ใช้ตั้งแต่ 0 ขึ้นไป")
