"""Giving evidence of a KPI: new files, or what is here already."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.files.base import File
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from raprong.access.rules import Refused
from raprong.assessments.models import AssessmentItem
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.evidence import actions
from raprong.evidence.facts import Facts, Proves
from raprong.evidence.models import WHOLE_KPI, Credit, Evidence
from raprong.evidence.policies import AlreadyHere, checked_facts
from raprong.evidence.proof import proof_of_round
from raprong.evidence.search import could_prove, to_choose_from
from raprong.files import incoming, links
from raprong.files.incoming import Arrived
from raprong.files.links import Copy
from raprong.kpis.models import KpiYear
from raprong.lib.thai.writing import words_of
from raprong.web.evidence import presenters, words
from raprong.web.evidence.forms import GiveForm, PlaceForm
from raprong.web.evidence.whereabouts import (
    asked_round,
    credit_or_404,
    evidence_or_404,
    kpi_or_404,
    kpis_to_give,
    why_not_give,
)
from raprong.web.processes.panel import unit_name
from raprong.web.shell.errors import way_back
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show

PER_PAGE = 20


@dataclass
class Given:
    """What became of files handed in together: each by itself, so that one refused does not cost the others."""

    credits: list[Credit] = field(default_factory=list)
    here: list[AlreadyHere] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def of_kpi(request: HttpRequest, kpi: str) -> HttpResponse:
    """The evidence of one KPI in a round, step by step, and the form that takes more in."""
    found, at = kpi_or_404(request, kpi)
    posted = request.method == "POST"
    months = asked_round(request, found.framework.run)
    place = PlaceForm(found, request.POST if posted else None, months=months, step=_asked_step(request))
    form = GiveForm(request.POST, request.FILES) if posted else GiveForm()
    if posted and all([place.is_valid(), form.is_valid()]) and _facts_are_whole(form):
        copy = _copy_of_link(form, at=at)
        if form.is_valid():
            given = give([*form.cleaned_data["evidence"], *copy], place.proves, form.facts, request, at=at)
            return _told(request, found, place.proves.months or months, given)
    context = _kpi_context(request, found, months, place, form, at=at)
    return show(request, "evidence/kpi.html", context, status=422 if posted else 200)


def _facts_are_whole(form: GiveForm) -> bool:
    """What is said of all files is looked at before any of them is taken in."""
    if not form.is_valid():
        return False
    try:
        checked_facts(replace(form.facts, title=form.facts.title or "–"))
    except Faults as faults:
        form.take(faults)
    return form.is_valid()


def _copy_of_link(form: GiveForm, *, at: datetime) -> list[Copy]:
    """What stands at the address that was given, if one was; why it cannot be kept stands at its field."""
    if not form.cleaned_data["address"]:
        return []
    try:
        return [links.copy_of(form.cleaned_data["address"], at=at)]
    except Refused as refused:
        form.add_error("address", refused.sentence)
        return []


def give(pieces: list[File | Copy], proves: Proves, facts: Facts, request: HttpRequest, *, at: datetime) -> Given:
    """Hand in each piece by itself. A title is of one piece; several are called by their own names."""
    given = Given()
    said: Any = {"proves": proves, "by": request.person, "at": at}
    said["facts"] = facts if len(pieces) == 1 else replace(facts, title="")
    for file in pieces:
        try:
            if isinstance(file, Copy):
                given.credits.append(actions.hand_in_link(file, **said))
            else:
                given.credits.append(actions.hand_in(file, file.name or "", **said))
        except AlreadyHere as known:
            given.here.append(known)
            if isinstance(file, Arrived):
                incoming.let_go(file)
        except Refused as refused:
            given.refused.append(refused.sentence)
    return given


def _told(request: HttpRequest, kpi: KpiYear, months: int, given: Given) -> HttpResponse:
    """Say what was taken and what was not; what is here already is offered on the page that follows."""
    if given.credits:
        numbers = ", ".join(words.said_number(credit) for credit in given.credits)
        count = len(given.credits)
        said = ngettext("%(count)s file is in: %(numbers)s.", "%(count)s files are in: %(numbers)s.", count)
        messages.success(request, said % {"count": digits(count), "numbers": numbers})
    for sentence in given.refused:
        messages.error(request, sentence)
    here = [known.evidence.public_id for known in given.here]
    return redirect(address_of(kpi, months, here=here))


def address_of(kpi: KpiYear, months: int, *, here: list[str] | None = None) -> str:
    """The page of a KPI's evidence in a round, with what was found to be here already."""
    query: dict[str, Any] = {"round": months} | ({"here": here} if here else {})
    return reverse("evidence:kpi", kwargs={"kpi": kpi.public_id}, query=query)


def _asked_step(request: HttpRequest) -> int:
    asked = request.GET.get("step", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0


def _kpi_context(
    request: HttpRequest, kpi: KpiYear, months: int, place: PlaceForm, form: GiveForm, *, at: datetime
) -> dict[str, Any]:
    run = kpi.framework.run
    why_not = why_not_give(request, kpi, months, at=at)
    [proof] = proof_of_round(run, months, kpis=[kpi])
    item = AssessmentItem.objects.filter(assessment__run=run, assessment__months=months, kpi=kpi).first()
    return {
        "title": _("Evidence of KPI %(code)s") % {"code": digits(kpi.code)},
        "subtitle": digits(f"{kpi.title} · {unit_name(kpi.group)}"),
        "crumbs": [(_("Evidence"), reverse("evidence:list", args=[run.public_id]))],
        "section": "evidence:list",
        "kpi": kpi,
        "run": run,
        "months": months,
        "rounds": words.round_choices(run, with_every=False),
        "round_title": words.round_words(months),
        "view": presenters.proof_view(proof, may_withdraw=not why_not),
        "place": place,
        "form": form,
        "why_not": why_not,
        "here": [] if why_not else _here(request, kpi, months, at=at),
        "item": item,
    }


def _here(request: HttpRequest, kpi: KpiYear, months: int, *, at: datetime) -> list[tuple[Evidence, list[Any]]]:
    """What was uploaded and is here already, with its credits; what proves the KPI by now is offered no more."""
    asked = request.GET.getlist("here")[:PER_PAGE]
    if not asked:
        return []
    offered = could_prove(kpi, months, person=request.person, on=day_of(at)).filter(public_id__in=asked)
    return [(piece, [presenters.credit_view(one) for one in piece.shown_credits]) for piece in offered]


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def choose(request: HttpRequest, kpi: str) -> HttpResponse:
    """Choose from what is here: several pieces prove the KPI in one move, and nothing is stored twice."""
    found, at = kpi_or_404(request, kpi)
    posted = request.method == "POST"
    months = asked_round(request, found.framework.run)
    place = PlaceForm(found, request.POST if posted else None, months=months, step=_asked_step(request))
    offered = to_choose_from(found, months, request.GET.get("q", ""), person=request.person, on=day_of(at))
    if posted and place.is_valid():
        chosen = could_prove(found, place.proves.months, person=request.person, on=day_of(at))
        return _chosen(request, place.proves, list(chosen.filter(public_id__in=request.POST.getlist("evidence"))), at)
    asked = request.GET.get("q", "")
    context = {
        "title": _("Choose from what is here"),
        "subtitle": digits(f"{found.code} {found.title}"),
        "crumbs": [
            (_("Evidence"), reverse("evidence:list", args=[found.framework.run.public_id])),
            (_("KPI %(code)s") % {"code": digits(found.code)}, address_of(found, months)),
        ],
        "section": "evidence:list",
        "kpi": found,
        "months": months,
        "asked": asked,
        "words": words_of(asked),
        "page": Paginator(offered, PER_PAGE).get_page(request.GET.get("page")),
        "place": place,
        "this_year": found.framework.run.fiscal_year,
        "credit_view": presenters.credit_view,
        "picture_url": presenters.picture_url,
        "kind_title": words.kind_title,
        "period_words": words.period_words,
        "why_not": why_not_give(request, found, months, at=at),
        "back": address_of(found, months),
    }
    return show(request, "evidence/choose.html", context, status=422 if posted else 200)


def _chosen(request: HttpRequest, proves: Proves, chosen: list[Evidence], at: datetime) -> HttpResponse:
    back = address_of(proves.kpi, proves.months or asked_round(request, proves.kpi.framework.run))
    if not chosen:
        messages.error(request, _("Choose at least one piece of evidence."))
        return redirect("evidence:choose", proves.kpi.public_id)
    with transaction.atomic():
        given = [one for piece in chosen for one in actions.credit(piece, [proves], by=request.person, at=at)]
    numbers = ", ".join(map(words.said_number, given))
    messages.success(request, _("Credited: %(numbers)s.") % {"numbers": numbers})
    return redirect(back)


@require_POST
def credit(request: HttpRequest, evidence: str) -> HttpResponse:
    """Let one piece of evidence prove several KPIs more, each as a whole or at the step or level said beside it."""
    found, at = evidence_or_404(request, evidence)
    run = found.run
    known = {code: int(code) for code, _title in words.round_choices(run)}
    months = known.get(request.POST.get("months", ""), asked_round(request, run))
    asked = set(request.POST.getlist("kpi"))
    kpis = [kpi for kpi in kpis_to_give(request, run, months, at=at) if kpi.public_id in asked]
    if not kpis:
        messages.error(request, _("Choose at least one KPI."))
        return redirect("evidence:evidence", found.public_id)
    given = actions.credit(found, [_said_beside(request, kpi, months) for kpi in kpis], by=request.person, at=at)
    messages.success(request, _("Credited: %(numbers)s.") % {"numbers": ", ".join(map(words.said_number, given))})
    return redirect("evidence:evidence", found.public_id)


def _said_beside(request: HttpRequest, kpi: KpiYear, months: int) -> Proves:
    """A KPI that was ticked, with the step or level chosen beside it; refused where it has no such one."""
    said = request.POST.get(f"step-{kpi.public_id}", str(WHOLE_KPI))
    if said not in dict(words.place_choices(kpi)):
        raise Refused(_("Choose a step and a round."))
    return Proves(kpi, months, int(said))


@require_POST
def withdraw(request: HttpRequest, credit: str) -> HttpResponse:
    """Take evidence off a KPI; what it proves elsewhere stays."""
    found, at = credit_or_404(request, credit)
    actions.withdraw(found, by=request.person, at=at)
    messages.success(
        request, _("%(number)s is withdrawn. Its number stays used.") % {"number": words.said_number(found)}
    )
    page = address_of(found.kpi, found.months or asked_round(request, found.kpi.framework.run))
    return redirect(way_back(request) or page)


@require_POST
def move(request: HttpRequest, credit: str) -> HttpResponse:
    """Let evidence prove another step or level, or count in another round."""
    found, at = credit_or_404(request, credit)
    form = PlaceForm(found.kpi, request.POST, months=found.months, step=found.step)
    if form.is_valid():
        proves = form.proves
        moved = actions.move(found, months=proves.months, step=proves.step, by=request.person, at=at)
        messages.success(request, _("It is %(number)s now.") % {"number": words.said_number(moved)})
    else:
        messages.error(request, _("Choose a step and a round."))
    return redirect("evidence:evidence", found.evidence.public_id)
