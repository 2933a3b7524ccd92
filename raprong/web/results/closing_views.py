"""Closing a month or a round, opening a month again, and what each closing said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.core.references import reference
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.processes.models import Run
from raprong.results import actions, permissions, policies, queries
from raprong.results.closing import close_round, months_of_round
from raprong.results.follow_up import unexplained
from raprong.results.models import MonthClose
from raprong.results.months import month_title
from raprong.results.reopening import check_may_reopen, closings_of, differences, reopen_month
from raprong.web.processes.panel import sop_panel_for
from raprong.web.results import presenters
from raprong.web.results.closing_forms import CloseForm, Missing
from raprong.web.results.figure_forms import ReopenForm
from raprong.web.results.figure_presenters import figure_of
from raprong.web.results.whereabouts import month_or_404, readable
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show


@dataclass(frozen=True)
class CloseWords:
    """What the page of a closing says, of a month or of a round."""

    title: str
    without: str
    complete: str
    done: str


@reads_on_get
def close(request: HttpRequest, run: str, month: str) -> HttpResponse:
    """Close a month; what is missing is named, and waived with a reason."""
    found, at = readable(request, run)
    day = month_or_404(found, month)
    permissions.check_may_close(request.person, found, day, at=at)
    form = CloseForm(_posted(request), missing=_missing(found, [day]))

    def act() -> None:
        waived, because = form.waived().get(day, {}), form.cleaned_data["because"]
        actions.close_month(found, day, because=because, waived=waived, by=request.person, at=at)

    title = month_title(day)
    words = CloseWords(
        _("Close %(month)s") % {"month": title},
        _("Close %(month)s without them") % {"month": title},
        _("Every KPI is reported for %(month)s.") % {"month": title},
        _("%(month)s is closed.") % {"month": title},
    )
    return _answer(request, found, form, act, [day], words)


@reads_on_get
def round_(request: HttpRequest, run: str, months: int) -> HttpResponse:
    """Close every month of a round that is still open."""
    found, at = readable(request, run)
    days = months_of_round(found, months)
    for day in days[:1]:
        permissions.check_may_close(request.person, found, day, at=at)
    form = CloseForm(_posted(request), missing=_missing(found, days))

    def act() -> None:
        because = form.cleaned_data["because"]
        close_round(found, months, because=because, waived=form.waived(), by=request.person, at=at)

    said = {"months": digits(months)}
    words = CloseWords(
        _("Close the round of %(months)s months") % said,
        _("Close the round of %(months)s months without them") % said,
        _("Every KPI is reported for the round of %(months)s months.") % said,
        _("Every month of the round of %(months)s months is closed.") % said,
    )
    return _answer(request, found, form, act, days, words)


@reads_on_get
def closings(request: HttpRequest, run: str, month: str) -> HttpResponse:
    """Every closing of a month, with what changed from one to the next."""
    found, at = readable(request, run)
    day = month_or_404(found, month)
    held = list(closings_of(found, day))
    if not held:
        raise Http404
    return _closings_page(request, found, day, held, ReopenForm(), at=at)


@reads_on_get
def closed(request: HttpRequest, close: str) -> HttpResponse:
    """To the closings of a month; a notice leads here."""
    held = get_object_or_404(MonthClose.objects.select_related("run"), public_id=close)
    found, _at = readable(request, held.run.public_id)
    return redirect("results:closings", run=found.public_id, month=f"{held.month:%Y-%m}")


@reads_on_get
def reopen(request: HttpRequest, run: str, month: str) -> HttpResponse:
    """Open a closed month again, with the reason."""
    found, at = readable(request, run)
    day = month_or_404(found, month)
    held = list(closings_of(found, day))
    if not held:
        raise Http404
    form = ReopenForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            reopen_month(found, day, because=form.cleaned_data["because"], by=request.person, at=at)
        except Faults as refused:
            form.place(refused)
        else:
            messages.success(request, _("%(month)s is open again.") % {"month": month_title(day)})
            return redirect("results:grid", run=found.public_id)
    return _closings_page(request, found, day, held, form, status=422 if form.errors else 200, at=at)


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted; a complete month posts nothing, and is posted all the same."""
    return request.POST if request.method == "POST" else None


def _missing(run: Run, days: list[date]) -> list[Missing]:
    found = queries.still_missing(run, days)
    return [Missing(day, kpi) for day, kpis in found.items() for kpi in kpis]


def _answer(
    request: HttpRequest, run: Run, form: CloseForm, act: Callable[[], None], days: list[date], words: CloseWords
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Faults as refused:
            form.place(refused)
        else:
            messages.success(request, words.done)
            return redirect("results:grid", run=run.public_id)
    context = {
        "title": words.title,
        "words": words,
        "run": run,
        "name_of": presenters.name_of,
        "form": form,
        "unexplained": unexplained(run, months=days),
        "here": request.path,
    }
    return show(request, "results/close.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Changed:
    """A KPI whose figure two closings say otherwise."""

    kpi: KpiYear
    before: str
    after: str


def _closings_page(
    request: HttpRequest,
    run: Run,
    day: date,
    held: list[MonthClose],
    form: ReopenForm,
    *,
    status: int = 200,
    at: datetime,
) -> HttpResponse:
    kpis = {kpi.code: kpi for kpi in selected_kpis(run)}
    readable_reports = queries.reports_about(held).visible_to(request.person, on=day_of(at))
    kept = dict(readable_reports.values_list("about", "public_id"))
    standing = next((one for one in held if not hasattr(one, "reopening")), None)
    context = {
        "title": _("Closings of %(month)s") % {"month": month_title(day)},
        "run": run,
        "month": day,
        "code": f"{day:%Y-%m}",
        "closings": held,
        "changes": {later.pk: _changes(earlier, later, kpis) for earlier, later in pairwise(held)},
        "waived": {one.pk: _waived(one) for one in held},
        "reports": {close.pk: kept[about] for close in held if (about := reference(close)) in kept},
        "standing": standing,
        "form": form,
        "why_not": refusal(check_may_reopen, request.person, run, standing, day, at=at),
        "panel": sop_panel_for(run, policies.CARD, request.person, at),
    }
    return show(request, "results/closings.html", context, status=status)


def _changes(earlier: MonthClose, later: MonthClose, kpis: dict[str, KpiYear]) -> list[Changed]:
    return [
        Changed(kpis[one.code], figure_of(one.before, kpis[one.code]), figure_of(one.after, kpis[one.code]))
        for one in differences(earlier, later)
        if one.code in kpis
    ]


def _waived(close: MonthClose) -> dict[str, Any]:
    """What was not reported, with the reason of each; closings of old have one for all."""
    missing = close.snapshot["not_reported"]
    reasons: dict[str, Any] = close.snapshot.get("waived") or dict.fromkeys(missing, close.because)
    return reasons
