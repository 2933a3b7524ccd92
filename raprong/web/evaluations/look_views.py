"""One KPI before the assessor: what is asked, what is claimed and what proves it, side by side, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.evaluations import permissions
from raprong.evaluations.models import GivenScore
from raprong.evaluations.queries import scores_of
from raprong.kpis.models import KpiYear
from raprong.web.evaluations.forms import ScoreForm
from raprong.web.evaluations.found import visible_evaluation, visible_score
from raprong.web.evaluations.presenters import ScoreView, Stop, stop
from raprong.web.evaluations.views import DECIDED, decide, evaluation_context
from raprong.web.processes.panel import unit_name
from raprong.web.results.presenters import levels_of
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def look(request: HttpRequest, score: str) -> HttpResponse:
    """Look at one KPI and decide about it; then the next one that nobody looked at opens."""
    at, found = clock.now(), visible_score(request, score)
    form, status = ScoreForm(found, request.POST or None), 200
    if request.method == "POST":
        status = decide(request, found, form, at=at)
        if status == DECIDED:
            return _go_on(found)
    evaluation = visible_evaluation(request, found.evaluation.public_id)
    typed = {found.pk: form} if form.is_bound and not form.keeps else None
    context = evaluation_context(request, evaluation, at=at, wrong=typed)
    view = next(one for one in context["views"] if one.score.pk == found.pk)
    why_not = refusal(permissions.check_may_declare_conflict, request.person, evaluation.run, at=at)
    context |= _page(view, context) | {"wrong": form if form.errors else None, "why_not_declare": why_not}
    return show(request, "evaluations/look.html", context, status=status)


def _go_on(decided: GivenScore) -> HttpResponse:
    """To the next KPI that nobody looked at, from here on and then from the start; else to the whole evaluation."""
    scores = list(scores_of(decided.evaluation))
    here = next(place for place, one in enumerate(scores) if one.pk == decided.pk)
    waiting = (one for one in scores[here + 1 :] + scores[:here] if one.looked_at is None or one.doubted_id)
    following = next(waiting, None)
    if following is None:
        return redirect("evaluations:evaluation", decided.evaluation.public_id)
    return redirect("evaluations:look", following.public_id)


def _page(view: ScoreView, context: dict[str, Any]) -> dict[str, Any]:
    kpi, views = view.score.item.kpi, context["views"]
    flags = context["flags"]
    strip = [stop(one.score, flags.get(one.score.item.kpi_id, []), on_page=False) for one in views]
    before, after = _beside(strip, view.score.public_id)
    done = sum(one.score.looked_at is not None for one in views)
    return {
        "title": digits(f"{kpi.code} {kpi.title}"),
        "subtitle": f"{unit_name(context['run'].unit)} · {context['title']}",
        "crumbs": [*context["crumbs"], (unit_name(context["run"].unit), context["evaluation_page"])],
        "view": view,
        "kpi": kpi,
        "levels": levels_of(kpi, months=view.score.item.assessment.months),
        "asked_for": [(label, text) for label, text in _asked_for(kpi) if text],
        "flags": flags.get(kpi.pk, []),
        "strip": strip,
        "before": before,
        "after": after,
        "looked_at": _("%(done)s of %(all)s KPIs looked at") % {"done": digits(done), "all": digits(len(views))},
    }


def _beside(strip: Sequence[Stop], key: str) -> tuple[Stop | None, Stop | None]:
    here = next(place for place, one in enumerate(strip) if one.key == key)
    return (strip[here - 1] if here else None), (strip[here + 1] if here + 1 < len(strip) else None)


def _asked_for(kpi: KpiYear) -> list[tuple[str, str]]:
    return [
        (_("Evidence asked for"), kpi.evidence_expected),
        (_("What it measures"), kpi.definition),
        (_("Formula"), kpi.formula),
        (_("Source of the figures"), kpi.data_source),
        (_("Conditions"), kpi.conditions),
    ]
