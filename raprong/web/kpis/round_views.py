"""Rounds of a KPI that ask for something of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.kpis import permissions
from raprong.kpis.criteria_words import LevelText, level_texts, plan_words
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.kpis.round_criteria import set_round_criteria
from raprong.lib.scoring.criteria import Criteria, Deviation, Kind
from raprong.lib.scoring.scheme import scheme_from_data
from raprong.web.kpis.criteria_forms import CriteriaForm
from raprong.web.kpis.criteria_views import criteria_context, looks_only
from raprong.web.kpis.finding import kpi_or_404, seen_version
from raprong.web.processes.panel import sop_panel_for
from raprong.web.shell.filters import digits


class RoundForm(forms.Form):
    """Why a selected KPI's round is changed."""

    because = forms.CharField(
        label=gettext_lazy("Why it is changed"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("The KPI is selected already: the reason is kept with every change."),
    )

    def __init__(self, kpi: KpiYear, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].required = kpi.state == KpiState.SELECTED


@dataclass(frozen=True)
class RoundCard:
    """A round: what it asks for, and whether that is its own."""

    months: int
    title: str
    own: bool
    levels: list[LevelText]
    note: str


@reads_on_get
def rounds(request: HttpRequest, kpi: str) -> HttpResponse:
    """What every round of a KPI asks for."""
    found = kpi_or_404(request, kpi)
    context = _context(request, found) | {
        "title": _("Rounds of KPI %(code)s") % {"code": digits(found.code)},
        "rounds": [_card(found, months) for months in sorted(found.run.definition.reporting.rounds)],
        "in_criteria": found.criteria_kind == Kind.MILESTONES,
    }
    return render(request, "kpis/rounds.html", context)


@reads_on_get
def round_criteria(request: HttpRequest, kpi: str, months: int) -> HttpResponse:
    """Give a round criteria of its own, or let it ask for what the year asks for."""
    found = kpi_or_404(request, kpi)
    if months not in found.run.definition.reporting.rounds or found.criteria_kind == Kind.MILESTONES:
        raise Http404
    criteria, form = _forms(request, found, months)
    if request.method == "POST" and "drop" in request.POST and form.is_valid():
        answer = _save(request, found, months, None, form)
        if answer:
            return answer
    elif request.method == "POST" and not looks_only(request) and all([criteria.is_valid(), form.is_valid()]):
        answer = _save(request, found, months, criteria, form)
        if answer:
            return answer
    context = _context(request, found) | {
        "title": _("The round of %(months)s months of KPI %(code)s")
        % {"months": digits(months), "code": digits(found.code)},
        "months": months,
        "criteria": criteria,
        "form": form,
        "own": str(months) in found.round_criteria,
        "selected": found.state == KpiState.SELECTED,
        **criteria_context(criteria, found.run, target=None, measure=found.measure),
    }
    wrong = not looks_only(request) and (form.errors or criteria.errors)
    return render(request, "kpis/round_criteria.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, kpi: KpiYear, months: int) -> tuple[CriteriaForm, RoundForm]:
    typed = request.POST if request.method == "POST" else None
    criteria = CriteriaForm(
        scheme_from_data(kpi.framework.scheme),
        kpi.run.definition.reporting.rounds,
        typed,
        stored=_of_the_round(criteria_of(kpi, months=months), months),
        only=Kind(kpi.criteria_kind),
    )
    return criteria, RoundForm(kpi, typed)


def _of_the_round(criteria: Criteria, months: int) -> Criteria:
    """Criteria as the round alone reads them: the plan of a deviation is the round's."""
    if isinstance(criteria, Deviation):
        return replace(criteria, plan=criteria.plan_in(months), plans=())
    return criteria


def _save(
    request: HttpRequest, kpi: KpiYear, months: int, criteria: CriteriaForm | None, form: RoundForm
) -> HttpResponse | None:
    """Save, or put every fault at its place and answer nothing."""
    try:
        made = set_round_criteria(
            kpi,
            months,
            criteria.criteria() if criteria else None,
            seen=seen_version(request),
            because=form.cleaned_data["because"],
            by=request.person,
            at=clock.now(),
        )
    except Faults as refused:
        others = criteria.take(refused) if criteria else refused
        for fault in others.faults:
            form.add_error(fault.field if fault.field in form.fields else None, str(fault.sentence))
        return None
    words = {"months": digits(months), "code": digits(made.code)}
    messages.success(request, _("The round of %(months)s months of KPI %(code)s is saved.") % words)
    return redirect("kpis:rounds", kpi=made.public_id)


def _card(kpi: KpiYear, months: int) -> RoundCard:
    return RoundCard(
        months=months,
        title=_("The round of %(months)s months") % {"months": digits(months)},
        own=str(months) in kpi.round_criteria,
        levels=level_texts(kpi, months=months),
        note=plan_words(kpi, months=months),
    )


def _context(request: HttpRequest, kpi: KpiYear) -> dict[str, Any]:
    at = clock.now()
    return {
        "run": kpi.run,
        "kpi": kpi,
        "panel": sop_panel_for(kpi.run, "kpis.proposals_complete", request.person, at),
        "why_not": refusal(permissions.check_may_revise, request.person, kpi, at=at),
    }
