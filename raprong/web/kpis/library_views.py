"""KPIs across their years: copying, comparing, history, retiring, cancelling; and the matrix of sources."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.kpis import library, permissions
from raprong.kpis.alignment import align_all
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import framework_of, parts_of
from raprong.kpis.years import (
    differences,
    entries_of,
    kpis_to_copy,
    last_copy_by,
    last_years_kpis,
    retired_last_year,
    years_of,
)
from raprong.processes.models import Run
from raprong.results.queries import figures_upto
from raprong.web.kpis import library_presenters, presenters
from raprong.web.kpis.finding import kpi_or_404, seen_version
from raprong.web.kpis.forms import place_faults
from raprong.web.kpis.library_forms import BecauseForm, CancelForm, CopyForm, MatrixForm
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.shell.filters import digits

PER_PAGE = 50
MOST_YEARS = 5


# Copying from last year


@reads_on_get
def copy(request: HttpRequest, run: str) -> HttpResponse:
    """Last year's KPIs with a tick each, copied in one move."""
    held = run_of(request, run)
    framework, at, person = framework_of(held), clock.now(), request.person
    offered = list(kpis_to_copy(held).prefetch_related("sources"))
    reasons = _why_not_for_groups(request, held, offered)
    own = [kpi for kpi in offered if not reasons[kpi.group_id]]
    form = CopyForm(framework, own, request.POST or None) if framework else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = library.copy_from_last_year(held, form.copies(), reached=_reached(own), by=person, at=at)
        except Faults as refused:
            place_faults(form, refused)
        else:
            done = ngettext("%(count)s KPI is copied.", "%(count)s KPIs are copied.", len(made))
            messages.success(request, done % {"count": len(made)})
            return redirect("kpis:copy", run=held.public_id)
    results = _reached(offered)
    context = {
        "run": held,
        "panel": sop_panel_for(held, "kpis.proposals_complete", person, at),
        "title": _("Copy KPIs from last year"),
        "form": form,
        "rows": [(kpi, form.row(kpi), results.get(kpi.pk)) for kpi in own] if form is not None else [],
        "others": [(kpi, reasons[kpi.group_id]) for kpi in offered if reasons[kpi.group_id]],
        "retired": list(retired_last_year(held)),
        "had_any": last_years_kpis(held).exists(),
        "undo": last_copy_by(person, framework) if framework else [],
        "plain": presenters.plain,
        "in_short": presenters.levels_in_short,
    }
    return render(request, "kpis/copy.html", context, status=422 if form is not None and form.errors else 200)


@reads_on_get
def undo_copy(request: HttpRequest, run: str) -> HttpResponse:
    """Take back one's own last copying."""
    held = run_of(request, run)
    if request.method == "POST":
        codes = library.undo_copy(held, by=request.person, at=clock.now())
        messages.success(request, _("Taken back: %(codes)s.") % {"codes": digits(", ".join(codes)) or "–"})
    return redirect("kpis:copy", run=held.public_id)


def _why_not_for_groups(request: HttpRequest, run: Run, kpis: list[KpiYear]) -> dict[int, str]:
    """By group, why this person cannot propose for it; empty where they can."""
    at = clock.now()
    groups = {kpi.group_id: kpi.group for kpi in kpis}
    return {
        pk: refusal(permissions.check_may_propose, request.person, run, group, at=at) for pk, group in groups.items()
    }


def _reached(kpis: list[KpiYear]) -> dict[int, Decimal]:
    """What KPIs of one earlier year came to at its end, by key."""
    if not kpis:
        return {}
    earlier = kpis[0].run
    figures = figures_upto(earlier, upto=earlier.year.ends_on)
    return {kpi.pk: figure for kpi in kpis if (figure := figures.get(kpi.pk)) is not None}


# Years and history


@reads_on_get
def years(request: HttpRequest, kpi: str) -> HttpResponse:
    """The years of a KPI side by side, and what changed from one to the next."""
    found = kpi_or_404(request, kpi)
    versions = years_of(found)[:MOST_YEARS]
    results: dict[int, Decimal | None] = {}
    for version in versions:
        results |= _reached([version])
    rows = library_presenters.years_side_by_side(versions, results)
    everything = request.GET.get("show") == "all" or len(versions) == 1
    context = {
        "run": found.run,
        "kpi": found,
        "title": _("Years of KPI %(code)s") % {"code": digits(found.code)},
        "versions": versions,
        "rows": rows if everything else [row for row in rows if row.differs],
        "everything": everything,
        "same": sum(not row.differs for row in rows),
    }
    return render(request, "kpis/years.html", context)


@reads_on_get
def history(request: HttpRequest, kpi: str) -> HttpResponse:
    """Everything that happened to a KPI: before, after, who, when and why."""
    found = kpi_or_404(request, kpi)
    page = Paginator(entries_of(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": found.run,
        "kpi": found,
        "title": _("History of KPI %(code)s") % {"code": digits(found.code)},
        "page": page,
        "happenings": library_presenters.history(page.object_list),
    }
    return render(request, "kpis/history.html", context)


def years_block(request: HttpRequest, kpi: KpiYear) -> dict[str, Any]:
    """What the page of a KPI says about its other years and its standing across them."""
    at, person, versions = clock.now(), request.person, years_of(kpi)
    earlier = next((one for one in versions if one.run.fiscal_year < kpi.run.fiscal_year), None)
    changed = differences(earlier, kpi) if earlier else {}
    return {
        "versions": versions,
        "earlier": earlier,
        "parts": list(parts_of(kpi)),
        "pill_of": presenters.pill,
        "changes": library_presenters.changes_in_words(changed),
        "why_not_retire": refusal(permissions.check_may_retire, person, kpi.kpi, at=at),
        "why_not_bring_back": refusal(permissions.check_may_bring_back, person, kpi.kpi, at=at),
        "why_not_cancel": refusal(permissions.check_may_cancel, person, kpi, at=at),
        "why_not_take_up": refusal(permissions.check_may_take_up_again, person, kpi, at=at),
    }


# Retiring and cancelling


@reads_on_get
def retire(request: HttpRequest, kpi: str) -> HttpResponse:
    """Ask why, then retire a KPI."""
    found = kpi_or_404(request, kpi)
    permissions.check_may_retire(request.person, found.kpi, at=clock.now())
    return _asked_why(
        request,
        found,
        BecauseForm(request.POST or None),
        lambda form: library.retire(found.kpi, **form.cleaned_data, by=request.person, at=clock.now()),
        title=_("Retire KPI %(code)s") % {"code": digits(found.code)},
        sentence=_("Its years stay as they are. It is not offered for copying any more, and can be brought back."),
        label=_("Retire"),
        done=_("KPI %(code)s is retired.") % {"code": found.code},
    )


@reads_on_get
def bring_back(request: HttpRequest, kpi: str) -> HttpResponse:
    """Ask why, then put a retired KPI to use again."""
    found = kpi_or_404(request, kpi)
    permissions.check_may_bring_back(request.person, found.kpi, at=clock.now())
    return _asked_why(
        request,
        found,
        BecauseForm(request.POST or None),
        lambda form: library.bring_back(found.kpi, **form.cleaned_data, by=request.person, at=clock.now()),
        title=_("Bring KPI %(code)s back") % {"code": digits(found.code)},
        sentence=_("It is offered for copying again."),
        label=_("Bring back"),
        done=_("KPI %(code)s is in use again.") % {"code": found.code},
    )


@reads_on_get
def cancel(request: HttpRequest, kpi: str) -> HttpResponse:
    """Ask from which round on and why, then cancel a selected KPI."""
    found = kpi_or_404(request, kpi)
    permissions.check_may_cancel(request.person, found, at=clock.now())
    return _asked_why(
        request,
        found,
        CancelForm(found.run.definition.reporting.rounds, request.POST or None),
        lambda form: library.cancel(
            found, **form.cleaned_data, seen=seen_version(request), by=request.person, at=clock.now()
        ),
        title=_("Cancel KPI %(code)s") % {"code": digits(found.code)},
        sentence=_("What was reported before that round stays. The year's scheme says what becomes of the weight."),
        label=_("Cancel this KPI"),
        done=_("KPI %(code)s is cancelled.") % {"code": found.code},
    )


@reads_on_get
def take_up_again(request: HttpRequest, kpi: str) -> HttpResponse:
    """Ask why, then let a cancelled KPI count again."""
    found = kpi_or_404(request, kpi)
    permissions.check_may_take_up_again(request.person, found, at=clock.now())
    return _asked_why(
        request,
        found,
        BecauseForm(request.POST or None),
        lambda form: library.take_up_again(
            found, **form.cleaned_data, seen=seen_version(request), by=request.person, at=clock.now()
        ),
        title=_("Take KPI %(code)s up again") % {"code": digits(found.code)},
        sentence=_("It counts again from the beginning of the year, as it did before it was cancelled."),
        label=_("Take up again"),
        done=_("KPI %(code)s counts again.") % {"code": found.code},
    )


def _asked_why(
    request: HttpRequest,
    kpi: KpiYear,
    form: forms.Form,
    act: Callable[[forms.Form], object],
    *,
    title: str,
    sentence: str,
    label: str,
    done: str,
) -> HttpResponse:
    """A page that asks for a reason before a verb, and does it."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except Faults as refused:
            place_faults(form, refused)
        else:
            messages.success(request, done)
            return redirect("kpis:kpi", kpi=kpi.public_id)
    context = {
        "run": kpi.run,
        "kpi": kpi,
        "title": title,
        "sentence": sentence,
        "label": label,
        "form": form,
        "address": request.path,
    }
    return render(request, "kpis/because.html", context, status=422 if form.errors else 200)


# The matrix of sources


@reads_on_get
def save_matrix(request: HttpRequest, run: str) -> HttpResponse:
    """Save the ticks of the matrix. Its own address leads back to the framework."""
    held = run_of(request, run)
    framework = framework_of(held)
    if request.method == "POST" and framework is not None:
        kpis = list(framework.kpis.all().candidates().with_people().prefetch_related("sources"))
        form = MatrixForm(framework, kpis, request.POST)
        if form.is_valid():
            try:
                saved = align_all(
                    held,
                    form.alignments(),
                    because=form.cleaned_data["because"],
                    by=request.person,
                    at=clock.now(),
                )
            except Faults as refused:
                for fault in refused.faults:
                    messages.error(request, str(fault.sentence))
            else:
                done = ngettext(
                    "The sources of %(count)s KPI are saved.", "The sources of %(count)s KPIs are saved.", len(saved)
                )
                messages.success(request, done % {"count": len(saved)})
    return redirect(f"{_framework_address(held)}#alignment")


def _framework_address(run: Run) -> str:
    return redirect("kpis:framework", run=run.public_id)["Location"]
