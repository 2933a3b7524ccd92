"""Explaining a score, from the total down to each input, in plain words of both languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from raprong.lib.scoring.card import (
    Adjusted,
    Adjustment,
    ComposedPart,
    Composition,
    ScoreCard,
    ScoredKpi,
    Status,
    Treatment,
    shown,
)
from raprong.lib.scoring.scheme import Scheme

__all__ = [
    "Adjusted",
    "Adjustment",
    "ComposedPart",
    "Composition",
    "Line",
    "LineKind",
    "ScoreCard",
    "ScoredKpi",
    "Status",
    "Treatment",
    "shown",
    "trace",
]


class LineKind(StrEnum):
    """What a line of an explanation tells."""

    FINAL = "final"  # the final score out of its parts
    PART = "part"  # one part of a final score
    TOTAL = "total"
    MEAN = "mean"  # how the total, or a parent's score, is added up
    COVERAGE = "coverage"  # how much of the weight has reported
    BAND = "band"
    SCHEME = "scheme"  # the rules in force
    KPI = "kpi"
    STATUS = "status"
    RESULT = "result"
    CRITERIA = "criteria"
    WORKING = "working"  # from the result to the exact score
    ROUNDING = "rounding"
    DECISION = "decision"  # a score given instead of the calculated one
    ADJUSTMENT = "adjustment"
    CAP = "cap"
    WEIGHTED = "weighted"


@dataclass(frozen=True)
class Line:
    """One line of an explanation, with the lines that explain it.

    ``path`` is the same whenever the same thing is explained: ``total``, ``total/adjustment/1``, ``kpi/1.1``,
    ``kpi/1.1/result``. ``value`` is the number the line comes to and ``numbers`` are those it tells, as strings.
    """

    path: str
    kind: LineKind
    words_th: str
    words_en: str
    value: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    lines: "tuple[Line, ...]" = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Line"]]:
        """This line and all under it as they are read, each with its depth."""
        yield depth, self
        for line in self.lines:
            yield from line.walk(depth + 1)


def as_data(line: Line) -> dict[str, Any]:
    """Write an explanation as plain data that JSON can hold."""
    return {
        "path": line.path,
        "kind": str(line.kind),
        "words_th": line.words_th,
        "words_en": line.words_en,
        "value": line.value,
        "numbers": dict(line.numbers),
        "lines": [as_data(inner) for inner in line.lines],
    }


def trace(card: ScoreCard, scheme: Scheme) -> Line:
    """Explain a card: from its total (or final score) down to each result, criterion, rounding and decision."""
    kpis = tuple(_kpi(kpi) for kpi in card.tops)
    value = "" if card.total is None else format(card.total, "f")
    return Line("total", LineKind.TOTAL, f"คะแนนรวม {value or '–'}", f"Total {value or '–'}", value, lines=kpis)


def _kpi(kpi: ScoredKpi) -> Line:
    value = "" if kpi.score is None else format(kpi.score, "f")
    words_th, words_en = f"ตัวชี้วัด {kpi.code} คะแนน {value or '–'}", f"KPI {kpi.code}: score {value or '–'}"
    return Line(f"kpi/{kpi.code}", LineKind.KPI, words_th, words_en, value, lines=tuple(_kpi(p) for p in kpi.parts))
