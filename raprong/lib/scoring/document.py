"""Scoring a whole document: plain data in, plain data out, as the ``raprong score`` command does it.

In::

    {"scheme": {"places": 4, "weighted_places": 4, "total_places": 4, "below": "floor"},
     "kpis": [{"code": "1.1", "weight": "15", "levels": [[1, "20"], [5, "100"]], "result": "59"}]}

Out, numbers as strings at their places::

    {"kpis": [{"code": "1.1", "score": "2.9500", "weighted": "0.4425"}], "total": "2.9500", "reported_weight": "15"}
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import ValidationError

from raprong.lib.definition_file import place, sentence
from raprong.lib.scoring.criteria import Kind, Ladder, Steps
from raprong.lib.scoring.explain import ScoreCard
from raprong.lib.scoring.ladder import Rung, ladder_faults
from raprong.lib.scoring.rollup import MeasuredKpi, score_card
from raprong.lib.scoring.scheme import Scheme, scheme_from_data
from raprong.lib.thai.digits import to_arabic_digits

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_MOST_DIGITS_BEFORE_POINT = 15
_MOST_PLACES = 20


class Fault(NamedTuple):
    """One thing wrong in a document: where it stands (``kpis[0].weight``), and what to do about it."""

    path: str
    sentence: str


class ScoringFaults(ValueError):
    """A document that cannot be scored; ``faults`` holds every reason found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            "\n".join(f"{fault.path}: {fault.sentence}" if fault.path else fault.sentence for fault in faults)
        )
        self.faults = tuple(faults)


def parse_document(text: str) -> Any:
    """Read JSON text without letting a number become a float. Text that is not JSON raises :class:`ScoringFaults`."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ScoringFaults([Fault("", f"This is not JSON ({where}: {error.msg}). Correct it there.")]) from None
    except ScoringFaults:
        raise
    except (ValueError, ArithmeticError, RecursionError):
        raise ScoringFaults([Fault("", "This JSON holds a number or a nesting too large to read.")]) from None


def score_document(document: Any) -> dict[str, Any]:
    """Score a document of KPIs under its scheme.

    Weights, levels and results are strings, whole numbers or Decimals; a float counts as the shortest number that it
    is written as. ``levels`` are pairs of level and value in any order; ``kind`` is ``ladder`` (the default) or
    ``steps``. A result of ``null``, or none given, is missing: its score is ``null`` and its weight is not in
    ``reported_weight``. With nothing reported the total is ``null``. Settings that the scheme leaves out are those of
    :class:`Scheme`; a KPI's keys that scoring does not need are passed over.

    Refused with :class:`ScoringFaults`, every fault at once: a missing part, text that is no number, NaN and
    infinity, a negative weight, weights that add up to nought, a repeated code, levels that repeat or turn back, and
    part of a step.
    """
    if not isinstance(document, Mapping):
        raise ScoringFaults([Fault("", "The document is an object with `scheme` and `kpis`.")])
    reading = _Reading()
    scheme = reading.scheme(document.get("scheme", {}))
    kpis = reading.kpis(document.get("kpis"))
    if reading.faults or scheme is None:
        raise ScoringFaults(reading.faults)
    return _told(score_card(kpis, scheme))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Read a JSON object, refusing a name written twice, of which JSON would silently keep the last."""
    times = Counter(name for name, _ in pairs)
    repeated = [name for name, count in times.items() if count > 1]
    if repeated:
        raise ScoringFaults([Fault(name, "This name is written twice in one object. Keep one.") for name in repeated])
    return dict(pairs)


def _told(card: ScoreCard) -> dict[str, Any]:
    return {
        "kpis": [{"code": k.code, "score": _written(k.score), "weighted": _written(k.weighted)} for k in card.kpis],
        "total": _written(card.total),
        "reported_weight": _written(card.reported_weight),
    }


def _written(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


class _Reading:
    """One reading of a document, gathering faults as it goes. A part that cannot be read comes back as ``None``."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def scheme(self, written: Any) -> Scheme | None:
        try:
            return scheme_from_data(written)
        except ValidationError as error:
            for details in error.errors():
                self.fault(".".join(filter(None, ["scheme", place(details["loc"])])), sentence(details))
            return None

    def kpis(self, written: Any) -> list[MeasuredKpi]:
        if not _is_list(written) or not written:
            self.fault("kpis", "Give a list with at least one KPI.")
            return []
        read = [self.kpi(f"kpis[{number}]", entry) for number, entry in enumerate(written)]
        self.repeated_codes(written)
        kpis = [kpi for kpi in read if kpi is not None]
        if len(kpis) == len(read) and not any(kpi.weight for kpi in kpis):
            self.fault("kpis", "The weights add up to 0. Give at least one KPI a weight above 0.")
        return kpis

    def kpi(self, path: str, entry: Any) -> MeasuredKpi | None:
        if not isinstance(entry, Mapping):
            self.fault(path, "A KPI is an object with `code`, `weight`, `levels` and `result`.")
            return None
        before = len(self.faults)
        kind = self.kind(path, entry.get("kind", Kind.LADDER))
        code = self.code(path, entry.get("code"))
        weight = self.weight(f"{path}.weight", entry.get("weight"))
        rungs = self.levels(f"{path}.levels", entry.get("levels"))
        result = self.result(f"{path}.result", entry.get("result"), kind)
        if len(self.faults) > before or weight is None:
            return None
        criteria = Steps(rungs) if kind is Kind.STEPS else Ladder(rungs)
        return MeasuredKpi(code, weight, criteria, result)

    def kind(self, path: str, written: Any) -> Kind:
        if written in (Kind.LADDER, Kind.STEPS):
            return Kind(written)
        self.fault(f"{path}.kind", f"The kind is {Kind.LADDER} or {Kind.STEPS}, not {written!r}.")
        return Kind.LADDER

    def code(self, path: str, written: Any) -> str:
        if isinstance(written, str) and written.strip():
            return written
        self.fault(f"{path}.code", 'Give the KPI a code, in quotation marks, for example "1.1".')
        return ""

    def weight(self, path: str, written: Any) -> Decimal | None:
        weight = self.number(path, written)
        if weight is not None and weight < 0:
            self.fault(path, f"A weight is 0 or more, not {weight:f}.")
        return weight

    def levels(self, path: str, written: Any) -> tuple[Rung, ...]:
        if not _is_list(written) or not all(_is_list(pair) and len(pair) == 2 for pair in written):
            self.fault(path, 'Give the levels as pairs of level and value, for example [[1, "20"], [5, "100"]].')
            return ()
        pairs = [
            (self.number(f"{path}[{i}][0]", level), self.number(f"{path}[{i}][1]", at))
            for i, (level, at) in enumerate(written)
        ]
        rungs = [Rung(at, level) for level, at in pairs if level is not None and at is not None]
        if len(rungs) < len(pairs):
            return ()
        rungs.sort(key=lambda rung: rung.score)
        for fault in ladder_faults(rungs):
            self.fault(path, fault.sentence)
        return tuple(rungs)

    def result(self, path: str, written: Any, kind: Kind) -> Decimal | None:
        if written is None:
            return None
        result = self.number(path, written)
        if kind is Kind.STEPS and result is not None and result % 1:
            self.fault(path, f"A result in steps is a whole number of steps done, not {result:f}.")
        return result

    def number(self, path: str, written: Any) -> Decimal | None:
        number = _decimal(written)
        if number is None or not number.is_finite():
            shown = "null" if written is None else f'"{written}"' if isinstance(written, str) else str(written)
            self.fault(
                path, f"{_clipped(shown)} is not a number. Write digits with at most one point, such as 59 or 59.5."
            )
            return None
        if _is_outsize(number):
            limits = f"{_MOST_DIGITS_BEFORE_POINT} digits before the point and {_MOST_PLACES} after it"
            self.fault(path, f"{_clipped(str(number))} is too long a number. Use at most {limits}.")
            return None
        return number

    def repeated_codes(self, written: Sequence[Any]) -> None:
        first_at: dict[str, int] = {}
        for number, code in _codes(written):
            if code in first_at:
                self.fault(
                    f"kpis[{number}].code", f"Code {code} is already used by kpis[{first_at[code]}]. Give each its own."
                )
            first_at.setdefault(code, number)

    def fault(self, path: str, sentence: str) -> None:
        self.faults.append(Fault(path, sentence))


def _codes(written: Sequence[Any]) -> Iterator[tuple[int, str]]:
    for number, entry in enumerate(written):
        code = entry.get("code") if isinstance(entry, Mapping) else None
        if isinstance(code, str) and code.strip():
            yield number, code


def _decimal(written: Any) -> Decimal | None:
    match written:
        case bool():
            return None
        case Decimal():
            return written
        case int():
            return Decimal(written)
        case float():
            return Decimal(repr(written))
        case str() if _NUMBER.fullmatch(plain := to_arabic_digits(written.strip())):
            return Decimal(plain)
        case _:
            return None


def _is_outsize(number: Decimal) -> bool:
    exponent = int(number.as_tuple().exponent)
    return number.adjusted() >= _MOST_DIGITS_BEFORE_POINT or exponent < -_MOST_PLACES


def _is_list(written: Any) -> bool:
    return isinstance(written, (list, tuple))


def _clipped(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
