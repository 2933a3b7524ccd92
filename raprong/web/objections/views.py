"""Pages of preliminary results: the unit opens, accepts and objects; everybody sees what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raprong.access.queries import holds
from raprong.access.rules import Refused, refusal
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evaluations.models import Evaluation
from raprong.evaluations.queries import card_of, scores_of
from raprong.evaluations.totals import rule_of
from raprong.objections import actions, permissions
from raprong.objections.grounds import ground_title
from raprong.objections.models import Objection, Preliminary, Proposal, members_of
from raprong.objections.panels import conflicted
from raprong.objections.precedents import shelf
from raprong.objections.queries import gaps_of, is_closed_to, objections_of, rank_of, taken_of
from raprong.organisation.models import Unit
from raprong.web.objections import presenters
from raprong.web.objections.forms import ObjectionForm
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, figure
from raprong.web.shell.pages import show

SECTION = "objections:list"


@require_safe
@reads_on_get
def result_list(request: HttpRequest) -> HttpResponse:
    """The preliminary results that this person may see, those that wait first."""
    at = clock.now()
    found = Preliminary.objects.visible_to(request.person, on=day_of(at)).with_story().order_by("-shown_at")
    rows = [(one, _pill(one, at)) for one in found]
    context = {
        "title": _("Preliminary results and objections"),
        "subtitle": _("What units say to their results before they are final"),
        "section": SECTION,
        "waiting": [row for row in rows if not row[0].settled_at],
        "ended": [row for row in rows if row[0].settled_at][:100],
        "unit_name": unit_name,
        "round_title": round_title,
    }
    return show(request, "objections/list.html", context)


@require_safe
@reads_on_get
def of_evaluation(request: HttpRequest, evaluation: str) -> HttpResponse:
    """From an evaluation to what its unit says."""
    seen = Preliminary.objects.visible_to(request.person, on=day_of(clock.now()))
    return redirect("objections:result", get_object_or_404(seen, evaluation__public_id=evaluation).public_id)


@require_safe
@reads_on_get
def result(request: HttpRequest, result: str) -> HttpResponse:
    """One result before its unit: sealed until it is opened, then both scores side by side and the ways on."""
    found, at = visible(request, result), clock.now()
    person, evaluation = request.person, found.evaluation
    answers = not refusal(permissions.check_answers_for, person, found.run.unit, at=at)
    hidden = is_closed_to(evaluation, person, at=at)
    scheme, scores = rule_of(evaluation), list(scores_of(evaluation))
    filed = [(one, taken_of(one)) for one in objections_of(found)]
    context = {
        "title": _("Result, %(round)s") % {"round": round_title(evaluation.assessment.months)},
        "subtitle": _("%(unit)s, fiscal year %(year)s") % place_of(found),
        "section": SECTION,
        "crumbs": [(_("Preliminary results and objections"), reverse(SECTION))],
        "found": found,
        "evaluation": evaluation,
        "answers": answers,
        "hidden": hidden,
        "pill": _pill(found, at),
        "clock": presenters.clock_words(found, on=day_of(at)),
        "tiles": [] if hidden else presenters.tiles(evaluation, scheme, found),
        "lines": [] if hidden else presenters.lines_of(scores, card_of(evaluation)),
        "objections": [(one, presenters.objection_pill(one, taken), taken) for one, taken in filed],
        "subject": presenters.subject_words,
        "members": list(members_of(found)),
        "conflicted": list(conflicted(found)),
        "sits": members_of(found).filter(person=person).exists(),
        "reads_scores": holds(person, "evaluations.read", found.run.unit, on=day_of(at)),
        "why_not_open": refusal(permissions.check_may_open, person, found, at=at),
        "why_not_accept": refusal(permissions.check_may_accept, person, found, at=at),
        "why_not_object": refusal(permissions.check_may_object, person, found, at=at),
        "why_not_close": refusal(permissions.check_may_close, person, found, at=at),
        "closes": holds(person, "evaluations.announce", found.run.unit, on=day_of(at)),
        "why_not_name": refusal(permissions.check_may_name, person, found, at=at),
    }
    return show(request, "objections/result.html", context)


@require_POST
def open_result(request: HttpRequest, result: str) -> HttpResponse:
    """The unit opens its result: from now on it counts as read."""
    opened = actions.open_result(visible(request, result), by=request.person, at=clock.now())
    messages.success(request, _("The result is open. You may accept it or object."))
    return redirect("objections:result", opened.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def accept(request: HttpRequest, result: str) -> HttpResponse:
    """Accepting is asked once more: it makes the result final."""
    found, at = visible(request, result), clock.now()
    permissions.check_may_accept(request.person, found, at=at)
    if request.method == "POST":
        actions.accept(found, seen=version_of(request), by=request.person, at=at)
        messages.success(request, _("The result is accepted and final. The sealed score table is in the cabinet."))
        return redirect("objections:result", found.public_id)
    sentence = _("%(unit)s accepts the total of %(total)s. The result is final then, and cannot be objected to.")
    words = {"unit": unit_name(found.run.unit), "total": digits(figure(found.evaluation.total))}
    return _ask(request, found, title=_("Accept the result"), sentence=sentence % words, label=_("Accept the result"))


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def close(request: HttpRequest, result: str) -> HttpResponse:
    """Close a window that has passed: the result is final."""
    found, at = visible(request, result), clock.now()
    permissions.check_may_close(request.person, found, at=at)
    if request.method == "POST":
        actions.close_window(found, by=request.person, at=at)
        messages.success(request, _("The result is final. The sealed score table is in the cabinet."))
        return redirect("objections:result", found.public_id)
    sentence = presenters.clock_words(found, on=day_of(at))
    return _ask(request, found, title=_("Make the result final"), sentence=sentence, label=_("Make it final"))


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def object_to(request: HttpRequest, result: str) -> HttpResponse:
    """Object to the score of a KPI or to the total. What comes too late is told above what was typed."""
    found, at = visible(request, result), clock.now()
    permissions.check_answers_for(request.person, found.run.unit, at=at)
    scores = scores_of(found.evaluation)
    typed = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, status = ObjectionForm(scores, *typed, subject=request.GET.get("kpi", "")), 200
    if request.method != "POST":
        permissions.check_may_object(request.person, found, at=at)
    elif late := refusal(permissions.check_may_object, request.person, found, at=at):
        form.add_error(None, late)
        status = 403
    else:
        made, status = _object(request, found, form, at=at)
        if made is not None:
            messages.success(request, _("The objection is filed, and those who name the panel have been told."))
            return redirect("objections:objection", made.public_id)
    context = {
        "title": _("Object to the result"),
        "subtitle": unit_name(found.run.unit),
        "section": SECTION,
        "crumbs": crumbs(found),
        "form": form,
        "found": Preliminary.objects.get(pk=found.pk) if status == 409 else found,
        "similar": _similar(found, form["subject"].value()),
        "ground_title": ground_title,
        "clock": presenters.clock_words(found, on=day_of(at)),
    }
    return show(request, "objections/object.html", context, status=status)


def _similar(found: Preliminary, subject: str | None) -> list[Proposal]:
    """The latest decisions about KPIs of the same kind as the one in question, or about totals."""
    score = found.evaluation.scores.filter(public_id=subject or "").select_related("item__kpi").first()
    return list(shelf(found.run.unit.agency, kind=score.item.kpi.criteria_kind if score else "total")[:3])


def _object(
    request: HttpRequest, found: Preliminary, form: ObjectionForm, *, at: datetime
) -> tuple[Objection | None, int]:
    """File what the form says; answers the objection, or the status of the page that says what is wrong with it."""
    if not form.is_valid():
        return None, 422
    try:
        return actions.object_to(found, **form.said, seen=version_of(request), by=request.person, at=at), 302
    except Faults as faults:
        form.take(faults)
    except Stale:
        form.add_error(None, _("Somebody acted on this result after you opened the page. Look, then send again."))
        return None, 409
    except Refused as refused:  # a file that cannot be taken in
        form.add_error("proofs", refused.sentence)
    return None, 422


@require_safe
@reads_on_get
def outcome(request: HttpRequest, evaluation: str) -> HttpResponse:
    """A final result: its total, band and dimensions, its place where that is published, and the years before."""
    at = clock.now()
    found = get_object_or_404(
        Evaluation.objects.visible_to(request.person, on=day_of(at)).select_related(
            "assessment__run__unit__agency", "assessment__run__sop", "sealed"
        ),
        public_id=evaluation,
        sealed__isnull=False,
    )
    run_of(request, found.run.public_id)
    scheme, scores, card = rule_of(found), list(scores_of(found)), card_of(found)
    may_see_gaps = not refusal(permissions.check_answers_for, request.person, found.run.unit, at=at)
    context = {
        "title": _("The result, %(round)s") % {"round": round_title(found.assessment.months)},
        "subtitle": unit_name(found.run.unit),
        "section": "evaluations:list",
        "crumbs": [(_("Official scores"), reverse("evaluations:evaluation", args=[found.public_id]))],
        "evaluation": found,
        "tiles": presenters.tiles(found, scheme, None),
        "rank": rank_of(found),
        "dimensions": presenters.dimension_lines(scores, card),
        "highest": scheme.highest,
        "years": list(reversed(gaps_of(found.run.unit))),
        "round_title": round_title,
        "gap_page": reverse("objections:gaps", args=[found.run.unit.public_id]) if may_see_gaps else "",
    }
    return show(request, "objections/outcome.html", context)


@require_safe
@reads_on_get
def gaps(request: HttpRequest, unit: str) -> HttpResponse:
    """How far a unit's own scores were from the official ones, over the years; for those who answer for it alone."""
    found, at = get_object_or_404(Unit, public_id=unit), clock.now()
    if refusal(permissions.check_answers_for, request.person, found, at=at):
        raise Http404
    years = gaps_of(found)
    context = {
        "title": _("Own scores and official scores over the years"),
        "subtitle": unit_name(found),
        "section": SECTION,
        "crumbs": [(_("Preliminary results and objections"), reverse(SECTION))],
        "years": list(reversed(years)),
        "words": presenters.gap_words(years),
        "round_title": round_title,
        "highest": max((max(gap.own, gap.official) for gap in years), default=0),
    }
    return show(request, "objections/gaps.html", context)


def visible(request: HttpRequest, public_id: str) -> Preliminary:
    """A result that this person may see; others do not exist for them."""
    seen = Preliminary.objects.visible_to(request.person, on=day_of(clock.now())).with_story()
    found: Preliminary = get_object_or_404(seen, public_id=public_id)
    return found


def version_of(request: HttpRequest) -> int | None:
    """The version that the page showed, where it says so."""
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() else None


def place_of(found: Preliminary) -> dict[str, str]:
    return {"unit": unit_name(found.run.unit), "year": digits(found.run.fiscal_year)}


def crumbs(found: Preliminary) -> list[tuple[str, str]]:
    return [
        (_("Preliminary results and objections"), reverse(SECTION)),
        (unit_name(found.run.unit), reverse("objections:result", args=[found.public_id])),
    ]


def _pill(found: Preliminary, at: datetime) -> tuple[str, str]:
    return presenters.standing_of(found, waiting=found.objections.open().count(), on=day_of(at))


def _ask(request: HttpRequest, found: Preliminary, *, title: str, sentence: str, label: str) -> HttpResponse:
    """A step that stays is asked once more, on the same address."""
    context: dict[str, Any] = {
        "title": title,
        "section": SECTION,
        "crumbs": crumbs(found),
        "sentence": sentence,
        "action": request.path,
        "label": label,
        "cancel": reverse("objections:result", args=[found.public_id]),
        "version": found.version,
    }
    return show(request, "confirm.html", context)
