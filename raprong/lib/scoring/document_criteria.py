"""Criteria and results as a document writes them, every fault at its place."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

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
from raprong.lib.scoring.criteria_faults import criteria_faults
from raprong.lib.scoring.document_faults import Faults, clipped, is_list
from raprong.lib.scoring.ladder import Rung, ladder_faults
from raprong.lib.scoring.steps import consecutive_steps
from raprong.lib.thai.digits import to_arabic_digits

_OLD_KINDS = (Kind.LADDER, Kind.STEPS)
_ONE_OR_NOUGHT = re.compile(r"[01]\.0*", re.ASCII)  # as a column of decimals writes yes and no
_YES, _NO = {"yes", "true", "ใช่", "1"}, {"no", "false", "ไม่ใช่", "0"}
_PLACES = (
    (re.compile(r"round_(\d+)_.*"), r"rounds"),
    (re.compile(r"plan_(\d+)"), r"plans.\1"),
    (re.compile(r"level_.*"), r"levels"),
)
_NUMBERED = re.compile(r"(band|option)_(\d+)_(.+)")

# Keys of each kind, beside `kind` itself.
KEYS: dict[Kind, tuple[str, ...]] = {
    Kind.LADDER: ("levels",),
    Kind.STEPS: ("levels", "fractions"),
    Kind.BANDS: ("bands",),
    Kind.YES_NO: ("yes", "no"),
    Kind.CHOICE: ("options",),
    Kind.MILESTONES: ("rounds",),
    Kind.DEVIATION: ("plan", "levels", "side", "plans"),
}


def read_criteria(path: str, written: Any, faults: Faults) -> Criteria | None:
    """Criteria of any kind, as ``criteria_as_data`` writes them; numbers may be strings or numbers."""
    if not isinstance(written, Mapping):
        faults.add(path, 'Criteria are an object with a `kind`, for example {"kind": "yes_no", "yes": 5, "no": 1}.')
        return None
    kind = _kind(f"{path}.kind", written.get("kind"), faults)
    if kind is None:
        return None
    for name in written:
        if name not in ("kind", *KEYS[kind]):
            faults.add(f"{path}.{name}", f"Criteria of the kind {kind} have no `{name}`. Take it out.")
    before = len(faults.found)
    criteria = _READERS[kind](path, written, faults)
    if len(faults.found) > before:
        return None
    for fault in criteria_faults(criteria):
        faults.add(f"{path}.{_place(fault.path)}", fault.sentence)
    return criteria if len(faults.found) == before else None


def read_old_kind(path: str, written: Any, faults: Faults) -> Kind:
    """The ``kind`` of the first format, beside the KPI's other keys: one of two, a ladder without it."""
    if written in (None, *_OLD_KINDS):
        return Kind(written or Kind.LADDER)
    faults.add(path, f"The kind is {Kind.LADDER} or {Kind.STEPS}, not {written!r}.")
    return Kind.LADDER


def read_old_criteria(path: str, written: Any, kind: Kind, faults: Faults) -> Criteria:
    """The criteria of the first format: ``levels`` beside the KPI's other keys."""
    rungs = read_levels(path, written, faults, check=True)
    return Steps(rungs) if kind is Kind.STEPS else Ladder(rungs)


def read_levels(path: str, written: Any, faults: Faults, *, check: bool = False) -> tuple[Rung, ...]:
    """Pairs of level and value in any order, sorted by level."""
    if not is_list(written) or not all(is_list(pair) and len(pair) == 2 for pair in written):
        faults.add(path, 'Give the levels as pairs of level and value, for example [[1, "20"], [5, "100"]].')
        return ()
    pairs = [
        (faults.number(f"{path}[{i}][0]", level), faults.number(f"{path}[{i}][1]", at))
        for i, (level, at) in enumerate(written)
    ]
    rungs = [Rung(at, level) for level, at in pairs if level is not None and at is not None]
    if len(rungs) < len(pairs):
        return ()
    rungs.sort(key=lambda rung: rung.score)
    if check:
        for fault in ladder_faults(rungs):
            faults.add(path, fault.sentence)
    return tuple(rungs)


def read_result(path: str, written: Any, criteria: Criteria | None, faults: Faults) -> Decimal | None:
    """A result by the kind of its criteria.

    Yes and no may be written as words or as true and false, a choice as its number or its title, and steps as a count
    or as the list of the steps done, of which those count that have no gap before them.
    """
    match criteria:
        case YesNo():
            return _yes_or_no(path, written, faults)
        case Choice(options):
            return _option(path, written, options, faults)
        case Steps() | Milestones() if is_list(written):
            done = [faults.number(f"{path}[{i}]", step) for i, step in enumerate(written)]
            return Decimal(consecutive_steps({int(step) for step in done if step is not None and not step % 1}))
        case _:
            return _figure(path, written, criteria, faults)


def _figure(path: str, written: Any, criteria: Criteria | None, faults: Faults) -> Decimal | None:
    result = faults.number(path, written)
    whole = isinstance(criteria, Milestones) or (isinstance(criteria, Steps) and not criteria.fractions)
    if whole and result is not None and result % 1:
        faults.add(path, f"A result in steps is a whole number of steps done, not {result:f}.")
    return result


def _yes_or_no(path: str, written: Any, faults: Faults) -> Decimal | None:
    said = to_arabic_digits(str(written)).strip().lower()
    if said in _YES | _NO:
        return Decimal(said in _YES)
    if _ONE_OR_NOUGHT.fullmatch(said):
        return Decimal(said[0])
    faults.add(path, f"Answer yes or no, not {clipped(str(written))}.")
    return None


def _option(path: str, written: Any, options: tuple[Option, ...], faults: Faults) -> Decimal | None:
    titles = [option.title for option in options]
    if written in titles:
        return Decimal(titles.index(written) + 1)
    chosen = faults.number(path, written)
    if chosen is not None and (chosen % 1 or not 1 <= chosen <= len(options)):
        faults.add(path, f"There is no option {chosen:f}: choose 1 to {len(options)}.")
    return chosen


def _kind(path: str, written: Any, faults: Faults) -> Kind | None:
    if isinstance(written, str) and written in list(Kind):
        return Kind(written)
    faults.add(path, f"The kind is one of {', '.join(Kind)}, not {clipped(repr(written))}.")
    return None


def _ladder(path: str, data: Mapping[str, Any], faults: Faults) -> Criteria:
    return Ladder(read_levels(f"{path}.levels", data.get("levels"), faults))


def _steps(path: str, data: Mapping[str, Any], faults: Faults) -> Criteria:
    fractions = data.get("fractions", False)
    if not isinstance(fractions, bool):
        faults.add(f"{path}.fractions", "Write true where a part of a step counts, else false.")
    return Steps(read_levels(f"{path}.levels", data.get("levels"), faults), bool(fractions))


def _bands(path: str, data: Mapping[str, Any], faults: Faults) -> Criteria:
    place = f"{path}.bands"
    entries = _objects(place, data.get("bands"), "a `score`, and `from` and `to` (null: open)", faults)
    ranges = [
        Range(
            faults.number(f"{place}[{i}].score", band.get("score")) or Decimal(0),
            _end(f"{place}[{i}].from", band.get("from"), faults),
            _end(f"{place}[{i}].to", band.get("to"), faults),
        )
        for i, band in enumerate(entries)
    ]
    return Bands(tuple(ranges))


def _end(path: str, written: Any, faults: Faults) -> Decimal | None:
    return None if written is None else faults.number(path, written)


def _yes_no(path: str, data: Mapping[str, Any], faults: Faults) -> Criteria:
    yes, no = (faults.number(f"{path}.{name}", data.get(name)) for name in ("yes", "no"))
    return YesNo(yes or Decimal(0), no or Decimal(0))


def _choice(path: str, data: Mapping[str, Any], faults: Faults) -> Criteria:
    place = f"{path}.options"
    entries = _objects(place, data.get("options"), "a `score` and a `title`", faults)
    options = [
        Option(
            faults.number(f"{place}[{i}].score", option.get("score")) or Decimal(0),
            faults.text(f"{place}[{i}].title", option.get("title")),
        )
        for i, option in enumerate(entries)
    ]
    return Choice(tuple(options))


def _milestones(path: str, data: Mapping[str, Any], faults: Faults) -> Criteria:
    place = f"{path}.rounds"
    entries = _objects(place, data.get("rounds"), "`months` and `levels`", faults)
    rounds = [
        (
            faults.months(f"{place}[{i}].months", entry.get("months")) or 0,
            read_levels(f"{place}[{i}].levels", entry.get("levels"), faults),
        )
        for i, entry in enumerate(entries)
    ]
    return Milestones(tuple(sorted(rounds, key=lambda ends: ends[0])))


def _deviation(path: str, data: Mapping[str, Any], faults: Faults) -> Criteria:
    side = data.get("side", Side.BOTH)
    if not isinstance(side, str) or side not in list(Side):
        faults.add(f"{path}.side", f"The side is one of {', '.join(Side)}, not {clipped(repr(side))}.")
        side = Side.BOTH
    plan = faults.number(f"{path}.plan", data.get("plan")) or Decimal(0)
    return Deviation(
        plan, read_levels(f"{path}.levels", data.get("levels"), faults), Side(side), _plans(path, data, faults)
    )


def _plans(path: str, data: Mapping[str, Any], faults: Faults) -> tuple[tuple[int, Decimal], ...]:
    written = data.get("plans", {})
    if not isinstance(written, Mapping):
        faults.add(f"{path}.plans", 'Give the plans of rounds by months, for example {"6": "50"}.')
        return ()
    read = [
        (
            faults.months(f"{path}.plans.{months}", months),
            faults.number(f"{path}.plans.{months}", plan),
        )
        for months, plan in written.items()
    ]
    return tuple((months, plan) for months, plan in read if months is not None and plan is not None)


def _objects(path: str, written: Any, what: str, faults: Faults) -> list[Mapping[str, Any]]:
    if not is_list(written) or not all(isinstance(entry, Mapping) for entry in written):
        faults.add(path, f"Give a list of objects, each with {what}.")
        return []
    return list(written)


def _place(form_field: str) -> str:
    """Where a fault stands in a document that a form would show at one of its fields."""
    if found := _NUMBERED.fullmatch(form_field):
        name, number, rest = found.groups()
        return f"{name}s[{int(number) - 1}].{rest}"
    for pattern, place in _PLACES:
        if pattern.fullmatch(form_field):
            return pattern.sub(place, form_field)
    return form_field


_READERS: dict[Kind, Callable[[str, Mapping[str, Any], Faults], Criteria]] = {
    Kind.LADDER: _ladder,
    Kind.STEPS: _steps,
    Kind.BANDS: _bands,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.MILESTONES: _milestones,
    Kind.DEVIATION: _deviation,
}
