"""From figures to the result table of a round of any rhythm. What is printed is Thai in every language of the pages."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.documents.round_report.shape import RoundDimension, RoundReport, RoundRow
from raprong.kpis.documents import result_text
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import scheme_of, selected_kpis
from raprong.lib.scoring.card import ScoreCard, ScoredKpi, Status
from raprong.lib.scoring.explain_words import STATUS
from raprong.lib.scoring.rounding import sum_exactly
from raprong.processes.models import Run
from raprong.results.queries import closed_months
from raprong.results.rounds import RoundView, rounds_of

ROUND = "รอบ %s เดือน"


def round_report(run: Run, rounds: Sequence[int], months: int, *, on: date) -> RoundReport:
    """The results of one round of a rhythm in one table, beside the scores of the rhythm's round before.

    It is printed from the figures as they stand; nobody has reported it. It is provisional until the round is over,
    its months are closed, and the whole weight has a result. Refused: a round that has not begun.
    """
    views = rounds_of(run, [one for one in rounds if one <= months], on=on)
    view, before = views[-1], views[-2] if len(views) > 1 else None
    if view.card is None:
        raise Refused(_("The round of %(months)s months has not begun yet.") % {"months": months})
    scheme, total = scheme_of(run), view.card.total
    band = scheme.band_of(total) if total is not None else None
    return RoundReport(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        round_name=ROUND % months,
        starts_on=run.year.starts_on,
        ends_on=view.ends_on,
        dated_on=on,
        dimensions=tuple(dimensions_of(_rows(run, view.card, before))),
        total_weight=view.card.total_weight,
        total=total,
        reported_weight=view.card.reported_weight,
        earlier_round=ROUND % before.months if before else "",
        earlier_total=before.card.total if before and before.card else None,
        provisional=_may_change(run, view),
        band=band.title_th if band else "",
        scheme=scheme.title_th,
    )


def dimensions_of(rows: Iterable[tuple[str, RoundRow]]) -> Iterator[RoundDimension]:
    """Rows with the titles of their dimensions, put together in the order they come, with the sums of those that are
    no part of another."""
    by_title: dict[str, list[RoundRow]] = {}
    for title, row in rows:
        by_title.setdefault(title, []).append(row)
    for title, own in by_title.items():
        tops = [row for row in own if not row.inside]
        scored = [row.weighted for row in tops if row.weighted is not None]
        weighted = sum_exactly(scored) if scored else None
        yield RoundDimension(title, sum_exactly(row.weight for row in tops), weighted, tuple(own))


def _rows(run: Run, card: ScoreCard, before: RoundView | None) -> Iterator[tuple[str, RoundRow]]:
    scores = {scored.code: scored for scored in card.kpis}
    earlier = {scored.code: scored.score for scored in before.card.kpis} if before and before.card else {}
    for kpi in selected_kpis(run).select_related("dimension", "group", "parent"):
        scored = scores[kpi.code]
        why = _why_no_result(scored)
        yield kpi.dimension.title, row_of(kpi, scored, scored.result, earlier=earlier.get(kpi.code), remark=why)


def row_of(
    kpi: KpiYear, scored: ScoredKpi, result: Decimal | None, *, earlier: Decimal | None, remark: str
) -> RoundRow:
    """One KPI with its result and score, beside its score of the round before and why it has no result."""
    return RoundRow(
        code=kpi.code,
        name=kpi.title,
        unit_of_measure=kpi.measure,
        weight=scored.weight,
        responsible=kpi.group.name,
        target=result_text(kpi, kpi.target),
        result=result_text(kpi, result) or None,
        score=scored.score,
        weighted=scored.weighted,
        earlier=earlier,
        remark=remark,
        inside=kpi.parent_id is not None,
    )


def _why_no_result(scored: ScoredKpi) -> str:
    if scored.result is not None or scored.status == Status.REPORTED:
        return ""
    status = STATUS[scored.status].th
    return f"{status}: {scored.because}" if scored.because else status


def _may_change(run: Run, view: RoundView) -> bool:
    closed = closed_months(run)
    settled = view.over and all(month in closed for month in run.year.months()[: view.months])
    return not settled or view.card is None or view.card.reported_weight != view.card.total_weight
