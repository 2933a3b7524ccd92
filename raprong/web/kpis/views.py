"""Find it for this person, do one verb, show it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.kpis import actions as kpis
from raprong.kpis import permissions
from raprong.kpis.documents import sheet_paper
from raprong.kpis.enums import KpiState
from raprong.kpis.framework_form import kind_title, source_kinds
from raprong.kpis.models import DepartmentList, Framework, KpiYear, PolicySource
from raprong.kpis.quality.queries import findings_of_kpi
from raprong.kpis.queries import (
    dimensions_weight,
    framework_of,
    kpis_of,
    latest_list,
    list_for_department,
    list_is_current,
    scheme_of,
    selected_kpis,
    selection_standing,
)
from raprong.kpis.search import in_other_years, matching
from raprong.lib.thai.writing import words_of
from raprong.organisation.models import Unit
from raprong.organisation.queries import groups_of
from raprong.processes.models import Run
from raprong.records.papers import file_name, printed
from raprong.web.circulation.papers import fresh_paper
from raprong.web.kpis import presenters
from raprong.web.kpis.criteria_views import as_looked_at, criteria_context, looks_only
from raprong.web.kpis.curves import curves_of_kpi
from raprong.web.kpis.finding import kpi_or_404, seen_version
from raprong.web.kpis.forms import (
    AlignForm,
    DetailsForm,
    DimensionRows,
    PolicyForm,
    ProposalForm,
    ReasonForm,
    SourceRows,
    kept_rows,
    name_of,
    place_faults,
    place_row_faults,
)
from raprong.web.kpis.library_forms import MatrixForm
from raprong.web.kpis.library_views import years_block
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.quality.cards import quality_card
from raprong.web.shell.filters import digits

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 50
SORTS = {"code": "sort_code", "title": "title", "group": "group__order", "weight": "weight", "state": "state"}


# The framework


@reads_on_get
def framework(request: HttpRequest, run: str) -> HttpResponse:
    """Policy received, dimensions, and which KPI answers to which source."""
    return _framework_page(request, run_of(request, run))


@reads_on_get
def receive_policy(request: HttpRequest, run: str) -> HttpResponse:
    """Save the policy, the criteria and their sources."""
    if request.method != "POST":
        return redirect("kpis:framework", run=run)
    held = run_of(request, run)
    form, rows = PolicyForm(request.POST), SourceRows(request.POST, prefix="sources")
    if form.is_valid() and rows.is_valid():
        try:
            kpis.receive_policy(
                held,
                criteria_note=form.cleaned_data["criteria_note"],
                sources=kept_rows(rows),
                seen=seen_version(request),
                by=request.person,
                at=clock.now(),
            )
        except Faults as refused:
            place_row_faults(form, rows, refused, "source")
        else:
            messages.success(request, _("The policy and the criteria are saved."))
            return redirect("kpis:framework", run=held.public_id)
    return _framework_page(request, held, policy_form=form, source_rows=rows)


@reads_on_get
def set_dimensions(request: HttpRequest, run: str) -> HttpResponse:
    """Save the dimensions and their weights."""
    if request.method != "POST":
        return redirect("kpis:framework", run=run)
    held = run_of(request, run)
    found = _framework_or_404(held)
    form, rows = Form({}), DimensionRows(request.POST, prefix="dimensions")
    if rows.is_valid():
        try:
            kpis.set_dimensions(found, kept_rows(rows), seen=seen_version(request), by=request.person, at=clock.now())
        except Faults as refused:
            place_row_faults(form, rows, refused, "dimension")
        else:
            messages.success(request, _("The dimensions are saved."))
            return redirect("kpis:framework", run=held.public_id)
    return _framework_page(request, held, dimension_rows=rows, dimensions_form=form)


@reads_on_get
def settle_framework(request: HttpRequest, run: str) -> HttpResponse:
    """Settle the dimensions."""
    if request.method != "POST":
        return redirect("kpis:framework", run=run)
    held = run_of(request, run)
    kpis.settle_framework(_framework_or_404(held), by=request.person, at=clock.now())
    messages.success(request, _("The framework is settled."))
    return redirect("kpis:framework", run=held.public_id)


@reads_on_get
def reopen_framework(request: HttpRequest, run: str) -> HttpResponse:
    """Open the framework again, with a reason."""
    if request.method != "POST":
        return redirect("kpis:framework", run=run)
    held = run_of(request, run)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _framework_page(request, held, reason_form=form)
    because = form.cleaned_data["because"]
    kpis.reopen_framework(_framework_or_404(held), because=because, by=request.person, at=clock.now())
    messages.success(request, _("The framework is open again."))
    return redirect("kpis:framework", run=held.public_id)


def _framework_page(request: HttpRequest, run: Run, **forms: Any) -> HttpResponse:
    found, at, person = framework_of(run), clock.now(), request.person
    sources = list(found.sources.all()) if found else []
    dimensions = list(found.dimensions.all()) if found else []
    context = _context(request, run, "kpis.framework_settled") | {
        "title": _("Framework of the year"),
        "policy_panel": sop_panel_for(run, "kpis.policy_received", person, at),
        "framework": found,
        "sources": sources,
        "dimensions": dimensions,
        "given": dimensions_weight(found) if found else 0,
        "whole": scheme_of(run).weight_base,
        "policy_form": PolicyForm(initial={"criteria_note": found.criteria_note if found else ""}),
        "source_rows": SourceRows(initial=_source_rows(sources), prefix="sources"),
        "dimension_rows": DimensionRows(initial=_dimension_rows(dimensions), prefix="dimensions"),
        "dimensions_form": None,
        "reason_form": ReasonForm(),
        "kinds": kinds_to_choose(run),
        "kind_title": kind_title,
        **_matrix_context(request, run, sources),
        "why_not_policy": refusal(permissions.check_may_receive_policy, person, run, at=at),
        "why_not_dimensions": refusal(permissions.check_may_set_dimensions, person, found, at=at) if found else "",
        "why_not_settle": refusal(permissions.check_may_settle_framework, person, found, at=at) if found else "",
        "why_not_reopen": refusal(permissions.check_may_reopen_framework, person, found, at=at) if found else "",
        **forms,
    }
    return render(request, "kpis/framework.html", context, status=422 if forms else 200)


def _matrix_context(request: HttpRequest, run: Run, sources: list[Any]) -> dict[str, Any]:
    """The matrix, and which of its rows this person may tick. Asked once for each group."""
    rows = list(kpis_of(run).candidates().prefetch_related("sources"))
    at, reasons = clock.now(), {}
    for row in rows:
        if row.group_id not in reasons:
            reasons[row.group_id] = refusal(permissions.check_may_align, request.person, row, at=at)
    refused = next((reason for reason in reasons.values() if reason), "")
    editable = {row.pk for row in rows if not reasons[row.group_id]}
    return {
        "matrix": presenters.matrix(sources, rows, editable),
        "why_not_matrix": "" if editable else refused,
        "matrix_form": MatrixForm(rows[0].framework, []) if rows else None,
        "asks_why": any(row.pk in editable and row.state == KpiState.SELECTED for row in rows),
    }


def kinds_to_choose(run: Run) -> list[str]:
    """The kinds that the form names, and those of their own that this unit has used."""
    known = [kind.title for kind in source_kinds().values()]
    used = PolicySource.objects.filter(framework__run__unit=run.unit_id).values_list("kind", flat=True).distinct()
    return list(dict.fromkeys([*known, *(kind_title(kind) for kind in used)]))


def _source_rows(sources: list[Any]) -> list[dict[str, str]]:
    return [{"kind": kind_title(held.kind), "title": held.title, "reference": held.reference} for held in sources]


def _dimension_rows(dimensions: list[Any]) -> list[dict[str, Any]]:
    return [{"title": held.title, "weight": held.weight} for held in dimensions]


# The library


@reads_on_get
def library(request: HttpRequest, run: str) -> HttpResponse:
    """Every KPI of the year."""
    held = run_of(request, run)
    found = _sorted(request, _filtered(request, kpis_of(held)))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    all_groups = groups_of(held.unit)
    context = _context(request, held, "kpis.proposals_complete") | {
        "title": _("KPI library"),
        "page": page,
        "any": kpis_of(held).exists(),
        "pill": presenters.pill,
        "plain": presenters.plain,
        "in_short": presenters.levels_in_short,
        "groups": [(group.public_id, name_of(group)) for group in all_groups],
        "states": KpiState.choices,
        "chosen": {name: request.GET.get(name, "") for name in ("q", "group", "state")},
        "words": words_of(request.GET.get("q", "")),
        "elsewhere": in_other_years(held, request.GET.get("q", ""), person=request.person, on=clock.today()),
        "why_not_propose": _why_not_propose(request, held),
    }
    return render(request, "kpis/library.html", context)


def _filtered(request: HttpRequest, found: Any) -> Any:
    words, group, state = (request.GET.get(name, "").strip() for name in ("q", "group", "state"))
    if words:
        found = matching(found, words)
    if group:
        found = found.filter(group__public_id=group)
    return found.filter(state=state) if state in KpiState.values else found


def _sorted(request: HttpRequest, found: Any) -> Any:
    asked = request.GET.get("sort", "")
    column = SORTS.get(asked.removeprefix("-"))
    return found.order_by(f"-{column}" if asked.startswith("-") else column, "sort_code") if column else found


@reads_on_get
def kpi(request: HttpRequest, kpi: str) -> HttpResponse:
    """One KPI: its ladder, its detail sheet, what was decided about it."""
    return _kpi_page(request, kpi_or_404(request, kpi))


def _kpi_page(request: HttpRequest, found: KpiYear, *, align_form: AlignForm | None = None) -> HttpResponse:
    at, person = clock.now(), request.person
    context = _context(request, found.run, "kpis.details_complete") | {
        "title": f"{found.code} {found.title}",
        "kpi": found,
        "pill": presenters.pill(found),
        "ladder": presenters.ladder(found),
        "drawn": curves_of_kpi(found),
        "facts": presenters.facts(found),
        "missing": presenters.missing(found),
        "group": name_of(found.group),
        "plain": presenters.plain,
        "quality": quality_card(found, person, at=at),
        "in_short": presenters.levels_in_short,
        "align_form": align_form or AlignForm(found),
        "why_not_revise": refusal(permissions.check_may_revise, person, found, at=at),
        "why_not_withdraw": refusal(permissions.check_may_withdraw, person, found, at=at),
        "why_not_align": refusal(permissions.check_may_align, person, found, at=at),
        "why_not_fill": refusal(permissions.check_may_fill_details, person, found, at=at),
        **years_block(request, found),
    }
    return render(request, "kpis/kpi.html", context, status=422 if align_form else 200)


@reads_on_get
def propose(request: HttpRequest, run: str) -> HttpResponse:
    """Propose a KPI."""
    held = run_of(request, run)
    found = framework_of(held)
    groups = _groups_to_propose_for(request, held)
    why_not = _why_not_propose(request, held)
    if found is None or why_not:
        return _proposal_page(request, held, form=None, why_not=why_not)
    start = {"group": groups[0].public_id} if len(groups) == 1 else {}
    if looks_only(request):
        form = as_looked_at(ProposalForm(found, groups, request.POST), request.POST)
        return _proposal_page(request, held, form=form)
    form = ProposalForm(found, groups, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = kpis.propose(held, form.proposal(), by=request.person, at=clock.now())
        except Faults as refused:
            place_faults(form, refused)
        else:
            return _saved(request, made, _("KPI %(code)s is proposed.") % {"code": made.code})
    return _proposal_page(request, held, form=form)


@reads_on_get
def revise(request: HttpRequest, kpi: str) -> HttpResponse:
    """Change what a KPI asks."""
    found = kpi_or_404(request, kpi)
    groups = {group.pk: group for group in [found.group, *_groups_to_propose_for(request, found.run)]}
    form = ProposalForm(found.framework, groups.values(), request.POST or None, kpi=found)
    if looks_only(request):
        form = as_looked_at(form, request.POST)
    elif request.method == "POST" and form.is_valid():
        try:
            made = kpis.revise(
                found,
                form.proposal(),
                seen=seen_version(request),
                because=form.cleaned_data["because"],
                by=request.person,
                at=clock.now(),
            )
        except Faults as refused:
            place_faults(form, refused)
        else:
            return _saved(request, made, _("KPI %(code)s is saved.") % {"code": made.code})
    why_not = refusal(permissions.check_may_revise, request.person, found, at=clock.now())
    return _proposal_page(request, found.run, form=form, kpi=found, why_not=why_not)


def _proposal_page(
    request: HttpRequest, run: Run, *, form: ProposalForm | None, kpi: KpiYear | None = None, why_not: str = ""
) -> HttpResponse:
    context = _context(request, run, "kpis.proposals_complete") | {
        "title": _("Revise KPI %(code)s") % {"code": kpi.code} if kpi else _("Propose a KPI"),
        "form": form,
        "kpi": kpi,
        "quality": quality_card(kpi, request.person, at=clock.now()) if kpi else None,
        "why_not": why_not,
    }
    if form is not None:
        context |= criteria_context(form.criteria, run, target=form["target"].value(), measure=form["measure"].value())
    wrong = form is not None and not _right(form)
    return render(request, "kpis/propose.html", context, status=422 if wrong else 200)


def _right(form: ProposalForm) -> bool:
    return not (form.errors or form.criteria.errors or any(form.inputs.errors))


def _saved(request: HttpRequest, kpi: KpiYear, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    if count := len(findings_of_kpi(kpi)):
        found = ngettext(
            "The check of quality finds %(count)s thing in it; see below.",
            "The check of quality finds %(count)s things in it; see below.",
            count,
        )
        messages.info(request, found % {"count": digits(count)})
    return redirect("kpis:kpi", kpi=kpi.public_id)


@reads_on_get
def withdraw(request: HttpRequest, kpi: str) -> HttpResponse:
    """Ask once, then take a proposal back."""
    found = kpi_or_404(request, kpi)
    if request.method == "POST":
        run, code = found.run, found.code
        kpis.withdraw(found, by=request.person, at=clock.now())
        messages.success(request, _("KPI %(code)s is withdrawn.") % {"code": code})
        return redirect("kpis:library", run=run.public_id)
    context = {"title": _("Withdraw KPI %(code)s") % {"code": found.code}, "kpi": found, "run": found.run}
    return render(request, "kpis/withdraw.html", context)


@reads_on_get
def align(request: HttpRequest, kpi: str) -> HttpResponse:
    """Say which policy sources a KPI answers to."""
    if request.method != "POST":
        return redirect("kpis:kpi", kpi=kpi)
    found = kpi_or_404(request, kpi)
    form = AlignForm(found, request.POST)
    if not form.is_valid():
        return _kpi_page(request, found, align_form=form)
    try:
        kpis.align(
            found,
            form.cleaned_data["sources"],
            seen=seen_version(request),
            because=form.cleaned_data.get("because", ""),
            by=request.person,
            at=clock.now(),
        )
    except Faults as refused:
        place_faults(form, refused)
        return _kpi_page(request, found, align_form=form)
    messages.success(request, _("The policy sources of %(code)s are saved.") % {"code": found.code})
    return redirect("kpis:kpi", kpi=found.public_id)


# The list for the department


@reads_on_get
def department(request: HttpRequest, run: str) -> HttpResponse:
    """The list for the department: what would be sent, and what was."""
    held = run_of(request, run)
    if request.method == "POST":
        kpis.send_to_department(held, by=request.person, at=clock.now())
        messages.success(request, _("The list is sent to the department."))
        return redirect("kpis:department", run=held.public_id)
    sent = latest_list(held)
    context = _context(request, held, "kpis.sent_to_department") | {
        "title": _("List for the department"),
        "rows": list_for_department(selected_kpis(held)),
        "standing": selection_standing(held),
        "sent": DepartmentList.objects.filter(framework__run=held).select_related("sent_by"),
        "current": sent is not None and list_is_current(held, sent),
        "target": presenters.listed_target,
        "why_not": refusal(permissions.check_may_send, request.person, held, at=clock.now()),
    }
    return render(request, "kpis/department.html", context)


@reads_on_get
def sent(request: HttpRequest, list_sent: str) -> HttpResponse:
    """To the list of the year that was sent; a notice leads here."""
    runs = Run.objects.visible_to(request.person, on=clock.today())
    lists = DepartmentList.objects.filter(framework__run__in=runs).select_related("framework__run")
    found = get_object_or_404(lists, public_id=list_sent)
    return redirect("kpis:department", run=found.framework.run.public_id)


# Detail sheets


@reads_on_get
def details(request: HttpRequest, run: str) -> HttpResponse:
    """How far the detail sheets are, group by group."""
    held = run_of(request, run)
    selected = list(selected_kpis(held))
    context = _context(request, held, "kpis.details_complete") | {
        "title": _("Detail sheets of KPIs"),
        "progress": presenters.progress_by_group(groups_of(held.unit), selected),
        "missing": presenters.missing,
        "why_not_deposit": refusal(permissions.check_may_deposit_sheets, request.person, held, at=clock.now()),
    }
    return render(request, "kpis/details.html", context)


@reads_on_get
def deposit_sheets(request: HttpRequest, run: str) -> HttpResponse:
    """Seal the detail sheets and put them into the cabinet. Its own address leads back to the sheets."""
    held = run_of(request, run)
    if request.method == "POST":
        made = len(kpis.deposit_sheets(held, by=request.person, at=clock.now()))
        done = ngettext("%(count)s sheet is sealed and deposited.", "%(count)s sheets are sealed and deposited.", made)
        messages.success(request, done % {"count": made})
    return redirect("kpis:details", run=held.public_id)


@reads_on_get
def sheet(request: HttpRequest, kpi: str) -> HttpResponseBase:
    """The detail sheet as it would print today; it is kept nowhere."""
    held = kpi_or_404(request, kpi)
    paper = sheet_paper(held, on=clock.today())
    return fresh_paper(printed(paper, unit=held.framework.run.unit), file_name(paper, paper.sheet.code))


@reads_on_get
def fill_details(request: HttpRequest, kpi: str) -> HttpResponse:
    """Write the detail sheet of a KPI."""
    found = kpi_or_404(request, kpi)
    form = DetailsForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = kpis.fill_details(
                found,
                form.details(),
                seen=seen_version(request),
                because=form.cleaned_data["because"],
                by=request.person,
                at=clock.now(),
            )
        except Faults as refused:
            place_faults(form, refused)
        else:
            messages.success(request, _("The detail sheet of %(code)s is saved.") % {"code": digits(made.code)})
            return redirect("kpis:details", run=made.run.public_id)
    context = _context(request, found.run, "kpis.details_complete") | {
        "title": _("Detail sheet of KPI %(code)s") % {"code": digits(found.code)},
        "facts": presenters.facts(found),
        "kpi": found,
        "form": form,
        "missing": presenters.missing(found),
        "why_not": refusal(permissions.check_may_fill_details, request.person, found, at=clock.now()),
    }
    wrong = form.errors or any(form.inputs.errors) or any(form.steps.errors)
    return render(request, "kpis/fill_details.html", context, status=422 if wrong else 200)


# What every page of the area needs


def _context(request: HttpRequest, run: Run, card: str) -> dict[str, Any]:
    return {"run": run, "panel": sop_panel_for(run, card, request.person, clock.now())}


def _framework_or_404(run: Run) -> Framework:
    found = framework_of(run)
    if found is None:
        raise Http404
    return found


def _groups_to_propose_for(request: HttpRequest, run: Run) -> list[Unit]:
    today = clock.today()
    return [group for group in groups_of(run.unit) if holds(request.person, "kpis.propose", group, on=today)]


def _why_not_propose(request: HttpRequest, run: Run) -> str:
    """Empty when there is a group that this person may propose for today."""
    groups = _groups_to_propose_for(request, run) or [run.unit]
    answers = [refusal(permissions.check_may_propose, request.person, run, group, at=clock.now()) for group in groups]
    return "" if "" in answers else answers[0]
