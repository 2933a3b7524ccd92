"""Addenda: what an agreement in force says otherwise from a day on. The agreement itself stays as it was signed.

An addendum is drafted for a reason, changes targets, weights, levels or parties, and is signed like the agreement. One
to a group's or a person's agreement says what the unit's KPIs and the cascade say by then: it changes no KPI itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.agreements import permissions
from raprong.agreements.addenda_reading import amendments_of
from raprong.agreements.enums import Side, State, Tier
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.parties import NamedParty
from raprong.agreements.queries import last_in_force, newest_beneath, parties_of
from raprong.agreements.tiers import is_overtaken, parties_of_person
from raprong.agreements.writing import locked, save_next_version, write_down, write_parties
from raprong.core.clock import day_of
from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.kpis.amendments import Amendment, amend, check_amendments
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of, scheme_of, selected_kpis
from raprong.lib.scoring.criteria import Criteria, criteria_as_data
from raprong.notifications.actions import tell
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run

LONGEST_REASON = 2_000


@dataclass(frozen=True)
class KpiChange:
    """What one KPI asks for from the addendum's day on; None leaves it as it is."""

    kpi: KpiYear
    target: Decimal | None = None
    weight: Decimal | None = None
    criteria: Criteria | None = None


@transaction.atomic
def draft_addendum(
    agreement: Agreement,
    *,
    because: str,
    effective_on: date,
    by: Person,
    at: datetime,
    group: Unit | None = None,
) -> Agreement:
    """Draft an addendum to an agreement, numbered, with the parties and the way of signing of what is in force.

    `group` is where a person works now, if that is another one: then the addendum is with the head of that group.

    Refused without an agreement in force, while another addendum is open, and after the year has ended.
    """
    agreement = locked(agreement)
    permissions.check_may_draft_addendum(by, agreement, at=at)
    with all_at_once() as faults:
        check_terms(faults, agreement.run, because, effective_on, today=day_of(at))

    base = last_in_force(agreement)
    assert base is not None
    addendum = Agreement.objects.create(
        run=base.run,
        tier=base.tier,
        group=group or base.group,
        person=base.person,
        shares=base.shares,
        number=base.number + 1,
        way=base.way,
        because=because.strip(),
        effective_on=effective_on,
        drafted_at=at,
        drafted_by=by,
    )
    moved = addendum.tier == Tier.PERSON and addendum.group_id != base.group_id
    parties = parties_of_person(addendum, on=day_of(at)) if moved else map(_as_named, parties_of(base))
    write_parties(addendum, list(parties))

    write_down("agreement.addendum_drafted", addendum, by=by, at=at, because=addendum.because, number=addendum.number)
    return addendum


@transaction.atomic
def set_terms(
    addendum: Agreement, *, because: str, effective_on: date, seen: int | None, by: Person, at: datetime
) -> Agreement:
    """Say anew why the agreement is changed, and from which day."""
    addendum = locked(addendum)
    permissions.check_may_change(by, addendum, at=at)
    check_fresh(addendum, seen)
    with all_at_once() as faults:
        check_terms(faults, addendum.run, because, effective_on, today=day_of(at))

    addendum.because, addendum.effective_on = because.strip(), effective_on
    save_next_version(addendum, "because", "effective_on")

    write_down("agreement.addendum_changed", addendum, by=by, at=at, because=addendum.because)
    return addendum


@transaction.atomic
def set_changes(
    addendum: Agreement, changes: Sequence[KpiChange], *, seen: int | None, by: Person, at: datetime
) -> Agreement:
    """Say what the KPIs ask for from the addendum's day on. What is as it was is left out. All faults at once."""
    addendum = locked(addendum)
    permissions.check_may_change(by, addendum, at=at)
    check_fresh(addendum, seen)
    with all_at_once() as faults:
        check_amendments(faults, [_amendment(change) for change in changes], scheme_of(addendum.run))

    addendum.changes = [written for change in changes if (written := _written(change)) is not None]
    save_next_version(addendum, "changes")

    write_down("agreement.addendum_changed", addendum, by=by, at=at, changes=addendum.changes)
    return addendum


def check_terms(faults: FaultList, run: Run, because: str, effective_on: date, *, today: date) -> None:
    """A reason, and a day of the year that has not passed."""
    if not because.strip():
        faults.add("because", _("Say why the agreement is changed."))
    if len(because) > LONGEST_REASON:
        faults.add("because", _("Use at most %(longest)s letters.") % {"longest": LONGEST_REASON})
    if effective_on < today:
        faults.add("effective_on", _("This day has passed. Choose today or a later day."))
    if effective_on > run.year.ends_on:
        faults.add("effective_on", _("This day lies after the end of the fiscal year."))


def apply(addendum: Agreement, *, at: datetime) -> bool:
    """Let the KPIs ask for what a signed addendum says, on its day or as soon as it is signed. Twice does nothing.

    Those of groups and people follow the unit's KPIs, and have nothing to apply.
    """
    due = addendum.effective_on is not None and addendum.effective_on <= day_of(at)
    if addendum.tier != Tier.UNIT or addendum.state != State.IN_FORCE or addendum.applied_at is not None or not due:
        return False
    assert addendum.effective_on is not None
    by = addendum.drafted_by
    amend(
        addendum.run,
        amendments_of(addendum),
        because=addendum.because,
        effective_on=addendum.effective_on,
        by=by,
        at=at,
    )
    addendum.applied_at = at
    addendum.save(update_fields=["applied_at"])
    write_down("agreement.addendum_applied", addendum, by=by, at=at)
    _tell_beneath(addendum, at=at)
    return True


def _tell_beneath(addendum: Agreement, *, at: datetime) -> None:
    """Groups and people whose agreement reads otherwise by now hear of it: they need an addendum of their own."""
    selected = list(selected_kpis(addendum.run))
    for agreement in newest_beneath(addendum.run).values():
        if is_overtaken(agreement, selected):
            people = {party.person for party in parties_of(agreement)} | {agreement.drafted_by}
            tell(people, "agreement.overtaken", about=agreement, at=at, agreement=str(agreement))


def apply_due(at: datetime) -> int:
    """Apply every signed addendum whose day has come; answers how many."""
    waiting = Agreement.objects.of_units().filter(
        number__gt=0, state=State.IN_FORCE, applied_at__isnull=True, effective_on__lte=day_of(at)
    )
    return sum(_apply_locked(addendum, at) for addendum in waiting.order_by("effective_on", "number"))


@transaction.atomic
def _apply_locked(addendum: Agreement, at: datetime) -> bool:
    return apply(locked(addendum), at=at)


def _amendment(change: KpiChange) -> Amendment:
    kpi = change.kpi
    return Amendment(
        kpi=kpi,
        target=kpi.target if change.target is None else change.target,
        weight=kpi.weight if change.weight is None else change.weight,
        criteria=criteria_of(kpi) if change.criteria is None else change.criteria,
    )


def _written(change: KpiChange) -> dict[str, Any] | None:
    """A change with both sides as plain values; None where nothing is changed."""
    kpi, wanted = change.kpi, _amendment(change)
    before = _values(kpi.target, kpi.weight, criteria_of(kpi))
    after = _values(wanted.target, wanted.weight, wanted.criteria)
    return None if before == after else {"kpi": kpi.public_id, "before": before, "after": after}


def _values(target: Decimal | None, weight: Decimal | None, criteria: Criteria) -> dict[str, Any]:
    return {
        "target": None if target is None else format(target.normalize(), "f"),
        "weight": None if weight is None else f"{weight:.2f}",
        "criteria": criteria_as_data(criteria),
    }


def _as_named(party: AgreementParty) -> NamedParty:
    return NamedParty(Side(party.side), party.person, party.post, party.acting, party.turn or None)
