"""Pages of the panel: who sits on it, one objection with all it rests on, the vote, and the shelf of decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from raprong.access.rules import Refused, refusal
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evaluations.models import GivenScore
from raprong.evaluations.queries import scores_of
from raprong.files.models import StoredFile
from raprong.objections import actions, decisions, panels, permissions
from raprong.objections.documents import decision_paper
from raprong.objections.enums import Outcome, ProposalState
from raprong.objections.grounds import ground_title
from raprong.objections.models import Objection, members_of
from raprong.objections.precedents import shelf
from raprong.objections.queries import taken_of
from raprong.records.papers import file_name, printed
from raprong.web.circulation.papers import fresh_paper
from raprong.web.objections import presenters
from raprong.web.objections.forms import AsideForm, DecisionForm, PanelForm, ShelfForm, VoteForm
from raprong.web.objections.views import SECTION, crumbs, version_of, visible
from raprong.web.processes.panel import unit_name
from raprong.web.shell.pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def panel(request: HttpRequest, result: str) -> HttpResponse:
    """Name the panel, among those who have no part in the result."""
    found, at = visible(request, result), clock.now()
    permissions.check_may_name(request.person, found, at=at)
    seated = list(members_of(found))
    form = PanelForm(
        panels.candidates(found, at=at),
        request.POST if request.method == "POST" else None,
        seated=[member.person for member in seated],
        chair=next((member.person for member in seated if member.chairs), None),
    )
    if request.method == "POST" and form.is_valid():
        try:
            panels.name_panel(
                found, form.cleaned_data["people"], chair=form.cleaned_data["chair"], by=request.person, at=at
            )
        except Faults as faults:
            form.take(faults)
        else:
            messages.success(request, _("The panel is named, and everybody on it has been told."))
            return redirect("objections:result", found.public_id)
    context = {
        "title": _("The panel"),
        "subtitle": unit_name(found.run.unit),
        "section": SECTION,
        "crumbs": crumbs(found),
        "form": form,
        "found": found,
        "conflicted": list(panels.conflicted(found)),
    }
    return show(request, "objections/panel.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def aside(request: HttpRequest, result: str) -> HttpResponse:
    """A member declares a conflict."""
    found, at = visible(request, result), clock.now()
    permissions.check_may_stand_aside(request.person, found)
    form = AsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        panels.stand_aside(found, because=form.cleaned_data["because"], by=request.person, at=at)
        messages.success(request, _("You stand aside, and those who name the panel have been told."))
        return redirect("home:work")
    sentence = _("You decide no longer on the objections of %(unit)s. Somebody else is named in your place.")
    return _ask_why(
        request, form, _("Declare a conflict"), sentence % {"unit": unit_name(found.run.unit)}, crumbs(found)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def withdraw(request: HttpRequest, objection: str) -> HttpResponse:
    """The unit takes an objection back."""
    found, at = _objection(request, objection), clock.now()
    permissions.check_may_withdraw(request.person, found, at=at)
    here = reverse("objections:objection", args=[found.public_id])
    if request.method == "POST":
        actions.withdraw(found, seen=version_of(request), by=request.person, at=at)
        messages.success(request, _("The objection is withdrawn. It stays to be read."))
        return redirect(here)
    context = {
        "title": _("Withdraw the objection"),
        "section": SECTION,
        "crumbs": crumbs(found.preliminary),
        "sentence": presenters.subject_words(found),
        "action": request.path,
        "label": _("Withdraw"),
        "kind": "danger",
        "cancel": here,
        "version": found.version,
    }
    return show(request, "confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def objection(request: HttpRequest, objection: str) -> HttpResponse:
    """One objection with criteria, figures and evidence as they stood, and the panel's way to a decision."""
    found = _objection(request, objection)
    desk = _Desk(request, found, clock.now())
    if request.method == "POST" and desk.move():
        return redirect("objections:objection", found.public_id)
    return show(request, "objections/objection.html", desk.context(), status=desk.status)


@require_safe
@reads_on_get
def draft(request: HttpRequest, objection: str) -> FileResponse:
    """What is put to the vote as the paper that would be sealed, for those who vote."""
    found = _objection(request, objection)
    permissions.seat_of(request.person, found.preliminary)
    proposal = get_object_or_404(found.proposals, state=ProposalState.VOTING)
    proposal.objection = found
    paper = decision_paper(proposal, total_before=None, at=clock.now())
    return fresh_paper(printed(paper, unit=found.preliminary.run.unit), file_name(paper))


@require_safe
@reads_on_get
def precedents(request: HttpRequest) -> HttpResponse:
    """The shelf: what was decided before, by ground and kind of KPI, without names."""
    form = ShelfForm(request.GET)
    found = shelf(request.person.agency, **form.asked)
    context = {
        "title": _("Decisions so far"),
        "subtitle": _("What panels decided on objections, without names"),
        "section": SECTION,
        "crumbs": [(_("Preliminary results and objections"), reverse(SECTION))],
        "form": form,
        "decisions": list(found[:200]),
        "ground_title": ground_title,
        "narrowed": any(form.asked.values()),
    }
    return show(request, "objections/precedents.html", context)


class _Desk:
    """The moves on one objection: the form that was posted is filled, the other stands empty."""

    def __init__(self, request: HttpRequest, found: Objection, at: datetime) -> None:
        self.request, self.found, self.at, self.status = request, found, at, 200
        self.proposal = found.proposals.filter(state=ProposalState.VOTING).first()
        posted = request.POST if request.method == "POST" else None
        move = request.POST.get("move", "")
        self.decision = DecisionForm(self._scores(), posted if move == "propose" else None)
        self.vote = VoteForm(posted if move in ("agree", "disagree") else None)

    def _scores(self) -> list[GivenScore]:
        """The scores that a decision may change."""
        every = scores_of(self.found.preliminary.evaluation)
        return [score for score in every if self.found.score_id in (None, score.pk)]

    def move(self) -> bool:
        """Make the move that was posted; answer whether it was made."""
        self.status = 422
        form = self.decision if self.decision.is_bound else self.vote
        if not form.is_bound or not form.is_valid():
            return False
        try:
            self._propose() if form is self.decision else self._vote()
        except Faults as faults:
            form.take(faults)
        except Stale:
            self.status = 409
            form.add_error(
                None, _("Somebody acted on this objection after you opened the page. Look, then send again.")
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(self.request, _("Sent."))
            return True
        return False

    def _propose(self) -> None:
        typed = self.decision.cleaned_data
        decisions.propose(
            self.found,
            outcome=Outcome(typed["outcome"]),
            because=typed["because"],
            precedent=typed["precedent"],
            scores=self.decision.new_scores(),
            seen=version_of(self.request),
            by=self.request.person,
            at=self.at,
        )

    def _vote(self) -> None:
        if self.proposal is None:
            raise Refused(_("The vote has ended."))
        agrees = self.request.POST["move"] == "agree"
        remark = self.vote.cleaned_data["remark"]
        decisions.vote(self.proposal, agrees=agrees, remark=remark, by=self.request.person, at=self.at)

    def context(self) -> dict[str, Any]:
        found, person = self.found, self.request.person
        taken = taken_of(found)
        wrong = next((form for form in (self.decision, self.vote) if form.errors), None)
        proposals = found.proposals.select_related("proposed_by", "sealed").prefetch_related(
            "votes__person", "scores__score__item__kpi"
        )
        return {
            "title": _("Objection: %(subject)s") % {"subject": presenters.subject_words(found)},
            "subtitle": unit_name(found.preliminary.run.unit),
            "section": SECTION,
            "crumbs": crumbs(found.preliminary),
            "objection": found,
            "pill": presenters.objection_pill(found, taken),
            "ground": ground_title(found.ground),
            "proofs": [_file(file) for file in found.proofs.all()],
            "addresses": self._addresses(),
            "bundle_files": presenters.bundle_files,
            "month_of": presenters.month_of,
            "proposals": [(one, presenters.proposal_pill(one)) for one in proposals],
            "voting": self.proposal,
            "members": list(members_of(found.preliminary)),
            "similar": list(shelf(found.preliminary.run.unit.agency, ground=found.ground).exclude(objection=found)[:3]),
            "decision": self.decision,
            "vote": self.vote,
            "wrong": wrong,
            "why_not_propose": refusal(permissions.check_may_propose, person, found, at=self.at),
            "chairs": members_of(found.preliminary).filter(person=person, chairs=True).exists(),
            "sits": members_of(found.preliminary).filter(person=person).exists(),
            "may_vote": self.proposal is not None
            and not refusal(permissions.check_may_vote, person, self.proposal, at=self.at),
            "may_withdraw": not refusal(permissions.check_may_withdraw, person, found, at=self.at),
        }

    def _addresses(self) -> dict[str, str]:
        """The address of each file of the bundle, by its public id."""
        kept = [one["file"] for kpi in self.found.bundle["kpis"] for one in kpi["evidence"]]
        found = StoredFile.objects.filter(public_id__in=kept).values_list("public_id", flat=True)
        return {public_id: reverse("files:file", args=[public_id]) for public_id in found}


def _objection(request: HttpRequest, public_id: str) -> Objection:
    seen = Objection.objects.visible_to(request.person, on=day_of(clock.now())).with_story()
    found: Objection = get_object_or_404(seen, public_id=public_id)
    return found


def _file(file: StoredFile) -> dict[str, Any]:
    return {"name": file.name, "href": reverse("files:file", args=[file.public_id]), "size": file.size}


def _ask_why(request: HttpRequest, form: Form, title: str, sentence: str, way: list[tuple[str, str]]) -> HttpResponse:
    context = {
        "title": title,
        "section": SECTION,
        "crumbs": way,
        "sentence": sentence,
        "action": request.path,
        "label": title,
        "kind": "danger",
        "cancel": way[-1][1],
        "form": form,
    }
    return show(request, "confirm.html", context, status=422 if form.errors else 200)
