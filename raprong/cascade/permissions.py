from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.cascade import policies
from raprong.cascade.models import Commitment
from raprong.core.clock import day_of
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.organisation.queries import unit_of


def check_may_assign(person: Person, kpi: KpiYear, *, at: datetime) -> None:
    """Those who hand on the KPIs of the group: its own head, or those who do it for the whole unit."""
    check_holds(person, "cascade.assign", kpi.group, on=day_of(at))
    policies.check_can_assign(kpi, at=at)


def check_may_assign_to(person: Person, kpi: KpiYear, taker: Person, *, at: datetime) -> None:
    """The same, and the taker works where the person may hand on work: a group's head commits nobody of another."""
    check_may_assign(person, kpi, at=at)
    policies.check_can_take_on(kpi, taker, at=at)
    group = unit_of(taker, on=day_of(at))
    assert group is not None  # or check_can_take_on would have refused
    check_holds(person, "cascade.assign", group, on=day_of(at))


def check_may_release(person: Person, commitment: Commitment, *, at: datetime) -> None:
    check_holds(person, "cascade.assign", commitment.kpi.group, on=day_of(at))
    policies.check_can_release(commitment, at=at)


def check_may_acknowledge(person: Person, commitment: Commitment, *, at: datetime) -> None:
    """Only one's own: nobody understands for another."""
    if commitment.person_id != person.pk:
        raise Refused(_("This is for %(person)s to acknowledge.") % {"person": commitment.person})
    policies.check_can_acknowledge(commitment, at=at)
