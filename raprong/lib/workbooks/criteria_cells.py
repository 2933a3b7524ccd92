"""Criteria of every kind in the five columns of levels: what each cell says, and back.

- a figure for each level (ladder), a count (steps), a deviation in per cent: one number in each cell;
- bands: ``60–69.99``, ``ไม่เกิน 60`` or ``90 ขึ้นไป``, both ends included;
- yes or no: ``ใช่`` in the level that yes earns, ``ไม่ใช่`` in the one that no earns;
- choice: the answers of the level, numbered in the order of the form: ``3) ทำครบ; 4) ทำเกิน``. Without numbers the
  answer of the lowest level is the first;
- milestones: ``6: 2; 12: 4``, round in months and how many;
- a plan, beside the levels: ``100``, or ``100; 6: 40`` where a round has its own.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Kind,
    Ladder,
    Milestones,
    Option,
    Range,
    Side,
    Steps,
    YesNo,
)
from raprong.lib.scoring.ladder import Rung
from raprong.lib.thai.digits import to_arabic_digits
from raprong.lib.workbooks import sentences
from raprong.lib.workbooks.cells import NotANumber, OutsizeNumber, Value, lines_of, matching, number_of, text_of
from raprong.lib.workbooks.choices import FRACTIONS, NO, YES
from raprong.lib.workbooks.sentences import Both

_NUMBER = r"[-−+]?[\d,]+(?:\.\d+)?"
_BETWEEN = re.compile(rf"({_NUMBER})\s*(?:-|–|—|ถึง|to)\s*({_NUMBER})")
_FROM = re.compile(rf"(?:≥|>=|ตั้งแต่)\s*({_NUMBER})(?:\s*ขึ้นไป)?|({_NUMBER})\s*(?:ขึ้นไป|\+)")
_UP_TO = re.compile(rf"(?:≤|<=|ไม่เกิน|ไม่มากกว่า)\s*({_NUMBER})")
_ROUND = re.compile(rf"(?:รอบ\s*)?(\d+)\s*(?:เดือน)?\s*[:=]\s*({_NUMBER})")
_NUMBERED = re.compile(r"(?:^|[;\n]\s*)(\d+)\)\s*")
_YES, _NO = {matching(YES), "yes", "มี", "ผ่าน"}, {matching(NO), "no", "ไม่มี", "ไม่ผ่าน"}

T = TypeVar("T")
Levels = Mapping[Decimal, Value]  # the cells of the levels, by the score each stands for
PLAN = Decimal(0)  # the place of the plan among the faults


class Unreadable(ValueError):
    """Cells of levels that say no criteria; ``faults`` are by the level whose cell is at fault."""

    def __init__(self, faults: Mapping[Decimal, Both]) -> None:
        super().__init__("; ".join(sentence for sentence, _thai in faults.values()))
        self.faults = dict(faults)


def criteria_in(kind: str, levels: Levels, plan: Value) -> Criteria:
    """Read criteria out of their cells, or refuse with :class:`Unreadable`, every cell at once.

    Whether the criteria can be used, ``criteria_faults`` tells afterwards.
    """
    if kind == Kind.BANDS:
        return Bands(tuple(_band(level, text) for level, text in _read_all(levels, _ends).items()))
    if kind == Kind.YES_NO:
        return _yes_or_no(levels)
    if kind == Kind.CHOICE:
        return _choice(levels)
    if kind == Kind.MILESTONES:
        return _milestones(levels)
    rungs = tuple(Rung(at, level) for level, at in _read_all(levels, _figure).items())
    if kind.startswith(Kind.DEVIATION):
        side = Side(kind.partition("-")[2] or Side.BOTH)
        year, own = _plans(plan)
        return Deviation(year, rungs, side, own)
    if kind in (Kind.STEPS, FRACTIONS):
        return Steps(rungs, kind == FRACTIONS)
    return Ladder(rungs)


def kind_of(criteria: Criteria) -> str:
    """The code of ``choices.KINDS`` that criteria have in the sheet."""
    match criteria:
        case Steps(fractions=True):
            return FRACTIONS
        case Deviation(side=side):
            return f"{Kind.DEVIATION}-{side}"
    return str(criteria.kind)


def cells_of(criteria: Criteria) -> dict[Decimal, Decimal | str]:
    """What the cells of the levels say for criteria, by score."""
    match criteria:
        case Ladder(rungs) | Steps(rungs) | Deviation(rungs=rungs):
            return {rung.score: rung.at for rung in rungs}
        case Bands(ranges):
            return {band.score: _band_text(band) for band in ranges}
        case YesNo(yes, no):
            return {yes: YES, no: NO}
        case Choice(options):
            return _choice_texts(options)
        case Milestones(rounds):
            texts: dict[Decimal, list[str]] = {}
            for months, rungs in rounds:
                for rung in rungs:
                    texts.setdefault(rung.score, []).append(f"{months}: {_plain(rung.at)}")
            return {score: "; ".join(parts) for score, parts in texts.items()}


def plan_text(criteria: Criteria) -> Decimal | str | None:
    """What the cell of the plan says; nothing for criteria without a plan."""
    if not isinstance(criteria, Deviation):
        return None
    if not criteria.plans:
        return criteria.plan
    return "; ".join([_plain(criteria.plan), *(f"{months}: {_plain(plan)}" for months, plan in criteria.plans)])


def _read_all(levels: Levels, read: Callable[[Value], T | None]) -> dict[Decimal, T]:
    """Every filled cell read, lowest level first; what cannot be read is told together."""
    found: dict[Decimal, T] = {}
    faults: dict[Decimal, Both] = {}
    for level, cell in sorted(levels.items()):
        try:
            if (value := read(cell)) is not None:
                found[level] = value
        except _Fault as fault:
            faults[level] = fault.said
    if faults:
        raise Unreadable(faults)
    return found


class _Fault(ValueError):
    def __init__(self, said: Both) -> None:
        super().__init__(said[0])
        self.said = said


def _figure(cell: Value) -> Decimal | None:
    try:
        return number_of(cell)
    except NotANumber:
        raise _Fault(sentences.not_a_number(text_of(cell))) from None
    except OutsizeNumber as outsize:
        raise _Fault(sentences.outsize_number(str(outsize))) from None


def _needed(text: str) -> Decimal:
    number = _figure(text)
    return Decimal(0) if number is None else number


def _ends(cell: Value) -> tuple[Decimal | None, Decimal | None] | None:
    text = to_arabic_digits(text_of(cell)).replace("%", "")
    if not text:
        return None
    if found := _BETWEEN.fullmatch(text):
        return _needed(found[1]), _needed(found[2])
    if found := _FROM.fullmatch(text):
        return _needed(found[1] or found[2]), None
    if found := _UP_TO.fullmatch(text):
        return None, _needed(found[1])
    raise _Fault(sentences.not_a_band(text))


def _band(level: Decimal, ends: tuple[Decimal | None, Decimal | None]) -> Range:
    return Range(level, *ends)


def _band_text(band: Range) -> str:
    if band.lowest is None or band.highest is None:
        end = band.highest if band.lowest is None else band.lowest
        return "" if end is None else f"ไม่เกิน {_plain(end)}" if band.lowest is None else f"{_plain(end)} ขึ้นไป"
    return f"{_plain(band.lowest)} – {_plain(band.highest)}"


def _yes_or_no(levels: Levels) -> YesNo:
    said = _read_all(levels, _answer)
    yes, no = ([level for level, answer in said.items() if answer is wanted] for wanted in (True, False))
    if len(yes) != 1 or len(no) != 1:
        raise Unreadable({max(levels): sentences.YES_AND_NO})
    return YesNo(yes[0], no[0])


def _answer(cell: Value) -> bool | None:
    if isinstance(cell, bool):
        return cell
    word = matching(text_of(cell))
    if not word:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    raise _Fault(sentences.YES_AND_NO)


def _choice(levels: Levels) -> Choice:
    numbered: list[tuple[int, Option]] = []
    for level, titles in _read_all(levels, _titles).items():
        numbered += [(number or len(numbered) + 1, Option(level, title)) for number, title in titles]
    return Choice(tuple(option for _number, option in sorted(numbered, key=lambda pair: pair[0])))


def _titles(cell: Value) -> list[tuple[int, str]] | None:
    """The answers in a cell with their numbers; nought where they have none."""
    text = lines_of(cell)
    if not text:
        return None
    _before, *parts = _NUMBERED.split(text)
    if not parts:
        return [(0, " ".join(text.split()))]
    numbers, titles = parts[::2], parts[1::2]
    return [(int(number), " ".join(title.split())) for number, title in zip(numbers, titles, strict=True)]


def _choice_texts(options: tuple[Option, ...]) -> dict[Decimal, Decimal | str]:
    texts: dict[Decimal, list[str]] = {}
    for number, option in enumerate(options, start=1):
        texts.setdefault(option.score, []).append(f"{number}) {option.title}")
    return {score: "; ".join(parts) for score, parts in texts.items()}


def _milestones(levels: Levels) -> Milestones:
    rounds: dict[int, list[Rung]] = {}
    for level, counts in _read_all(levels, _by_round).items():
        for months, at in counts:
            rounds.setdefault(months, []).append(Rung(at, level))
    return Milestones(tuple((months, tuple(rungs)) for months, rungs in sorted(rounds.items())))


def _by_round(cell: Value) -> list[tuple[int, Decimal]] | None:
    text = to_arabic_digits(text_of(cell))
    if not text:
        return None
    found = [_ROUND.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
    if None in found:
        raise _Fault(sentences.not_by_round(text))
    return [(int(part[1]), _needed(part[2])) for part in found if part]


def _plans(cell: Value) -> tuple[Decimal, tuple[tuple[int, Decimal], ...]]:
    text = to_arabic_digits(text_of(cell))
    year, _semicolon, rest = text.partition(";")
    try:
        own = tuple(_by_round(rest) or ())
        return _needed(year), own
    except _Fault as fault:
        raise Unreadable({PLAN: fault.said}) from None


def _plain(number: Decimal) -> str:
    return format(number.normalize() if number % 1 else number.quantize(Decimal(1)), "f")
