from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from raprong.access.permissions import check_holds
from raprong.access.queries import holds, units_where
from raprong.core.clock import day_of
from raprong.evidence import policies
from raprong.evidence.facts import Proves
from raprong.evidence.models import Credit, Evidence
from raprong.organisation.models import Person, Unit

READ, WRITE, REPORT = "assessments.read", "assessments.write", "results.report"


def units_to_read(person: Person, *, at: datetime) -> QuerySet[Unit]:
    """The units whose reports, and so whose evidence, a person reads."""
    return units_where(person, READ, on=day_of(at))


def check_writes_for(person: Person, group: Unit, *, at: datetime) -> None:
    """Those who write the group's report or report its figures."""
    if not holds(person, REPORT, group, on=day_of(at)):
        check_holds(person, WRITE, group, on=day_of(at))


def check_may_credit(person: Person, targets: Iterable[Proves], *, at: datetime) -> None:
    """Those who write for the group of each KPI, while the report of the round is not submitted."""
    for target in targets:
        check_writes_for(person, target.kpi.group, at=at)
        policies.check_can_credit(target.kpi, target.months, target.step)


def check_may_withdraw(person: Person, credit: Credit, *, at: datetime) -> None:
    check_writes_for(person, credit.kpi.group, at=at)
    policies.check_can_withdraw(credit)


def check_may_change(person: Person, evidence: Evidence, *, at: datetime) -> None:
    """Those who write for a group whose KPI it proves; where it proves none, those who write for the whole unit."""
    groups = [credit.kpi.group for credit in evidence.credits.standing().select_related("kpi__group__parent")]
    if not any(holds(person, one, group, on=day_of(at)) for group in groups for one in (WRITE, REPORT)):
        check_holds(person, WRITE, groups[0] if groups else evidence.run.unit, on=day_of(at))
    policies.check_can_change(evidence)
