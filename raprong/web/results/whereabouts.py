"""Which run, groups and months a page of results is about, and what this person may do there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.core.clock import day_of
from raprong.core.references import reference
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import reported_kpis
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from raprong.results import permissions, queries
from raprong.results.models import MonthlyResult
from raprong.results.months import last_day_of
from raprong.web.processes.current import run_of
from raprong.web.results import presenters
from raprong.web.shell.current import now


def readable(request: HttpRequest, run: str) -> tuple[Run, datetime]:
    """The run, for somebody who may read its results, and the moment."""
    at = now()
    found = run_of(request, run)
    permissions.check_may_read(request.person, found, at=at)
    return found, at


def month_or_404(run: Run, code: str) -> date:
    """The month of a run's year with this code, such as 2026-10."""
    for day in run.year.months():
        if f"{day:%Y-%m}" == code:
            return day
    raise Http404


def groups_of(run: Run) -> list[Unit]:
    """The groups that report for a run, in their order."""
    groups = {kpi.group for kpi in reported_kpis(run)}
    return sorted(groups, key=lambda group: (group.order, group.name))


def chosen_group(request: HttpRequest, run: Run, groups: list[Unit], *, at: datetime) -> Unit | None:
    """The group asked for; else one's own, unless one looks after the months of the whole unit."""
    asked = request.GET.get("group")
    if asked is not None or holds(request.person, "results.close", run.unit, on=day_of(at)):
        return next((group for group in groups if group.public_id == asked), None)
    own = request.position.unit if request.position else None
    return own if own in groups else None


def stored_of(run: Run) -> dict[tuple[int, date], MonthlyResult]:
    """Every figure of a run, by the KPI's primary key and the month."""
    return {(result.kpi_id, result.month): result for result in queries.results_of(run)}


def month_views(request: HttpRequest, run: Run, kpis: Iterable[KpiYear], *, at: datetime) -> list[presenters.MonthView]:
    """The months of the year; what is missing in one is counted among these KPIs."""
    today, closed = day_of(at), queries.closed_months(run)
    missing = queries.still_missing(run, run.year.months())
    shown = {kpi.pk for kpi in kpis}
    return [
        presenters.MonthView(
            month=day,
            label=presenters.short_month(day),
            begun=day <= today,
            over=last_day_of(run, day) < today,
            now=day <= today <= last_day_of(run, day),
            closed=closed.get(day),
            closable=not refusal(permissions.check_may_close, request.person, run, day, at=at),
            missing=tuple(kpi.code for kpi in missing.get(day, []) if kpi.pk in shown),
        )
        for day in run.year.months()
    ]


def why_not(refusals: dict[Unit, str], own: list[KpiYear]) -> str:
    """The sentence under the button that is off, where this person can report nothing."""
    return "" if own else next(iter(refusals.values()), _("No KPI has been selected yet."))


def reports_of_months(request: HttpRequest, run: Run, *, on: date) -> dict[date, str]:
    """The deposited reports of closed months that this person may read: month to the record's public id."""
    kept = dict(queries.reports_of(run).visible_to(request.person, on=on).values_list("about", "public_id"))
    closed = queries.closed_months(run).items()
    return {day: kept[about] for day, close in closed if (about := reference(close)) in kept}
