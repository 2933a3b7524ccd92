"""The criteria of a KPI while they are typed: the curve they make, and levels filled by convention."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from raprong.core.databases.read_only import reading_only
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.kpis.criteria_words import texts_of
from raprong.kpis.queries import scheme_of
from raprong.processes.models import Run
from raprong.web.kpis.criteria_forms import CriteriaForm
from raprong.web.kpis.curves import Curves, curves_of
from raprong.web.kpis.forms import ProposalForm
from raprong.web.processes.current import run_of
from raprong.web.shell.forms import FigureField

LOOKING = ("fill", "show")  # the buttons that show something and store nothing


def looks_only(request: HttpRequest) -> bool:
    """Whether a form was sent to be looked at, not to be saved."""
    return request.method == "POST" and any(name in request.POST for name in LOOKING)


def as_looked_at(form: ProposalForm, typed: QueryDict) -> ProposalForm:
    """The form as it was typed, with nothing judged; where that was asked for, with the levels around the target."""
    form.is_valid()
    form.criteria, faults = _filled(form, typed) if "fill" in typed else (form.criteria.again(typed), Faults([]))
    form._errors = ErrorDict()
    for fault in faults.faults:
        place = form.criteria if fault.field in form.criteria.fields else form
        place.add_error(fault.field, str(fault.sentence))
    return form


def _filled(form: ProposalForm, typed: QueryDict) -> tuple[CriteriaForm, Faults]:
    try:
        return form.criteria.again(form.criteria.filled(form.cleaned_data.get("target"))), Faults([])
    except Faults as refused:
        return form.criteria.again(typed), refused


def criteria_context(form: CriteriaForm, run: Run, *, target: Any, measure: Any) -> dict[str, Any]:
    """What the part of a page that holds the criteria needs."""
    return {"drawn": _drawn(form, target, measure), "curve_address": reverse("kpis:curve", args=[run.public_id])}


@reads_on_get
def curve(request: HttpRequest, run: str) -> HttpResponse:
    """The curve of criteria as they are typed. It stores nothing, however it is asked."""
    held = run_of(request, run)
    typed = request.POST if request.method == "POST" else request.GET
    with reading_only():
        form = CriteriaForm(scheme_of(held), held.definition.reporting.rounds, typed)
        drawn = _drawn(form, typed.get("target"), typed.get("measure"))
        return render(request, "kpis/_curve.html", {"drawn": drawn})


def _drawn(form: CriteriaForm, target: Any, measure: Any) -> Curves:
    criteria = form.standing
    texts = texts_of(criteria) if form.is_bound or form.stored else []
    return curves_of(
        criteria, form.scheme, target=form.target_meant(_figure(target)), measure=str(measure or ""), texts=texts
    )


def _figure(typed: Any) -> Any:
    """A figure as it stands in a field; none where it cannot be read."""
    try:
        return FigureField(required=False).clean(typed)
    except ValidationError:
        return None
