"""One KPI before the assessor: what is asked, what is claimed and what proves it, side by side, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.evaluations import permissions
from raprong.evaluations.models import GivenScore
from raprong.evaluations.queries import name_across_units, scores_of
from raprong.evaluations.reading_order import scores_to_read
from raprong.kpis.models import KpiYear
from raprong.web.evaluations.forms import ScoreForm
from raprong.web.evaluations.found import visible_evaluation, visible_score
from raprong.web.evaluations.presenters import ScoreView, Stop, stop
from raprong.web.evaluations.views import DECIDED, decide, evaluation_context
from raprong.web.evidence.cards import proof_of_item
from raprong.web.objections.opening import to_the_opening
from raprong.web.processes.panel import unit_name
from raprong.web.results.presenters import levels_of
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def look(request: HttpRequest, score: str) -> HttpResponse:
    """Look at one KPI and decide about it; then the next one that nobody looked at opens."""
    at, found = clock.now(), visible_score(request, score)
    if (opening := to_the_opening(request, found.evaluation)) is not None:
        return opening
    along = request.GET.get("along") == "kpi"
    form, status = ScoreForm(found, request.POST or None), 200
    if request.method == "POST":
        permissions.check_may_score_kpi(request.person, found, at=at)
        status = decide(request, found, form, at=at)
        if status == DECIDED:
            return _go_on(found, _units_with(request, found) if along else list(scores_of(found.evaluation)), along)
    evaluation = visible_evaluation(request, found.evaluation.public_id)
    typed = {found.pk: form} if form.is_bound and not form.keeps else None
    context = evaluation_context(request, evaluation, at=at, wrong=typed)
    view = next(one for one in context["views"] if one.score.pk == found.pk)
    why_not = refusal(permissions.check_may_declare_conflict, request.person, evaluation.run, at=at)
    siblings = _units_with(request, found) if along else [one.score for one in context["views"]]
    context |= _page(view, context, siblings, along) | {
        "wrong": form if form.errors else None,
        "why_not_declare": why_not,
    }
    return show(request, "evaluations/look.html", context, status=status)


def _units_with(request: HttpRequest, score: GivenScore) -> list[GivenScore]:
    """The same KPI, in the same round of every unit of the agency that is being scored."""
    run, kpi = score.evaluation.run, score.item.kpi
    scores = scores_to_read(request.person, fiscal_year=run.fiscal_year, on=day_of(clock.now()))
    alike = scores.filter(
        item__kpi__title=kpi.title,
        item__assessment__months=score.evaluation.assessment.months,
        evaluation__assessment__run__unit__agency=run.unit.agency_id,
    )
    return [one for one in alike if name_across_units(one.item.kpi) == name_across_units(kpi)]


def _go_on(decided: GivenScore, scores: Sequence[GivenScore], along: bool) -> HttpResponse:
    """To the next one that nobody looked at, from here on and then from the start; else back to where they all are."""
    here = next((place for place, one in enumerate(scores) if one.pk == decided.pk), 0)
    waiting = (one for one in [*scores[here + 1 :], *scores[:here]] if one.looked_at is None or one.doubted_id)
    following = next(waiting, None)
    if following is None and along:
        return redirect(f"{reverse('evaluations:desk')}?kpi={decided.item.kpi.public_id}&show=all")
    if following is None:
        return redirect("evaluations:evaluation", decided.evaluation.public_id)
    return redirect(_address(following.public_id, along))


def _address(score: str, along: bool) -> str:
    return reverse("evaluations:look", args=[score]) + ("?along=kpi" if along else "")


def _page(view: ScoreView, context: dict[str, Any], siblings: Sequence[GivenScore], along: bool) -> dict[str, Any]:
    kpi, flags = view.score.item.kpi, context["flags"]
    strip = [
        stop(
            one,
            flags.get(one.item.kpi_id, []),
            href=_address(one.public_id, along),
            label=unit_name(one.evaluation.run.unit) if along else digits(one.item.kpi.code),
        )
        for one in siblings
    ]
    before, after = _beside(strip, view.score.public_id)
    done = sum(one.looked_at is not None for one in siblings)
    words = {"done": digits(done), "all": digits(len(siblings))}
    return {
        "title": digits(f"{kpi.code} {kpi.title}"),
        "subtitle": f"{unit_name(context['run'].unit)} · {context['title']}",
        "crumbs": [*context["crumbs"], (unit_name(context["run"].unit), context["evaluation_page"])],
        "view": view,
        "kpi": kpi,
        "levels": levels_of(kpi, months=view.score.item.assessment.months),
        "proof": proof_of_item(view.score.item),
        "asked_for": [(label, text) for label, text in _asked_for(kpi) if text],
        "flags": flags.get(kpi.pk, []),
        "factors_here": [one for one in context["factors"] if one.item_id == view.score.item_id],
        "advice_here": [one for one in context["advice"] if one.kpi is None or one.kpi.kpi_id == kpi.kpi_id],
        "strip": strip,
        "before": before,
        "after": after,
        "looked_at": (_("%(done)s of %(all)s units looked at") if along else _("%(done)s of %(all)s KPIs looked at"))
        % words,
        "along": along,
        "address": _address(view.score.public_id, along),
        "desk": "" if context["why_not_score"] else f"{reverse('evaluations:desk')}?kpi={kpi.public_id}",
    }


def _beside(strip: Sequence[Stop], key: str) -> tuple[Stop | None, Stop | None]:
    here = next((place for place, one in enumerate(strip) if one.key == key), None)
    if here is None:
        return None, None
    return (strip[here - 1] if here else None), (strip[here + 1] if here + 1 < len(strip) else None)


def _asked_for(kpi: KpiYear) -> list[tuple[str, str]]:
    return [
        (_("Evidence asked for"), kpi.evidence_expected),
        (_("What it measures"), kpi.definition),
        (_("Formula"), kpi.formula),
        (_("Source of the figures"), kpi.data_source),
        (_("Conditions"), kpi.conditions),
    ]
