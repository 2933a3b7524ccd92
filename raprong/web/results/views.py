"""Pages of monthly results and of the scores they come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.permissions import check_holds
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.read_only import reads_on_get
from raprong.evaluations.queries import points_given_in
from raprong.kpis.criteria_words import plan_words
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import parts_of, scheme_of, selected_kpis
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.workbooks.faults import CellFault, WorkbookFaults
from raprong.lib.workbooks.reader import read_workbook
from raprong.processes.models import Run
from raprong.results import actions, permissions, policies, queries
from raprong.results.models import MonthlyResult
from raprong.results.months import last_day_of, month_title, round_on
from raprong.results.questions import Asked, questions_of_kpi
from raprong.web.processes.panel import sop_panel_for
from raprong.web.results import presenters
from raprong.web.results.figures import shown, written
from raprong.web.results.forms import MonthForms, ReportForm, WorkbookForm, kpis_asked
from raprong.web.results.whereabouts import month_or_404, readable, stored_of, why_not
from raprong.web.scores.finality import is_settled, provisional_until
from raprong.web.scores.finals import final_of
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.pages import show

# What the forms that were sent ask of their KPIs; put together once, because it is asked with every save.
FOR_FORMS = KpiYear.objects.only("public_id", "code", "title", "criteria", "round_criteria", "inputs", "expression")


@reads_on_get
def month(request: HttpRequest, run: str, month: str) -> HttpResponse:
    """One month of the KPIs that this person reports: figures, what does not apply, remarks."""
    found, at = readable(request, run)
    day = month_or_404(found, month)
    if request.method != "POST":
        return _month_page(request, found, day, at=at)
    asked = kpis_asked(request.POST)
    held = FOR_FORMS.filter(framework__run=found).in_bulk(asked, field_name="public_id")
    kpis = [held[public_id] for public_id in asked if public_id in held]
    reckoned = [kpi for kpi in kpis if kpi.expression]
    forms = MonthForms(kpis, queries.figures_of_month(reckoned, day) if reckoned else {}, request.POST)
    status = _save(request, found, day, forms, at=at)
    if status != 302:
        return _month_page(request, found, day, typed=forms.forms, status=status, at=at)
    group = {"group": request.GET["group"]} if "group" in request.GET else None
    return redirect(reverse("results:grid", kwargs={"run": found.public_id}, query=group))


def _month_page(
    request: HttpRequest,
    run: Run,
    day: date,
    *,
    typed: Sequence[ReportForm] = (),
    status: int = 200,
    at: datetime,
) -> HttpResponse:
    """The forms of a month; those that were typed into and could not be saved stay as they are."""
    policies.check_month_is_open(run, day, on=day_of(at))
    asked = KpiYear.objects.of_run(run).selected().reported().select_related("group__parent")
    kpis = list(asked.order_by("sort_code", "code"))
    refusals = permissions.refusals_to_report(request.person, run, [kpi.group for kpi in kpis], at=at)
    group = next((kpi.group for kpi in kpis if kpi.group.public_id == request.GET.get("group")), None)
    own = [kpi for kpi in kpis if not refusals[kpi.group] and group in (None, kpi.group)]
    stored, months = stored_of(run), round_on(run, last_day_of(run, day))
    forms = {form.kpi: form for form in [*MonthForms(own, queries.figures_of_month(own, day)).forms, *typed]}
    context = {
        "title": _("Results of %(month)s") % {"month": month_title(day)},
        "subtitle": _("Each figure as its KPI counts"),
        "run": run,
        "name_of": presenters.name_of,
        "group": group,
        "day": day,
        "kpis": {kpi.pk: kpi for kpi in own},
        "forms": [forms[kpi] for kpi in own],
        "ladders": {kpi.pk: presenters.levels_of(kpi, months=months) for kpi in own},
        "plans": {kpi.pk: plan_words(kpi, months=months, write=shown) for kpi in own},
        "last": {kpi.pk: _last_before(stored, kpi, run, day) for kpi in own},
        "why_not": why_not(refusals, own),
        "panel": sop_panel_for(run, policies.CARD, request.person, at),
        "cell": presenters.cell,
        "told": presenters.told,
        "written": written,
        "shown": shown,
    }
    return show(request, "results/month.html", context, status=status)


@reads_on_get
def take_in(request: HttpRequest, run: str) -> HttpResponse:
    """Take monthly figures from a workbook: all of them, or every fault and none."""
    found, at = readable(request, run)
    check_holds(request.person, "results.report", found.unit, on=day_of(at))
    form = WorkbookForm(request.POST or None, request.FILES or None)
    faults: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            workbook = read_workbook(form.cleaned_data["workbook"].read(), results_required=True)
            count = actions.take_in(found, workbook.months, by=request.person, at=at)
        except WorkbookFaults as refused:
            faults = [
                ("", _place(fault), fault.sentence_th if in_thai() else fault.sentence) for fault in refused.faults
            ]
        except Faults as refused:
            faults = [("", "", str(fault.sentence)) for fault in refused.faults]
        else:
            messages.success(request, _saved(count))
            return redirect("results:grid", run=found.public_id)
    panel = sop_panel_for(found, policies.CARD, request.person, at)
    title = _("Monthly results from a workbook")
    context = {"title": title, "run": found, "form": form, "faults": faults, "panel": panel}
    return show(request, "results/import.html", context, status=422 if form.errors or faults else 200)


@reads_on_get
def kpi(request: HttpRequest, kpi: str) -> HttpResponse:
    """One KPI: where it stands on its ladder, its months, and who reported what."""
    at = clock.now()
    found = get_object_or_404(
        KpiYear.objects.visible_to(request.person, on=day_of(at)).selected().with_people(), public_id=kpi
    )
    run = found.run
    permissions.check_may_read(request.person, run, at=at)
    scored = next(row for row in queries.score_card(run, upto=run.year.ends_on).kpis if row.code == found.code)
    results = {result.month: result for result in queries.results_of(run).filter(kpi=found)}
    closed = queries.closed_months(run)
    latest = max((day for day, result in results.items() if result.value is not None), default=None)
    months = run.year.months()
    context = {
        "title": f"{digits(found.code)} {found.title}",
        "run": run,
        "name_of": presenters.name_of,
        "kpi": found,
        "scored": scored,
        "parts": list(zip(parts_of(found).selected(), scored.parts, strict=True)) if scored.parts else [],
        "latest": latest,
        "ladder": presenters.ladder_of(found, scored),
        "gaps": presenters.gaps_of(found, scored, scheme_of(run)),
        "results": [(day, results.get(day)) for day in months],
        "history": {
            result.pk: [presenters.change_of(entry, found) for entry in queries.history_of(result)]
            for result in results.values()
        },
        "asked": _asked_by_month(found),
        "closed": closed,
        "chart_months": presenters.chart_months(months, results),
        "chart_levels": presenters.chart_levels(found),
        "provisional": months[-1] not in closed,
        "baseline": digits(" · ".join(f"{year}: {value}" for year, value in sorted(found.baseline.items()))),
        "cell": presenters.cell,
        "inputs_said": presenters.inputs_said,
        "written": written,
        "shown": shown,
    }
    return show(request, "results/kpi.html", context)


@reads_on_get
def scores(request: HttpRequest, run: str) -> HttpResponse:
    """The year's scores, from everything reported up to a month's end."""
    found, at = readable(request, run)
    months = found.year.months()
    chosen = next((day for day in months if f"{day:%Y-%m}" == request.GET.get("upto")), months[-1])
    kpis = list(selected_kpis(found))
    card = queries.score_card(found, upto=last_day_of(found, chosen))
    scheme = scheme_of(found)
    given = points_given_in([found], request.person, on=day_of(at)) if scheme.parts else {}
    final = final_of(card.total, scheme, given.get(found.pk, {}))
    band = scheme.band_of(card.total) if card.total is not None and final is None else None
    rows = presenters.score_rows(kpis, card)
    context = {
        "title": _("Scores of the year"),
        "run": found,
        "name_of": presenters.name_of,
        "months": [(f"{day:%Y-%m}", month_title(day)) for day in months if day <= day_of(at)],
        "chosen": f"{chosen:%Y-%m}",
        "card": card,
        "band": band and (band.title_th if in_thai() else band.title_en),
        "rows": rows,
        "bars": [row.as_bar for row in rows if row.kpi.parent_id is None],
        "weighted_sum": sum_exactly(kpi.weighted for kpi in card.tops if kpi.weighted is not None),
        "top": written(scheme.scale_max),
        "final": final,
        "written": written,
        "settled": is_settled(found),
        "until": provisional_until(found, at=at),
    }
    return show(request, "results/scores.html", context)


def _asked_by_month(kpi: KpiYear) -> dict[date, list[Asked]]:
    """What is asked about a KPI's figures, with the answers: those who assess it see both."""
    found: dict[date, list[Asked]] = defaultdict(list)
    for one in questions_of_kpi(kpi):
        found[one.result.month].append(one)
    return found


def _last_before(
    stored: dict[tuple[int, date], MonthlyResult], kpi: KpiYear, run: Run, day: date
) -> MonthlyResult | None:
    """The figure reported last before a month."""
    earlier = [month for month in run.year.months() if month < day]
    found = (stored.get((kpi.pk, month)) for month in reversed(earlier))
    return next((result for result in found if result is not None and result.value is not None), None)


def _save(request: HttpRequest, run: Run, day: date, forms: MonthForms, *, at: datetime) -> int:
    """Save a month; answers the status: 302 when it is saved, else why it is shown again."""
    if not forms.is_valid():
        return 422
    try:
        saved = actions.report_many(run, day, forms.figures(), by=request.person, at=at)
    except Stale:
        forms.warn_of_overtaking(queries.figures_of_month([form.kpi for form in forms.forms], day))
        return 409
    except Faults as faults:
        forms.take(faults)
        return 422
    changed = [result for result in saved if result.reported_at == at]
    sentence = _("%(month)s: %(saved)s") % {"month": month_title(day), "saved": _saved(len(changed))}
    messages.success(request, sentence)
    return 302


def _saved(count: int) -> str:
    if not count:
        return _("Nothing was changed.")
    return ngettext("%(count)s result is saved.", "%(count)s results are saved.", count) % {"count": digits(count)}


def _place(fault: CellFault) -> str:
    row = _("row %(row)s") % {"row": fault.row} if fault.row else ""
    column = (
        _("column %(column)s %(heading)s") % {"column": fault.column, "heading": fault.heading} if fault.column else ""
    )
    return ", ".join(part for part in (fault.sheet, row, column) if part)
