"""The card of what is found in one KPI, for the pages of other areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from raprong.access.rules import refusal
from raprong.kpis.models import KpiYear
from raprong.kpis.quality.permissions import check_may_give_reason
from raprong.kpis.quality.queries import findings_of_kpi
from raprong.organisation.models import Person
from raprong.web.quality.presenters import FindingView


@dataclass(frozen=True)
class QualityCard:
    """What is found in a KPI, for one person; `quality/_card.html` shows it."""

    kpi: KpiYear
    findings: list[FindingView]


def quality_card(kpi: KpiYear, person: Person, *, at: datetime) -> QualityCard:
    found = findings_of_kpi(kpi)
    why_not = refusal(check_may_give_reason, person, kpi, at=at) if found else ""
    return QualityCard(kpi, [FindingView(one, why_not) for one in found])
