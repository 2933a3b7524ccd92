"""Pages of monthly results and of the scores they come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.permissions import check_holds
from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.core.references import reference
from raprong.evaluations.queries import points_given_in
from raprong.kpis.criteria_words import plan_words
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import parts_of, reported_kpis, scheme_of, selected_kpis
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.workbooks.faults import CellFault, WorkbookFaults
from raprong.lib.workbooks.reader import read_workbook
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from raprong.results import actions, permissions, policies, queries
from raprong.results.models import MonthlyResult
from raprong.results.months import last_day_of, month_title, round_on
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.results import presenters
from raprong.web.results.figures import shown, written
from raprong.web.results.forms import CloseForm, MonthForms, ReportForm, WorkbookForm, kpis_asked
from raprong.web.scores.finality import is_settled, provisional_until
from raprong.web.scores.finals import final_of
from raprong.web.shell.current import now
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.pages import show

# What the forms that were sent ask of their KPIs; put together once, because it is asked with every save.
FOR_FORMS = KpiYear.objects.only("public_id", "code", "title", "criteria", "round_criteria", "inputs", "expression")


@reads_on_get
def grid(request: HttpRequest, run: str) -> HttpResponse:
    """Every KPI by every month; the month that is filled in has inputs for what this person reports."""
    found, at = _readable(request, run)
    groups = _groups(found)
    group = _chosen_group(request, found, groups, at=at)
    kpis = [kpi for kpi in reported_kpis(found) if group is None or kpi.group == group]
    stored = _stored(found)
    months = _months(request, found, kpis, at=at)
    refusals = permissions.refusals_to_report(request.person, found, [kpi.group for kpi in kpis], at=at)
    own = [kpi for kpi in kpis if not refusals[kpi.group]]
    filled_in = _month_to_fill(request, months, own, stored)
    context = {
        "title": _("Monthly results"),
        "subtitle": _("Cumulative from October to the end of each month"),
        "run": found,
        "name_of": presenters.name_of,
        "groups": groups,
        "group": group,
        "kpis": kpis,
        "months": months,
        "cells": {(kpi.pk, view.month): stored.get((kpi.pk, view.month)) for kpi in kpis for view in months},
        "filled_in": filled_in,
        "forms": _forms_by_kpi(own, stored, filled_in),
        "reckoned": {kpi.pk for kpi in own if kpi.expression},
        "why_not": _why_not(refusals, own),
        "may_fill": bool(own),
        "may_close": holds(request.person, "results.close", found.unit, on=day_of(at)),
        "reports": _reports(request, found, on=day_of(at)),
        "panel": sop_panel_for(found, policies.CARD, request.person, at),
        "cell": presenters.cell,
    }
    return show(request, "results/grid.html", context)


@reads_on_get
def month(request: HttpRequest, run: str, month: str) -> HttpResponse:
    """One month of the KPIs that this person reports: figures, what does not apply, remarks."""
    found, at = _readable(request, run)
    day = _month_or_404(found, month)
    if request.method != "POST":
        return _month_page(request, found, day, at=at)
    asked = kpis_asked(request.POST)
    held = FOR_FORMS.filter(framework__run=found).in_bulk(asked, field_name="public_id")
    kpis = [held[public_id] for public_id in asked if public_id in held]
    reckoned = [kpi for kpi in kpis if kpi.expression]
    forms = MonthForms(kpis, queries.figures_of_month(reckoned, day) if reckoned else {}, request.POST)
    status = _save(request, found, day, forms, at=at)
    if status != 302:
        return _month_page(request, found, day, typed=forms.forms, status=status, at=at)
    group = {"group": request.GET["group"]} if "group" in request.GET else None
    return redirect(reverse("results:grid", kwargs={"run": found.public_id}, query=group))


def _month_page(
    request: HttpRequest,
    run: Run,
    day: date,
    *,
    typed: Sequence[ReportForm] = (),
    status: int = 200,
    at: datetime,
) -> HttpResponse:
    """The forms of a month; those that were typed into and could not be saved stay as they are."""
    policies.check_month_is_open(run, day, on=day_of(at))
    asked = KpiYear.objects.of_run(run).selected().reported().select_related("group__parent")
    kpis = list(asked.order_by("sort_code", "code"))
    refusals = permissions.refusals_to_report(request.person, run, [kpi.group for kpi in kpis], at=at)
    group = next((kpi.group for kpi in kpis if kpi.group.public_id == request.GET.get("group")), None)
    own = [kpi for kpi in kpis if not refusals[kpi.group] and group in (None, kpi.group)]
    stored, months = _stored(run), round_on(run, last_day_of(run, day))
    forms = {form.kpi: form for form in [*MonthForms(own, queries.figures_of_month(own, day)).forms, *typed]}
    context = {
        "title": _("Results of %(month)s") % {"month": month_title(day)},
        "subtitle": _("Cumulative from October to the end of the month"),
        "run": run,
        "name_of": presenters.name_of,
        "group": group,
        "day": day,
        "kpis": {kpi.pk: kpi for kpi in own},
        "forms": [forms[kpi] for kpi in own],
        "ladders": {kpi.pk: presenters.levels_of(kpi, months=months) for kpi in own},
        "plans": {kpi.pk: plan_words(kpi, months=months, write=shown) for kpi in own},
        "last": {kpi.pk: _last_before(stored, kpi, run, day) for kpi in own},
        "why_not": _why_not(refusals, own),
        "panel": sop_panel_for(run, policies.CARD, request.person, at),
        "cell": presenters.cell,
        "told": presenters.told,
        "written": written,
        "shown": shown,
    }
    return show(request, "results/month.html", context, status=status)


@reads_on_get
def close(request: HttpRequest, run: str, month: str) -> HttpResponse:
    """Close a month; what is missing is named before it is closed without it."""
    found, at = _readable(request, run)
    day = _month_or_404(found, month)
    permissions.check_may_close(request.person, found, day, at=at)
    missing = queries.still_missing(found, [day]).get(day, [])
    form = CloseForm(request.POST or None) if missing else None
    if request.method == "POST" and (form is None or form.is_valid()):
        because = form.cleaned_data["because"] if form else ""
        actions.close_month(found, day, because=because, by=request.person, at=at)
        messages.success(request, _("%(month)s is closed.") % {"month": month_title(day)})
        return redirect("results:grid", run=found.public_id)
    context = {
        "panel": sop_panel_for(found, policies.CARD, request.person, at),
        "title": _("Close %(month)s") % {"month": month_title(day)},
        "run": found,
        "name_of": presenters.name_of,
        "day": day,
        "missing": missing,
        "form": form,
    }
    return show(request, "results/close.html", context, status=422 if form is not None and form.errors else 200)


@reads_on_get
def take_in(request: HttpRequest, run: str) -> HttpResponse:
    """Take monthly figures from a workbook: all of them, or every fault and none."""
    found, at = _readable(request, run)
    check_holds(request.person, "results.report", found.unit, on=day_of(at))
    form = WorkbookForm(request.POST or None, request.FILES or None)
    faults: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            workbook = read_workbook(form.cleaned_data["workbook"].read(), results_required=True)
            count = actions.take_in(found, workbook.months, by=request.person, at=at)
        except WorkbookFaults as refused:
            faults = [
                ("", _place(fault), fault.sentence_th if in_thai() else fault.sentence) for fault in refused.faults
            ]
        except Faults as refused:
            faults = [("", "", str(fault.sentence)) for fault in refused.faults]
        else:
            messages.success(request, _saved(count))
            return redirect("results:grid", run=found.public_id)
    panel = sop_panel_for(found, policies.CARD, request.person, at)
    title = _("Monthly results from a workbook")
    context = {"title": title, "run": found, "form": form, "faults": faults, "panel": panel}
    return show(request, "results/import.html", context, status=422 if form.errors or faults else 200)


@reads_on_get
def kpi(request: HttpRequest, kpi: str) -> HttpResponse:
    """One KPI: where it stands on its ladder, its months, and who reported what."""
    at = clock.now()
    found = get_object_or_404(
        KpiYear.objects.visible_to(request.person, on=day_of(at)).selected().with_people(), public_id=kpi
    )
    run = found.run
    permissions.check_may_read(request.person, run, at=at)
    scored = next(row for row in queries.score_card(run, upto=run.year.ends_on).kpis if row.code == found.code)
    results = {result.month: result for result in queries.results_of(run).filter(kpi=found)}
    closed = queries.closed_months(run)
    latest = max((day for day, result in results.items() if result.value is not None), default=None)
    months = run.year.months()
    context = {
        "title": f"{digits(found.code)} {found.title}",
        "run": run,
        "name_of": presenters.name_of,
        "kpi": found,
        "scored": scored,
        "parts": list(zip(parts_of(found).selected(), scored.parts, strict=True)) if scored.parts else [],
        "latest": latest,
        "ladder": presenters.ladder_of(found, scored),
        "gaps": presenters.gaps_of(found, scored, scheme_of(run)),
        "results": [(day, results.get(day)) for day in months],
        "history": {
            result.pk: [presenters.change_of(entry, found) for entry in queries.history_of(result)]
            for result in results.values()
        },
        "closed": closed,
        "chart_months": presenters.chart_months(months, results),
        "chart_levels": presenters.chart_levels(found),
        "provisional": months[-1] not in closed,
        "baseline": digits(" · ".join(f"{year}: {value}" for year, value in sorted(found.baseline.items()))),
        "cell": presenters.cell,
        "inputs_said": presenters.inputs_said,
        "written": written,
        "shown": shown,
    }
    return show(request, "results/kpi.html", context)


@reads_on_get
def scores(request: HttpRequest, run: str) -> HttpResponse:
    """The year's scores, from everything reported up to a month's end."""
    found, at = _readable(request, run)
    months = found.year.months()
    chosen = next((day for day in months if f"{day:%Y-%m}" == request.GET.get("upto")), months[-1])
    kpis = list(selected_kpis(found))
    card = queries.score_card(found, upto=last_day_of(found, chosen))
    scheme = scheme_of(found)
    given = points_given_in([found], request.person, on=day_of(at)) if scheme.parts else {}
    final = final_of(card.total, scheme, given.get(found.pk, {}))
    band = scheme.band_of(card.total) if card.total is not None and final is None else None
    rows = presenters.score_rows(kpis, card)
    context = {
        "title": _("Scores of the year"),
        "run": found,
        "name_of": presenters.name_of,
        "months": [(f"{day:%Y-%m}", month_title(day)) for day in months if day <= day_of(at)],
        "chosen": f"{chosen:%Y-%m}",
        "card": card,
        "band": band and (band.title_th if in_thai() else band.title_en),
        "rows": rows,
        "bars": [row.as_bar for row in rows if row.kpi.parent_id is None],
        "weighted_sum": sum_exactly(kpi.weighted for kpi in card.tops if kpi.weighted is not None),
        "top": written(scheme.scale_max),
        "final": final,
        "written": written,
        "settled": is_settled(found),
        "until": provisional_until(found, at=at),
    }
    return show(request, "results/scores.html", context)


def _readable(request: HttpRequest, run: str) -> tuple[Run, datetime]:
    """The run, for somebody who may read its results, and the moment."""
    at = now()
    found = run_of(request, run)
    permissions.check_may_read(request.person, found, at=at)
    return found, at


def _reports(request: HttpRequest, run: Run, *, on: date) -> dict[date, str]:
    """The deposited reports of closed months that this person may read: month to the record's public id."""
    kept = dict(queries.reports_of(run).visible_to(request.person, on=on).values_list("about", "public_id"))
    closed = queries.closed_months(run).items()
    return {day: kept[about] for day, close in closed if (about := reference(close)) in kept}


def _month_or_404(run: Run, code: str) -> date:
    for day in run.year.months():
        if f"{day:%Y-%m}" == code:
            return day
    raise Http404


def _groups(run: Run) -> list[Unit]:
    groups = {kpi.group for kpi in reported_kpis(run)}
    return sorted(groups, key=lambda group: (group.order, group.name))


def _chosen_group(request: HttpRequest, run: Run, groups: list[Unit], *, at: datetime) -> Unit | None:
    """The group asked for; else one's own, unless one looks after the months of the whole unit."""
    asked = request.GET.get("group")
    if asked is not None or holds(request.person, "results.close", run.unit, on=day_of(at)):
        return next((group for group in groups if group.public_id == asked), None)
    own = request.position.unit if request.position else None
    return own if own in groups else None


def _stored(run: Run) -> dict[tuple[int, date], MonthlyResult]:
    return {(result.kpi_id, result.month): result for result in queries.results_of(run)}


def _months(request: HttpRequest, run: Run, kpis: list[KpiYear], *, at: datetime) -> list[presenters.MonthView]:
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


def _why_not(refusals: dict[Unit, str], own: list[KpiYear]) -> str:
    """The sentence under the button that is off, where this person can report nothing."""
    return "" if own else next(iter(refusals.values()), _("No KPI has been selected yet."))


def _month_to_fill(
    request: HttpRequest,
    months: list[presenters.MonthView],
    own: list[KpiYear],
    stored: dict[tuple[int, date], MonthlyResult],
) -> presenters.MonthView | None:
    """The month asked for; else the oldest with something missing; else the latest that is open."""
    open_months = [view for view in months if view.begun and not view.closed]
    if not own or not open_months:
        return None
    asked = next((view for view in open_months if view.code == request.GET.get("month")), None)
    waiting = (view for view in open_months if any((kpi.pk, view.month) not in stored for kpi in own))
    return asked or next(waiting, open_months[-1])


def _forms_by_kpi(
    own: list[KpiYear], stored: dict[tuple[int, date], MonthlyResult], filled_in: presenters.MonthView | None
) -> dict[int, Any]:
    """Inputs for the month that is filled in. What does not apply is changed on the month's own page."""
    if filled_in is None:
        return {}
    of_month = {kpi.pk: stored.get((kpi.pk, filled_in.month)) for kpi in own}
    asked = [kpi for kpi in own if not kpi.expression]  # what is reckoned has its inputs on the month's own page
    typed = [kpi for kpi in asked if (found := of_month[kpi.pk]) is None or found.value is not None]
    present = {pk: found for pk, found in of_month.items() if found is not None}
    return {form.kpi.pk: form for form in MonthForms(typed, present).forms}


def _last_before(
    stored: dict[tuple[int, date], MonthlyResult], kpi: KpiYear, run: Run, day: date
) -> MonthlyResult | None:
    """The figure reported last before a month."""
    earlier = [month for month in run.year.months() if month < day]
    found = (stored.get((kpi.pk, month)) for month in reversed(earlier))
    return next((result for result in found if result is not None and result.value is not None), None)


def _save(request: HttpRequest, run: Run, day: date, forms: MonthForms, *, at: datetime) -> int:
    """Save a month; answers the status: 302 when it is saved, else why it is shown again."""
    if not forms.is_valid():
        return 422
    try:
        saved = actions.report_many(run, day, forms.figures(), by=request.person, at=at)
    except Stale:
        forms.warn_of_overtaking(queries.figures_of_month([form.kpi for form in forms.forms], day))
        return 409
    except Faults as faults:
        forms.take(faults)
        return 422
    changed = [result for result in saved if result.reported_at == at]
    sentence = _("%(month)s: %(saved)s") % {"month": month_title(day), "saved": _saved(len(changed))}
    messages.success(request, sentence)
    return 302


def _saved(count: int) -> str:
    if not count:
        return _("Nothing was changed.")
    return ngettext("%(count)s result is saved.", "%(count)s results are saved.", count) % {"count": digits(count)}


def _place(fault: CellFault) -> str:
    row = _("row %(row)s") % {"row": fault.row} if fault.row else ""
    column = (
        _("column %(column)s %(heading)s") % {"column": fault.column, "heading": fault.heading} if fault.column else ""
    )
    return ", ".join(part for part in (fault.sheet, row, column) if part)
