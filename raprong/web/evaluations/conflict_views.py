"""Pages of conflicts: declared by the assessor, lifted by another; who is off what, and who remains."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from raprong.access.queries import units_where
from raprong.access.rules import Refused, refusal
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.evaluations import conflicts, permissions
from raprong.evaluations.models import Conflict
from raprong.kpis.queries import kpis_of
from raprong.processes.models import Run
from raprong.web.evaluations.conflict_forms import DeclareForm, LiftForm
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show


@require_safe
@reads_on_get
def conflict_list(request: HttpRequest) -> HttpResponse:
    """Every unit's year whose scores this person may see: who is off what, and who remains."""
    at = clock.now()
    units = units_where(request.person, "evaluations.read", on=day_of(at))
    runs = Run.objects.filter(unit__in=units).select_related("unit__agency", "sop").order_by("-fiscal_year", "unit")
    context = {
        "title": _("Conflicts of assessors"),
        "subtitle": _("Who took themselves off which unit or KPI, and who remains to score and confirm"),
        "section": "evaluations:list",
        "crumbs": [(_("Scores and confirmation"), reverse("evaluations:list"))],
        "years": [_year(request, run, at) for run in runs],
        "unit_name": unit_name,
    }
    return show(request, "evaluations/conflicts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def declare(request: HttpRequest, run: str) -> HttpResponse:
    """Declare one's own conflict with a unit's year or with one of its KPIs."""
    at, held = clock.now(), run_of(request, run)
    permissions.check_may_declare_conflict(request.person, held, at=at)
    kpis = list(kpis_of(held).selected())
    form = DeclareForm(kpis, request.POST or None, chosen=request.GET.get("kpi", ""))
    if request.method == "POST" and form.is_valid():
        try:
            conflicts.declare(held, form.chosen_kpi(), because=form.cleaned_data["because"], by=request.person, at=at)
        except Faults as faults:
            form.take(faults)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your conflict is declared. Somebody else judges it from now on."))
            return redirect("evaluations:conflicts")
    context = {
        "title": _("Declare a conflict"),
        "subtitle": unit_name(held.unit),
        "section": "evaluations:list",
        "crumbs": [(_("Conflicts of assessors"), reverse("evaluations:conflicts"))],
        "form": form,
        "action": reverse("evaluations:declare", args=[held.public_id]),
        "cancel": reverse("evaluations:conflicts"),
    }
    return show(request, "evaluations/declare.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def lift(request: HttpRequest, conflict: str) -> HttpResponse:
    """End somebody else's conflict, with the reason."""
    at = clock.now()
    visible = Conflict.objects.visible_to(request.person, on=day_of(at)).select_related("run__unit", "kpi", "person")
    found = get_object_or_404(visible, public_id=conflict)
    permissions.check_may_lift_conflict(request.person, found, at=at)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            conflicts.lift(found, because=form.cleaned_data["because"], by=request.person, at=at)
        except Faults as faults:
            form.take(faults)
        else:
            messages.success(request, _("The conflict is lifted. It stays to be read."))
            return redirect("evaluations:conflicts")
    context = {
        "title": _("Lift a conflict"),
        "section": "evaluations:list",
        "crumbs": [(_("Conflicts of assessors"), reverse("evaluations:conflicts"))],
        "sentence": f"{found.person}: {what_of(found)} · {found.because}",
        "action": request.path,
        "label": _("Lift the conflict"),
        "kind": "danger",
        "cancel": reverse("evaluations:conflicts"),
        "form": form,
    }
    return show(request, "confirm.html", context, status=422 if form.errors else 200)


def what_of(conflict: Conflict) -> str:
    """What a conflict is with."""
    unit = unit_name(conflict.run.unit)
    return digits(f"{conflict.kpi.code} {conflict.kpi.title}, {unit}") if conflict.kpi else unit


def _year(request: HttpRequest, run: Run, at: datetime) -> dict[str, Any]:
    found = conflicts.assessors_of(run, on=day_of(at))
    past = Conflict.objects.filter(run=run, lifted_at__isnull=False).select_related("kpi", "person", "lifted_by")
    return {
        "run": run,
        "assessors": found.assessors,
        "remaining": len(found.remaining),
        "too_few": found.too_few,
        "lifted": list(past),
        "why_not_declare": refusal(permissions.check_may_declare_conflict, request.person, run, at=at),
        "why_not_lift": {
            one.pk: refusal(permissions.check_may_lift_conflict, request.person, one, at=at)
            for assessor in found.assessors
            for one in assessor.conflicts
        },
    }
