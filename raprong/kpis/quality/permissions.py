"""Who may give a reason for a warning."""

from datetime import datetime

from raprong.access.permissions import check_holds
from raprong.access.queries import holds
from raprong.core.clock import day_of
from raprong.kpis.models import KpiYear
from raprong.kpis.quality import policies
from raprong.organisation.models import Person


def check_may_give_reason(person: Person, kpi: KpiYear, *, at: datetime) -> None:
    """Those who propose for its group, and those who select."""
    if not holds(person, "kpis.propose", kpi.group, on=day_of(at)):
        check_holds(person, "kpis.select", kpi.run.unit, on=day_of(at))
    policies.check_can_give_reason(kpi, at=at)
