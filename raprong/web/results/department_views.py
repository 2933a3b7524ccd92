"""Where all the units stand that somebody may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.queries import units_where
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.evaluations.queries import points_given_in
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.rounding import half_up
from raprong.results.department import UnitStanding, mean_total, runs_readable_by, scores_of, standings_of
from raprong.results.months import last_day_of, month_title
from raprong.web.results.figures import written
from raprong.web.scores.finals import final_of
from raprong.web.shell.filters import in_thai
from raprong.web.shell.pages import show

PER_PAGE = 25
LOWEST = 5


@dataclass(frozen=True)
class LowScore:
    """One of the KPIs that score lowest."""

    kpi: KpiYear
    score: Decimal


@reads_on_get
def department(request: HttpRequest) -> HttpResponse:
    """Every unit of the chosen year whose results this person may read: its total, and how much of it has reported."""
    on = day_of(clock.now())
    if request.unit and not units_where(request.person, "results.read", on=on).exists():
        check_holds(request.person, "results.read", request.unit, on=on)
    runs = list(runs_readable_by(request.person, request.fiscal_year.be, on=on))
    months = [day for day in request.fiscal_year.months() if day <= on]
    chosen = next((day for day in months if f"{day:%Y-%m}" == request.GET.get("upto")), None)
    upto = last_day_of(runs[0], chosen) if runs and chosen else request.fiscal_year.ends_on
    standings = standings_of(runs, upto=upto)
    context = {
        "title": _("Standing of the department"),
        "year": request.fiscal_year.be,
        "agencies": list(dict.fromkeys(run.unit.agency for run in runs)),
        "months": [(f"{day:%Y-%m}", month_title(day)) for day in months],
        "chosen": f"{chosen:%Y-%m}" if chosen else "",
        "mean": mean_total(standings),
        "with_total": sum(standing.total is not None for standing in standings),
        "units": len(standings),
        "reported": _share(standings),
        "provisional": any(standing.provisional for standing in standings),
        "page": Paginator(_sorted(standings, request.GET.get("sort", "")), PER_PAGE).get_page(request.GET.get("page")),
        "lowest": _lowest(standings, upto),
        "band_of": _band_of,
        "written": written,
        "with_parts": any(standing.scheme.parts for standing in standings),
    }
    given = points_given_in(runs, request.person, on=on) if context["with_parts"] else {}
    context["final_of"] = lambda standing: final_of(standing.total, standing.scheme, given.get(standing.run.pk, {}))
    return show(request, "results/department.html", context)


def _share(standings: list[UnitStanding]) -> Decimal | None:
    """Of all the weight of all units, the share that has reported, in per cent; each unit counts alike."""
    weighed = [standing for standing in standings if standing.total_weight]
    shares = [100 * standing.reported_weight / standing.total_weight for standing in weighed]
    return half_up(sum(shares, Decimal(0)) / len(shares), 0) if shares else None


SORTS: dict[str, Callable[[UnitStanding], Any]] = {
    "total": lambda standing: (standing.total is not None, standing.total),
    "reported": lambda standing: standing.reported_weight / (standing.total_weight or 1),
}


def _sorted(standings: list[UnitStanding], asked: str) -> list[UnitStanding]:
    """As asked for; units without a total come after those with the lowest. Without a question in the units' order."""
    key = SORTS.get(asked.removeprefix("-"))
    return sorted(standings, key=key, reverse=asked.startswith("-")) if key else standings


def _lowest(standings: list[UnitStanding], upto: date) -> list[LowScore]:
    """The KPIs that score lowest among all that count, the lowest first. Only units on one scale can be compared."""
    if len({standing.scheme.scale_max for standing in standings}) > 1:
        return []
    runs = [standing.run for standing in standings if standing.total is not None]
    scored = [(score.score, score.kpi_id) for score in scores_of(runs, upto=upto) if score.score is not None]
    lowest = sorted(scored)[:LOWEST]
    kpis = KpiYear.objects.select_related("framework__run__unit__agency").in_bulk([pk for _, pk in lowest])
    return [LowScore(kpis[pk], score) for score, pk in lowest]


def _band_of(standing: UnitStanding) -> str:
    if standing.total is None or standing.scheme.parts:  # bands of parts name the final score, which comes later
        return ""
    band = standing.scheme.band_of(standing.total)
    return "" if band is None else (band.title_th if in_thai() else band.title_en)
