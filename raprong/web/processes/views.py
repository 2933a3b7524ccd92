"""The year's run: its flow chart, its steps, and the verbs that move it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from raprong.access.queries import units_where
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.evaluations.queries import standing_score
from raprong.lib.sop.shape import Step
from raprong.lib.sop.standing import State
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Unit
from raprong.organisation.queries import groups_of
from raprong.processes import actions
from raprong.processes.library import all_sops, sop
from raprong.processes.models import Run
from raprong.processes.queries import facts_of, standing_of
from raprong.processes.words import title_of
from raprong.web.processes import presenters
from raprong.web.processes.current import run_of
from raprong.web.processes.forms import PartiesForm, WhatForm
from raprong.web.processes.panel import step_panel, unit_name
from raprong.web.shell.current import today
from raprong.web.shell.errors import way_back
from raprong.web.shell.filters import digits


@reads_on_get
def runs(request: HttpRequest) -> HttpResponse:
    """Every year of every unit that this person may see."""
    found = Run.objects.visible_to(request.person, on=today()).with_sop().order_by("-fiscal_year", "unit__order")
    at = clock.now()
    context = {
        "title": _("Years"),
        "runs": [(run, standing_of(run, at=at)) for run in found],
        "may_start": _units_to_start(request).exists(),
        "unit_name": unit_name,
        "run_title": presenters.run_title,
    }
    return render(request, "processes/runs.html", context)


@reads_on_get
def run(request: HttpRequest, run: str) -> HttpResponse:
    """The SOP's flow chart, coloured by standing, with the step that is open beside it."""
    found, at = run_of(request, run), clock.now()
    standing = standing_of(found, at=at)
    shown = standing.current or standing.steps[-1]
    context = {
        "title": presenters.run_title(found),
        "subtitle": presenters.run_subtitle(found),
        "run": found,
        "tiles": presenters.tiles(found, standing, standing_score(found), clock.day_of(at)),
        "chart": presenters.chart_of(found, standing),
        "finished": standing.finished,
        "panel": step_panel(found, shown.step, request.person, at, standing),
    }
    return render(request, "processes/run.html", context)


@reads_on_get
def step(request: HttpRequest, run: str, step: str) -> HttpResponse:
    """One step: the office's words, its work, pieces and control points, and its story."""
    found, at = run_of(request, run), clock.now()
    asked = _step_of(found, step)
    standing = standing_of(found, at=at)
    panel = step_panel(found, asked, request.person, at, standing)
    context = {
        "title": _("Step %(number)s %(title)s") % {"number": digits(asked.number), "title": title_of(asked)},
        "subtitle": presenters.run_title(found),
        "run": found,
        "panel": panel,
        "waiting": standing.step(step).state is State.WAITING,
        "times": standing.step(step),
        "story": [presenters.story_line(fact, asked) for fact in facts_of(found, asked)],
    }
    return render(request, "processes/step.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def start(request: HttpRequest) -> HttpResponse:
    """First which unit, year and SOP; then who the SOP's parties are. Only the second is posted."""
    asked = request.POST or (request.GET if "sop" in request.GET else None)
    first = WhatForm(asked, person=request.person, on=today(), initial=_initial(request))
    if asked is None or not first.is_valid():
        return _start_page(request, first)
    unit, definition = first.cleaned_data["unit"], sop(first.cleaned_data["sop"])
    parties = PartiesForm(request.POST or None, definition=definition, unit=unit, on=today())
    if request.method != "POST" or not parties.is_valid():
        return _start_page(request, first, parties)
    try:
        started = actions.start(
            unit,
            fiscal_year=first.cleaned_data["year"],
            sop_code=definition.code,
            bindings=parties.bindings(),
            by=request.person,
            at=clock.now(),
        )
    except Faults as faults:
        parties.place(faults)
        return _start_page(request, first, parties)
    messages.success(request, _("The year is started. Its first step is open."))
    return redirect("processes:run", run=started.public_id)


@require_POST
@reads_on_get
def finish(request: HttpRequest, run: str, step: str) -> HttpResponse:
    """Say that a step is done."""
    found = run_of(request, run)
    done = _step_of(found, step)
    actions.finish_step(found, step, by=request.person, at=clock.now())
    messages.success(request, _("Step %(number)s is done.") % {"number": digits(done.number)})
    return redirect("processes:run", run=run)


@require_POST
@reads_on_get
def answer(request: HttpRequest, run: str, step: str, control: str) -> HttpResponse:
    """Answer a control point."""
    found = run_of(request, run)
    if control not in {point.code for point in _step_of(found, step).control_points}:
        raise Http404
    said, remark = request.POST.get("answer", ""), request.POST.get("remark", "")
    actions.answer_control(found, step, control, answer=said, remark=remark, by=request.person, at=clock.now())
    messages.success(request, _("Your answer is written down."))
    return _back(request, run, step)


@require_POST
@reads_on_get
def submit(request: HttpRequest, run: str, step: str, piece: str) -> HttpResponse:
    """Hand in a group's piece."""
    found, group = _run_and_group(request, run, step, piece)
    actions.submit_piece(found, step, piece=group, by=request.person, at=clock.now())
    messages.success(request, _("Handed in for %(group)s.") % {"group": unit_name(group)})
    return _back(request, run, step)


@require_POST
@reads_on_get
def accept(request: HttpRequest, run: str, step: str, piece: str) -> HttpResponse:
    """Take a group's piece."""
    found, group = _run_and_group(request, run, step, piece)
    actions.accept_piece(found, step, piece=group, by=request.person, at=clock.now())
    messages.success(request, _("Accepted from %(group)s.") % {"group": unit_name(group)})
    return _back(request, run, step)


@require_POST
@reads_on_get
def return_piece(request: HttpRequest, run: str, step: str, piece: str) -> HttpResponse:
    """Send a group's piece back with the reason."""
    found, group = _run_and_group(request, run, step, piece)
    because = request.POST.get("because", "")
    actions.return_piece(found, step, piece=group, because=because, by=request.person, at=clock.now())
    messages.success(request, _("Sent back to %(group)s with your reason.") % {"group": unit_name(group)})
    return _back(request, run, step)


def _step_of(run: Run, code: str) -> Step:
    try:
        return run.definition.step(code)
    except KeyError:
        raise Http404 from None


def _run_and_group(request: HttpRequest, run: str, step: str, piece: str) -> tuple[Run, Unit]:
    found = run_of(request, run)
    _step_of(found, step)
    return found, get_object_or_404(groups_of(found.unit), public_id=piece)


def _back(request: HttpRequest, run: str, step: str) -> HttpResponse:
    """To the page the button stood on."""
    return redirect(way_back(request)) if way_back(request) else redirect("processes:step", run=run, step=step)


def _units_to_start(request: HttpRequest) -> Any:
    return units_where(request.person, "runs.start", on=today()).filter(kind=UnitKind.OFFICE)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The unit one works in, its next year, and the SOP it followed last or, the first time, its agency's own."""
    unit = request.unit
    if unit is None:
        return {}
    last = Run.objects.filter(unit=unit).select_related("sop").order_by("-fiscal_year").first()
    year = last.fiscal_year + 1 if last else request.fiscal_year.be
    own = (code for code, definition in all_sops().items() if definition.agency.th == unit.agency.name)
    return {"unit": unit.public_id, "year": year, "sop": last.sop.code if last else next(own, None)}


def _start_page(request: HttpRequest, first: WhatForm, parties: PartiesForm | None = None) -> HttpResponse:
    wrong = first.errors or (parties is not None and parties.errors)
    chosen = first.cleaned_data if first.is_bound and first.is_valid() else {}
    context = {
        "title": _("Start a year"),
        "first": first,
        "parties": parties,
        "chosen": chosen,
        "definition": sop(chosen["sop"]) if chosen else None,
        "may_start": _units_to_start(request).exists(),
        "unit_name": unit_name,
        "step_title": title_of,
    }
    return render(request, "processes/start.html", context, status=422 if wrong else 200)
