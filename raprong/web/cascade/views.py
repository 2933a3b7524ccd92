"""Pages on which KPIs are handed on to people, and on which people say that they have understood."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.permissions import check_holds
from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.cascade import actions, permissions, queries
from raprong.cascade.models import Commitment
from raprong.cascade.policies import ACKNOWLEDGED, ASSIGNED
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.organisation.queries import people_of
from raprong.processes.models import Run
from raprong.results.queries import score_card
from raprong.web.cascade import presenters
from raprong.web.cascade.forms import AcknowledgeForm, AssignForm
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.results.presenters import name_of
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show


@reads_on_get
def board(request: HttpRequest, run: str) -> HttpResponse:
    """Every KPI by group with the people who have taken it on."""
    found = run_of(request, run)
    check_holds(request.person, "cascade.read", found.unit, on=clock.today())
    return _board(request, found, at=clock.now())


@reads_on_get
def assign(request: HttpRequest, kpi: str) -> HttpResponse:
    """Give a KPI to a person. A form with faults comes back on the board."""
    at = clock.now()
    found = get_object_or_404(KpiYear.objects.visible_to(request.person, on=day_of(at)).with_people(), public_id=kpi)
    run = run_of(request, found.run.public_id)
    if request.method != "POST":
        return redirect("cascade:board", run=run.public_id)
    form = AssignForm(found, _people_to_choose(request.person, run, found, at=at), request.POST)
    if not form.is_valid():
        return _board(request, run, at=at, wrong=form, wrong_kpi=found)
    person = form.cleaned_data["person"]
    actions.assign(found, person, duty=form.cleaned_data["duty"], by=request.person, at=at)
    messages.success(request, _("%(kpi)s is given to %(person)s.") % {"kpi": digits(found.code), "person": person})
    return redirect("cascade:board", run=run.public_id)


@reads_on_get
def release(request: HttpRequest, commitment: str) -> HttpResponse:
    """Take a KPI back from somebody who has not acknowledged it."""
    at = clock.now()
    found = get_object_or_404(Commitment.objects.visible_to(request.person, on=day_of(at)), public_id=commitment)
    run = found.kpi.run
    if request.method == "POST":
        actions.release(found, by=request.person, at=at)
        words = {"kpi": digits(found.kpi.code), "person": found.person}
        messages.success(request, _("%(kpi)s is taken back from %(person)s.") % words)
    return redirect("cascade:board", run=run.public_id)


@reads_on_get
def given(request: HttpRequest, commitment: str) -> HttpResponse:
    """To what a person was given, where it is acknowledged; to the board for others. A notice leads here."""
    found = get_object_or_404(Commitment.objects.visible_to(request.person, on=clock.today()), public_id=commitment)
    page = "cascade:mine" if found.person_id == request.person.pk else "cascade:board"
    return redirect(page, run=found.kpi.run.public_id)


@reads_on_get
def mine(request: HttpRequest, run: str) -> HttpResponse:
    """What a person answers for, in its own numbers, and the sentence that one has understood."""
    found, at = run_of(request, run), clock.now()
    commitments = list(queries.own_commitments(found, request.person).prefetch_related("kpi__sources"))
    waiting = [commitment for commitment in commitments if commitment.acknowledged_at is None]
    asked = _asked(commitments, request.POST.get("commitment", ""))
    form = AcknowledgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _acknowledged(_acknowledge(found, asked, by=request.person, at=at)))
        return redirect("cascade:mine", run=found.public_id)
    scored = {row.code: row for row in score_card(found, upto=found.year.ends_on).kpis}
    context = {
        "title": _("My KPIs"),
        "subtitle": _("What I answer for this year, and where it leads"),
        "run": found,
        "waiting": waiting,
        "form": form,
        "asked": asked,
        "own": [
            presenters.own_kpi(
                commitment, scored[commitment.kpi.code], _why_not_acknowledge(request.person, commitment, at=at)
            )
            for commitment in commitments
        ],
        "panel": sop_panel_for(found, ACKNOWLEDGED, request.person, at),
    }
    return show(request, "cascade/mine.html", context, status=422 if form.errors else 200)


def _board(
    request: HttpRequest, run: Run, *, at: datetime, wrong: AssignForm | None = None, wrong_kpi: KpiYear | None = None
) -> HttpResponse:
    boards = queries.board_of(run)
    context: dict[str, Any] = {
        "title": _("Cascade to groups and persons"),
        "subtitle": _("Who answers for which KPI, and who has acknowledged it"),
        "run": run,
        "name_of": name_of,
        "tiles": presenters.tiles(boards),
        "cards": [_card(request.person, run, part, wrong, wrong_kpi, at=at) for part in boards],
        "wrong": wrong,
        "mine": any(one.person_id == request.person.pk for part in boards for one in part.commitments),
        "panel": sop_panel_for(run, ASSIGNED, request.person, at),
    }
    return show(request, "cascade/board.html", context, status=422 if wrong else 200)


def _card(
    person: Person,
    run: Run,
    part: queries.GroupBoard,
    wrong: AssignForm | None,
    wrong_kpi: KpiYear | None,
    *,
    at: datetime,
) -> presenters.GroupCard:
    """A group's card. What is refused for one of its KPIs is refused for all, so it is asked once."""
    why_not = refusal(permissions.check_may_assign, person, part.kpis[0][0], at=at)
    lines = []
    for kpi, commitments in part.kpis:
        form = None
        if not why_not:
            form = wrong if kpi == wrong_kpi else AssignForm(kpi, _people_to_choose(person, run, kpi, at=at))
        lines.append(presenters.KpiLine(kpi, [_holder(one, why_not) for one in commitments], form, why_not))
    return presenters.GroupCard(part, lines)


def _holder(commitment: Commitment, why_not: str) -> presenters.Holder:
    return presenters.Holder(commitment, why_not or (_("Acknowledged") if commitment.acknowledged_at else ""))


def _people_to_choose(person: Person, run: Run, kpi: KpiYear, *, at: datetime) -> list[Person]:
    """Who may be given a KPI: everybody of the unit for those who assign there, else the own group."""
    place = run.unit if holds(person, "cascade.assign", run.unit, on=day_of(at)) else kpi.group
    taken = set(kpi.commitments.values_list("person_id", flat=True))
    return [found for found in people_of(place, on=day_of(at)) if found.pk not in taken]


def _asked(commitments: list[Commitment], public_id: str) -> Commitment | None:
    """The one KPI that was asked for; None where all were. Somebody else's is not there."""
    if not public_id:
        return None
    for commitment in commitments:
        if commitment.public_id == public_id:
            return commitment
    raise Http404


def _acknowledge(run: Run, asked: Commitment | None, *, by: Person, at: datetime) -> int:
    """One KPI where one was asked for, else everything that waits; answers how many."""
    if asked is None:
        return len(actions.acknowledge_all(run, by=by, at=at))
    actions.acknowledge(asked, by=by, at=at)
    return 1


def _acknowledged(count: int) -> str:
    sentence = ngettext("%(count)s KPI is acknowledged.", "%(count)s KPIs are acknowledged.", count)
    return sentence % {"count": digits(count)}


def _why_not_acknowledge(person: Person, commitment: Commitment, *, at: datetime) -> str:
    """Why it cannot be acknowledged now; empty where it can, or has been."""
    if commitment.acknowledged_at is not None:
        return ""
    return refusal(permissions.check_may_acknowledge, person, commitment, at=at)
