"""Explaining a score, from the total down to each input, in plain words of both languages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
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
    spoken,
)
from raprong.lib.scoring.explain_words import (
    STATUS,
    Words,
    criteria_words,
    held_words,
    result_words,
    rounding_words,
    rule_words,
    scheme_words,
    status_words,
    working_words,
)
from raprong.lib.scoring.rounding import half_up
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
    "as_data",
    "explain_kpi",
    "shown",
    "spoken",
    "trace",
]


_MOST_TERMS = 12  # a longer sum is not written out


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
    """Explain a card: from its final score or total down to each result, criterion, rounding, status and decision."""
    total = _total(card, scheme)
    return total if card.composition is None else _final(card.composition, total, scheme)


def explain_kpi(kpi: ScoredKpi, scheme: Scheme) -> Line:
    """Explain one KPI, its parts inside, by itself."""
    return _kpi(kpi, scheme)


def _final(composition: Composition, total: Line, scheme: Scheme) -> Line:
    value = _written(composition.total)
    terms = " + ".join(_written(part.worth) for part in composition.parts)
    words = Words(f"คะแนนสุดท้าย = {terms} = {value}", f"The final score is {terms} = {value}.")
    if composition.total is None:
        words = Words("ยังไม่มีคะแนนสุดท้าย เพราะยังขาดคะแนนบางส่วน", "There is no final score yet: a part has no points.")
    parts = tuple(
        _composed(part, scheme, (total,) if number == 0 else ()) for number, part in enumerate(composition.parts)
    )
    return _line("final", LineKind.FINAL, words, composition.total, lines=parts)


def _composed(part: ComposedPart, scheme: Scheme, under: tuple[Line, ...]) -> Line:
    named = next(known for known in scheme.parts if known.code == part.code)
    title_th, title_en = named.title_th or part.code, named.title_en or part.code
    path = f"final/{part.code}"
    if part.points is None or part.exact is None:
        words = Words(f"{title_th}: ยังไม่มีคะแนน", f"{title_en}: no points yet.")
        return _line(path, LineKind.PART, words, None, lines=under)
    sum_of_it = f"{_written(part.points)} ÷ {shown(part.full)} × {shown(part.weight)}"
    steps = "".join(f" → {_written(rounded)}" for rounded in part.roundings)
    return _line(
        path,
        LineKind.PART,
        Words(
            f"{title_th}: {sum_of_it} = {spoken(part.exact)} ปัดเศษครึ่งขึ้น{steps}",
            f"{title_en}: {sum_of_it} = {spoken(part.exact)}, rounded half-up{steps}.",
        ),
        part.worth,
        {
            "points": _written(part.points),
            "full": shown(part.full),
            "weight": shown(part.weight),
            "exact": shown(part.exact),
        },
        under,
    )


def _total(card: ScoreCard, scheme: Scheme) -> Line:
    if card.total is None:
        words = Words(
            "ยังไม่มีคะแนนรวม เพราะยังไม่มีผลที่นำมาคิดคะแนน", "There is no total: nothing that counts has been reported."
        )
    elif card.provisional:
        words = Words(f"คะแนนรวมชั่วคราว {card.total:f}", f"The total is {card.total:f}, provisional.")
    else:
        words = Words(f"คะแนนรวม {card.total:f}", f"The total is {card.total:f}.")
    lines = [
        *_mean("total", card.tops, card.subtotal, scheme.total_places, scheme),
        _coverage(card),
        *_adjustments("total", card.adjustments, scheme),
        *_held("total", card.subtotal, card.adjustments, scheme),
        *_band(card, scheme),
        *_scheme(scheme),
        *(_kpi(kpi, scheme) for kpi in card.tops),
    ]
    return _line("total", LineKind.TOTAL, words, card.total, lines=tuple(lines))


def _mean(
    path: str, kpis: Sequence[ScoredKpi], rounded: Decimal | None, places: int | None, scheme: Scheme
) -> Iterator[Line]:
    """Σ(weight × score) ÷ Σ weight over what counts, written out where it is short enough to be read."""
    shared = scheme.share_inside_parent
    own = [(kpi.coverage(shared=shared) * Fraction(kpi.weight), kpi.exact) for kpi in kpis]
    counting = [(weight, score) for weight, score in own if score is not None and weight]
    if not counting or rounded is None:
        return
    whole = sum((weight for weight, _ in counting), Fraction(0))
    added = sum((weight * score for weight, score in counting), Fraction(0))
    terms = " + ".join(f"{spoken(weight)} × {spoken(score)}" for weight, score in counting)
    if len(counting) > _MOST_TERMS:
        terms = f"Σ {len(counting)}"
    exact = spoken(added / whole)
    sum_of_it = f"({terms}) ÷ {spoken(whole)} = {spoken(added)} ÷ {spoken(whole)}"
    yield _line(
        f"{path}/mean",
        LineKind.MEAN,
        Words(
            f"ผลรวมของน้ำหนัก × คะแนน ÷ ผลรวมของน้ำหนัก: {sum_of_it} = {exact}",
            f"Σ(weight × score) ÷ Σ weight: {sum_of_it} = {exact}.",
        ),
        rounded,
        {"sum": shown(added), "weight": shown(whole), "exact": shown(added / whole)},
        (*_capped(f"{path}/mean", added / whole, scheme), _rounding(f"{path}/mean", added / whole, rounded, places)),
    )


def _coverage(card: ScoreCard) -> Line:
    reported, whole, awaited = (spoken(w) for w in (card.reported_weight, card.total_weight, card.awaited_weight))
    counted = spoken(card.counted_weight)
    words = Words(
        f"น้ำหนักที่มีผลแล้ว {reported} จาก {whole} น้ำหนักที่นำมาคิด {counted}",
        f"Weight with a result: {reported} of {whole}; weight that counts: {counted}.",
    )
    if card.provisional:
        words = Words(
            f"{words.th} ยังรอผลอีก {awaited} คะแนนจึงเป็นคะแนนชั่วคราว",
            f"{words.en} A weight of {awaited} is still waited for, so the total is provisional.",
        )
    numbers = {"reported": reported, "whole": whole, "counted": counted, "awaited": awaited}
    return _line("total/coverage", LineKind.COVERAGE, words, card.reported_weight, numbers)


def _band(card: ScoreCard, scheme: Scheme) -> Iterator[Line]:
    band = None if card.final is None else scheme.band_of(card.final)
    if band is not None:
        value = _written(card.final)
        words = Words(f"{value} อยู่ในช่วง {band.title_th}", f"{value} falls in the band {band.title_en}.")
        yield _line("total/band", LineKind.BAND, words, card.final, {"band": band.code})


def _scheme(scheme: Scheme) -> Iterator[Line]:
    title = Words(scheme.title_th or scheme.code, scheme.title_en or scheme.code)
    rules = tuple(
        _line(f"total/scheme/{number}", LineKind.SCHEME, words)
        for number, words in enumerate(scheme_words(scheme), start=1)
    )
    words = Words(f"วิธีคิดคะแนนที่ใช้: {title.th}", f"The scheme in force: {title.en}.")
    yield _line("total/scheme", LineKind.SCHEME, words, lines=rules)


def _kpi(kpi: ScoredKpi, scheme: Scheme) -> Line:
    path = f"kpi/{kpi.code}"
    lines = [
        *_basis(path, kpi, scheme),
        *_decision(path, kpi),
        *_adjustments(path, kpi.adjustments, scheme),
        *_held(path, _before_adjustments(kpi, scheme), kpi.adjustments, scheme),
        *_weighted(path, kpi, scheme),
        *(_kpi(part, scheme) for part in kpi.parts),
    ]
    numbers = {"weight": shown(kpi.weight), "counts": shown(kpi.counts), "weighted": _written(kpi.weighted)}
    return _line(path, LineKind.KPI, _kpi_words(kpi), kpi.score, numbers, tuple(lines))


def _kpi_words(kpi: ScoredKpi) -> Words:
    weight = spoken(kpi.weight)
    inside = Words(f" ภายในตัวชี้วัด {kpi.parent}", f" inside KPI {kpi.parent}") if kpi.parent else Words("", "")
    if kpi.score is None:
        says = STATUS[kpi.status]
        return Words(
            f"ตัวชี้วัด {kpi.code} น้ำหนัก {weight}{inside.th} ไม่มีคะแนน: {says.th}",
            f"KPI {kpi.code}, weight {weight}{inside.en}, has no score: {says.en}.",
        )
    return Words(
        f"ตัวชี้วัด {kpi.code} น้ำหนัก {weight}{inside.th} ได้คะแนน {kpi.score:f}",
        f"KPI {kpi.code}, weight {weight}{inside.en}, has the score {kpi.score:f}.",
    )


def _basis(path: str, kpi: ScoredKpi, scheme: Scheme) -> Iterator[Line]:
    """What the calculated score rests on: parts, a status, or a result and its criteria."""
    if kpi.parts and kpi.treatment is None:
        yield from _mean(path, kpi.parts, kpi.calculated, scheme.places, scheme)
        return
    if kpi.status is not Status.REPORTED:
        words = status_words(kpi.status, kpi.treatment)
        yield _line(f"{path}/status", LineKind.STATUS, _with_reason(words, kpi.because), kpi.calculated)
    elif kpi.result is not None and kpi.criteria is not None and kpi.placing is not None:
        raw = kpi.placing.raw
        yield _line(
            f"{path}/result", LineKind.RESULT, result_words(kpi.criteria, kpi.result, kpi.months), shown(kpi.result)
        )
        yield _line(f"{path}/criteria", LineKind.CRITERIA, criteria_words(kpi.criteria, kpi.months, scheme))
        yield _line(f"{path}/working", LineKind.WORKING, working_words(kpi, scheme), spoken(raw))
        yield _rounding(path, raw, kpi.calculated, scheme.places)
        yield from _capped(path, raw, scheme)


def _decision(path: str, kpi: ScoredKpi) -> Iterator[Line]:
    if kpi.overridden is None:
        return
    given = _written(kpi.overridden)
    instead = Words("", "")
    if kpi.calculated is not None:
        instead = Words(f" แทนคะแนนที่คำนวณได้ {kpi.calculated:f}", f" instead of the calculated {kpi.calculated:f}")
    words = Words(f"กำหนดคะแนน {given}{instead.th}", f"A score of {given} was given{instead.en}.")
    numbers = {"calculated": _written(kpi.calculated), "overridden": given}
    yield _line(f"{path}/decision", LineKind.DECISION, _with_reason(words, kpi.because), given, numbers)


def _adjustments(path: str, adjustments: Sequence[Adjustment], scheme: Scheme) -> Iterator[Line]:
    for number, made in enumerate(adjustments, start=1):
        rule = rule_words(scheme.rule(made.rule), made.count)
        points = f"{'+' if made.points >= 0 else '−'}{abs(made.points):f}"
        words = Words(f"{rule.th} = {points}", f"{rule.en} = {points}.")
        if made.limited:
            words = Words(f"{words.th} (ถึงเพดานของเกณฑ์)", f"{words.en} The rule's limit is reached.")
        numbers = {"rule": made.rule, "count": str(made.count), "points": f"{made.points:f}"}
        yield _line(
            f"{path}/adjustment/{number}", LineKind.ADJUSTMENT, _with_reason(words, made.because), made.points, numbers
        )


def _capped(path: str, exact: Fraction, scheme: Scheme) -> Iterator[Line]:
    """The line that tells that the scheme's cap held a score before any adjustment."""
    if scheme.cap is not None and exact > Fraction(scheme.cap):
        yield _line(f"{path}/cap", LineKind.CAP, held_words(exact, scheme.cap), scheme.cap)


def _held(path: str, before: Decimal | None, made: Sequence[Adjustment], scheme: Scheme) -> Iterator[Line]:
    """The line that tells that adjustments would have passed the highest score, or nought."""
    if before is None or not made:
        return
    reached = Fraction(before) + sum((Fraction(adjustment.points) for adjustment in made), Fraction(0))
    if reached > Fraction(scheme.highest):
        yield _line(f"{path}/held", LineKind.CAP, held_words(reached, scheme.highest), scheme.highest)
    elif reached < 0:
        yield _line(f"{path}/held", LineKind.CAP, held_words(reached, Decimal(0)), Decimal(0))


def _before_adjustments(kpi: ScoredKpi, scheme: Scheme) -> Decimal | None:
    given = kpi.calculated if kpi.overridden is None else kpi.overridden
    return given if given is None else half_up(given, scheme.places)


def _weighted(path: str, kpi: ScoredKpi, scheme: Scheme) -> Iterator[Line]:
    if kpi.weighted is None or kpi.exact is None:
        return
    score, weight, base = spoken(kpi.exact), spoken(kpi.counts), spoken(scheme.weight_base)
    product = f"{weight} × {score} ÷ {base}"
    words = Words(f"คะแนนถ่วงน้ำหนัก {product} = {kpi.weighted:f}", f"Weighted: {product} = {kpi.weighted:f}.")
    if kpi.counts != kpi.weight and not kpi.parent:
        words = Words(
            f"{words.th} (นำน้ำหนักมาคิด {weight} จาก {spoken(kpi.weight)})",
            f"{words.en} Of its weight of {spoken(kpi.weight)}, {weight} counts.",
        )
    yield _line(f"{path}/weighted", LineKind.WEIGHTED, words, kpi.weighted, {"score": score, "weight": weight})


def _rounding(path: str, exact: Fraction, rounded: Decimal | None, places: int | None) -> Line:
    numbers = {"exact": shown(exact), "places": "" if places is None else str(places)}
    words = rounding_words(spoken(exact), _written(rounded), places)
    return _line(f"{path}/rounding", LineKind.ROUNDING, words, rounded, numbers)


def _with_reason(words: Words, because: str) -> Words:
    return Words(f"{words.th} เหตุผล: {because}", f"{words.en} Reason: {because}") if because else words


def _line(
    path: str,
    kind: LineKind,
    words: Words,
    value: Decimal | str | None = "",
    numbers: Mapping[str, str] | None = None,
    lines: tuple[Line, ...] = (),
) -> Line:
    written = value if isinstance(value, str) else _written(value)
    return Line(path, kind, words.th, words.en, written, numbers or {}, lines)


def _written(number: Decimal | None) -> str:
    return "" if number is None else format(number, "f")
