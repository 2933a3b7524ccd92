"""Criteria of a round: what a KPI asks for until then, where that is not what the year asks for."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.kpis import permissions
from raprong.kpis.criteria_checks import faults_of_criteria
from raprong.kpis.locks import locked_kpi
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.kpis.trail import changes, check_reason, tell, told
from raprong.lib.scoring.criteria import Choice, Criteria, Milestones, criteria_as_data
from raprong.lib.scoring.scheme import scheme_from_data
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
        _check(found, kpi, months, criteria)

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


def _check(found: FaultList, kpi: KpiYear, months: int, criteria: Criteria | None) -> None:
    year = criteria_of(kpi)
    if months not in kpi.run.definition.reporting.rounds:
        found.add("", _("Choose a round of this year."))
    if criteria is None:
        return
    if isinstance(year, Milestones):
        found.add("", _("Milestones of each round are part of the year's criteria. Revise those."))
        return
    if criteria.kind != year.kind:
        found.add("criteria_kind", _("A round is judged by criteria of the same kind as the year."))
        return
    if isinstance(criteria, Choice) and isinstance(year, Choice) and len(criteria.options) != len(year.options):
        words = {"count": len(year.options)}
        found.add(
            "options", _("Give %(count)s answers, as the year has: what is reported is the number of one.") % words
        )
    for place, sentence in faults_of_criteria(criteria, scheme_from_data(kpi.framework.scheme)):
        found.add(place, sentence)
