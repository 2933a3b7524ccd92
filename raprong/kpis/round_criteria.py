"""Criteria of a round: what a KPI asks for until then, where that is not what the year asks for."""

from datetime import datetime

from django.db import transaction

from raprong.core.faults import all_at_once
from raprong.core.freshness import check_fresh
from raprong.kpis import permissions
from raprong.kpis.criteria_checks import faults_of_round
from raprong.kpis.locks import locked_kpi
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.kpis.trail import changes, check_reason, tell, told
from raprong.lib.scoring.criteria import Criteria, criteria_as_data
from raprong.organisation.models import Person


@transaction.atomic
def set_round_criteria(
    kpi: KpiYear,
    months: int,
    criteria: Criteria | None,
    *,
    seen: int | None,
    because: str = "",
    by: Person,
    at: datetime,
) -> KpiYear:
    """Give a round of a KPI criteria of its own, or with None let it ask for what the year asks for again.

    They are of the kind that the year's criteria are, because one figure is reported for both. For those who may
    revise the KPI; a selected one needs a reason. What changed nothing is not written down.
    """
    kpi = locked_kpi(kpi)
    permissions.check_may_revise(by, kpi, at=at)
    check_fresh(kpi, seen)
    with all_at_once() as found:
        for place, sentence in faults_of_round(kpi.framework, criteria_of(kpi), months, criteria):
            found.add(place, sentence)

    before = told(kpi, ["round_criteria"])
    others = {name: stored for name, stored in kpi.round_criteria.items() if name != str(months)}
    own = {} if criteria is None else {str(months): criteria_as_data(criteria)}
    kpi.round_criteria = dict(sorted((others | own).items(), key=lambda held: int(held[0])))
    changed = changes(before, told(kpi, ["round_criteria"]))
    if not changed:
        return kpi
    check_reason(kpi, changed, because)
    kpi.version += 1
    kpi.save(update_fields=["round_criteria", "version"])

    tell("kpi.revised", kpi, kpi.run, by, at, changed=changed, because=because)
    return kpi
