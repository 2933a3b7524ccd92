"""Taking back a figure that was reported by mistake, such as one typed into the wrong month."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.freshness import check_fresh
from raprong.core.references import reference
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.results import permissions
from raprong.results.actions import LOCKED
from raprong.results.facts import facts_of
from raprong.results.models import MonthlyResult, TakenBack


@transaction.atomic
def take_back(kpi: KpiYear, month: date, *, seen: int | None, by: Person, at: datetime) -> None:
    """Take back what was reported for a month: it counts as not reported again. The trail keeps what stood there.

    Refused: a month that is closed, somebody who does not report for the KPI's group, a figure that somebody saved
    after it was read, and a month without a figure.
    """
    run = kpi.run
    kpi = LOCKED.get(pk=kpi.pk)
    permissions.check_may_report(by, run, [kpi], month, at=at)
    result = MonthlyResult.objects.filter(kpi=kpi, month=month).select_related("kpi").order_by("pk").first()
    if result is None:
        raise Refused(_("Nothing is reported for this month."))
    check_fresh(result, seen)

    before, about = facts_of(result), reference(result)
    TakenBack.objects.create(kpi=kpi, month=month, about=about, taken_back_at=at, taken_back_by=by)
    result.delete()

    record(
        "result.taken_back",
        about=result,
        by=by,
        at=at,
        place=run.unit,
        fiscal_year=run.fiscal_year,
        month=month,
        before=before,
    )
