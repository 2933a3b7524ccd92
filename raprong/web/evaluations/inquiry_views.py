"""Pages of questions about a KPI's claim: asked by the assessor, answered by the group."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from raprong.access.rules import Refused, refusal
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evaluations import inquiries, permissions
from raprong.evaluations.enums import InquiryState
from raprong.evaluations.models import Evaluation, GivenScore, Inquiry, InquiryEntry
from raprong.kpis.criteria_words import result_words
from raprong.web.evaluations.found import reads_scores
from raprong.web.evaluations.inquiry_forms import AnswerForm, AskForm, CloseForm
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import unit_name
from raprong.web.results.figures import shown
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show

USUAL_TIME = timedelta(days=7)  # suggested to the assessor, who may choose any other day


@require_safe
@reads_on_get
def inquiry_list(request: HttpRequest) -> HttpResponse:
    """The questions this person may see, those that wait first."""
    at = clock.now()
    found = Inquiry.objects.visible_to(request.person, on=day_of(at)).with_story()
    waiting = sorted(found.open(), key=lambda one: (one.due_on, one.pk))
    context = {
        "title": _("Questions about claims"),
        "subtitle": _("What assessors ask groups for, with the day of the answer"),
        "section": "evaluations:list",
        "crumbs": [(_("Scores and confirmation"), reverse("evaluations:list"))],
        "waiting": waiting,
        "closed": list(found.filter(state=InquiryState.CLOSED).order_by("-closed_at")[:100]),
        "unit_name": unit_name,
        "round_title": round_title,
        "state": inquiry_state,
    }
    return show(request, "evaluations/inquiries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def ask(request: HttpRequest, score: str) -> HttpResponse:
    """Ask a group for more about its claim."""
    at = clock.now()
    found = get_object_or_404(
        GivenScore.objects.visible_to(request.person, on=day_of(at)).select_related(
            "item__kpi__group", "evaluation__assessment__run__unit"
        ),
        public_id=score,
    )
    run_of(request, found.evaluation.run.public_id)
    permissions.check_may_score(request.person, found.evaluation, at=at)
    suggested = {"due_on": day_of(at) + USUAL_TIME}
    form, status = AskForm(request.POST or None, initial=suggested), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = inquiries.ask(found, **form.cleaned_data, by=request.person, at=at)
            except Faults as faults:
                form.take(faults)
            else:
                messages.success(request, _("The question is sent to %(group)s.") % {"group": found.item.kpi.group})
                return redirect("evaluations:inquiry", made.public_id)
    context = {
        "title": _("Ask for more evidence"),
        "subtitle": digits(f"{found.item.kpi.code} {found.item.kpi.title}"),
        "section": "evaluations:list",
        "crumbs": _crumbs(found.evaluation),
        "form": form,
        "score": found,
        "unit_name": unit_name,
        "cancel": _address_of(found),
    }
    return show(request, "evaluations/ask.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def inquiry(request: HttpRequest, inquiry: str) -> HttpResponse:
    """One thread: all that was asked and answered, and the next move of whoever has it."""
    at = clock.now()
    found = get_object_or_404(Inquiry.objects.visible_to(request.person, on=day_of(at)).with_story(), public_id=inquiry)
    run_of(request, found.score.evaluation.run.public_id)
    desk = _Desk(request, found, at)
    if request.method == "POST" and desk.move():
        return redirect("evaluations:inquiry", found.public_id)
    return show(request, "evaluations/inquiry.html", desk.context(), status=desk.status)


class _Desk:
    """The moves on one thread: the form that was posted is filled, the others stand empty."""

    def __init__(self, request: HttpRequest, found: Inquiry, at: datetime) -> None:
        self.request, self.found, self.at, self.status = request, found, at, 200
        self.forms = {
            "answer": AnswerForm(*self._posted("answer")),
            "ask_again": AskForm(*self._posted("ask_again"), auto_id="again_%s"),
            "close": CloseForm(*self._posted("close")),
        }

    def _posted(self, move: str) -> tuple[Any, Any]:
        mine = self.request.POST.get("move") == move
        return (self.request.POST, self.request.FILES) if mine else (None, None)

    def move(self) -> bool:
        """Make the move that was posted; answer whether it was made."""
        self.status = 422
        for name, form in self.forms.items():
            if form.is_bound and form.is_valid():
                return self._made(name, form)
        return False

    def _made(self, name: str, form: Any) -> bool:
        version = self.request.POST.get("version", "")
        seen = int(version) if version.isascii() and version.isdigit() else None
        known = {"seen": seen, "by": self.request.person, "at": self.at}
        try:
            if name == "answer":
                inquiries.answer(self.found, form.cleaned_data["text"], form.uploads, **known)
            elif name == "ask_again":
                inquiries.ask_again(self.found, **form.cleaned_data, **known)
            else:
                inquiries.close(self.found, **form.cleaned_data, **known)
        except Faults as faults:
            form.take(faults)
        except Stale:
            self.status = 409
            form.add_error(None, _("Somebody wrote here after you opened the page. Read it, then send yours."))
        except Refused as refused:
            form.add_error("evidence" if name == "answer" and form.uploads else None, str(refused))
        else:
            messages.success(self.request, _("Sent."))
            return True
        return False

    def context(self) -> dict[str, Any]:
        kpi, found = self.found.score.item.kpi, self.found
        moves = {
            "answer": permissions.check_may_answer,
            "ask_again": permissions.check_may_ask_again,
            "close": permissions.check_may_close,
        }
        entries = found.entries.select_related("by").prefetch_related("files")
        may = {name: not refusal(check, self.request.person, found, at=self.at) for name, check in moves.items()}
        return {
            "title": _("Question about %(code)s") % {"code": digits(kpi.code)},
            "subtitle": kpi.title,
            "section": "evaluations:list",
            "crumbs": [(_("Questions about claims"), reverse("evaluations:inquiries"))],
            "inquiry": found,
            "entries": [_entry(one) for one in entries],
            "state": inquiry_state(found, self.at),
            "forms": self.forms,
            "wrong": next((form for form in self.forms.values() if form.errors), None),
            "may": may,
            "claim": found.score.item,
            "claim_result": digits(result_words(kpi, found.score.item.result, write=shown)),
            "report": reverse("assessments:item", args=[found.score.item.public_id]),
            "evaluation_page": _address_of(found.score) if reads_scores(self.request, found.score.evaluation) else "",
            "unit_name": unit_name,
            "round": round_title(found.score.evaluation.assessment.months),
        }


def inquiry_state(found: Inquiry, at: datetime | None = None) -> tuple[str, str]:
    """The pill of a thread: who has it, and whether the answer is late."""
    late = found.state == InquiryState.ASKED and day_of(at or clock.now()) > found.due_on
    shade = {InquiryState.ASKED: "now", InquiryState.ANSWERED: "wait", InquiryState.CLOSED: "done"}
    return ("late", _("Answer overdue")) if late else (shade[InquiryState(found.state)], found.get_state_display())


def _entry(entry: InquiryEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "late": entry.is_answer and day_of(entry.at) > entry.due_on,
        "files": [
            {"name": file.name, "href": reverse("files:file", args=[file.public_id]), "size": file.size}
            for file in entry.files.all()
        ],
    }


def _crumbs(evaluation: Evaluation) -> list[tuple[str, str]]:
    return [
        (_("Scores and confirmation"), reverse("evaluations:list")),
        (unit_name(evaluation.run.unit), reverse("evaluations:evaluation", args=[evaluation.public_id])),
    ]


def _address_of(score: GivenScore) -> str:
    return f"{reverse('evaluations:evaluation', args=[score.evaluation.public_id])}#score-{score.public_id}"
