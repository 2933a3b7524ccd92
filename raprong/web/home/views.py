"""My work: what waits for the person who is signed in. And the first page of an empty installation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from raprong.access import administration
from raprong.access.queries import holds_in_agency
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.lib.sop.standing import RunStanding, State
from raprong.notifications.actions import mark_read
from raprong.notifications.models import Notice
from raprong.processes.models import Run
from raprong.processes.queries import standing_of
from raprong.processes.words import title_of
from raprong.web.home.desk import Desk, Waiting
from raprong.web.home.first_run import is_empty
from raprong.web.home.forms import FirstRunForm
from raprong.web.home.links import address_of
from raprong.web.home.setting_up import first_steps_of
from raprong.web.home.waiting import everything
from raprong.web.processes.current import current_run
from raprong.web.processes.panel import due_day, year_name
from raprong.web.shell.current import today
from raprong.web.shell.filters import digits, short_date, weekday_date

NOTICES_SHOWN = 5
MOST_NOTICES = 200  # where all are asked for
AROUND = 2  # steps shown before and after the open one


@reads_on_get
def work(request: HttpRequest) -> HttpResponse:
    """What waits, the soonest due first; beside it where the year stands, and the notices."""
    desk = Desk.of(request.person, clock.now())
    waiting, run = everything(desk), current_run(request)
    request.__dict__["waiting_count"] = len(waiting)
    unread = Notice.objects.filter(person=request.person, read_at__isnull=True)
    shown = MOST_NOTICES if request.GET.get("notices") == "all" else NOTICES_SHOWN
    context = {
        "title": _("My work"),
        "subtitle": _subtitle(len(waiting)),
        "waiting": _tasks(desk, waiting),
        "run": run,
        "year": _year_lines(run, _standing(desk, run)) if run else [],
        "year_name": year_name(run.year) if run else "",
        "notices": [(notice, address_of(notice.about)) for notice in unread[:shown]],
        "more_notices": max(0, unread.count() - shown),
        "administers": holds_in_agency(request.person, administration.ADMINISTER, request.person.agency, on=today()),
    }
    return render(request, "home/work.html", context)


@require_POST
@reads_on_get
def read(request: HttpRequest, notice: str) -> HttpResponse:
    """Remember that a notice was read, and go to what it is about."""
    found = get_object_or_404(Notice, public_id=notice, person=request.person)
    mark_read(found, by=request.person, at=clock.now())
    return redirect(address_of(found.about) or "home:work")


@require_POST
@reads_on_get
def read_all(request: HttpRequest) -> HttpResponse:
    """Remember that every notice was read."""
    at = clock.now()
    for notice in Notice.objects.filter(person=request.person, read_at__isnull=True):
        mark_read(notice, by=request.person, at=at)
    return redirect("home:work")


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the agency and its administrator. Closed as soon as there is an account."""
    if not is_empty():
        return redirect("home:work")
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("agency", "name", "username", "password")}
        try:
            person = administration.found(**typed, at=clock.now())
        except Faults as faults:
            for fault in faults.faults:
                form.add_error(fault.field, str(fault.sentence))
        else:
            login(request, person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, _("Raprong is set up. You are its administrator."))
            return redirect("home:first-steps")
    context = {"title": _("Welcome to Raprong"), "form": form}
    return render(request, "home/first_run.html", context, status=422 if form.errors else 200)


@reads_on_get
def first_steps(request: HttpRequest) -> HttpResponse:
    """What an administrator does next, with what is done already."""
    agency = request.person.agency
    administration.check_may_administer(request.person, agency, at=clock.now())
    steps = first_steps_of(request.person, on=today())
    lines = [
        {
            "text": step.text,
            "note": step.note,
            "ok": step.done or None,
            "heard": _("Done:") if step.done else _("Not done yet:"),
        }
        for step in steps
    ]
    context = {"title": _("First steps"), "subtitle": agency.name, "steps": lines}
    return render(request, "home/first_steps.html", context)


def _tasks(desk: Desk, waiting: list[Waiting]) -> list[dict[str, Any]]:
    """The lines of the list. Where work of more than one fiscal year is under way, each says of which it is."""
    runs = [run for run, _standing in desk.runs] + [one.run for one in waiting if one.run]
    several = len({run.fiscal_year for run in runs}) > 1
    return [_task(one, first=place == 0, several_years=several) for place, one in enumerate(waiting)]


def _task(waiting: Waiting, *, first: bool, several_years: bool) -> dict[str, Any]:
    """A line of the list. The page has one loud button: the first."""
    year = year_name(waiting.run.year) if several_years and waiting.run else ""
    return {
        "title": waiting.title,
        "note": " · ".join(filter(None, (year, waiting.sentence))),
        "due_on": waiting.due_on,
        "href": waiting.url,
        "label": waiting.label,
        "primary": first,
    }


def _subtitle(count: int) -> str:
    if not count:
        return weekday_date(today())
    said = ngettext("%(count)s thing waits for you", "%(count)s things wait for you", count)
    return f"{weekday_date(today())} · {said % {'count': digits(count)}}"


def _standing(desk: Desk, run: Run | None) -> RunStanding | None:
    """The run's standing, worked out already unless the year is done."""
    known = next((standing for seen, standing in desk.runs if seen == run), None)
    return known or (standing_of(run, at=desk.at) if run else None)


def _year_lines(run: Run, standing: RunStanding | None) -> list[dict[str, Any]]:
    """The steps around the open one, as things that are or are not done."""
    assert standing is not None
    steps = standing.steps
    place = next((place for place, stands in enumerate(steps) if stands.is_open), len(steps) - 1)
    shown = steps[max(0, place - AROUND) : place + AROUND + 1]
    return [
        {
            "text": f"{digits(stands.step.number)} {title_of(stands.step)}",
            "ok": True if stands.state is State.DONE else None,
            "heard": _("Done:") if stands.state is State.DONE else _("Not done yet:"),
            "href": reverse("processes:step", kwargs={"run": run.public_id, "step": stands.code}),
            "note": _year_note(stands.ended_at, due_day(stands), open_now=stands.is_open),
        }
        for stands in shown
    ]


def _year_note(ended_at: Any, due: Any, *, open_now: bool) -> str:
    if ended_at:
        return _("Done %(day)s") % {"day": short_date(ended_at)}
    if due:
        return _("Due %(day)s") % {"day": short_date(due)}
    return _("Open now") if open_now else ""
