"""Scoring a whole document: plain data in, plain data out, as the ``raprong score`` command does it.

In, at its smallest::

    {"scheme": {"places": 4, "weighted_places": 4, "total_places": 4, "below": "floor"},
     "kpis": [{"code": "1.1", "weight": "15", "levels": [[1, "20"], [5, "100"]], "result": "59"}]}

Out, numbers as strings at their places::

    {"kpis": [{"code": "1.1", "score": "2.9500", "weighted": "0.4425"}], "total": "2.9500", "reported_weight": "15"}

``docs/scoring.schema.json`` describes all of it. A document that uses what the first format did not have (criteria of
every kind, statuses, parts, given scores, adjustments) is answered with more keys; the others as they always were.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from raprong.lib.scoring.card import Adjusted, Adjustment, ScoreCard, ScoredKpi, Status
from raprong.lib.scoring.criteria import criteria_as_data
from raprong.lib.scoring.document_faults import Fault, ScoringFaults
from raprong.lib.scoring.document_reading import Reading
from raprong.lib.scoring.explain import as_data, trace
from raprong.lib.scoring.rollup import MeasuredKpi, score_card
from raprong.lib.scoring.scheme import Scheme, scheme_as_data

__all__ = ["Fault", "ScoringFaults", "document_of", "parse_document", "score_document"]


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


def score_document(document: Any, *, scheme: Scheme | None = None, explain: bool = False) -> dict[str, Any]:
    """Score a document of KPIs under its scheme, or under another one where ``scheme`` is given.

    Weights, levels and results are strings, whole numbers or Decimals; a float counts as the shortest number that it
    is written as. Criteria are ``levels`` (pairs of level and value in any order) with a ``kind`` of ``ladder`` (the
    default) or ``steps``, or ``criteria`` of any kind. A result of ``null``, or none given, is not reported: its score
    is ``null`` and its weight is not in ``reported_weight``. With nothing reported the total is ``null``. Settings
    that the scheme leaves out are those of :class:`Scheme`; a KPI's keys that scoring does not need are passed over.
    With ``explain`` the answer holds the explanation too.

    Refused with :class:`ScoringFaults`, every fault at once, each with its path: a missing part, text that is no
    number, NaN and infinity, a negative weight, weights that add up to nought, a repeated code, criteria that nothing
    can be scored on, part of a step, a part whose parent is not there, a rule that the scheme has not.
    """
    if not isinstance(document, Mapping):
        raise ScoringFaults([Fault("", "The document is an object with `scheme` and `kpis`.")])
    reading = Reading()
    read = reading.document(document, scheme)
    if reading.faults.found:
        raise ScoringFaults(reading.faults.found)
    card = score_card(read.kpis, read.scheme, read.adjustments, given=read.given)
    answer = _told(card)
    if read.grown or explain:
        answer = _told_in_full(card, read.scheme)
    return answer | ({"explained": as_data(trace(card, read.scheme))} if explain else {})


def document_of(
    kpis: Iterable[MeasuredKpi],
    scheme: Scheme,
    adjustments: Iterable[Adjusted] = (),
    *,
    given: Mapping[str, Decimal] | None = None,
) -> dict[str, Any]:
    """Write what a card is made from as a document that :func:`score_document` scores to the same card, anywhere."""
    document: dict[str, Any] = {"scheme": scheme_as_data(scheme), "kpis": [_kpi_written(kpi) for kpi in kpis]}
    made = [_adjusted_written(adjusted) for adjusted in adjustments]
    points = {code: format(number, "f") for code, number in (given or {}).items()}
    return document | ({"adjustments": made} if made else {}) | ({"given": points} if points else {})


def _kpi_written(kpi: MeasuredKpi) -> dict[str, Any]:
    counts = kpi.standing is Status.REPORTED and kpi.result is not None
    stated = None if kpi.status is None else str(kpi.status)
    written = {
        "code": kpi.code,
        "weight": _written(kpi.weight),
        "criteria": None if kpi.criteria is None else criteria_as_data(kpi.criteria),
        "result": _written(kpi.result) if counts else None,
        "status": None if counts or stated == Status.REPORTED else stated,
        "months": kpi.months,
        "parent": kpi.parent or None,
        "overridden": _written(kpi.overridden),
        "because": kpi.because or None,
    }
    return {name: value for name, value in written.items() if value is not None}


def _adjusted_written(adjusted: Adjusted) -> dict[str, Any]:
    written = {"rule": adjusted.rule, "kpi": adjusted.kpi, "count": adjusted.count, "because": adjusted.because or None}
    return {name: value for name, value in written.items() if value is not None}


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


def _told_in_full(card: ScoreCard, scheme: Scheme) -> dict[str, Any]:
    band = None if card.final is None else scheme.band_of(card.final)
    answer = _told(card) | {
        "kpis": [_kpi(kpi) for kpi in card.kpis],
        "subtotal": _written(card.subtotal),
        "adjustments": [_adjustment(made) for made in card.adjustments],
        "total_weight": _written(card.total_weight),
        "counted_weight": _written(card.counted_weight),
        "awaited_weight": _written(card.awaited_weight),
        "provisional": card.provisional,
        "band": None if band is None else band.code,
    }
    if card.composition is not None:
        parts = {part.code: _written(part.worth) for part in card.composition.parts}
        answer |= {"parts": parts, "final": _written(card.final)}
    return answer


def _kpi(kpi: ScoredKpi) -> dict[str, Any]:
    told: dict[str, Any] = {"code": kpi.code, "score": _written(kpi.score), "weighted": _written(kpi.weighted)}
    told |= {"status": str(kpi.status), "calculated": _written(kpi.calculated)}
    if kpi.overridden is not None:
        told["overridden"] = _written(kpi.overridden)
    if kpi.parent:
        told["parent"] = kpi.parent
    if kpi.adjustments:
        told["adjustments"] = [_adjustment(made) for made in kpi.adjustments]
    return told


def _adjustment(made: Adjustment) -> dict[str, Any]:
    return {"rule": made.rule, "count": made.count, "points": _written(made.points), "limited": made.limited}


def _written(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")
