"""Pages of recommendations: made by an assessor, followed by their owner, closed by an assessor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from raprong.access.rules import Refused, refusal
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evaluations import permissions, recommendations
from raprong.evaluations.enums import AdviceState
from raprong.evaluations.models import Recommendation, RecommendationStep
from raprong.evaluations.queries import scores_of
from raprong.evaluations.recommendations import LONGEST_TEXT
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.organisation.queries import people_of
from raprong.web.evaluations.found import version_seen, visible_evaluation
from raprong.web.files.fields import UploadedOrIncoming
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits
from raprong.web.shell.forms import DayField, TakesFaults
from raprong.web.shell.pages import show

WHOLE = "all"
USUAL_TIME = timedelta(days=60)  # suggested to the assessor, who may choose any other day
PILLS = {AdviceState.OPEN: "now", AdviceState.DONE: "provisional", AdviceState.CLOSED: "done"}


class AdviceForm(TakesFaults):
    """What is recommended, about what, to whom, and until when."""

    kpi = forms.ChoiceField(label=gettext_lazy("About"))
    text = forms.CharField(
        label=gettext_lazy("What you recommend"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what you recommend.")},
    )
    owner = forms.ChoiceField(label=gettext_lazy("Who does it"))
    due_on = DayField(label=gettext_lazy("Until when"))

    def __init__(
        self, kpis: Sequence[KpiYear], people: Sequence[Person], data: Any = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.kpis = {kpi.public_id: kpi for kpi in kpis}
        self.people = {person.public_id: person for person in people}
        each = [(key, digits(f"{kpi.code} {kpi.title}")) for key, kpi in self.kpis.items()]
        named = [(key, person.name) for key, person in self.people.items()]
        self.fields["kpi"].choices = [(WHOLE, _("The whole unit, every KPI")), *each]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", _("Choose somebody")), *named]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"text": said["text"], "owner": self.people[said["owner"]], "due_on": said["due_on"]}


class DoneForm(TakesFaults):
    """What was done, with files."""

    text = forms.CharField(
        label=gettext_lazy("What you did"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what was done.")},
    )
    evidence = UploadedOrIncoming(label=gettext_lazy("Files"), required=False)


class ReturnForm(TakesFaults):
    """What is still missing, and until when."""

    because = forms.CharField(
        label=gettext_lazy("What is still missing"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what is still missing.")},
    )
    due_on = DayField(label=gettext_lazy("Until when"))


class EndForm(TakesFaults):
    """What came of it."""

    because = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what came of it.")},
    )


@require_safe
@reads_on_get
def advice_list(request: HttpRequest) -> HttpResponse:
    """The recommendations this person may see: those that are followed, then those that are closed."""
    visible = Recommendation.objects.visible_to(request.person, on=day_of(clock.now())).with_story().distinct()
    context = _context() | {
        "title": _("Recommendations"),
        "subtitle": _("What assessors advised, who does it, and what came of it"),
        "crumbs": [(_("Scores and confirmation"), reverse("evaluations:list"))],
        "followed": visible.followed().order_by("due_on", "pk"),
        "closed": visible.filter(state=AdviceState.CLOSED).order_by("-due_on")[:100],
    }
    return show(request, "evaluations/recommendations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def recommend(request: HttpRequest, evaluation: str) -> HttpResponse:
    """Recommend something to the unit that is evaluated."""
    at, found = clock.now(), visible_evaluation(request, evaluation)
    permissions.check_may_recommend(request.person, found, None, at=at)
    kpis = [score.item.kpi for score in scores_of(found)]
    people = list(people_of(found.run.unit, on=day_of(at)))
    usual = {"kpi": request.GET.get("kpi", WHOLE), "due_on": day_of(at) + USUAL_TIME}
    form = AdviceForm(kpis, people, request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        kpi = form.kpis.get(form.cleaned_data["kpi"])
        try:
            made = recommendations.recommend(found, kpi, **form.said(), by=request.person, at=at)
        except Faults as faults:
            form.take(faults)
        else:
            messages.success(request, _("%(person)s is told what you recommend.") % {"person": made.owner})
            return redirect("evaluations:advice", made.public_id)
    context = _context() | {
        "title": _("Recommend something"),
        "subtitle": f"{unit_name(found.run.unit)} · {round_title(found.assessment.months)}",
        "form": form,
        "action": request.path,
        "cancel": reverse("evaluations:evaluation", args=[found.public_id]),
    }
    return show(request, "evaluations/recommend.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def advice(request: HttpRequest, recommendation: str) -> HttpResponse:
    """One recommendation: what became of it, and the next move of whoever has it."""
    at = clock.now()
    visible = Recommendation.objects.visible_to(request.person, on=day_of(at)).with_story().distinct()
    found = get_object_or_404(visible, public_id=recommendation)
    made = {name: form(*_posted(request, name)) for name, form in FORMS.items()}
    status = 200
    if request.method == "POST":
        status = _move(request, found, made, at)
        if status == MOVED:
            return redirect("evaluations:advice", found.public_id)
    checks = {
        "report": permissions.check_may_report_advice,
        "return": permissions.check_may_judge_advice,
        "close": permissions.check_may_close_advice,
    }
    context = _context() | {
        "title": _("Recommendation"),
        "subtitle": digits(str(found.kpi)) if found.kpi else unit_name(found.evaluation.run.unit),
        "advice": found,
        "steps": [_step(one) for one in found.steps.select_related("by").prefetch_related("files")],
        "forms": made,
        "wrong": next((form for form in made.values() if form.errors), None),
        "may": {name: not refusal(check, request.person, found, at=at) for name, check in checks.items()},
        "round": round_title(found.evaluation.assessment.months),
    }
    return show(request, "evaluations/advice.html", context, status=status)


MOVED = 302
FORMS: dict[str, type[TakesFaults]] = {"report": DoneForm, "return": ReturnForm, "close": EndForm}


def _posted(request: HttpRequest, move: str) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.POST.get("move") == move else (None, None)


def _move(request: HttpRequest, found: Recommendation, made: dict[str, TakesFaults], at: datetime) -> int:
    """Make the move that was posted; answers the status of the page."""
    form = made.get(request.POST.get("move", ""))
    if form is None or not form.is_valid():
        return 422
    said, known = form.cleaned_data, {"seen": version_seen(request), "by": request.person, "at": at}
    try:
        if isinstance(form, DoneForm):
            uploads = [(upload, upload.name) for upload in said["evidence"]]
            recommendations.report_done(found, said["text"], uploads, **known)  # type: ignore[arg-type]
        elif isinstance(form, ReturnForm):
            recommendations.return_(found, **said, **known)
        else:
            recommendations.close(found, **said, **known)
    except Faults as faults:
        form.take(faults)
        return 422
    except Stale:
        form.add_error(None, _("Somebody changed this after you opened the page. Look again, then send."))
        return 409
    except Refused as refused:
        form.add_error(None, str(refused))
        return 422
    messages.success(request, _("Sent."))
    return MOVED


def _step(step: RecommendationStep) -> dict[str, Any]:
    return {
        "step": step,
        "files": [
            {"name": file.name, "href": reverse("files:file", args=[file.public_id]), "size": file.size}
            for file in step.files.all()
        ],
    }


def _context() -> dict[str, Any]:
    return {
        "section": "evaluations:list",
        "crumbs": [(_("Recommendations"), reverse("evaluations:recommendations"))],
        "unit_name": unit_name,
        "round_title": round_title,
        "pill": lambda one: (PILLS[AdviceState(one.state)], one.get_state_display()),
    }
