"""The random sample: its seed, what it draws, and how anybody draws it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from raprong.access.permissions import check_holds
from raprong.access.queries import units_where
from raprong.access.rules import Refused, refusal
from raprong.assessments.models import SelfAssessment
from raprong.assessments.rounds import round_title, rounds_of
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.evaluations import permissions, samples
from raprong.evaluations.definitions import reading_order
from raprong.evaluations.models import SampleSeed
from raprong.kpis.models import KpiYear
from raprong.lib.reading_order.sampling import drawn
from raprong.organisation.models import Agency, Person
from raprong.processes.models import Run
from raprong.web.processes.panel import unit_name
from raprong.web.shell.forms import TakesFaults
from raprong.web.shell.pages import show


class SeedForm(TakesFaults):
    """For which round, and how much of it is drawn."""

    months = forms.TypedChoiceField(label=gettext_lazy("Round"), coerce=int)
    per_hundred = forms.IntegerField(
        label=gettext_lazy("KPIs to draw of a hundred"),
        help_text=gettext_lazy("Of each unit by itself, rounded up: of 10 per hundred one of up to ten KPIs."),
        min_value=1,
        max_value=100,
    )

    def __init__(self, rounds: list[int], data: Any = None) -> None:
        super().__init__(data, initial={"per_hundred": reading_order().sample_per_hundred})
        self.fields["months"].choices = [(months, round_title(months)) for months in rounds]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def sample_list(request: HttpRequest) -> HttpResponse:
    """The seeds of the year, what each draws so far, and the way to publish the next."""
    at = clock.now()
    units = units_where(request.person, "assessments.read", on=day_of(at))
    if request.unit and not units.exists():
        check_holds(request.person, "assessments.read", request.unit, on=day_of(at))
    every = Run.objects.filter(unit__in=units).select_related("unit__agency", "sop").order_by("-fiscal_year", "pk")
    years = sorted({run.fiscal_year for run in every}, reverse=True) or [request.fiscal_year.be]
    year = next((one for one in years if str(one) == request.GET.get("year")), years[0])
    runs = [run for run in every if run.fiscal_year == year]
    agencies = list(dict.fromkeys(run.unit.agency for run in runs))
    open_to = [agency for agency in agencies if _rounds_left(request.person, agency, runs, year)]
    agency = open_to[0] if open_to else None
    rounds = _rounds_left(request.person, agency, runs, year) if agency else []
    form = SeedForm(rounds, request.POST or None)
    if request.method == "POST" and agency is None:
        raise Refused(_("No round is left for which you may publish a seed."))
    if request.method == "POST" and agency is not None and form.is_valid():
        try:
            samples.publish_seed(agency, fiscal_year=year, **form.cleaned_data, by=request.person, at=at)
        except Faults as faults:
            form.take(faults)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The seed is published. It stands in the trail."))
            return redirect("evaluations:samples")
    seeds = SampleSeed.objects.visible_to(request.person, on=day_of(at)).filter(fiscal_year=year)
    context = {
        "title": _("The random sample"),
        "subtitle": _("Drawn from a seed that is published before the reports are in"),
        "section": "evaluations:list",
        "crumbs": [(_("Scores and confirmation"), reverse("evaluations:list"))],
        "form": form,
        "years": years,
        "year": year,
        "may_publish": agency is not None,
        "seeds": [_drawn_by(seed, request.person) for seed in seeds.select_related("published_by", "agency")],
        "round_title": round_title,
        "unit_name": unit_name,
    }
    return show(request, "evaluations/samples.html", context, status=422 if form.errors else 200)


@require_safe
@reads_on_get
def sample_file(request: HttpRequest, seed: str) -> HttpResponse:
    """The list that the draw goes by, as text: what `raprong sample` reads."""
    visible = SampleSeed.objects.visible_to(request.person, on=day_of(clock.now()))
    found = get_object_or_404(visible, public_id=seed)
    blocks = []
    for report in _reports(found, request.person):
        names = KpiYear.objects.filter(assessment_items__assessment=report).order_by("sort_code", "code")
        lines = [f"{kpi.public_id} # {kpi.code} {kpi.title}" for kpi in names]
        blocks.append("\n".join([f"# {report.run.unit.name}", *lines]))
    answer = HttpResponse("\n\n".join(blocks) + "\n", content_type="text/plain; charset=utf-8")
    name = f"sample-{found.fiscal_year}-{found.months}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rounds_left(person: Person, agency: Agency, runs: list[Run], year: int) -> list[int]:
    """The rounds of an agency's year for which this person may still publish a seed."""
    rounds = sorted({months for run in runs if run.unit.agency_id == agency.pk for months in rounds_of(run)})
    at = clock.now()
    return [
        months
        for months in rounds
        if not refusal(permissions.check_may_publish_seed, person, agency, year, months, at=at)
    ]


def _reports(seed: SampleSeed, person: Person) -> list[SelfAssessment]:
    """The submitted reports of the round that this person may read."""
    reports = SelfAssessment.objects.visible_to(person, on=day_of(clock.now())).submitted()
    mine = reports.filter(run__unit__agency=seed.agency, run__fiscal_year=seed.fiscal_year, months=seed.months)
    return list(mine.select_related("run__unit__agency").order_by("run__unit__name"))


def _drawn_by(seed: SampleSeed, person: Person) -> dict[str, Any]:
    """A seed with what it draws from each report."""
    found = []
    for report in _reports(seed, person):
        names = samples.names_in(report)
        chosen = drawn(seed.seed, names, per_hundred=seed.per_hundred)
        kpis = {kpi.public_id: kpi for kpi in KpiYear.objects.filter(public_id__in=chosen)}
        found.append({"report": report, "count": len(names), "kpis": [kpis[name] for name in chosen]})
    return {"seed": seed, "reports": found}
