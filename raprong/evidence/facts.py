"""What somebody says of a piece of evidence, and what it is to prove."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from raprong.evidence.models import EVERY_ROUND, WHOLE_KPI, Evidence
from raprong.kpis.models import KpiYear


@dataclass(frozen=True)
class Facts:
    """The title, the code of a type, the period that it covers, who collected it, a note."""

    title: str = ""
    kind: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    collector: str = ""
    note: str = ""

    @classmethod
    def of(cls, evidence: Evidence) -> Facts:
        return cls(**{name: getattr(evidence, name) for name in cls.__dataclass_fields__})

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Proves:
    """A KPI, the step or level of it (0: the whole), and the months of the round (0: every one)."""

    kpi: KpiYear
    months: int = EVERY_ROUND
    step: int = WHOLE_KPI
