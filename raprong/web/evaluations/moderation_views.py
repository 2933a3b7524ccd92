"""Pages of moderation meetings: scores of one KPI side by side, decisions, minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from raprong.access.permissions import check_holds_in_agency
from raprong.access.rules import refusal
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evaluations import moderation, permissions
from raprong.evaluations.models import GivenScore, ModerationMeeting
from raprong.evaluations.moderation import Meeting
from raprong.evaluations.moderation_minutes import codes_of, minutes_paper, posts_present
from raprong.evaluations.queries import name_across_units
from raprong.evaluations.reading_order import scores_to_read, years_to_read
from raprong.organisation.models import Unit
from raprong.organisation.queries import unit_of
from raprong.records.papers import file_name, printed
from raprong.web.circulation.papers import fresh_paper, kept_paper
from raprong.web.evaluations.found import version_seen
from raprong.web.evaluations.moderation_forms import DecisionForm
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits
from raprong.web.shell.meetings import MeetingForm, said_by
from raprong.web.shell.pages import show


@require_safe
@reads_on_get
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings that this person may read about."""
    unit, on = _own_office(request), day_of(clock.now())
    if unit is not None:
        check_holds_in_agency(request.person, "evaluations.read", unit.agency, on=on)
    meetings = ModerationMeeting.objects.visible_to(request.person, on=on).select_related("unit")
    context = _context() | {
        "title": _("Moderation meetings"),
        "subtitle": _("Assessors compare their scores across units; what they decide is minuted"),
        "crumbs": [(_("Scores and confirmation"), reverse("evaluations:list"))],
        "meetings": meetings,
        "why_not_open": _why_not_open(request, unit),
    }
    return show(request, "evaluations/moderations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def open_meeting(request: HttpRequest) -> HttpResponse:
    """Open a meeting about the scores that are given now."""
    at, unit = clock.now(), _own_office(request)
    if unit is None:
        raise Http404
    permissions.check_may_hold_meeting(request.person, unit.agency, at=at)
    year = next(iter(years_to_read(request.person, on=day_of(at))), request.fiscal_year.be)
    held = ModerationMeeting.objects.filter(unit=unit, fiscal_year=year).count()
    form = MeetingForm(request.POST or None, initial={"number": held + 1, "held_on": day_of(at)})
    if request.method == "POST" and form.is_valid():
        try:
            opened = moderation.open_meeting(unit, year, Meeting(**form.cleaned_data), by=request.person, at=at)
        except Faults as faults:
            form.take(faults)
        else:
            messages.success(request, _("The meeting is open."))
            return redirect("evaluations:moderation", opened.public_id)
    context = _context() | {
        "title": _("Open a moderation meeting"),
        "subtitle": _("Scores of the fiscal year %(year)s") % {"year": digits(year)},
        "form": form,
        "meeting": None,
        "action": request.path,
        "cancel": reverse("evaluations:moderations"),
    }
    return show(request, "evaluations/moderation_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def revise_meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """Change what a meeting says of itself, such as who came."""
    at, found = clock.now(), _meeting_or_404(request, meeting)
    permissions.check_may_keep_meeting(request.person, found, at=at)
    form = MeetingForm(request.POST or None, initial=said_by(found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                moderation.revise_meeting(
                    found, Meeting(**form.cleaned_data), seen=version_seen(request), by=request.person, at=at
                )
            except Faults as faults:
                form.take(faults)
            except Stale:
                status = 409
                form.add_error(None, _("Somebody changed this after you opened the page. Look again, then send."))
            else:
                messages.success(request, _("The meeting is saved."))
                return redirect("evaluations:moderation", found.public_id)
    context = _context(found) | {
        "title": _("About meeting %(meeting)s") % {"meeting": digits(found)},
        "meeting": found,
        "form": form,
        "action": request.path,
        "cancel": reverse("evaluations:moderation", args=[found.public_id]),
    }
    return show(request, "evaluations/moderation_form.html", context, status=status)


@require_safe
@reads_on_get
def meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """A meeting: every KPI with how far its scores lie apart, and what was decided."""
    at, found = clock.now(), _meeting_or_404(request, meeting)
    scores = _scores(request, found)
    context = _context() | {
        "title": _("Moderation meeting %(meeting)s") % {"meeting": digits(found)},
        "subtitle": found.place,
        "crumbs": [(_("Moderation meetings"), reverse("evaluations:moderations"))],
        "meeting": found,
        "present": posts_present(found),
        "kpis": _spreads(scores),
        "leanings": moderation.leanings(scores),
        "story": found.decisions.select_related(
            "score__item__kpi", "score__evaluation__assessment__run__unit", "decided_by"
        ),
        "why_not_keep": refusal(permissions.check_may_keep_meeting, request.person, found, at=at),
    }
    return show(request, "evaluations/moderation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def compare(request: HttpRequest, meeting: str) -> HttpResponse:
    """One KPI across units, outliers first, and the decision about each."""
    at, found = clock.now(), _meeting_or_404(request, meeting)
    scores = _alike(_scores(request, found), request.GET.get("kpi", ""), months=request.GET.get("months", ""))
    if not scores:
        raise Http404
    forms, status = {one.pk: DecisionForm(one) for one in scores}, 200
    if request.method == "POST":
        asked = next((one for one in scores if one.public_id == request.POST.get("score")), None)
        if asked is None:
            raise Http404
        forms[asked.pk], status = _decide(request, found, asked)
        if status == DECIDED:
            return redirect(request.get_full_path())
    context = _context(found) | {
        "title": digits(f"{codes_of(scores)} {scores[0].item.kpi.title}"),
        "subtitle": round_title(scores[0].item.assessment.months),
        "meeting": found,
        "rows": moderation.side_by_side(scores),
        "middle": moderation.median_of([one.decided for one in scores if one.looked_at and one.decided is not None]),
        "forms": forms,
        "wrong": next((form for form in forms.values() if form.errors), None),
        "why_not": {
            one.pk: refusal(permissions.check_may_moderate, request.person, found, one, at=at) for one in scores
        },
        "moderated": {one.pk: list(one.moderations.select_related("meeting", "decided_by")) for one in scores},
        "action": request.get_full_path(),
    }
    return show(request, "evaluations/compare.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def close_meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """Look once at what the minutes will say, then close the meeting for good."""
    at, found = clock.now(), _meeting_or_404(request, meeting)
    permissions.check_may_keep_meeting(request.person, found, at=at)
    faults: list[Any] = []
    if request.method == "POST":
        try:
            moderation.close_meeting(found, seen=version_seen(request), by=request.person, at=at)
        except Faults as refused:
            faults = [("", "", fault.sentence) for fault in refused.faults]
        else:
            messages.success(request, _("The meeting is closed. Its minutes are sealed and lie in the cabinet."))
            return redirect("evaluations:moderation", found.public_id)
    context = _context(found) | {
        "title": _("Close meeting %(meeting)s") % {"meeting": digits(found)},
        "meeting": found,
        "faults": faults,
        "present": posts_present(found),
        "decided": found.decisions.count(),
    }
    return show(request, "evaluations/moderation_close.html", context, status=422 if faults else 200)


@require_safe
@reads_on_get
def minutes(request: HttpRequest, meeting: str) -> HttpResponseBase:
    """The minutes as they would print now; of a closed meeting as they were sealed."""
    found = _meeting_or_404(request, meeting)
    if found.sealed is not None:
        return kept_paper(found.sealed)
    paper = minutes_paper(found, at=found.closed_at or clock.now())
    return fresh_paper(printed(paper, unit=found.unit), file_name(paper))


DECIDED = 302


def _decide(request: HttpRequest, meeting: ModerationMeeting, score: GivenScore) -> tuple[DecisionForm, int]:
    form = DecisionForm(score, request.POST)
    if not form.is_valid():
        return form, 422
    try:
        moderation.decide(
            meeting, score, **form.cleaned_data, seen=version_seen(request), by=request.person, at=clock.now()
        )
    except Faults as faults:
        form.take(faults)
        return form, 422
    except Stale:
        form.add_error(None, _("Somebody changed this after you opened the page. Look again, then send."))
        return form, 409
    messages.success(request, _("The decision is in the minutes."))
    return form, DECIDED


def _scores(request: HttpRequest, meeting: ModerationMeeting) -> list[GivenScore]:
    scores = scores_to_read(request.person, fiscal_year=meeting.fiscal_year, on=day_of(clock.now()))
    return list(scores.filter(evaluation__assessment__run__unit__agency=meeting.unit.agency_id))


def _alike(scores: list[GivenScore], kpi: str, *, months: str) -> list[GivenScore]:
    """The scores of one KPI in a round, whichever unit's KPI was asked for; none where none of them is."""
    in_round = [one for one in scores if str(one.item.assessment.months) == months]
    names = {name_across_units(one.item.kpi) for one in in_round if one.item.kpi.public_id == kpi}
    return [one for one in in_round if name_across_units(one.item.kpi) in names]


def _spreads(scores: list[GivenScore]) -> list[dict[str, Any]]:
    """Every KPI of a round with the lowest and the highest score of all units, the widest apart first."""
    by_kpi: dict[tuple[tuple[str, str], int], list[GivenScore]] = {}
    for score in scores:
        by_kpi.setdefault((name_across_units(score.item.kpi), score.item.assessment.months), []).append(score)
    found = []
    for (_name, months), some in by_kpi.items():
        decided = [one.decided for one in some if one.looked_at is not None and one.decided is not None]
        spread = max(decided) - min(decided) if decided else None
        found.append(
            {
                "kpi": some[0].item.kpi.public_id,
                "code": codes_of(some),
                "title": some[0].item.kpi.title,
                "months": months,
                "units": len(some),
                "scored": len(decided),
                "least": min(decided, default=None),
                "most": max(decided, default=None),
                "spread": spread,
            }
        )
    return sorted(found, key=lambda one: -(one["spread"] if one["spread"] is not None else -1))


def _own_office(request: HttpRequest) -> Unit | None:
    """The unit that a person works in; a meeting is held by the one of whoever opens it."""
    own = unit_of(request.person, on=day_of(clock.now()))
    return own.office if own else None


def _why_not_open(request: HttpRequest, unit: Unit | None) -> str:
    if unit is None:
        return _("You hold no post in a unit.")
    return refusal(permissions.check_may_hold_meeting, request.person, unit.agency, at=clock.now())


def _context(meeting: ModerationMeeting | None = None) -> dict[str, Any]:
    """What every page of a meeting has; those inside a meeting lead back to it."""
    crumbs = [(_("Moderation meetings"), reverse("evaluations:moderations"))]
    if meeting is not None:
        name = _("Meeting %(meeting)s") % {"meeting": digits(meeting)}
        crumbs.append((name, reverse("evaluations:moderation", args=[meeting.public_id])))
    return {"section": "evaluations:list", "crumbs": crumbs, "unit_name": unit_name, "round_title": round_title}


def _meeting_or_404(request: HttpRequest, meeting: str) -> ModerationMeeting:
    visible = ModerationMeeting.objects.visible_to(request.person, on=day_of(clock.now()))
    found: ModerationMeeting = get_object_or_404(visible.select_related("unit__agency", "sealed"), public_id=meeting)
    return found
