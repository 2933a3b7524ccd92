"""Pages of self-assessment reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raprong.access.rules import Refused, refusal
from raprong.assessments import actions, permissions, policies, queries
from raprong.assessments.documents import draft_paper
from raprong.assessments.enums import State
from raprong.assessments.exports.layouts import layout_of
from raprong.assessments.exports.permissions import check_may_export, check_may_take_workbook
from raprong.assessments.models import AssessmentItem, Receipt, SelfAssessment
from raprong.assessments.parts.queries import open_remarks, parts_of
from raprong.assessments.policies import CARD, sentence_of
from raprong.assessments.readiness import faults_before_submission
from raprong.assessments.receipts.lateness import late_by
from raprong.assessments.round_report import round_report as round_table
from raprong.assessments.rounds import due_on, round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Fault, Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evaluations.models import Evaluation, Recommendation
from raprong.evaluations.permissions import check_may_claim_factor
from raprong.evaluations.recommendations import followed_about
from raprong.evidence.facts import Facts, Proves
from raprong.kpis.queries import scheme_of
from raprong.lib.scoring.rounding import sum_exactly
from raprong.objections.queries import Gap, gaps_of, is_closed_to
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.records.papers import file_name, printed
from raprong.web.assessments import part_presenters, presenters
from raprong.web.assessments.export_views import layout_title, pill
from raprong.web.assessments.finding import version_in, visible_report
from raprong.web.assessments.forms import TEXTS, ItemForm
from raprong.web.circulation.papers import fresh_paper
from raprong.web.evidence.cards import holes_card, proof_of_item
from raprong.web.evidence.giving_views import address_of, give
from raprong.web.objections.presenters import gap_words
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for, unit_name
from raprong.web.results.figures import written
from raprong.web.results.presenters import chart_levels, chart_months
from raprong.web.shell.current import received_at
from raprong.web.shell.filters import digits, weight_of
from raprong.web.shell.pages import show

MOST_EXPORTS = 5  # shown beside a report, the newest first


@require_safe
@reads_on_get
def report_list(request: HttpRequest, run: str) -> HttpResponse:
    """Every round that the SOP asks a report for: where it stands, and how complete each group is."""
    found, at = run_of(request, run), clock.now()
    views = []
    for standing in queries.rounds_standing(found):
        why_not = refusal(permissions.check_may_open, request.person, found, standing.months, at=at)
        view = presenters.round_view(standing, day_of(at), why_not)
        report = standing.assessment
        groups = queries.completeness_by_group(queries.items_of(report)) if report else []
        views.append((view, groups, _part_views(request, report, groups, at=at) if report else []))
    context = {
        "title": _("Self-assessment reports"),
        "subtitle": _("Rounds counted from October, as the SOP asks for them"),
        "run": found,
        "rounds": views,
        "unit_name": unit_name,
        "written": written,
        "panel": sop_panel_for(found, CARD, request.person, at),
    }
    return show(request, "assessments/list.html", context)


@require_POST
def open_report(request: HttpRequest, run: str, months: int) -> HttpResponse:
    """Open the report of a round."""
    opened = actions.open_report(run_of(request, run), months, by=request.person, at=clock.now())
    messages.success(request, _("The report of the %(round)s is open.") % {"round": round_title(months)})
    return redirect("assessments:report", opened.public_id)


@require_safe
@reads_on_get
def report(request: HttpRequest, assessment: str) -> HttpResponse:
    """A report as a whole: every KPI with its figure, words and evidence, and what is missing."""
    found, at = visible_report(request, assessment), clock.now()
    return show(request, "assessments/report.html", _report_context(request, found, at=at))


@require_safe
@reads_on_get
def round_report(request: HttpRequest, assessment: str) -> HttpResponseBase:
    """The results of a round in one table, as they would print now; it is kept nowhere."""
    found = visible_report(request, assessment)
    paper = round_table(found, list(queries.items_of(found)), on=clock.today())
    return fresh_paper(printed(paper, unit=found.run.unit), file_name(paper, f"{found.months}"))


@require_safe
@reads_on_get
def paper(request: HttpRequest, assessment: str) -> HttpResponseBase:
    """The whole report as a paper: the sealed one, or while it is written as it would print now, kept nowhere."""
    found = visible_report(request, assessment)
    if found.sealed is not None:
        return redirect("files:file", found.sealed.public_id)
    items = list(queries.items_of(found))
    drafted = draft_paper(found, items, queries.newest_card(found), on=clock.today())
    return fresh_paper(printed(drafted, unit=found.run.unit), file_name(drafted, f"{found.months}"))


@require_POST
def refresh(request: HttpRequest, assessment: str) -> HttpResponse:
    """Draw the monthly results into the report again."""
    found = visible_report(request, assessment)
    actions.refresh_figures(found, by=request.person, at=clock.now())
    messages.success(request, _("The figures are those of the monthly results as they stand now."))
    return redirect("assessments:report", found.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def submit(request: HttpRequest, assessment: str) -> HttpResponse:
    """Submit a report, after one more look at what is being submitted."""
    found, at = visible_report(request, assessment), clock.now()
    if request.method == "POST":
        return _submit(request, found, at=at)
    permissions.check_may_submit(request.person, found, at=at)
    context = _report_context(request, found, at=at)
    if context["faults"]:
        return redirect("assessments:report", found.public_id)
    card = context["card"]
    context |= {
        "title": _("Submit the report"),
        "sentence": _("Own score %(total)s over a weight of %(weight)s of %(whole)s.")
        % {
            "total": digits(card.total),
            "weight": digits(written(card.reported_weight)),
            "whole": digits(written(card.total_weight)),
        }
        + " "
        + _("Once submitted, figures and texts no longer change, and the sealed paper goes into the cabinet."),
        "late": late_by(at, due_on(found.run, found.months)) is not None,
        "action": reverse("assessments:submit", args=[found.public_id]),
        "label": _("Submit the report"),
        "cancel": reverse("assessments:report", args=[found.public_id]),
        "version": queries.version_read(found),
        "paper": reverse("assessments:paper", args=[found.public_id]),
        "gaps": (gaps := _gaps_before(found)),
        "gap_words": gap_words(gaps),
        "signed": lambda gap: digits(f"{gap:+.4f}" if gap else "0"),
        "round_title": round_title,
    }
    return show(request, "assessments/submit.html", context)


def _gaps_before(found: SelfAssessment) -> list[Gap]:
    """How own scores stood beside official ones in the unit's results before this round."""
    this = (found.run.fiscal_year, found.months)
    return [gap for gap in gaps_of(found.run.unit) if (gap.fiscal_year, gap.months) < this]


def _submit(request: HttpRequest, found: SelfAssessment, *, at: datetime) -> HttpResponse:
    try:
        submitted = actions.submit(
            found, seen=version_in(request), by=request.person, at=at, received_at=received_at(request)
        )
    except Faults as refused:
        context = _report_context(request, found, at=at) | {"refused": _linked(refused.faults)}
        return show(request, "assessments/report.html", context, status=422)
    messages.success(request, _("The report is submitted. Its sealed paper is in the cabinet."))
    receipt = Receipt.objects.filter(assessment=submitted).first()
    return (
        redirect("assessments:receipt", receipt.public_id)
        if receipt
        else redirect("assessments:report", found.public_id)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def item(request: HttpRequest, item: str) -> HttpResponse:
    """One KPI of a report: its figure, what is written about it, and its evidence."""
    at = clock.now()
    found = get_object_or_404(
        AssessmentItem.objects.visible_to(request.person, on=day_of(at)).select_related(
            "assessment__run__unit", "assessment__run__sop", "kpi__group__parent", "kpi__framework", "written_by"
        ),
        public_id=item,
    )
    run_of(request, found.assessment.run.public_id)
    form = ItemForm(found, request.POST or None, request.FILES or None)
    status, overtaken = 200, None
    if request.method == "POST":
        if form.is_valid():
            try:
                return _save(request, found, form, at=at)
            except Faults as faults:
                form.take(faults)
            except Stale as stale:
                overtaken = stale.thing
        status = 409 if overtaken else 422
    return show(request, "assessments/item.html", _item_context(request, found, form, overtaken, at=at), status=status)


def _save(request: HttpRequest, found: AssessmentItem, form: ItemForm, *, at: datetime) -> HttpResponse:
    """Save the words, then take each file in by itself: one that is refused does not cost the others.

    What is here already is offered on the page of the KPI's evidence.
    """
    texts = {field: getattr(found, field) for field in TEXTS} | form.texts
    actions.write(found, **texts, seen=version_in(request), by=request.person, at=at)
    proves = Proves(found.kpi, found.assessment.months)
    given = give(form.cleaned_data["evidence"], proves, Facts(), request, at=at)
    said, taken = [_("Saved.")], len(given.credits)
    if taken:
        said.append(ngettext("%(count)s file attached.", "%(count)s files attached.", taken) % {"count": digits(taken)})
    messages.success(request, " ".join(said))
    for sentence in given.refused:
        messages.error(request, sentence)
    if given.here:
        here = [known.evidence.public_id for known in given.here]
        return redirect(address_of(found.kpi, found.assessment.months, here=here))
    if given.refused or "stay" in request.POST:
        return redirect("assessments:item", found.public_id)
    address = reverse("assessments:report", args=[found.assessment.public_id])
    return redirect(f"{address}#kpi-{found.public_id}")


def _report_context(request: HttpRequest, found: SelfAssessment, *, at: datetime) -> dict[str, Any]:
    run, person = found.run, request.person
    items, card, scheme = list(queries.items_of(found)), queries.newest_card(found), scheme_of(run)
    evidence = queries.evidence_by_item(found)
    writing = found.state == State.WRITING
    outdated = writing and queries.is_outdated(items, card)
    faults = faults_before_submission(found, items, outdated=outdated) if writing else []
    remarks = part_presenters.remarks_by_field(open_remarks(found, items, evidence)) if writing else {}
    why_not_write = {
        item.kpi.group_id: refusal(permissions.check_may_write, person, item, at=at)
        for item in {item.kpi.group_id: item for item in items}.values()
    }
    views = [
        presenters.item_view(
            item,
            evidence[item.pk],
            scheme,
            why_not_write=why_not_write[item.kpi.group_id],
            remarks=remarks.get(item.pk),
        )
        for item in items
    ]
    completeness = queries.completeness_by_group(items)
    parts = _part_views(request, found, completeness, at=at)
    weights = [item.kpi.weight for item in items if item.kpi.weight is not None]
    groups = list(dict.fromkeys(item.kpi.group for item in items))
    parts_by_group = {view.part.group_id: view for view in parts}
    return {
        "title": _("Self-assessment report, %(round)s") % {"round": round_title(found.months)},
        "subtitle": unit_name(run.unit),
        "unit_name": unit_name,
        "crumbs": [(_("Self-assessment reports"), reverse("assessments:list", args=[run.public_id]))],
        "section": "assessments:list",
        "run": run,
        "assessment": found,
        "writing": writing,
        "card": card,
        "tiles": presenters.tiles(
            card.total if writing else found.total,
            card.reported_weight if writing else found.reported_weight,
            sum_exactly(weights),
            sum(not view.missing for view in views),
            len(views),
            found.state,
            due_on(run, found.months),
        ),
        "groups": [
            (group, parts_by_group.get(group.pk), [view for view in views if view.item.kpi.group_id == group.pk])
            for group in groups
        ],
        "completeness": completeness,
        "parts_of_groups": parts,
        "outdated": outdated,
        "why_not_refresh": refusal(permissions.check_may_refresh, person, found, at=at) if outdated else "",
        "faults": _linked(faults),
        "holes": holes_card(run, found.months) if writing else None,
        "refused": None,
        "why_not_submit": refusal(permissions.check_may_submit, person, found, at=at)
        or (sentence_of(faults) if faults else ""),
        "receipt": presenters.receipt_view(Receipt.objects.filter(assessment=found).first()),
        "exporting": _exporting(request, found, at=at),
        "evaluation": _evaluation_open_to(person, found, at=at),
        "panel": sop_panel_for(run, CARD, person, at),
    }


def _evaluation_open_to(person: Person, found: SelfAssessment, *, at: datetime) -> Evaluation | None:
    evaluation = Evaluation.objects.visible_to(person, on=day_of(at)).filter(assessment=found).first()
    return None if evaluation is None or is_closed_to(evaluation, person, at=at) else evaluation


def _exporting(request: HttpRequest, found: SelfAssessment, *, at: datetime) -> dict[str, Any] | None:
    """The package for the department's system and those made before; None for whoever may not have one made."""
    if refusal(check_may_take_workbook, request.person, found, at=at):
        return None
    unfit = _why_unfit(found.run)
    return {
        "title": _("Package for the department's system") if unfit else layout_title(layout_of(found.run).code),
        "unfit": unfit,
        "refusal": unfit or refusal(check_may_export, request.person, found, at=at),
        "made": [(export, pill(export)) for export in found.exports.select_related("file")[:MOST_EXPORTS]],
    }


def _why_unfit(run: Run) -> str:
    """What does not fit in the layouts of packages; nothing where they do."""
    try:
        layout_of(run)
    except Refused as refused:
        return refused.sentence
    return ""


def _part_views(
    request: HttpRequest, found: SelfAssessment, completeness: list[queries.Completeness], *, at: datetime
) -> list[part_presenters.PartView]:
    """The groups' parts with where each lies; none where the report is written as one."""
    by_group = {standing.group.pk: standing for standing in completeness}
    return [
        part_presenters.part_view(part, by_group[part.group_id], request.person, today=day_of(at), at=at)
        for part in parts_of(found)
        if part.group_id in by_group
    ]


def _linked(faults: list[Fault]) -> list[tuple[str, str, str]]:
    """Faults as the summary takes them, each linked to its KPI or its group's part on the page."""
    return [(_anchor(fault.field), "", str(fault.sentence)) for fault in faults]


def _anchor(field: str) -> str:
    return field if not field or field.startswith("part-") else f"kpi-{field}"


def _item_context(
    request: HttpRequest, found: AssessmentItem, form: ItemForm, overtaken: Any, *, at: datetime
) -> dict[str, Any]:
    run = found.assessment.run
    evidence = found.evidence.standing().with_evidence()
    why_not_write = refusal(permissions.check_may_write, request.person, found, at=at)
    current = AssessmentItem.objects.select_related("kpi", "written_by").get(pk=found.pk) if overtaken else found
    standing = open_remarks(found.assessment, [found], {found.pk: list(evidence)})
    remarks = part_presenters.remarks_by_field(standing).get(found.pk, {})
    results = {one.month: one for one in found.kpi.results.filter(month__lte=found.assessment.ends_on)}
    months = [month for month in run.year.months() if month <= found.assessment.ends_on]
    return {
        "title": f"{digits(found.kpi.code)} {found.kpi.title}",
        "subtitle": _("Weight %(weight)s") % {"weight": weight_of(found.kpi)} + f" · {unit_name(found.kpi.group)}",
        "crumbs": [
            (_("Self-assessment reports"), reverse("assessments:list", args=[run.public_id])),
            (
                _("Report, %(round)s") % {"round": round_title(found.assessment.months)},
                reverse("assessments:report", args=[found.assessment.public_id]),
            ),
        ],
        "section": "assessments:list",
        "item": current,
        "view": presenters.item_view(current, list(evidence), scheme_of(run), why_not_write=why_not_write),
        "proof": proof_of_item(current, may_withdraw=not why_not_write),
        "evidence_page": address_of(found.kpi, found.assessment.months),
        "form": form,
        "remarks": remarks,
        "said_of": part_presenters.labelled(remarks),
        "chart_months": chart_months(months, results) if results else [],
        "chart_levels": chart_levels(found.kpi),
        "target": written(found.kpi.target),
        "overtaken": overtaken,
        "why_not_write": why_not_write,
        "why_not_claim": refusal(check_may_claim_factor, request.person, found, at=at),
        "advice": followed_about(found).filter(
            pk__in=Recommendation.objects.visible_to(request.person, on=day_of(at)).values("pk")
        ),
        "back": reverse("assessments:report", args=[found.assessment.public_id]) + f"#kpi-{found.public_id}",
        "panel": sop_panel_for(run, policies.CARD, request.person, at),
    }
