"""Find it for this person, do one verb, show it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from io import StringIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.databases.read_only import reading_only
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.kpis.coverage import Coverage, Load, coverage_of
from raprong.kpis.models import KpiYear
from raprong.kpis.quality import actions as quality
from raprong.kpis.quality.permissions import check_may_give_reason
from raprong.kpis.quality.queries import KpiFinding, findings_of_kpi, findings_of_run, hints_on
from raprong.kpis.queries import framework_of, kpis_of
from raprong.lib.workbooks.cells import guarded, text_of
from raprong.organisation.models import Person
from raprong.organisation.queries import groups_of
from raprong.web.kpis.forms import ProposalForm, name_of, place_faults
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.quality import presenters
from raprong.web.quality.forms import WhyForm, sheet_typed
from raprong.web.shell.filters import digits, in_thai

PER_PAGE = 50
BY = ("post", "person", "group")
BACK_TO = {"run": "quality:run", "selection": "kpis:selection"}


# What is found


@reads_on_get
def run(request: HttpRequest, run: str) -> HttpResponse:
    """What is found in the year's KPIs, KPI by KPI, and where it hurts."""
    held = run_of(request, run)
    found = findings_of_run(held)
    views = presenters.by_kpi(_shown(request, found), _why_not(request.person, clock.now()))
    page = Paginator(views, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Quality of the KPIs"),
        "run": held,
        "panel": sop_panel_for(held, "kpis.selection_settled", request.person, clock.now()),
        "summary": presenters.summary(found, kpis_of(held).candidates().count()),
        "counts": presenters.counts(found),
        "any": kpis_of(held).candidates().exists(),
        "found": found,
        "page": page,
        "rules": presenters.rules_found(one.found for kpi in page for one in kpi.findings),
        "standings": presenters.STANDINGS,
        "pills": presenters.PILLS,
        "groups": [(group.public_id, name_of(group)) for group in groups_of(held.unit)],
        "chosen": {name: request.GET.get(name, "") for name in ("show", "group")},
        "name_of": name_of,
    }
    return render(request, "quality/run.html", context)


def _shown(request: HttpRequest, found: Iterable[KpiFinding]) -> list[KpiFinding]:
    show, group = request.GET.get("show", ""), request.GET.get("group", "")
    return [
        one
        for one in found
        if (show not in presenters.STANDINGS or presenters.standing(one) == show)
        and (not group or one.kpi.group.public_id == group)
    ]


def _why_not(person: Person, at: datetime) -> Callable[[KpiYear], str]:
    """Why a person may give no reason about a KPI; asked once for each group."""
    answers: dict[int, str] = {}

    def ask(kpi: KpiYear) -> str:
        if kpi.group_id not in answers:
            answers[kpi.group_id] = refusal(check_may_give_reason, person, kpi, at=at)
        return answers[kpi.group_id]

    return ask


@reads_on_get
def hints(request: HttpRequest, run: str) -> HttpResponse:
    """What would be found in a KPI as it is typed. It stores nothing, however it is asked."""
    held = run_of(request, run)
    framework = framework_of(held)
    if framework is None:
        raise Http404
    typed = request.POST if request.method == "POST" else request.GET
    this = kpis_of(held).filter(public_id=typed.get("kpi", "")).first()
    with reading_only():
        form = ProposalForm(framework, groups_of(held.unit), typed, kpi=this)
        sheet = sheet_typed(form)
        found = presenters.hint_views(hints_on(framework, sheet, this=this), sheet.criteria, held)
        return render(request, "quality/_hints.html", {"hints": found})


@reads_on_get
def give_reason(request: HttpRequest, kpi: str, rule: str) -> HttpResponse:
    """Say why a KPI stays as it is; a page of its own where the reason is wrong or nothing was sent."""
    held = _kpi_or_404(request, kpi)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            quality.accept_warning(
                held,
                rule,
                because=form.cleaned_data["because"],
                seen=_seen(request),
                by=request.person,
                at=clock.now(),
            )
        except Faults as refused:
            place_faults(form, refused)
        else:
            messages.success(request, _("The reason is kept with KPI %(code)s.") % {"code": digits(held.code)})
            return _back(request, held)
    found = next((one for one in findings_of_kpi(held) if one.code == rule), None)
    if found is None:
        raise Http404
    why_not = refusal(check_may_give_reason, request.person, held, at=clock.now())
    context = {
        "title": _("A reason for KPI %(code)s") % {"code": digits(held.code)},
        "run": held.run,
        "kpi": held,
        "view": presenters.FindingView(found, why_not),
        "form": form,
        "back": _named_back(request),
    }
    return render(request, "quality/reason.html", context, status=422 if form.errors else 200)


@reads_on_get
def take_back(request: HttpRequest, kpi: str, rule: str) -> HttpResponse:
    """Take a reason back; its own address leads to the KPI."""
    held = _kpi_or_404(request, kpi)
    if request.method == "POST":
        quality.take_back_acceptance(held, rule, seen=_seen(request), by=request.person, at=clock.now())
        messages.success(request, _("The reason is taken back. It asks for one again."))
    return _back(request, held)


def _back(request: HttpRequest, kpi: KpiYear) -> HttpResponse:
    """To the page that the form stood on, the KPI's own where it does not say."""
    name = BACK_TO.get(_named_back(request))
    if name:
        return redirect(name, run=kpi.run.public_id)
    return redirect("kpis:kpi", kpi=kpi.public_id)


def _named_back(request: HttpRequest) -> str:
    return request.POST.get("back") or request.GET.get("back", "")


# Who answers for what


@reads_on_get
def owners(request: HttpRequest, run: str) -> HttpResponse:
    """How many KPIs each post, person and group carries, and what nobody answers for."""
    held = run_of(request, run)
    coverage = coverage_of(held, on=clock.today())
    by = _by(request)
    loads = _loads(coverage, by)
    context = {
        "title": _("Who answers for the KPIs"),
        "run": held,
        "by": by,
        "coverage": coverage,
        "loads": presenters.sorted_loads(loads, request.GET.get("sort", "")),
        "most": max((len(load.supervised) + len(load.collected) for load in loads), default=0),
        "holder": _named,
        "name_of": name_of,
        "codes": presenters.codes,
    }
    return render(request, "quality/owners.html", context)


@reads_on_get
def owners_csv(request: HttpRequest, run: str) -> HttpResponse:
    """The same as a table for other programs. No cell starts a formula."""
    held = run_of(request, run)
    by = _by(request)
    written = StringIO()
    csv.writer(written).writerows(
        [guarded(text_of(cell)) for cell in row] for row in _rows(_loads(coverage_of(held, on=clock.today()), by), by)
    )
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kpi-owners-{by}-{held.fiscal_year}.csv"'
    return response


def _by(request: HttpRequest) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in BY else BY[0]


def _loads(coverage: Coverage, by: str) -> tuple[Load, ...]:
    return {"post": coverage.posts, "person": coverage.people, "group": coverage.groups}[by]


def _rows(loads: Iterable[Load], by: str) -> Iterator[list[Any]]:
    answers = _("Answers for") if by == "group" else _("Supervises")
    yield [_("Name"), _("Group or unit"), answers, _("Collects the data of"), _("Weight"), _("KPIs"),
           _("Without an owner"), _("Without a telephone")]  # fmt: skip
    for load in loads:
        mine = sorted(
            {kpi.code: kpi for kpi in [*load.supervised, *load.collected]}.values(), key=lambda k: k.sort_code
        )
        yield [
            _named(load),
            name_of(load.unit) if load.unit else "",
            len(load.supervised),
            len(load.collected),
            format(load.weight, ".2f"),
            presenters.codes(mine),
            presenters.codes(load.without_owner),
            presenters.codes(load.without_telephone),
        ]


def _named(load: Load) -> str:
    """The name of a post, a person or a group in the language of the reader."""
    holder: Any = load.holder
    if in_thai():
        return str(holder)
    return getattr(holder, "title_en", "") or getattr(holder, "name_en", "") or str(holder)


# What every page of the area needs


def _kpi_or_404(request: HttpRequest, kpi: str) -> KpiYear:
    visible = KpiYear.objects.visible_to(request.person, on=clock.today()).with_people()
    found = get_object_or_404(visible, public_id=kpi)
    run_of(request, found.run.public_id)
    return found


def _seen(request: HttpRequest) -> int | None:
    """The version that the form was opened with."""
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else None
