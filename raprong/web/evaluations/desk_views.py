"""The assessor's desk: one KPI across all units, or one unit across all KPIs, the riskiest claims first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from raprong.access.permissions import check_holds
from raprong.access.queries import units_where
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.evaluations.definitions import reading_order
from raprong.evaluations.models import GivenScore
from raprong.evaluations.queries import name_across_units
from raprong.evaluations.reading_order import Queued, queue_of, reason_words, scores_to_read, years_to_read
from raprong.kpis.models import KpiYear
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.pages import show

ALL, WAITING, DRAWN, DOUBTED = "all", "waiting", "drawn", "doubted"


class DeskForm(forms.Form):
    """Which claims lie on the desk. What cannot be read asks for all that wait."""

    year = forms.ChoiceField(label=gettext_lazy("Fiscal year"))
    kpi = forms.ChoiceField(label=gettext_lazy("KPI"))
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    months = forms.ChoiceField(label=gettext_lazy("Round"))
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[
            (WAITING, gettext_lazy("Those that wait")),
            (DRAWN, gettext_lazy("The random sample")),
            (DOUBTED, gettext_lazy("To be looked at again")),
            (ALL, gettext_lazy("Every claim")),
        ],
    )

    def __init__(self, years: Sequence[int], scores: Sequence[GivenScore], query: Any) -> None:
        usual = dict.fromkeys(self.base_fields, ALL) | {"show": WAITING, "year": str(years[0])}
        super().__init__(initial={name: query.get(name, without) for name, without in usual.items()})
        self.names = {one.item.kpi.public_id: name_across_units(one.item.kpi) for one in scores}
        self.initial["kpi"] = self._first_alike(str(self.initial["kpi"]))
        self.fields["year"].choices = [(str(year), digits(year)) for year in years]  # type: ignore[attr-defined]
        for name, choices in _choices(scores).items():
            self.fields[name].choices = [(ALL, _("All")), *choices]  # type: ignore[attr-defined]

    def _first_alike(self, asked: str) -> str:
        """The KPI that stands in the choice for all that have its name, whichever unit's was asked for."""
        name = self.names.get(asked)
        return next((key for key, other in self.names.items() if other == name), asked) if name else asked

    def chosen(self, field: str) -> str:
        """What was chosen; empty for all."""
        asked = str(self.initial[field])
        known = {str(code) for code, _label in self.fields[field].choices}  # type: ignore[attr-defined]
        return asked if asked in known - {ALL} else ""

    def holds(self, queued: Queued) -> bool:
        """Whether a claim is one that was asked for, whatever its standing."""
        report, kpi = queued.score.item.assessment, self.chosen("kpi")
        return (
            (not kpi or self.names[kpi] == name_across_units(queued.score.item.kpi))
            and self.chosen("unit") in ("", queued.score.evaluation.run.public_id)
            and self.chosen("months") in ("", str(report.months))
        )

    def shows(self, queued: Queued) -> bool:
        """Whether its standing is the one that was asked for."""
        asked = str(self.initial["show"])
        return {
            ALL: True,
            DRAWN: queued.drawn,
            DOUBTED: queued.score.doubted_id is not None,
        }.get(asked, queued.waits)


SORTS: dict[str, Callable[[Queued], Any]] = {
    "kpi": lambda one: (one.score.item.kpi.sort_code, one.score.item.kpi.code),
    "unit": lambda one: one.score.evaluation.run.unit.name,
    "own": lambda one: one.score.item.score if one.score.item.score is not None else Decimal(-1),
    "official": lambda one: one.score.decided if one.score.decided is not None else Decimal(-1),
    "risk": lambda one: one.risk,
}


@require_safe
@reads_on_get
def desk(request: HttpRequest) -> HttpResponse:
    """Every claim of the year that this person may score and that is not confirmed yet. A unit does not see its own."""
    on = day_of(clock.now())
    units = units_where(request.person, "evaluations.score", on=on)
    if request.unit and not units.exists():
        check_holds(request.person, "evaluations.score", request.unit, on=on)
    years = years_to_read(request.person, on=on) or [request.fiscal_year.be]
    year = next((one for one in years if str(one) == request.GET.get("year")), years[0])
    readable = scores_to_read(request.person, fiscal_year=year, on=on)
    scores = list(readable.filter(evaluation__assessment__run__unit__in=units))
    form = DeskForm(years, scores, request.GET)
    chosen = [one for one in queue_of(scores) if form.holds(one)]
    rows = _sorted([one for one in chosen if form.shows(one)], request.GET.get("sort", ""))
    context = {
        "title": _("The assessor's desk"),
        "subtitle": _("Fiscal year %(year)s, riskiest claims first") % {"year": digits(year)},
        "section": "evaluations:list",
        "crumbs": [(_("Scores and confirmation"), reverse("evaluations:list"))],
        "form": form,
        "rows": rows,
        "any": bool(scores),
        "along": "?along=kpi" if form.chosen("kpi") else "",
        "done": sum(not one.waits for one in chosen),
        "count": len(chosen),
        "risky": sum(bool(one.reasons) and one.waits for one in chosen),
        "drawn": sum(one.drawn and one.waits for one in chosen),
        "rules": [(rule.title_th if in_thai() else rule.title_en, rule.points) for rule in reading_order().rules],
        "reason_words": reason_words,
        "round_title": round_title,
        "unit_name": unit_name,
    }
    return show(request, "evaluations/desk.html", context)


def _choices(scores: Sequence[GivenScore]) -> dict[str, list[tuple[str, str]]]:
    kpis: dict[tuple[str, str], KpiYear] = {}
    for one in scores:
        kpis.setdefault(name_across_units(one.item.kpi), one.item.kpi)
    in_order = sorted(kpis.values(), key=lambda kpi: (kpi.sort_code, kpi.code))
    runs = {one.evaluation.run.public_id: one.evaluation.run for one in scores}
    rounds = sorted({one.item.assessment.months for one in scores})
    return {
        "kpi": [(kpi.public_id, digits(f"{kpi.code} {kpi.title}")) for kpi in in_order],
        "unit": [(key, unit_name(run.unit)) for key, run in runs.items()],
        "months": [(str(months), round_title(months)) for months in rounds],
    }


def _sorted(rows: list[Queued], asked: str) -> list[Queued]:
    """As asked for; without a question as the queue has them."""
    key = SORTS.get(asked.removeprefix("-"))
    return sorted(rows, key=key, reverse=asked.startswith("-")) if key else rows
