from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.cascade import permissions
from raprong.cascade.models import Commitment
from raprong.cascade.queries import waiting_for
from raprong.core.clock import day_of
from raprong.core.faults import Fault, Faults
from raprong.kpis.models import KpiYear
from raprong.notifications.actions import tell
from raprong.organisation.models import Person
from raprong.organisation.queries import unit_of
from raprong.processes.models import Run

LONGEST_DUTY = 300


@transaction.atomic
def assign(kpi: KpiYear, person: Person, *, duty: str, by: Person, at: datetime) -> Commitment:
    """Give a person of the unit a part of a selected KPI; `duty` says which, in at most 300 letters.

    Refused: a person of another unit, somebody who has the KPI already, a group's head outside the own group. The
    person is told.
    """
    kpi = _locked(kpi)
    permissions.check_may_assign_to(by, kpi, person, at=at)
    _check_duty(duty)

    group = unit_of(person, on=day_of(at))
    assert group is not None, "who may take a KPI on works somewhere"
    commitment = Commitment.objects.create(
        kpi=kpi, group=group, person=person, duty=duty.strip(), assigned_at=at, assigned_by=by
    )

    tell([person], "cascade.assigned", about=commitment, at=at, besides=by, kpi=str(kpi), by=by.name)
    _record("cascade.assigned", commitment, by=by, at=at, duty=commitment.duty)
    return commitment


@transaction.atomic
def release(commitment: Commitment, *, by: Person, at: datetime) -> None:
    """Take a KPI back from a person who has not acknowledged it yet. The person is told."""
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    permissions.check_may_release(by, commitment, at=at)

    _record("cascade.released", commitment, by=by, at=at, duty=commitment.duty)
    kpi = commitment.kpi
    tell([commitment.person], "cascade.released", about=kpi, at=at, besides=by, kpi=str(kpi), by=by.name)
    commitment.delete()


@transaction.atomic
def acknowledge(commitment: Commitment, *, by: Person, at: datetime) -> Commitment:
    """Say that one has read and understood what one answers for. Once, and for oneself alone."""
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    permissions.check_may_acknowledge(by, commitment, at=at)

    commitment.acknowledged_at = at
    commitment.save(update_fields=["acknowledged_at"])

    _record("cascade.acknowledged", commitment, by=by, at=at)
    return commitment


@transaction.atomic
def acknowledge_all(run: Run, *, by: Person, at: datetime) -> list[Commitment]:
    """Acknowledge everything of a run that waits for one: all of it, or nothing."""
    waiting = list(waiting_for(by).filter(kpi__framework__run=run))
    if not waiting:
        raise Refused(_("Nothing waits for you to acknowledge."))
    return [acknowledge(commitment, by=by, at=at) for commitment in waiting]


def _locked(kpi: KpiYear) -> KpiYear:
    """Two people who give the same KPI to the same person come one after the other."""
    return KpiYear.objects.select_for_update(of=("self",)).select_related("group__parent").get(pk=kpi.pk)


def _check_duty(duty: str) -> None:
    if len(duty.strip()) > LONGEST_DUTY:
        raise Faults([Fault("duty", _("Say it in at most %(most)s letters.") % {"most": LONGEST_DUTY})])


def _record(kind: str, commitment: Commitment, *, by: Person, at: datetime, **facts: Any) -> None:
    run = commitment.kpi.run
    facts |= {"kpi": commitment.kpi.code, "person": commitment.person, "group": commitment.group}
    record(kind, about=commitment, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year, **facts)
