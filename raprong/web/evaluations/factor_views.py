"""Pages of external factors: claimed by the group with proof, decided by an assessor."""

from __future__ import annotations

from datetime import datetime
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
from raprong.assessments.models import AssessmentItem
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evaluations import external_factors, permissions
from raprong.evaluations.enums import FactorState
from raprong.evaluations.external_factors import LONGEST_TEXT
from raprong.evaluations.models import ExternalFactor, GivenScore
from raprong.evaluations.totals import rule_of
from raprong.kpis.queries import scheme_of
from raprong.lib.scoring.scheme import Scheme
from raprong.web.evaluations.found import reads_scores, version_seen
from raprong.web.evaluations.presenters import rule_title
from raprong.web.files.fields import UploadedOrIncoming
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits
from raprong.web.shell.forms import TakesFaults
from raprong.web.shell.pages import show

PILLS = {
    FactorState.CLAIMED: "now",
    FactorState.WITHDRAWN: "wait",
    FactorState.ACCEPTED: "done",
    FactorState.REFUSED: "returned",
}


class FactorForm(TakesFaults):
    """What happened, and its proof."""

    text = forms.CharField(
        label=gettext_lazy("What happened, and why it was beyond your power"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what happened, and why it was beyond your power.")},
    )
    evidence = UploadedOrIncoming(
        label=gettext_lazy("What proves it"), error_messages={"required": gettext_lazy("Attach what proves it.")}
    )


class DecideForm(TakesFaults):
    """Accepted or not, and why."""

    accept = forms.TypedChoiceField(
        label=gettext_lazy("Decision on the claim"),
        choices=[("yes", gettext_lazy("Accept the claim")), ("no", gettext_lazy("Do not accept the claim"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    because = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why the claim is accepted or not.")},
    )


@require_safe
@reads_on_get
def factor_list(request: HttpRequest) -> HttpResponse:
    """The claims this person may see, those that wait first."""
    visible = ExternalFactor.objects.visible_to(request.person, on=day_of(clock.now())).with_story()
    context = _context() | {
        "title": _("External factors"),
        "subtitle": _("What units say was beyond their power, with proof, and what was decided"),
        "crumbs": [(_("Scores and confirmation"), reverse("evaluations:list"))],
        "factors": sorted(visible[:200], key=lambda one: one.state != FactorState.CLAIMED),
    }
    return show(request, "evaluations/factors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def claim(request: HttpRequest, item: str) -> HttpResponse:
    """Claim an external factor for a KPI of a report."""
    at = clock.now()
    visible = AssessmentItem.objects.visible_to(request.person, on=day_of(at))
    found = get_object_or_404(visible.select_related("kpi__group", "assessment__run__unit"), public_id=item)
    run = run_of(request, found.assessment.run.public_id)
    permissions.check_may_claim_factor(request.person, found, at=at)
    form, status = FactorForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (made := _claimed(request, found, form, at)):
            messages.success(request, _("The claim is sent. An assessor decides about it."))
            return redirect("evaluations:factor", made.public_id)
    context = _context() | {
        "title": _("Claim an external factor"),
        "subtitle": digits(f"{found.kpi.code} {found.kpi.title}"),
        "form": form,
        "item": found,
        "effect": _effect(scheme_of(run)),
        "cancel": reverse("assessments:item", args=[found.public_id]),
    }
    return show(request, "evaluations/factor_claim.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def factor(request: HttpRequest, factor: str) -> HttpResponse:
    """One claim with its proof, and the next move of whoever has it."""
    at = clock.now()
    visible = ExternalFactor.objects.visible_to(request.person, on=day_of(at)).with_story()
    found = get_object_or_404(visible, public_id=factor)
    run_of(request, found.item.assessment.run.public_id)
    withdraws = request.POST.get("move") == "withdraw"
    form, status = DecideForm(None if withdraws else request.POST or None), 200
    if request.method == "POST":
        status = 422
        if (withdraws or form.is_valid()) and (status := _moved(request, found, form, withdraws, at)) == MOVED:
            return redirect("evaluations:factor", found.public_id)
    score = GivenScore.objects.filter(item=found.item).select_related("item__kpi").first()
    shows_score = score is not None and reads_scores(request, score.evaluation)
    decides = refusal(permissions.check_may_decide_factor, request.person, found, score, at=at)
    context = _context() | {
        "title": _("External factor for %(code)s") % {"code": digits(found.item.kpi.code)},
        "subtitle": found.item.kpi.title,
        "crumbs": [(_("External factors"), reverse("evaluations:factors"))],
        "factor": found,
        "files": [
            {"name": file.name, "href": reverse("files:file", args=[file.public_id]), "size": file.size}
            for file in found.files.all()
        ],
        "form": form,
        "why_not_decide": decides,
        "may_withdraw": not refusal(permissions.check_may_withdraw_factor, request.person, found, at=at),
        "score_page": reverse("evaluations:look", args=[score.public_id]) if score and shows_score else "",
        "effect": _effect(rule_of(score.evaluation) if score else scheme_of(found.item.assessment.run)),
        "round": round_title(found.item.assessment.months),
    }
    return show(request, "evaluations/factor.html", context, status=status)


MOVED = 302


def _claimed(request: HttpRequest, item: AssessmentItem, form: FactorForm, at: datetime) -> ExternalFactor | None:
    uploads = [(upload, upload.name) for upload in form.cleaned_data["evidence"]]
    try:
        return external_factors.claim(item, form.cleaned_data["text"], uploads, by=request.person, at=at)
    except Faults as faults:
        form.take(faults)
    except Refused as refused:
        form.add_error("evidence", str(refused))
    return None


def _moved(request: HttpRequest, found: ExternalFactor, form: DecideForm, withdraws: bool, at: datetime) -> int:
    """Make the move that was posted; answers the status of the page."""
    known: dict[str, Any] = {"seen": version_seen(request), "by": request.person, "at": at}
    try:
        if withdraws:
            external_factors.withdraw(found, **known)
        else:
            external_factors.decide(found, **form.cleaned_data, **known)
    except Faults as faults:
        form.take(faults)
        return 422
    except Stale:
        form.add_error(None, _("Somebody changed this after you opened the page. Look again, then send."))
        return 409
    messages.success(request, _("The claim is taken back.") if withdraws else _("The decision stands."))
    return MOVED


def _effect(scheme: Scheme) -> str:
    """What an accepted claim does to the score under a scheme."""
    if not scheme.external_rule:
        return _("This year's scheme has no rule for external factors: an accepted one is told, and changes no score.")
    return _("If it is accepted: %(rule)s.") % {"rule": rule_title(scheme, scheme.external_rule)}


def _context() -> dict[str, Any]:
    return {
        "section": "evaluations:list",
        "crumbs": [(_("External factors"), reverse("evaluations:factors"))],
        "unit_name": unit_name,
        "round_title": round_title,
        "pill": lambda one: (PILLS[FactorState(one.state)], one.get_state_display()),
    }
