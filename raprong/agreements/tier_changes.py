"""What a group's or a person's addendum changes: what was agreed last beside what it says now, KPI by KPI.

Words on papers are Thai in every language of the pages.
"""

from collections.abc import Iterator, Sequence

from raprong.documents.addendum.shape import Change
from raprong.documents.agreement.shape import AgreedKpi
from raprong.documents.parts import FIVE, Levels

WHOLE = "ตัวชี้วัด"
LEFT_OUT = "ตัดออกจากคำรับรอง"


def changes_between(before: Sequence[AgreedKpi], after: Sequence[AgreedKpi]) -> Iterator[Change]:
    """Every KPI that comes in, reads otherwise or goes; those that go stand last."""
    held, now = {kpi.code: kpi for kpi in before}, {kpi.code for kpi in after}
    for kpi in after:
        if kpi.code in held:
            yield from _within(held[kpi.code], kpi)
        else:
            yield Change(_about(kpi), WHOLE, "", _in_short(kpi))
    for kpi in before:
        if kpi.code not in now:
            yield Change(_about(kpi), WHOLE, _in_short(kpi), LEFT_OUT)


def _within(old: AgreedKpi, new: AgreedKpi) -> Iterator[Change]:
    before, after = _read(old), _read(new)
    for what in before:
        if before[what] != after[what]:
            yield Change(_about(new), what, before[what], after[what])


def _read(kpi: AgreedKpi) -> dict[str, str]:
    return {
        "ชื่อตัวชี้วัด": kpi.name,
        "ค่าเป้าหมาย": kpi.target,
        "น้ำหนัก": f"{kpi.weight:.2f}",
        "เกณฑ์การให้คะแนน": _levels(kpi.levels),
        "งานที่รับผิดชอบ": kpi.duty,
    }


def _in_short(kpi: AgreedKpi) -> str:
    lines = (f"น้ำหนัก {kpi.weight:.2f}", f"ค่าเป้าหมาย {kpi.target}" if kpi.target else "", kpi.duty)
    return "\n".join(filter(None, lines))


def _levels(levels: Levels) -> str:
    asked = (levels.one, levels.two, levels.three, levels.four, levels.five, *levels.more)
    lines = [f"{score}: {text}" for score, text in zip(levels.scores or FIVE, asked, strict=False) if text]
    return "\n".join(filter(None, (*lines, levels.note)))


def _about(kpi: AgreedKpi) -> str:
    return f"ตัวชี้วัดที่ {kpi.code} {kpi.name}"
