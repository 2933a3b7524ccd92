"""Pages of official scores: the assessor's, the second person's, and the unit's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raprong.access.queries import units_where
from raprong.access.rules import refusal
from raprong.assessments.models import SelfAssessment
from raprong.assessments.queries import evidence_by_item
from raprong.assessments.rounds import round_title
from raprong.circulation.enums import LetterKind
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evaluations import actions, adjustments, part_scores, permissions, policies, queries, recommendations
from raprong.evaluations.enums import State
from raprong.evaluations.models import Adjustment, Evaluation, ExternalFactor, GivenScore
from raprong.evaluations.totals import given_points, official_card, other_parts, rule_of
from raprong.lib.scoring.scheme import On, Scheme
from raprong.objections.queries import is_closed_to, objections_that_changed
from raprong.organisation.models import Person
from raprong.web.evaluations import presenters
from raprong.web.evaluations.forms import AdjustForm, FilterForm, PartForm, ScoreForm, SendBackForm, WithdrawForm
from raprong.web.evaluations.found import version_seen, visible_evaluation, visible_score
from raprong.web.evaluations.inquiry_views import inquiry_state
from raprong.web.objections.opening import opened_first
from raprong.web.processes.panel import sop_panel_for, unit_name
from raprong.web.results.figures import written
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show

DECIDED, OVERTAKEN, WRONG = 302, 409, 422


@require_safe
@reads_on_get
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """Submitted reports of every unit this person may see, with how far their evaluation is."""
    at = clock.now()
    reports = queries.reports_to_score(request.person, on=day_of(at))
    years = sorted(set(reports.values_list("run__fiscal_year", flat=True)), reverse=True)
    form = FilterForm([(str(year), digits(year)) for year in years], request.GET)
    shown = queries.narrowed(reports, state=form.chosen("state"), fiscal_year=form.chosen("year"))
    views = [
        presenters.report_view(
            report,
            refusal(permissions.check_may_open, request.person, report, at=at),
            closed=_is_closed(report, request.person, at=at),
        )
        for report in shown
    ]
    context = {
        "title": _("Scores and confirmation"),
        "subtitle": _("Self-assessment reports that were submitted"),
        "form": form,
        "reports": views,
        "unit_name": unit_name,
        "filtered": form.narrows,
        "has_desk": units_where(request.person, "evaluations.score", on=day_of(at)).exists(),
    }
    return show(request, "evaluations/list.html", context)


def _is_closed(report: SelfAssessment, person: Person, *, at: datetime) -> bool:
    found = queries.evaluation_of(report)
    return found is not None and is_closed_to(found, person, at=at)


@require_POST
def open_evaluation(request: HttpRequest, assessment: str) -> HttpResponse:
    """Begin to score a submitted report."""
    at = clock.now()
    report = get_object_or_404(queries.reports_to_score(request.person, on=day_of(at)), public_id=assessment)
    opened = actions.open_evaluation(report, by=request.person, at=at)
    messages.success(request, _("Scoring has begun. Look at each KPI in turn."))
    return redirect("evaluations:evaluation", opened.public_id)


@require_safe
@reads_on_get
@opened_first
def evaluation(request: HttpRequest, evaluation: str) -> HttpResponse:
    """One report under evaluation: the unit's claim, its evidence, the criteria, and the score of each KPI."""
    found, at = visible_evaluation(request, evaluation), clock.now()
    return show(request, "evaluations/evaluation.html", evaluation_context(request, found, at=at))


@require_POST
def score(request: HttpRequest, score: str) -> HttpResponse:
    """Keep the calculated score of a KPI, or give another with a reason."""
    at, found = clock.now(), visible_score(request, score)
    permissions.check_may_score_kpi(request.person, found, at=at)
    form = ScoreForm(found, request.POST)
    status = decide(request, found, form, at=at)
    if status == DECIDED:
        address = reverse("evaluations:evaluation", args=[found.evaluation.public_id])
        return redirect(f"{address}#score-{found.public_id}")
    evaluation = visible_evaluation(request, found.evaluation.public_id)
    context = evaluation_context(request, evaluation, at=at, wrong=None if form.keeps else {found.pk: form})
    return show(request, "evaluations/evaluation.html", context | {"wrong": form}, status=status)


def decide(request: HttpRequest, found: GivenScore, form: ScoreForm, *, at: datetime) -> int:
    """Decide what the form says; answers the status of the page. What was typed stays in the form."""
    if not form.is_valid():
        return WRONG
    said, known = form.cleaned_data, {"seen": version_seen(request), "by": request.person, "at": at}
    try:
        if form.keeps:
            actions.keep_calculated(found, **known)
        else:
            actions.set_score(found, given=said["given"], because=said["because"], **known)
    except Faults as faults:
        form.take(faults)
        return WRONG
    except Stale:
        form.add_error(None, _("%(kpi)s was scored by somebody else after you opened the page.") % {"kpi": found})
        return OVERTAKEN
    messages.success(request, _("%(code)s is looked at.") % {"code": found.item.kpi.code})
    return DECIDED


@require_POST
def adjust_score(request: HttpRequest, score: str) -> HttpResponse:
    """Apply a rule of the scheme to the score of a KPI."""
    at, found = clock.now(), visible_score(request, score)
    evaluation = visible_evaluation(request, found.evaluation.public_id)
    form = AdjustForm(_rules(rule_of(evaluation), On.KPI), request.POST, prefix=f"adjust_{found.public_id}")
    return _adjust(request, evaluation, found, form, at=at)


@require_POST
def adjust_total(request: HttpRequest, evaluation: str) -> HttpResponse:
    """Apply a rule of the scheme to the total."""
    found = visible_evaluation(request, evaluation)
    form = AdjustForm(_rules(rule_of(found), On.TOTAL), request.POST)
    return _adjust(request, found, None, form, at=clock.now())


def _adjust(
    request: HttpRequest, found: Evaluation, score: GivenScore | None, form: AdjustForm, *, at: datetime
) -> HttpResponse:
    permissions.check_may_score(request.person, found, at=at)
    status = 422
    if form.is_valid():
        try:
            adjustments.adjust(
                found, **form.cleaned_data, score=score, seen=version_seen(request), by=request.person, at=at
            )
        except Faults as faults:
            form.take(faults)
        except Stale:
            status = 409
            form.add_error(None, _("Somebody changed these scores after you opened the page. Look again, then send."))
        else:
            messages.success(request, _("The adjustment is made."))
            if score is not None and "look" in request.POST:
                return redirect("evaluations:look", score.public_id)
            address = reverse("evaluations:evaluation", args=[found.public_id])
            return redirect(f"{address}#score-{score.public_id}" if score else f"{address}#total")
    context = evaluation_context(request, visible_evaluation(request, found.public_id), at=at) | {"wrong": form}
    if score is None:
        context["total_form"] = form
    else:
        context["adjust_forms"][score.pk] = form
    return show(request, "evaluations/evaluation.html", context, status=status)


@require_POST
def give_part(request: HttpRequest, evaluation: str) -> HttpResponse:
    """Give another part of the final score its points."""
    found, at = visible_evaluation(request, evaluation), clock.now()
    permissions.check_may_score(request.person, found, at=at)
    part = next((one for one in other_parts(rule_of(found)) if one.code == request.POST.get("part")), None)
    if part is None:
        raise Http404
    form, status = PartForm(part, None, request.POST), 422
    if form.is_valid():
        try:
            part_scores.give_part_score(
                found, **form.cleaned_data, seen=version_seen(request), by=request.person, at=at
            )
        except Faults as faults:
            form.take(faults)
        except Stale:
            status = 409
            form.add_error(None, _("Somebody changed these scores after you opened the page. Look again, then send."))
        else:
            messages.success(request, _("The score of this part is given."))
            return redirect(f"{reverse('evaluations:evaluation', args=[found.public_id])}#parts")
    found = visible_evaluation(request, found.public_id)
    context = evaluation_context(request, found, at=at, typed=form) | {"wrong": form}
    return show(request, "evaluations/evaluation.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def withdraw(request: HttpRequest, adjustment: str) -> HttpResponse:
    """Take an adjustment back, with the reason."""
    at = clock.now()
    found = get_object_or_404(
        Adjustment.objects.visible_to(request.person, on=day_of(at)).standing().select_related("score__item__kpi"),
        public_id=adjustment,
    )
    evaluation = visible_evaluation(request, found.evaluation.public_id)
    permissions.check_may_score(request.person, evaluation, at=at)
    back = reverse("evaluations:evaluation", args=[evaluation.public_id])
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        adjustments.withdraw(found, because=form.cleaned_data["because"], by=request.person, at=at)
        messages.success(request, _("The adjustment is withdrawn. It stays to be read."))
        return redirect(back)
    return _ask_why(
        request,
        form,
        title=_("Withdraw an adjustment"),
        sentence=presenters.rule_title(rule_of(evaluation), found.rule, found.count) + f" · {found.because}",
        label=_("Withdraw"),
        back=back,
    )


@require_POST
def finish(request: HttpRequest, evaluation: str) -> HttpResponse:
    """Hand the scores over to whoever confirms."""
    found = visible_evaluation(request, evaluation)
    actions.finish_scoring(found, by=request.person, at=clock.now())
    messages.success(request, _("Scoring is finished. A second person confirms it."))
    return redirect("evaluations:evaluation", found.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def send_back(request: HttpRequest, evaluation: str) -> HttpResponse:
    """Send the scores back to scoring, with the reason."""
    found, at = visible_evaluation(request, evaluation), clock.now()
    permissions.check_may_send_back(request.person, found, at=at)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.send_back(found, because=form.cleaned_data["because"], by=request.person, at=at)
        messages.success(request, _("The scores are back with whoever scores."))
        return redirect("evaluations:evaluation", found.public_id)
    return _ask_why(
        request,
        form,
        title=_("Send the scores back"),
        sentence=_("%(unit)s, %(round)s") % _names(found),
        label=_("Send back"),
        back=reverse("evaluations:evaluation", args=[found.public_id]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def confirm(request: HttpRequest, evaluation: str) -> HttpResponse:
    """The second person looks at own and official scores side by side, and confirms."""
    found, at = visible_evaluation(request, evaluation), clock.now()
    permissions.check_may_confirm(request.person, found, at=at)
    if request.method == "POST":
        made = actions.confirm(found, seen=version_seen(request), by=request.person, at=at)
        sealed = _("The scores are confirmed. The sealed score table is in the cabinet.")
        shown = _("The scores are confirmed. The unit sees the preliminary result, and accepts it or objects.")
        messages.success(request, sealed if made.is_final else shown)
        return redirect("evaluations:evaluation", found.public_id)
    context = evaluation_context(request, found, at=at) | {
        "title": _("Confirm the scores"),
        "subtitle": _("%(unit)s, %(round)s") % _names(found),
        "crumbs": [
            (_("Scores and confirmation"), reverse("evaluations:list")),
            (_("%(unit)s, %(round)s") % _names(found), reverse("evaluations:evaluation", args=[found.public_id])),
        ],
    }
    return show(request, "evaluations/confirm.html", context)


@require_POST
def result_letter(request: HttpRequest, evaluation: str) -> HttpResponse:
    """Draft the letter that announces the result."""
    letter = actions.draft_result_letter(visible_evaluation(request, evaluation), by=request.person, at=clock.now())
    messages.success(request, _("The result letter is drafted. Read it, and hand it in to be checked."))
    return redirect("circulation:letter", letter.public_id)


@require_POST
def circular(request: HttpRequest, evaluation: str) -> HttpResponse:
    """Draft the circular that passes the result on within the unit."""
    letter = actions.draft_circular(visible_evaluation(request, evaluation), by=request.person, at=clock.now())
    messages.success(request, _("The circular is drafted. Read it, and hand it in to be checked."))
    return redirect("circulation:letter", letter.public_id)


def _ask_why(request: HttpRequest, form: Form, *, title: str, sentence: str, label: str, back: str) -> HttpResponse:
    """Ask for the reason of what the same address does once it is given."""
    context = {
        "title": title,
        "section": "evaluations:list",
        "sentence": sentence,
        "action": request.path,
        "label": label,
        "kind": "danger",
        "cancel": back,
        "form": form,
    }
    return show(request, "confirm.html", context, status=422 if form.errors else 200)


def _names(found: Evaluation) -> dict[str, str]:
    return {"unit": unit_name(found.run.unit), "round": round_title(found.assessment.months)}


def evaluation_context(
    request: HttpRequest,
    found: Evaluation,
    *,
    at: datetime,
    wrong: dict[int, ScoreForm] | None = None,
    typed: PartForm | None = None,
) -> dict[str, Any]:
    person, confirmed = request.person, found.state == State.CONFIRMED
    scheme, made = rule_of(found), list(queries.adjustments_of(found))
    scores, evidence = list(queries.scores_of(found)), evidence_by_item(found.assessment)
    official, parts = official_card(scores, made, scheme, given_points(found)), queries.part_scores_of(found)
    views = [
        presenters.score_view(
            one, evidence[one.item_id], official, scheme, (wrong or {}).get(one.pk) or ScoreForm(one), made
        )
        for one in scores
    ]
    on_total = [one for one in made if one.score_id is None]
    flags = queries.flags_by_kpi(found)
    return {
        "title": _("Official scores, %(round)s") % {"round": round_title(found.assessment.months)},
        "subtitle": unit_name(found.run.unit),
        "unit_name": unit_name,
        "crumbs": [(_("Scores and confirmation"), reverse("evaluations:list"))],
        "section": "evaluations:list",
        "evaluation": found,
        "evaluation_page": reverse("evaluations:evaluation", args=[found.public_id]),
        "run": found.run,
        "confirmed": confirmed,
        "views": views,
        "official": official,
        "scheme": scheme,
        "tiles": presenters.tiles(found, official, scheme, views),
        "wrong": None,
        "threads": queries.inquiries_by_score(found),
        "flags": flags,
        "advice": list(recommendations.followed_for(found)),
        "factors": list(ExternalFactor.objects.filter(item__assessment=found.assessment).with_story()),
        "why_not_recommend": refusal(permissions.check_may_recommend, person, found, None, at=at),
        "moderated": queries.moderated_by(found),
        "heard": objections_that_changed(found),
        "kpis_off": queries.kpis_off(person, found.run),
        "strip": [
            presenters.stop(
                one, flags.get(one.item.kpi_id, []), href=f"#score-{one.public_id}", label=digits(one.item.kpi.code)
            )
            for one in scores
        ],
        "inquiry_state": inquiry_state,
        "adjustments": presenters.adjustment_views(on_total, official.adjustments, scheme),
        "withdrawn": [
            (one, presenters.rule_title(scheme, one.rule, one.count)) for one in queries.withdrawn_from(found)
        ],
        "final_parts": presenters.part_views(official.composition, scheme, parts, typed),
        "composition": presenters.composition_words(scheme),
        "full": digits(written(scheme.full)),
        "kpi_rules": _rules(scheme, On.KPI),
        "adjust_forms": {
            one.pk: AdjustForm(_rules(scheme, On.KPI), prefix=f"adjust_{one.public_id}") for one in scores
        },
        "total_rules": _rules(scheme, On.TOTAL),
        "total_form": AdjustForm(_rules(scheme, On.TOTAL)),
        "why_not_score": refusal(permissions.check_may_score, person, found, at=at),
        "why_not_finish": refusal(permissions.check_may_finish, person, found, at=at),
        "why_not_send_back": refusal(permissions.check_may_send_back, person, found, at=at),
        "why_not_confirm": refusal(permissions.check_may_confirm, person, found, at=at),
        "letters": _letters(request, found, at=at) if confirmed else [],
        "panel": sop_panel_for(found.run, _card_of(found), person, at),
    }


def _rules(scheme: Scheme, on: On) -> list[tuple[str, str]]:
    """The scheme's rules of one kind, as a choice."""
    return [(rule.code, presenters.rule_title(scheme, rule.code)) for rule in adjustments.rules_on(scheme, on)]


def _card_of(found: Evaluation) -> str:
    """The work that this page is about next: the score, then its announcement, then its circulation."""
    if found.state != State.CONFIRMED:
        return policies.CARD
    announced = queries.letter_about(found, LetterKind.RESULT_LETTER)
    return policies.CIRCULAR_CARD if announced else policies.RESULT_LETTER_CARD


def _letters(request: HttpRequest, found: Evaluation, *, at: datetime) -> list[dict[str, Any]]:
    """The two letters that follow a confirmed score: drafted already, or the way to draft them."""
    kinds = [
        (LetterKind.RESULT_LETTER, _("Draft the result letter"), "result-letter", permissions.check_may_announce),
        (LetterKind.CIRCULAR, _("Draft the circular"), "circular", permissions.check_may_circulate),
    ]
    return [
        {
            "title": kind.label,
            "letter": queries.letter_about(found, kind),
            "label": label,
            "action": reverse(f"evaluations:{name}", args=[found.public_id]),
            "refusal": refusal(check, request.person, found, at=at),
        }
        for kind, label, name, check in kinds
    ]
