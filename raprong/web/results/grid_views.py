"""The monthly grid: every KPI by every month, typed into like a worksheet, each cell saved by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from raprong.access.queries import holds
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import in_families, selected_kpis
from raprong.processes.models import Run
from raprong.results import grid as cells_of_grid
from raprong.results import permissions, policies
from raprong.results.grid import CellAnswer, CellState
from raprong.results.marks import marks_of
from raprong.results.models import MonthlyResult, TakenBack
from raprong.results.queries import results_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.results import grid_presenters, presenters
from raprong.web.results.grid_entries import entries_of, sent_by_form, sent_by_script
from raprong.web.results.grid_presenters import Typing
from raprong.web.results.whereabouts import (
    chosen_group,
    groups_of,
    month_or_404,
    month_views,
    readable,
    reports_of_months,
    stored_of,
    why_not,
)
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show

Months = Sequence[presenters.MonthView]


@reads_on_get
def grid(request: HttpRequest, run: str) -> HttpResponse:
    """The grid of a group or of the whole unit. Without scripts it is a form that is posted here."""
    found, at = readable(request, run)
    if request.method != "POST":
        return _page(request, found, at=at)
    answers = cells_of_grid.save_cells(found, entries_of(found, sent_by_form(request.POST)), by=request.person, at=at)
    if all(answer.state in (CellState.SAVED, CellState.UNCHANGED) for answer in answers):
        messages.success(request, _saved(answers))
        return redirect(request.get_full_path())
    return _page(request, found, answers=answers, status=422, at=at)


@require_POST
def cells(request: HttpRequest, run: str) -> JsonResponse:
    """Save the cells that somebody has just left, and tell what others saved since; for the script of the grid."""
    found, at = readable(request, run)
    answers = cells_of_grid.save_cells(found, entries_of(found, sent_by_script(request.POST)), by=request.person, at=at)
    changed = _changed_since(request, found)
    marks = marks_of(found, {answer.entry.kpi.pk for answer in answers} | {kpi.pk for kpi, _month, _stored in changed})
    return JsonResponse(
        {
            "at": at.isoformat(),
            "cells": [grid_presenters.answer_as_data(found, answer, marks) for answer in answers],
            "others": [
                grid_presenters.standing_as_data(found, kpi, month, result, marks) for kpi, month, result in changed
            ],
        }
    )


def _page(
    request: HttpRequest, run: Run, *, answers: Sequence[CellAnswer] = (), status: int = 200, at: datetime
) -> HttpResponse:
    groups = groups_of(run)
    group = chosen_group(request, run, groups, at=at)
    kpis = _kpis(request, run, group)
    stored = stored_of(run)
    months = month_views(request, run, kpis, at=at)
    refusals = permissions.refusals_to_report(request.person, run, [kpi.group for kpi in kpis], at=at)
    own = [kpi for kpi in kpis if not refusals[kpi.group] and not kpi.is_sum]
    alone = next((view for view in months if view.code == request.GET.get("month") and view.begun), None)
    context = {
        "title": _("Monthly results"),
        "run": run,
        "name_of": presenters.name_of,
        "groups": groups,
        "group": group,
        "all_kpis": in_families(selected_kpis(run).with_sums()),
        "kpi_alone": request.GET.get("kpi", ""),
        "months": months,
        "columns": [alone] if alone else months,
        "alone": alone,
        "at_hand": alone or _at_hand(months, own, stored),
        "rows_by_group": _rows_by_group(run, kpis, [alone] if alone else months, stored, own, answers),
        "faults": grid_presenters.fault_lines(run, answers),
        "why_not": why_not(refusals, own),
        "may_fill": bool(own) and any(view.begun and not view.closed for view in months),
        "may_close": holds(request.person, "results.close", run.unit, on=day_of(at)),
        "rounds_to_close": _rounds_to_close(run, months, on=day_of(at)),
        "reports": reports_of_months(request, run, on=day_of(at)),
        "panel": sop_panel_for(run, policies.CARD, request.person, at),
        "person": request.person,
        "at": at,
    }
    return show(request, "results/grid.html", context, status=status)


def _kpis(request: HttpRequest, run: Run, group: Any) -> list[KpiYear]:
    """The KPIs of the group, or the one that is looked at alone, with its parts."""
    kpis = [kpi for kpi in in_families(selected_kpis(run).with_sums()) if group is None or kpi.group == group]
    asked = request.GET.get("kpi")
    chosen = [kpi for kpi in kpis if asked in (kpi.public_id, kpi.parent.public_id if kpi.parent else None)]
    return chosen if asked and chosen else kpis


def _at_hand(months: Months, own: Sequence[KpiYear], stored: grid_presenters.Stored) -> presenters.MonthView | None:
    """The month that a small screen opens on: the oldest open one with something missing, else the latest open one."""
    begun = [view for view in months if view.begun]
    open_months = [view for view in begun if not view.closed]
    waiting = (view for view in open_months if any((kpi.pk, view.month) not in stored for kpi in own))
    return next(waiting, next(reversed(open_months or begun), None))


def _rounds_to_close(run: Run, months: Months, *, on: date) -> list[int]:
    """The rounds that are over and have a month that is still open."""
    over = [one for one in sorted(run.definition.reporting.rounds) if run.year.round_ends_on(one) <= on]
    return [one for one in over if any(not view.closed for view in months[:one])]


def _rows_by_group(
    run: Run,
    kpis: Sequence[KpiYear],
    columns: Months,
    stored: grid_presenters.Stored,
    own: Sequence[KpiYear],
    answers: Sequence[CellAnswer],
) -> list[tuple[Any, list[grid_presenters.RowView]]]:
    """The rows under the group that answers for them, groups in their order."""
    rows = grid_presenters.rows_of(run, kpis, columns, stored, {kpi.pk for kpi in own}, _typing(answers), marks_of(run))
    groups = sorted({row.kpi.group for row in rows}, key=lambda unit: (unit.order, unit.name))
    return [(unit, [row for row in rows if row.kpi.group == unit]) for unit in groups]


def _typing(answers: Sequence[CellAnswer]) -> dict[str, Typing]:
    """What was typed into cells that were not saved, by the name of the cell."""
    return {
        f"{answer.entry.kpi.public_id}-{answer.entry.month:%Y-%m}-{field}": Typing(
            text, grid_presenters.sentence_of(answer) if field == answer.field else ""
        )
        for answer in answers
        if answer.state not in (CellState.SAVED, CellState.UNCHANGED)
        for field, text in answer.entry.texts.items()
    }


def _changed_since(request: HttpRequest, run: Run) -> list[tuple[KpiYear, date, MonthlyResult | None]]:
    """What anybody saved, or took back, after the moment that the page knows."""
    since = parse_datetime(request.POST.get("since", "") or "none")
    if since is None:
        return []
    saved = {(one.kpi, one.month): one for one in results_of(run).filter(reported_at__gt=since)}
    gone = TakenBack.objects.filter(kpi__framework__run=run, taken_back_at__gt=since).select_related("kpi")
    empty = {(one.kpi, one.month): None for one in gone}
    return [(kpi, month, stored) for (kpi, month), stored in (empty | saved | _looked_at(request, run)).items()]


def _looked_at(request: HttpRequest, run: Run) -> dict[tuple[KpiYear, date], MonthlyResult | None]:
    """The figure whose panel was just closed: something may hang on it that did not before."""
    public_id, _bar, code = request.POST.get("about", "").partition("|")
    kpi = selected_kpis(run).filter(public_id=public_id).first()
    if kpi is None:
        return {}
    month = month_or_404(run, code)
    return {(kpi, month): results_of(run).filter(kpi=kpi, month=month).first()}


def _saved(answers: Sequence[CellAnswer]) -> str:
    count = sum(answer.state is CellState.SAVED for answer in answers)
    if not count:
        return _("Nothing was changed.")
    return ngettext("%(count)s result is saved.", "%(count)s results are saved.", count) % {"count": digits(count)}
