"""From a report to the result table of its round. What is printed is Thai in every language of the pages."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from raprong.assessments.documents import submitter, why_no_result
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.assessments.queries import card_of_report, round_before, scheme_in_force
from raprong.assessments.rounds import final_round_of, round_title_th
from raprong.core.clock import day_of
from raprong.documents.round_report.shape import RoundReport, RoundRow
from raprong.lib.scoring.card import ScoredKpi
from raprong.results.round_report import dimensions_of, row_of


def round_report(assessment: SelfAssessment, items: Sequence[AssessmentItem], *, on: date) -> RoundReport:
    """The results of a round in one table, beside the scores of the round before where one was submitted.

    It may be printed while the report is written: then it is dated `on`, and nobody has reported it.
    """
    run, scheme = assessment.run, scheme_in_force(assessment)
    card, before = card_of_report(assessment, items), round_before(assessment)
    scores = {scored.code: scored for scored in card.kpis}
    earlier = {item.kpi_id: item.score for item in before.items.all()} if before else {}
    rows = ((item.kpi.dimension.title, _row(item, scores[item.kpi.code], earlier.get(item.kpi_id))) for item in items)
    band = scheme.band_of(card.total) if card.total is not None else None
    return RoundReport(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        round_name=round_title_th(assessment.months),
        starts_on=run.year.starts_on,
        ends_on=assessment.ends_on,
        dated_on=day_of(assessment.submitted_at) if assessment.submitted_at else on,
        dimensions=tuple(dimensions_of(rows)),
        total_weight=card.total_weight,
        total=card.total,
        reported_weight=card.reported_weight,
        earlier_round=round_title_th(before.months) if before else "",
        earlier_total=before.total if before else None,
        provisional=_may_change(assessment, card.total_weight),
        band=band.title_th if band else "",
        scheme=scheme.title_th,
        reported=submitter(assessment),
    )


def _row(item: AssessmentItem, scored: ScoredKpi, earlier: Decimal | None) -> RoundRow:
    return row_of(item.kpi, scored, item.result, earlier=earlier, remark=why_no_result(item))


def _may_change(assessment: SelfAssessment, whole: Decimal) -> bool:
    """Whether the total may still change: before submission, before the last round, or without the whole weight."""
    last = assessment.months == final_round_of(assessment.run)
    return not (last and assessment.submitted_at is not None and assessment.reported_weight == whole)
