"""Pages of a group's part of a report."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from raprong.access.rules import refusal
from raprong.assessments import queries
from raprong.assessments.models import AssessmentItem, GroupPart
from raprong.assessments.parts import actions, permissions
from raprong.assessments.parts.queries import open_remarks
from raprong.assessments.policies import CARD
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.kpis.queries import scheme_of
from raprong.web.assessments import part_presenters, presenters
from raprong.web.assessments.finding import version_in
from raprong.web.assessments.part_forms import HandInForm, SendBackForm
from raprong.web.evidence.cards import holes_card
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for, unit_name
from raprong.web.shell.pages import show


@require_safe
@reads_on_get
def part(request: HttpRequest, part: str) -> HttpResponse:
    """A group's part: what it says of each KPI, where it lies, and what this person may do with it."""
    found = _visible(request, part)
    return show(request, "assessments/part.html", _context(request, found, at=clock.now()))


@require_POST
def hand_in(request: HttpRequest, part: str) -> HttpResponse:
    """Hand a part to the group's head."""
    found, at, form = _visible(request, part), clock.now(), HandInForm(request.POST)
    if form.is_valid():
        try:
            actions.hand_in(found, note=form.cleaned_data["note"], seen=version_in(request), by=request.person, at=at)
        except Faults as faults:
            form.take(faults)
        else:
            messages.success(request, _("The part of %(group)s is handed in.") % {"group": unit_name(found.group)})
            return redirect("assessments:part", found.public_id)
    context = _context(request, found, at=at) | {"hand_in_form": form}
    return show(request, "assessments/part.html", context, status=422)


@require_POST
def take_back(request: HttpRequest, part: str) -> HttpResponse:
    """The group takes its part back to go on writing."""
    found = _visible(request, part)
    actions.take_back(found, by=request.person, at=clock.now())
    messages.success(request, _("The part is with the group again and can be written in."))
    return redirect("assessments:part", found.public_id)


@require_POST
def pass_on(request: HttpRequest, part: str) -> HttpResponse:
    """The head passes a part on to planning."""
    found = _visible(request, part)
    actions.pass_on(found, seen=version_in(request), by=request.person, at=clock.now())
    messages.success(request, _("The part is passed on to planning."))
    return redirect("assessments:part", found.public_id)


@require_POST
def gather(request: HttpRequest, part: str) -> HttpResponse:
    """Planning takes a part as complete."""
    found = _visible(request, part)
    actions.gather(found, seen=version_in(request), by=request.person, at=clock.now())
    messages.success(request, _("The part of %(group)s is gathered.") % {"group": unit_name(found.group)})
    address = reverse("assessments:report", args=[found.assessment.public_id])
    return redirect(f"{address}#groups")


@require_POST
def send_back(request: HttpRequest, part: str) -> HttpResponse:
    """Send a part back, with reasons at its fields or for the whole."""
    found, at = _visible(request, part), clock.now()
    form = SendBackForm(_items(found), request.POST)
    if form.is_valid():
        because, seen = form.cleaned_data["because"], version_in(request)
        try:
            actions.send_back(found, form.reasons, because=because, seen=seen, by=request.person, at=at)
        except Faults as faults:
            form.take(faults)
        else:
            messages.success(request, _("The part is back with %(group)s.") % {"group": unit_name(found.group)})
            return redirect("assessments:part", found.public_id)
    context = _context(request, found, at=at) | {"send_back_form": form}
    return show(request, "assessments/part.html", context, status=422)


def _visible(request: HttpRequest, part: str) -> GroupPart:
    found: GroupPart = get_object_or_404(
        GroupPart.objects.visible_to(request.person, on=day_of(clock.now())).select_related(
            "assessment__run__unit", "assessment__run__sop", "group__parent", "handed_in_by", "passed_by", "gathered_by"
        ),
        public_id=part,
    )
    run_of(request, found.assessment.run.public_id)
    return found


def _items(part: GroupPart) -> list[AssessmentItem]:
    items = [item for item in queries.items_of(part.assessment) if item.kpi.group_id == part.group_id]
    for item in items:
        item.assessment = part.assessment
    return items


def _context(request: HttpRequest, found: GroupPart, *, at: datetime) -> dict[str, Any]:
    report, run, items = found.assessment, found.assessment.run, _items(found)
    evidence, scheme = queries.evidence_by_item(report), scheme_of(run)
    remarks = part_presenters.remarks_by_field(open_remarks(report, items, evidence))
    (standing,) = queries.completeness_by_group(items)
    view = part_presenters.part_view(found, standing, request.person, today=day_of(at), at=at)
    crumbs = [
        (_("Self-assessment reports"), reverse("assessments:list", args=[run.public_id])),
        (
            _("Report, %(round)s") % {"round": round_title(report.months)},
            reverse("assessments:report", args=[report.public_id]),
        ),
    ]
    return {
        "title": _("The part of %(group)s") % {"group": unit_name(found.group)},
        "subtitle": _("Self-assessment report, %(round)s") % {"round": round_title(report.months)},
        "crumbs": crumbs,
        "section": "assessments:list",
        "run": run,
        "part": found,
        "view": view,
        "items": [
            presenters.item_view(
                item, evidence[item.pk], scheme, why_not_write=view.why_not["hand-in"], remarks=remarks.get(item.pk)
            )
            for item in items
        ],
        "holes": holes_card(run, report.months, groups=[found.group]),
        "hand_in_form": HandInForm(),
        "send_back_form": SendBackForm(items),
        "may_send_back": not refusal(permissions.check_may_send_back, request.person, found, at=at),
        "panel": sop_panel_for(run, CARD, request.person, at),
    }
