"""The evidence of a year, and one piece of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from raprong.access.permissions import check_holds
from raprong.access.rules import refusal
from raprong.audit.queries import entries_about
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evidence import actions, permissions
from raprong.evidence.models import Credit, Evidence
from raprong.evidence.proof import open_round
from raprong.evidence.search import Asked, evidence_of_run
from raprong.files.previews import pages_of
from raprong.kpis.queries import selected_kpis
from raprong.lib.thai.writing import words_of
from raprong.processes.models import Run
from raprong.web.evidence import presenters, words
from raprong.web.evidence.forms import FactsForm, LookForm, PlaceForm
from raprong.web.evidence.whereabouts import asked_round, evidence_or_404, kpis_to_give
from raprong.web.kpis.finding import seen_version
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show

PER_PAGE = 50
MOST_PICTURES = 20  # pages of one file; the rest are read in the file itself


@require_safe
@reads_on_get
def evidence_list(request: HttpRequest, run: str) -> HttpResponse:
    """All evidence of a year, narrowed by words, group, KPI, type, and what it lacks."""
    found, at = run_of(request, run), clock.now()
    check_holds(request.person, permissions.READ, found.unit, on=day_of(at))
    kpis = list(selected_kpis(found).select_related("group__parent"))
    groups = sorted({kpi.group for kpi in kpis}, key=lambda group: (group.order, group.name))
    form = LookForm(request.GET, groups=groups, kpis=kpis, name_of=unit_name)
    asked = _asked(form)
    page = Paginator(evidence_of_run(found, asked, sort=request.GET.get("sort", "")), PER_PAGE)
    context = {
        "title": _("Evidence"),
        "subtitle": unit_name(found.unit),
        "run": found,
        "form": form,
        "page": page.get_page(request.GET.get("page")),
        "words": words_of(asked.words),
        "any": Evidence.objects.of_run(found).exists(),
        "credit_view": presenters.credit_view,
        "picture_url": presenters.picture_url,
        "kind_title": words.kind_title,
        "period_words": words.period_words,
        "kpis": kpis_to_give(request, found, open_round(found), at=at),
    }
    return show(request, "evidence/list.html", context)


def _asked(form: LookForm) -> Asked:
    """What the form asks for; what it does not know asks for nothing."""
    form.is_valid()
    said = form.cleaned_data
    return Asked(
        words=said.get("q", ""),
        group=form.groups.get(said.get("group", "")),
        kpi=form.kpis.get(said.get("kpi", "")),
        kind=said.get("kind", ""),
        lack=said.get("lack", ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def evidence(request: HttpRequest, evidence: str) -> HttpResponse:
    """One piece: what it looks like, what it is, what it proves, and what happened to it."""
    found, at = evidence_or_404(request, evidence)
    form = FactsForm.of(found, request.POST if request.method == "POST" else None)
    status, overtaken = 200, None
    if request.method == "POST":
        if form.is_valid():
            try:
                actions.change(found, form.facts, seen=seen_version(request), by=request.person, at=at)
            except Faults as faults:
                form.take(faults)
            except Stale as stale:
                overtaken = stale.thing
            else:
                messages.success(request, _("Saved."))
                return redirect("evidence:evidence", found.public_id)
        status = 409 if overtaken else 422
    return show(request, "evidence/evidence.html", _context(request, found, form, overtaken, at=at), status=status)


def _context(request: HttpRequest, found: Evidence, form: FactsForm, overtaken: Any, *, at: datetime) -> dict[str, Any]:
    person, run = request.person, found.run
    current = Evidence.objects.select_related("file", "link", "added_by").get(pk=found.pk) if overtaken else found
    credits = list(found.credits.with_evidence().select_related("kpi__group__parent", "withdrawn_by"))
    standing = [one for one in credits if one.withdrawn_at is None]
    months = asked_round(request, run)
    return {
        "title": digits(current.title),
        "subtitle": current.file.name,
        "crumbs": [(_("Evidence"), reverse("evidence:list", args=[run.public_id]))],
        "section": "evidence:list",
        "evidence": current,
        "form": form,
        "overtaken": overtaken,
        "why_not_change": refusal(permissions.check_may_change, person, found, at=at),
        "pages": (pages := pages_of(current.file)),
        "pictures": presenters.page_urls(current.file, min(pages, MOST_PICTURES)),
        "facts": _facts(current),
        "link": presenters.link_view(current),
        "credits": [_credit_line(request, one, at=at) for one in standing],
        "withdrawn": [presenters.credit_view(one) for one in credits if one.withdrawn_at],
        "months": months,
        "rounds": words.round_choices(run),
        "kpis": [(kpi, words.place_choices(kpi)) for kpi in _others(request, run, standing, months, at=at)],
        "happenings": presenters.history(entries_about(found)),
    }


def _facts(evidence: Evidence) -> list[tuple[str, str]]:
    period = words.period_words(evidence.starts_on, evidence.ends_on)
    return [
        (str(words.FACTS["kind"]), words.kind_title(evidence.kind) if evidence.kind else ""),
        (_("Grade"), words.grade_title(evidence.kind)),
        (_("Period"), period),
        (str(words.FACTS["collector"]), evidence.collector or evidence.added_by.name),
        (str(words.FACTS["note"]), evidence.note),
    ]


def _credit_line(request: HttpRequest, credit: Credit, *, at: datetime) -> dict[str, Any]:
    """A credit, with the form that moves it where this person may, and why not where they may not."""
    why_not = refusal(permissions.check_may_withdraw, request.person, credit, at=at)
    form = None if why_not else PlaceForm(credit.kpi, months=credit.months, step=credit.step)
    return {"view": presenters.credit_view(credit, may_withdraw=not why_not), "why_not": why_not, "form": form}


def _others(request: HttpRequest, run: Run, standing: list[Credit], months: int, *, at: datetime) -> list[Any]:
    """The KPIs that this person could credit it to besides."""
    there = {one.kpi_id for one in standing if one.months in (0, months)}
    return [kpi for kpi in kpis_to_give(request, run, months, at=at) if kpi.pk not in there]
