"""Pages of a year's scoring scheme: the rules in plain words, and the form that changes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from raprong.access.permissions import check_holds
from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import framework_of, rungs_of, scheme_of, selected_kpis
from raprong.kpis.schemes import (
    available_schemes,
    changes_of_scheme,
    check_may_set_scheme,
    faults_of_scheme,
    set_scheme,
)
from raprong.lib.scoring.rollup import score_card
from raprong.lib.scoring.scheme import Scheme, scheme_as_data, scheme_from_data
from raprong.processes.models import Run
from raprong.results.queries import measured_upto
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.schemes import presenters
from raprong.web.schemes.forms import SchemeForms
from raprong.web.shell.filters import named
from raprong.web.shell.pages import show

CARD = "kpis.framework_settled"
NO_REASON_NEEDED = "-"  # of somebody who only looks


@require_safe
@reads_on_get
def scheme(request: HttpRequest, run: str) -> HttpResponse:
    """How this year's scores are made, rounded, added up and named, and who changed that and why."""
    found, at = _readable(request, run)
    framework, in_force = framework_of(found), scheme_of(found)
    context = _frame(found) | {
        "title": _("How scores are made"),
        "subtitle": named(found.unit),
        "here": "scheme",
        "scheme": in_force,
        "scheme_title": presenters.title_of(in_force),
        "rules": presenters.rules_in_words(in_force),
        "statuses": presenters.statuses_in_words(in_force),
        "adjustments": presenters.adjustments_in_words(in_force),
        "bands": presenters.bands_of(in_force),
        "ticks": presenters.ticks_of(in_force),
        "schemes": [(one, presenters.title_of(one)) for one in available_schemes().values()],
        "changes": [
            (entry, presenters.changed_in_words(entry.facts["changed"]))
            for entry in (changes_of_scheme(framework) if framework else [])
        ],
        "why_not": refusal(check_may_set_scheme, request.person, found, at=at),
        "panel": sop_panel_for(found, CARD, request.person, at),
    }
    return show(request, "schemes/scheme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def change(request: HttpRequest, run: str) -> HttpResponse:
    """Change the settings: first look at what they would change, then let them be in force, with the reason."""
    found, at = _readable(request, run)
    check_may_set_scheme(request.person, found, at=at)
    base = _base(found, request.POST.get("base") or request.GET.get("scheme", ""))
    if request.method != "POST":
        return _form_page(request, found, SchemeForms(scheme_as_data(base)), at=at)
    forms, status = SchemeForms(scheme_as_data(base), request.POST), 422
    if forms.is_valid():
        looking = "look" in request.POST
        faults = faults_of_scheme(forms.data(), NO_REASON_NEEDED if looking else forms.because)
        if faults:
            forms.take(faults)
        elif looking:
            return _form_page(request, found, forms, then=scheme_from_data(forms.data()), at=at)
        else:
            try:
                return _save(request, found, forms, at=at)
            except Stale:
                status = 409
                sentence = _("Somebody changed the scheme after you opened the page. Look at it again, then save.")
                forms.settings.add_error(None, sentence)
    return _form_page(request, found, forms, status=status, at=at)


def _save(request: HttpRequest, run: Run, forms: SchemeForms, *, at: datetime) -> HttpResponse:
    try:
        set_scheme(run, forms.data(), because=forms.because, seen=_version(request), by=request.person, at=at)
    except Faults as refused:
        forms.take(refused.faults)
        return _form_page(request, run, forms, status=422, at=at)
    messages.success(request, _("The scheme is in force. The reason stays with it."))
    return redirect("schemes:scheme", run=run.public_id)


def _form_page(
    request: HttpRequest, run: Run, forms: SchemeForms, *, then: Scheme | None = None, status: int = 200, at: datetime
) -> HttpResponse:
    framework, base = framework_of(run), forms.base
    context = _frame(run) | {
        "title": _("Change how scores are made"),
        "subtitle": named(run.unit),
        "crumbs": [(_("How scores are made"), reverse("schemes:scheme", kwargs={"run": run.public_id}))],
        "forms": forms,
        "base": scheme_from_data(base),
        "base_title": presenters.title_of(scheme_from_data(base)),
        "version": framework.version if framework else 0,
        "comparison": _comparison(run, then) if then else None,
        "panel": sop_panel_for(run, CARD, request.person, at),
    }
    return show(request, "schemes/change.html", context, status=status)


def _comparison(run: Run, then: Scheme) -> presenters.Comparison:
    """What another scheme would make of the results as they stand."""
    kpis, now = list(selected_kpis(run)), scheme_of(run)
    measured = measured_upto(run, upto=run.year.ends_on)
    return presenters.comparison(
        kpis, score_card(measured, now), score_card(measured, then), now, then, _off_scale(kpis, then)
    )


def _off_scale(kpis: Sequence[KpiYear], scheme: Scheme) -> list[KpiYear]:
    """KPIs whose criteria name scores that the scheme has not."""
    return [kpi for kpi in kpis if not {rung.score for rung in rungs_of(kpi)} <= set(scheme.scores)]


def _base(run: Run, code: str) -> Scheme:
    """The scheme that the form starts from: one of the definitions, else the one in force."""
    in_force = scheme_of(run)
    if not code or code == in_force.code:
        return in_force
    if code not in available_schemes():
        raise Http404
    return available_schemes()[code]


def _frame(run: Run) -> dict[str, Any]:
    return {"run": run, "section": "kpis:framework"}


def _readable(request: HttpRequest, run: str) -> tuple[Run, datetime]:
    found, at = run_of(request, run), clock.now()
    check_holds(request.person, "kpis.read", found.unit, on=day_of(at))
    return found, at


def _version(request: HttpRequest) -> int | None:
    """The version that the form was opened with; 0 for a framework that was not there yet, which asks for no check."""
    written = request.POST.get("version", "")
    return int(written) or None if written.isascii() and written.isdigit() else None
