"""The same monthly figures by the rounds of any rhythm, and how complete and punctual the groups report."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.card import ScoredKpi
from raprong.processes.models import Run
from raprong.records.papers import file_name, printed
from raprong.results.definitions import rhythms
from raprong.results.punctuality import punctuality_of
from raprong.results.round_report import round_report
from raprong.results.rounds import KpiInRounds, kpis_in_rounds, rounds_of
from raprong.web.circulation.papers import fresh_paper
from raprong.web.papers.files import word_file, workbook_file
from raprong.web.results import presenters
from raprong.web.results.levels import reached
from raprong.web.results.whereabouts import readable
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.pages import show

OWN = "sop"  # the rhythm of the SOP that runs the year
FORMATS = {"pdf": "PDF", "word": "Word", "workbook": "Excel"}


@dataclass(frozen=True)
class RoundCell:
    """What stood for a KPI at the end of a round."""

    scored: ScoredKpi | None
    result: str
    level: str
    tint: int | None


@reads_on_get
def rounds(request: HttpRequest, run: str) -> HttpResponse:
    """Every KPI by the rounds of the rhythm that is chosen."""
    found, at = readable(request, run)
    choices = _choices(found)
    chosen = request.GET.get("rhythm", OWN)
    chosen = chosen if chosen in choices else OWN
    views = rounds_of(found, choices[chosen][1], on=day_of(at))
    context = {
        "title": _("Results by round"),
        "run": found,
        "rhythms": [(code, title) for code, (title, _rounds) in choices.items()],
        "chosen": chosen,
        "views": views,
        "begun": [view for view in views if view.card],
        "formats": FORMATS,
        "rows": [(row.kpi, _cells(row)) for row in kpis_in_rounds(found, views)],
        "punctuality": punctuality_of(found, on=day_of(at)),
        "days": rhythms().on_time_days,
        "name_of": presenters.name_of,
    }
    return show(request, "results/rounds.html", context)


@require_safe
@reads_on_get
def report(request: HttpRequest, run: str, rhythm: str, months: int, form: str) -> FileResponse:
    """The report of one round of any rhythm, printed from the figures as they stand; it is kept nowhere."""
    found, at = readable(request, run)
    rounds = _choices(found).get(rhythm, ("", ()))[1]
    if months not in rounds or form not in FORMATS:
        raise Http404
    paper = round_report(found, rounds, months, on=day_of(at))
    if form == "word":
        return word_file(paper, unit=found.unit)
    if form == "workbook":
        return workbook_file(paper)
    return fresh_paper(printed(paper, unit=found.unit), file_name(paper, str(months)))


def _choices(run: Run) -> dict[str, tuple[str, tuple[int, ...]]]:
    """The rhythms to choose from: that of the year's own SOP first."""
    own = tuple(sorted(run.definition.reporting.rounds))
    said = _("As the SOP says: %(months)s months") % {"months": digits(", ".join(map(str, own)))}
    others = {one.code: (one.title_th if in_thai() else one.title_en, one.rounds) for one in rhythms().rhythms}
    return {OWN: (said, own)} | others


def _cells(row: KpiInRounds) -> list[RoundCell]:
    return [_cell(row.kpi, scored) for scored in row.scored]


def _cell(kpi: KpiYear, scored: ScoredKpi | None) -> RoundCell:
    result = scored.result if scored else None
    level = None
    if scored and result is not None and not kpi.is_sum and scored.months is not None:
        level = reached(kpi, result, months=scored.months)
    words = presenters.told(kpi, result) if result is not None else ""
    return RoundCell(scored, words, level.words if level else "", level.tint if level else None)
