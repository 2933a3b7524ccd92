"""Choosing the year's KPIs: on one page, in a meeting, side by side, one by one on a wall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.core.references import reference
from raprong.kpis import decisions as deciding
from raprong.kpis import permissions
from raprong.kpis import selection_meetings as meetings
from raprong.kpis.minutes import agenda_of, invitation_of, minutes_paper, posts_present
from raprong.kpis.models import KpiYear, SelectionMeeting
from raprong.kpis.quality.queries import findings_of_run
from raprong.kpis.queries import (
    decisions_by_kpi,
    framework_of,
    kpis_of,
    meetings_of,
    meetings_visible_to,
    parts_of,
    selection_standing,
)
from raprong.kpis.selection import PARTS_WHOLE, Overtaken
from raprong.kpis.selection_meetings import Meeting
from raprong.processes.models import Run
from raprong.records.models import Record
from raprong.records.papers import file_name, printed
from raprong.web.circulation.papers import fresh_paper
from raprong.web.kpis.forms import name_of
from raprong.web.kpis.presenters import levels_in_short, pill, plain
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.selection import presenters
from raprong.web.selection.forms import PartsForm, SelectionForm, place_faults
from raprong.web.shell.meetings import MeetingForm, said_by

CARD = "kpis.selection_settled"
MOST_AT_ONCE = 4
SAVED = 302


# The whole list


@reads_on_get
def selection(request: HttpRequest, run: str) -> HttpResponse:
    """Choose among the candidates outside a meeting, with weights that add up to the whole; and the year's meetings."""
    held = run_of(request, run)
    form = SelectionForm(_tops(held), request.POST or None)
    status = _decide(request, held, form, None) if request.method == "POST" else 200
    if status == SAVED:
        return redirect("kpis:selection", run=held.public_id)
    held_meetings = list(meetings_of(held))
    context = _list_context(request, held, form) | {
        "title": _("Selection and weights"),
        "meetings": held_meetings,
        "open_meeting": next((one for one in held_meetings if one.closed_at is None), None),
        "why_not_open": refusal(permissions.check_may_open_meeting, request.person, held, at=clock.now()),
    }
    return render(request, "selection/selection.html", context, status=status)


@reads_on_get
def meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """A meeting: its invitation and agenda, the candidates to decide about, what was decided in it."""
    found, run = _meeting_or_404(request, meeting)
    form = SelectionForm(_tops(run), request.POST or None)
    status = _decide(request, run, form, found) if request.method == "POST" else 200
    if status == SAVED:
        return redirect("selection:meeting", meeting=found.public_id)
    context = (
        _list_context(request, run, form, meeting=found)
        | _meeting_facts(request, found)
        | {
            "title": _("Selection meeting %(meeting)s") % {"meeting": presenters.digits(found)},
            "agenda": agenda_of(found),
            "present": posts_present(found),
            "invitation": invitation_of(found, candidates=len(form.kpis)),
            "story": found.decisions.select_related("kpi", "decided_by"),
        }
    )
    return render(request, "selection/meeting.html", context, status=status)


def _list_context(
    request: HttpRequest, run: Run, form: SelectionForm, *, meeting: SelectionMeeting | None = None
) -> dict[str, Any]:
    framework = framework_of(run)
    candidates = _candidates(run, form.kpis, form)
    return _context(request, run) | {
        "form": form,
        "meeting": meeting,
        "standing": selection_standing(run),
        "dimensions": presenters.by_dimension(framework, form, candidates) if framework else [],
        "in_short": levels_in_short,
        "why_not": _why_not_decide(request, run, meeting),
    }


# Side by side, and one by one


@reads_on_get
def compare(request: HttpRequest, run: str) -> HttpResponse:
    """Two to four candidates side by side, to read."""
    return _compare_page(request, run_of(request, run), None)


@reads_on_get
def compare_in_meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """The same in a meeting, where they can be decided about at once."""
    found, run = _meeting_or_404(request, meeting)
    return _compare_page(request, run, found)


def _compare_page(request: HttpRequest, run: Run, meeting: SelectionMeeting | None) -> HttpResponse:
    tops = _tops(run)
    asked = request.GET.getlist("kpi")
    chosen = [kpi for kpi in tops if kpi.public_id in asked][:MOST_AT_ONCE]
    form = SelectionForm(chosen, request.POST or None)
    status = _decide(request, run, form, meeting) if request.method == "POST" else 200
    if status == SAVED:
        return redirect(request.get_full_path())
    context = _context(request, run) | {
        "title": _("Candidates side by side"),
        "action": request.get_full_path(),
        "meeting": meeting,
        "tops": tops,
        "chosen": chosen,
        "too_many": len(asked) > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "candidates": _candidates(run, chosen, form),
        "form": form,
        "standing": selection_standing(run),
        "why_not": _why_not_decide(request, run, meeting),
    }
    return render(request, "selection/compare.html", context, status=status)


@reads_on_get
def slides(request: HttpRequest, meeting: str) -> HttpResponse:
    """To the first candidate that is still undecided, else to the first."""
    found, run = _meeting_or_404(request, meeting)
    tops = _tops(run)
    if not tops:
        messages.info(request, _("There is no candidate to show yet."))
        return redirect("selection:meeting", meeting=found.public_id)
    first = next((kpi for kpi in tops if kpi.state == "proposed"), tops[0])
    return redirect("selection:slide", meeting=found.public_id, kpi=first.public_id)


@reads_on_get
def slide(request: HttpRequest, meeting: str, kpi: str) -> HttpResponse:
    """One candidate in big type for the wall, the decision beneath it, the ones beside it one key away."""
    found, run = _meeting_or_404(request, meeting)
    tops = _tops(run)
    at = next((number for number, one in enumerate(tops) if one.public_id == kpi), None)
    if at is None:
        raise Http404
    form = SelectionForm([tops[at]], request.POST or None)
    status = _decide(request, run, form, found, tell=False) if request.method == "POST" else 200
    if status == SAVED:
        return redirect(request.get_full_path())
    context = {
        "title": f"{tops[at].code} {tops[at].title}",
        "run": run,
        "meeting": found,
        "candidate": _candidates(run, [tops[at]], form)[0],
        "form": form,
        "number": at + 1,
        "count": len(tops),
        "before": tops[at - 1] if at else None,
        "after": tops[at + 1] if at + 1 < len(tops) else None,
        "standing": selection_standing(run),
        "why_not": _why_not_decide(request, run, found),
        **_words(),
    }
    return render(request, "selection/slide.html", context, status=status)


# The parts of a KPI


@reads_on_get
def parts(request: HttpRequest, kpi: str) -> HttpResponse:
    """The weights of the parts inside their KPI."""
    visible = KpiYear.objects.visible_to(request.person, on=clock.today()).with_people()
    return _parts_page(request, get_object_or_404(visible, public_id=kpi, parent=None), None)


@reads_on_get
def parts_in_meeting(request: HttpRequest, meeting: str, kpi: str) -> HttpResponse:
    """The same in a meeting, which keeps what is decided."""
    found, run = _meeting_or_404(request, meeting)
    return _parts_page(request, get_object_or_404(kpis_of(run), public_id=kpi, parent=None), found)


def _parts_page(request: HttpRequest, parent: KpiYear, meeting: SelectionMeeting | None) -> HttpResponse:
    run = run_of(request, parent.run.public_id)
    form = PartsForm(list(parts_of(parent)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.set_part_weights(
                parent,
                form.weights(),
                seen=_seen(request),
                meeting=meeting,
                by=request.person,
                at=clock.now(),
            )
        except Faults as refused:
            place_faults(form, refused)
        else:
            words = {"code": presenters.digits(parent.code), "whole": presenters.digits(f"{PARTS_WHOLE:.2f}")}
            messages.success(request, _("The parts of KPI %(code)s are weighed: %(whole)s in all.") % words)
            return redirect(_list_url(run, meeting))
    context = _context(request, run) | {
        "title": _("Parts of KPI %(code)s") % {"code": presenters.digits(parent.code)},
        "kpi": parent,
        "meeting": meeting,
        "form": form,
        "back": _list_url(run, meeting),
        "whole": PARTS_WHOLE,
        "why_not": refusal(permissions.check_may_set_part_weights, request.person, parent, at=clock.now()),
    }
    return render(request, "selection/parts.html", context, status=422 if form.errors else 200)


# The meeting itself


@reads_on_get
def open_meeting(request: HttpRequest, run: str) -> HttpResponse:
    """Open a meeting."""
    held = run_of(request, run)
    initial = {"number": meetings_of(held).count() + 1, "held_on": clock.today()}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            opened = meetings.open_meeting(held, Meeting(**form.cleaned_data), by=request.person, at=clock.now())
        except Faults as refused:
            form.take(refused)
        else:
            messages.success(request, _("The meeting is open."))
            return redirect("selection:meeting", meeting=opened.public_id)
    context = _context(request, held) | {
        "title": _("Open a selection meeting"),
        "meeting": None,
        "form": form,
        "back": reverse("kpis:selection", kwargs={"run": held.public_id}),
        "why_not": refusal(permissions.check_may_open_meeting, request.person, held, at=clock.now()),
    }
    return render(request, "selection/meeting_form.html", context, status=422 if form.errors else 200)


@reads_on_get
def revise_meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """Change what a meeting says of itself, such as who came."""
    found, run = _meeting_or_404(request, meeting)
    form = MeetingForm(request.POST or None, initial=said_by(found))
    if request.method == "POST" and form.is_valid():
        try:
            meetings.revise_meeting(
                found, Meeting(**form.cleaned_data), seen=_seen(request), by=request.person, at=clock.now()
            )
        except Faults as refused:
            form.take(refused)
        else:
            messages.success(request, _("The meeting is saved."))
            return redirect("selection:meeting", meeting=found.public_id)
    context = _context(request, run) | {
        "title": _("About meeting %(meeting)s") % {"meeting": presenters.digits(found)},
        "meeting": found,
        "form": form,
        "back": reverse("selection:meeting", kwargs={"meeting": found.public_id}),
        "why_not": refusal(permissions.check_may_keep_meeting, request.person, found, at=clock.now()),
    }
    return render(request, "selection/meeting_form.html", context, status=422 if form.errors else 200)


@reads_on_get
def close_meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """Look once at what the minutes will say, then close the meeting for good."""
    found, run = _meeting_or_404(request, meeting)
    faults: list[Any] = []
    if request.method == "POST":
        try:
            meetings.close_meeting(found, seen=_seen(request), by=request.person, at=clock.now())
        except Faults as refused:
            faults = [("", "", fault.sentence) for fault in refused.faults]
        else:
            messages.success(request, _("The meeting is closed. Its minutes are sealed and lie in the cabinet."))
            return redirect("selection:meeting", meeting=found.public_id)
    context = (
        _context(request, run)
        | _meeting_facts(request, found)
        | {
            "title": _("Close meeting %(meeting)s") % {"meeting": presenters.digits(found)},
            "faults": faults,
            "present": posts_present(found),
            "standing": selection_standing(run),
            "decided": found.decisions.count(),
        }
    )
    return render(request, "selection/close.html", context, status=422 if faults else 200)


@reads_on_get
def minutes(request: HttpRequest, meeting: str) -> HttpResponseBase:
    """The minutes as they would print now; of a closed meeting they lie in the cabinet as they were."""
    found, run = _meeting_or_404(request, meeting)
    if found.closed_at is not None and (kept := _kept_minutes(request, found)) is not None:
        return redirect("records:record", record=kept.public_id)
    paper = minutes_paper(found, at=found.closed_at or clock.now())
    return fresh_paper(printed(paper, unit=run.unit), file_name(paper))


# What several pages need


def _decide(
    request: HttpRequest, run: Run, form: SelectionForm, meeting: SelectionMeeting | None, *, tell: bool = True
) -> int:
    """Decide what the form says; answers the status of the page. What was typed stays in the form."""
    if not form.is_valid():
        return 422
    try:
        deciding.decide(run, form.decisions(), meeting=meeting, by=request.person, at=clock.now())
    except Overtaken as refused:
        form.meet_again(refused)
        place_faults(form, refused)
        return 409
    except Faults as refused:
        place_faults(form, refused)
        return 422
    messages.success(request, _selection_sentence(run) if tell else _("Saved."))
    return SAVED


def _selection_sentence(run: Run) -> str:
    standing = selection_standing(run)
    words = {"selected": standing.selected, "weight": f"{standing.weight:.2f}", "undecided": standing.undecided}
    if standing.settled:
        return _("The selection is settled: %(selected)s selected, %(weight)s in all.") % words
    return _("Saved: %(selected)s selected with %(weight)s in all, %(undecided)s undecided.") % words


def _context(request: HttpRequest, run: Run) -> dict[str, Any]:
    return {"run": run, "panel": sop_panel_for(run, CARD, request.person, clock.now()), **_words()}


def _words() -> dict[str, Any]:
    return {
        "plain": plain,
        "pill": pill,
        "name_of": name_of,
        "finding_pill": presenters.finding_pill,
        "decision_words": presenters.decision_words,
        "meeting_pill": presenters.meeting_pill,
        "parts_whole": PARTS_WHOLE,
    }


def _meeting_facts(request: HttpRequest, meeting: SelectionMeeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "kept": _kept_minutes(request, meeting),
        "why_not_keep": refusal(permissions.check_may_keep_meeting, request.person, meeting, at=clock.now()),
    }


def _kept_minutes(request: HttpRequest, meeting: SelectionMeeting) -> Record | None:
    """The sealed minutes, for those who may read the cabinet."""
    return Record.objects.visible_to(request.person, on=clock.today()).filter(about=reference(meeting)).first()


def _tops(run: Run) -> list[KpiYear]:
    """The candidates that are chosen and weighed; parts follow their KPI."""
    return list(kpis_of(run).filter(parent=None).prefetch_related("sources"))


def _candidates(run: Run, kpis: Sequence[KpiYear], form: SelectionForm) -> list[presenters.Candidate]:
    inside: dict[int, list[KpiYear]] = {}
    for part in kpis_of(run).exclude(parent=None):
        inside.setdefault(part.parent_id or 0, []).append(part)
    found = findings_of_run(run) if kpis else []
    story = decisions_by_kpi(kpis)
    return [
        presenters.candidate(
            kpi,
            form,
            parts=inside.get(kpi.pk, ()),
            findings=[one for one in found if one.kpi.pk == kpi.pk],
            decisions=story.get(kpi.pk, ()),
        )
        for kpi in kpis
    ]


def _why_not_decide(request: HttpRequest, run: Run, meeting: SelectionMeeting | None) -> str:
    answers = [refusal(permissions.check_may_decide, request.person, run, at=clock.now())]
    if meeting is not None:
        answers.insert(0, refusal(permissions.check_may_keep_meeting, request.person, meeting, at=clock.now()))
    return next((answer for answer in answers if answer), "")


def _meeting_or_404(request: HttpRequest, meeting: str) -> tuple[SelectionMeeting, Run]:
    """A meeting that this person may read about, and its run remembered for the menu."""
    found = get_object_or_404(meetings_visible_to(request.person, on=clock.today()), public_id=meeting)
    return found, run_of(request, found.framework.run.public_id)


def _list_url(run: Run, meeting: SelectionMeeting | None) -> str:
    if meeting is not None:
        return reverse("selection:meeting", kwargs={"meeting": meeting.public_id})
    return reverse("kpis:selection", kwargs={"run": run.public_id})


def _seen(request: HttpRequest) -> int | None:
    """The version that the form was opened with."""
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else None
