"""What an addendum to the year's agreement changes in its KPIs: targets, weights, the levels of the criteria.

A round that had ended before the addendum took effect is still judged by the criteria that held then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from raprong.core.faults import FaultList
from raprong.kpis.criteria_checks import faults_of_criteria, figure_fault, target_fault
from raprong.kpis.locks import locked_framework
from raprong.kpis.models import KpiYear
from raprong.kpis.proposals import weight_fault
from raprong.kpis.queries import criteria_of, selected_kpis
from raprong.kpis.trail import changes, tell, told
from raprong.lib.scoring.criteria import Criteria, Milestones, criteria_as_data
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.scoring.scheme import Scheme
from raprong.organisation.models import Person
from raprong.processes.models import Run

AMENDED = ("target", "weight", "criteria", "round_criteria")


@dataclass(frozen=True)
class Amendment:
    """What one selected KPI asks from a day on. What is not given stays as it is."""

    kpi: KpiYear
    target: Decimal | None
    weight: Decimal | None
    criteria: Criteria


def check_amendments(found: FaultList, amendments: Iterable[Amendment], scheme: Scheme) -> None:
    """Faults of each, at `target_<id>`, `weight_<id>` or `criteria_<id>`."""
    for amendment in amendments:
        where = amendment.kpi.public_id
        if amendment.target is not None:
            wrong = figure_fault(amendment.target) or target_fault(amendment.criteria, amendment.target)
            if wrong:
                found.add(f"target_{where}", wrong)
        if amendment.weight is not None and (wrong := weight_fault(amendment.weight, scheme)):
            found.add(f"weight_{where}", wrong)
        for _place, sentence in faults_of_criteria(amendment.criteria, scheme):
            found.add(f"criteria_{where}", sentence)


def weight_after(run: Run, amendments: Sequence[Amendment]) -> Decimal:
    """What the weights of the year add up to with these amendments."""
    amended = {amendment.kpi.pk: amendment.weight for amendment in amendments}
    tops = [kpi for kpi in selected_kpis(run) if kpi.parent_id is None]
    return sum_exactly(amended.get(kpi.pk, kpi.weight) or Decimal(0) for kpi in tops)


@transaction.atomic
def amend(
    run: Run, amendments: Sequence[Amendment], *, because: str, effective_on: date, by: Person, at: datetime
) -> None:
    """Let KPIs ask for what a signed addendum says. The rounds that ended before `effective_on` keep their criteria.

    Whoever calls this has asked for the rights: the parties to the agreement have signed.
    """
    framework = locked_framework(run)
    wanted = {amendment.kpi.pk: amendment for amendment in amendments}
    for kpi in framework.kpis.select_for_update(of=("self",)).with_people().filter(pk__in=wanted):
        _amend(kpi, wanted[kpi.pk], _rounds_ended(run, effective_on), because=because, by=by, at=at)


def _amend(kpi: KpiYear, amendment: Amendment, ended: Sequence[int], *, because: str, by: Person, at: datetime) -> None:
    before = told(kpi, AMENDED)
    held = criteria_of(kpi)
    if amendment.criteria != held and not isinstance(held, Milestones):
        kept = {str(months): criteria_as_data(held) for months in ended}
        kpi.round_criteria = kept | kpi.round_criteria
    kpi.criteria = criteria_as_data(amendment.criteria)
    kpi.target = kpi.target if amendment.target is None else amendment.target
    kpi.weight = kpi.weight if amendment.weight is None else amendment.weight
    changed = changes(before, told(kpi, AMENDED))
    if changed:
        kpi.version += 1
        kpi.save(update_fields=[*AMENDED, "version"])
        tell("kpi.amended", kpi, kpi.run, by, at, changed=changed, because=because)


def _rounds_ended(run: Run, day: date) -> list[int]:
    """The rounds, in months, that had ended before a day; the last one sums the year up and is judged by all of it."""
    reporting = run.definition.reporting
    return [
        months for months in reporting.rounds if months != reporting.last_round and run.year.round_ends_on(months) < day
    ]
