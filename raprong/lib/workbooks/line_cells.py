"""Cells that hold lines: the steps of a KPI with what proves each, and what each round asks for by itself.

- steps: ``1) ชื่อขั้นตอน`` begins a step, ``- หลักฐาน`` beneath it is what proves it;
- criteria of rounds: ``6: 1 = 20 | 2 = 40 | 3 = 60``, the round in months and what each level asks for, written as in
  the columns of levels; ``แผน = 100`` where there is a plan, and the kind in square brackets where it is not quite the
  year's: ``6 [ขั้นตอนคิดเศษ]: …``.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from raprong.lib.scoring.criteria import Criteria
from raprong.lib.scoring.criteria_faults import criteria_faults
from raprong.lib.workbooks import sentences
from raprong.lib.workbooks.cells import Value, lines_of
from raprong.lib.workbooks.choices import KINDS, code_for, word_for
from raprong.lib.workbooks.criteria_cells import Unreadable, cells_of, criteria_in, kind_of, plan_text
from raprong.lib.workbooks.sentences import Both
from raprong.lib.workbooks.shape import NamedStep

PLAN_WORD = "แผน"
_STEP = re.compile(r"\d+\s*[.)]\s*(.+)")
_EVIDENCE = re.compile(r"[-•–]\s*(.+)")
_ROUND = re.compile(r"(?:รอบ\s*)?(\d+)\s*(?:เดือน)?\s*(?:\[([^\]]+)\])?\s*:\s*(.+)")
_LEVEL = re.compile(rf"(?:ระดับ\s*)?({PLAN_WORD}|\d+(?:\.\d+)?)\s*=\s*(.*)")
_BETWEEN_LEVELS = re.compile(rf"\s*\|\s*(?=(?:{PLAN_WORD}|(?:ระดับ\s*)?\d+(?:\.\d+)?)\s*=)")


class UnreadableLines(ValueError):
    """A cell of lines that cannot be read; ``said`` tells the first line at fault in both languages."""

    def __init__(self, said: Both) -> None:
        super().__init__(said[0])
        self.said = said


def steps_in(cell: Value) -> tuple[NamedStep, ...]:
    """Read steps with their evidence, or refuse with :class:`UnreadableLines`."""
    steps: list[NamedStep] = []
    for line in filter(None, lines_of(cell).split("\n")):
        if found := _STEP.fullmatch(line):
            steps.append(NamedStep(found[1]))
        elif steps and (found := _EVIDENCE.fullmatch(line)):
            steps[-1] = NamedStep(steps[-1].title, (*steps[-1].evidence, found[1]))
        else:
            raise UnreadableLines(sentences.not_steps(line))
    return tuple(steps)


def steps_text(steps: Iterable[NamedStep]) -> str:
    """What the cell of steps says."""
    lines = []
    for number, step in enumerate(steps, start=1):
        lines += [f"{number}) {step.title}", *(f"- {proof}" for proof in step.evidence)]
    return "\n".join(lines)


def rounds_in(cell: Value, kind: str) -> tuple[tuple[int, Criteria], ...]:
    """Read criteria of rounds that are of the year's ``kind``, or refuse with :class:`UnreadableLines`."""
    lines = filter(None, lines_of(cell).split("\n"))
    return tuple(sorted((_round_in(line, kind) for line in lines), key=lambda found: found[0]))


def rounds_text(rounds: Iterable[tuple[int, Criteria]], year: Criteria) -> str:
    """What the cell of criteria of rounds says."""
    return "\n".join(_round_text(months, criteria, year) for months, criteria in rounds)


def _round_in(line: str, kind: str) -> tuple[int, Criteria]:
    found = _ROUND.fullmatch(line)
    parts = [_LEVEL.fullmatch(part) for part in _BETWEEN_LEVELS.split(found[3])] if found else [None]
    own = code_for(found[2], KINDS) if found and found[2] else kind
    if found is None or own is None or None in parts:
        raise UnreadableLines(sentences.not_a_round_of_criteria(line))
    cells = {part[1]: part[2] for part in parts if part}
    plan = cells.pop(PLAN_WORD, None)
    try:
        criteria = criteria_in(own, {Decimal(level): cell for level, cell in cells.items()}, plan)
    except Unreadable as unreadable:
        raise UnreadableLines(sentences.in_a_round(found[1], next(iter(unreadable.faults.values())))) from None
    for fault in criteria_faults(criteria):
        raise UnreadableLines(sentences.in_a_round(found[1], (fault.sentence, fault.sentence_th)))
    return int(found[1]), criteria


def _round_text(months: int, criteria: Criteria, year: Criteria) -> str:
    own = "" if kind_of(criteria) == kind_of(year) else f" [{word_for(kind_of(criteria), KINDS)}]"
    plan = plan_text(criteria)
    cells = [(_plain(score), cell) for score, cell in sorted(cells_of(criteria).items())]
    said = [*cells, *([(PLAN_WORD, plan)] if plan is not None else [])]
    return f"{months}{own}: " + " | ".join(f"{name} = {_plain(cell)}" for name, cell in said)


def _plain(cell: Decimal | str) -> str:
    if isinstance(cell, str):
        return cell
    return format(cell.normalize() if cell % 1 else cell.quantize(Decimal(1)), "f")
