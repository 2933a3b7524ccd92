"""What the parts of a scheme must be to each other. Looks at plain data of any shape, so that all is told at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

Loc = tuple[int | str, ...]


@dataclass(frozen=True)
class RuleFault:
    """Why a scheme contradicts itself: the place, and what to do in both languages."""

    loc: Loc
    sentence: str
    sentence_th: str


class SchemeRefused(ValueError):
    """A scheme that contradicts itself; ``faults`` holds every reason."""

    intro = "This scheme contradicts itself:"

    def __init__(self, faults: Sequence[RuleFault]) -> None:
        super().__init__(" ".join([self.intro, *(fault.sentence for fault in faults)]))
        self.faults = tuple(faults)


def rule_faults(data: Any) -> Iterator[RuleFault]:
    """Find what in a scheme contradicts the rest of it; what cannot be read at all is for the shape to refuse."""
    if not isinstance(data, Mapping):
        return
    for name in ("bands", "rules", "parts"):
        yield from _repeated_codes(name, _entries(data, name))
    yield from _bands_in_order(_entries(data, "bands"))
    yield from _levels_of_the_scale(data)
    yield from _rules_that_do_something(_entries(data, "rules"))
    yield from _external_rule_is_there(data)
    yield from _parts_add_up(_entries(data, "parts"))


def _repeated_codes(name: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[RuleFault]:
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        code = entry.get("code")
        if not isinstance(code, str):
            continue
        if code in seen:
            yield RuleFault(
                (name, number, "code"),
                f"Code {code} is used twice. Give each its own.",
                f"รหัส {code} ใช้ซ้ำ ให้กำหนดรหัสไม่ซ้ำกัน",
            )
        seen.add(code)


def _bands_in_order(bands: Sequence[Mapping[str, Any]]) -> Iterator[RuleFault]:
    for number, (earlier, later) in enumerate(pairwise(bands), start=1):
        ends, next_ends = _end(earlier), _end(later)
        if ends is not None and next_ends is not None and not ends < next_ends:
            yield RuleFault(
                ("bands", number),
                f"Band {later.get('code')} does not end after band {earlier.get('code')}. Write the lowest first.",
                f"ช่วง {later.get('code')} ไม่ได้สิ้นสุดหลังช่วง {earlier.get('code')} ให้เรียงจากช่วงต่ำสุด",
            )


def _end(band: Mapping[str, Any]) -> tuple[Decimal, bool] | None:
    """The number a band ends at and whether that number is still inside, in an order that can be compared."""
    below, up_to = _number(band.get("below")), _number(band.get("up_to"))
    if below is not None:
        return (below, False)
    return None if up_to is None else (up_to, True)


def _levels_of_the_scale(data: Mapping[str, Any]) -> Iterator[RuleFault]:
    levels = _entries(data, "levels")
    if not levels:
        return
    if len(levels) < 2:
        yield RuleFault(("levels",), "Give at least two levels, or none.", "ให้กำหนดอย่างน้อยสองระดับ หรือไม่กำหนดเลย")
    scores = [_number(level.get("score")) for level in levels]
    for number, (earlier, later) in enumerate(pairwise(scores), start=1):
        if earlier is not None and later is not None and later <= earlier:
            yield RuleFault(
                ("levels", number, "score"),
                f"Level {later:f} comes after level {earlier:f}. Write each once, the lowest first.",
                f"ระดับ {later:f} อยู่หลังระดับ {earlier:f} ให้เขียนแต่ละระดับครั้งเดียว เรียงจากต่ำไปสูง",
            )
    top, scale_max = scores[-1], _number(data.get("scale_max", 5))
    if top is not None and scale_max is not None and top != scale_max:
        yield RuleFault(
            ("levels", len(levels) - 1, "score"),
            f"The last level is {top:f}, the highest score {scale_max:f}. Give both one number.",
            f"ระดับสุดท้ายคือ {top:f} แต่คะแนนสูงสุดคือ {scale_max:f} ให้ใช้ตัวเลขเดียวกัน",
        )


def _rules_that_do_something(rules: Sequence[Mapping[str, Any]]) -> Iterator[RuleFault]:
    for number, rule in enumerate(rules):
        if _number(rule.get("amount")) == 0:
            yield RuleFault(
                ("rules", number, "amount"),
                "An amount of 0 changes nothing. Give points or per cent, with a minus where they are taken off.",
                "ค่า 0 ไม่เปลี่ยนคะแนน ให้ระบุคะแนนหรือร้อยละ และใส่เครื่องหมายลบเมื่อเป็นการหัก",
            )


def _external_rule_is_there(data: Mapping[str, Any]) -> Iterator[RuleFault]:
    code = data.get("external_rule")
    if code and not any(rule.get("code") == code and rule.get("on") == "kpi" for rule in _entries(data, "rules")):
        yield RuleFault(
            ("external_rule",),
            f"No rule on a KPI has the code {code}. Name one of this scheme's rules on a KPI, or none.",
            f"ไม่มีกฎรายตัวชี้วัดที่ใช้รหัส {code} ให้ระบุกฎรายตัวชี้วัดของเกณฑ์นี้ หรือเว้นว่าง",
        )


def _parts_add_up(parts: Sequence[Mapping[str, Any]]) -> Iterator[RuleFault]:
    if not parts:
        return
    if len(parts) < 2:
        yield RuleFault(("parts",), "Give at least two parts, or none.", "ให้กำหนดอย่างน้อยสองส่วน หรือไม่กำหนดเลย")
    read = [_number(part.get("weight")) for part in parts]
    weights = [weight for weight in read if weight is not None]
    if len(weights) == len(read) and sum(weights) != 100:
        yield RuleFault(
            ("parts",),
            f"The weights of the parts add up to {sum(weights):f}. Make them 100.",
            f"น้ำหนักของทุกส่วนรวมได้ {sum(weights):f} ให้แก้เป็น 100",
        )


def _entries(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    entries = data.get(name)
    if not isinstance(entries, (list, tuple)) or not all(isinstance(entry, Mapping) for entry in entries):
        return []
    return list(entries)


def _number(written: Any) -> Decimal | None:
    if isinstance(written, bool) or not isinstance(written, (int, str, Decimal, float)):
        return None
    try:
        number = Decimal(str(written))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
