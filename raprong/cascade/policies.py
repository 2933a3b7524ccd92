from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.cascade.models import Commitment
from raprong.core.clock import day_of
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.organisation.queries import unit_of
from raprong.processes.policies import check_work_is_open

ASSIGNED = "cascade.assigned"  # the works an SOP names for handing KPIs on
ACKNOWLEDGED = "cascade.everyone_acknowledged"


def check_can_assign(kpi: KpiYear, *, at: datetime) -> None:
    """A selected KPI, while the SOP's step is open."""
    if kpi.state != KpiState.SELECTED:
        raise Refused(_("%(kpi)s is not a KPI of this year's agreement.") % {"kpi": kpi})
    check_work_is_open(kpi.run, ASSIGNED, at=at, piece=kpi.group)


def check_can_take_on(kpi: KpiYear, person: Person, *, at: datetime) -> None:
    """Somebody who works in the unit, and has not taken this KPI on yet."""
    unit = unit_of(person, on=day_of(at))
    if unit is None or unit.office.pk != kpi.run.unit_id:
        raise Refused(_("%(person)s does not work in %(unit)s.") % {"person": person, "unit": kpi.run.unit})
    if Commitment.objects.filter(kpi=kpi, person=person).exists():
        raise Refused(_("%(person)s has already been given this KPI.") % {"person": person})


def check_can_release(commitment: Commitment, *, at: datetime) -> None:
    """What its owner has acknowledged stays."""
    if commitment.acknowledged_at is not None:
        raise Refused(_("%(person)s has acknowledged this KPI already.") % {"person": commitment.person})
    check_work_is_open(commitment.kpi.run, ASSIGNED, at=at, piece=commitment.kpi.group)


def check_can_acknowledge(commitment: Commitment, *, at: datetime) -> None:
    """Once, in the SOP's own order: not before the step is open."""
    if commitment.acknowledged_at is not None:
        raise Refused(_("You have already acknowledged this KPI."))
    check_work_is_open(commitment.kpi.run, ACKNOWLEDGED, at=at, piece=commitment.kpi.group)
