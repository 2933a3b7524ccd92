"""Levels, and an SOP that asks for no order among the works of KPIs."""

from decimal import Decimal
from typing import Any

from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.scoring.criteria import Ladder, Steps
from raprong.lib.scoring.ladder import Rung
from raprong.lib.sop.shape import SopDefinition
from raprong.processes.models import Binding, Run, SopEdition
from tests.cast import FISCAL_YEAR, NEW_YEAR

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


def orderless_run(cast: SampleAgency) -> Run:
    """The year of a unit under that SOP, its one party bound to the planning group."""
    definition = SopDefinition.from_json(ORDERLESS_SOP)
    edition = SopEdition.objects.create(
        code=definition.code, edition="1", digest=definition.digest, title=definition.title, content=ORDERLESS_SOP
    )
    run = Run.objects.create(
        unit=cast.office,
        fiscal_year=FISCAL_YEAR,
        sop=edition,
        started_at=NEW_YEAR,
        started_by=cast.people["planner"],
    )
    Binding.objects.create(run=run, party="planning", unit=cast.units["mip-plan"])
    return run


def ladder(*figures: object) -> Ladder:
    """Levels from 1 on with these figures; None leaves a level out."""
    return Ladder(_rungs(figures))


def steps(*counts: object) -> Steps:
    """Levels from 1 on that ask for so many steps."""
    return Steps(_rungs(counts))


def _rungs(figures: tuple[object, ...]) -> tuple[Rung, ...]:
    return tuple(Rung(Decimal(str(at)), Decimal(level)) for level, at in enumerate(figures, start=1) if at is not None)
