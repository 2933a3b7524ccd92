"""Levels, and an SOP that asks for no order among the works of KPIs."""

from decimal import Decimal
from typing import Any

from raprong.lib.scoring.criteria import Ladder, Steps
from raprong.lib.scoring.ladder import Rung

ORDERLESS_SOP: dict[str, Any] = {
    "code": "ORDERLESS",
    "title": "ไม่กำหนดลำดับ",
    "title_en": "No order",
    "agency": {"th": "กรม", "en": "Department"},
    "office": {"th": "กอง", "en": "Office"},
    "document": {"status": "ตัวอย่าง", "source": "แต่งขึ้นสำหรับการทดสอบ"},
    "source": "แต่งขึ้นสำหรับการทดสอบ",
    "parties": [
        {"code": "planning", "kind": "group", "title": "กลุ่มแผนงาน", "title_en": "Planning", "role": "planning_officer",
         "source": "-"},
    ],
    "steps": [
        {"code": "all", "number": 1, "title": "ทั้งหมด", "title_en": "All", "done_by": ["planning"],
         "work": ["agreements.drafted"], "source": "-"},
    ],
    "reporting": {"text": "-", "monthly": True, "rounds": [6, 12], "source": "-"},
    "agreement": {"receiver": "planning", "maker": "planning", "source": "-"},
}  # fmt: skip


def ladder(*figures: object) -> Ladder:
    """Levels from 1 on with these figures; None leaves a level out."""
    return Ladder(_rungs(figures))


def steps(*counts: object) -> Steps:
    """Levels from 1 on that ask for so many steps."""
    return Steps(_rungs(counts))


def _rungs(figures: tuple[object, ...]) -> tuple[Rung, ...]:
    return tuple(Rung(Decimal(str(at)), Decimal(level)) for level, at in enumerate(figures, start=1) if at is not None)
