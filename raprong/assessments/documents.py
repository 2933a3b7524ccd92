"""From a report to the paper that is printed. What is printed is Thai in every language of the pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.assessments.queries import evidence_by_item
from raprong.assessments.rounds import final_round_of, round_title_th
from raprong.core.clock import day_of
from raprong.documents.parts import Signatory
from raprong.documents.self_assessment.shape import AssessedKpi, EvidenceItem
from raprong.documents.self_assessment.shape import SelfAssessment as SelfAssessmentPaper
from raprong.evidence.definitions import evidence_types
from raprong.evidence.models import Credit
from raprong.evidence.numbers import written_number
from raprong.kpis.documents import levels_text, result_text
from raprong.kpis.queries import scheme_of
from raprong.lib.scoring.card import ScoreCard, Status
from raprong.lib.scoring.explain_words import STATUS
from raprong.lib.scoring.rounding import sum_exactly
from raprong.signatures.posts import acting_for_head_of, post_of

SUBMITTED = "ส่งรายงานในระบบเมื่อ"  # submitting asks for no password, so it is no signature


def self_assessment_paper(assessment: SelfAssessment, items: Sequence[AssessmentItem]) -> SelfAssessmentPaper:
    """The report as submitted, dated on that day. Its total may still change until the year's last, whole report."""
    run, at = assessment.run, assessment.submitted_at
    assert at is not None, "a report is printed on submission"
    on = day_of(at)
    paper = _report(assessment, items, total=assessment.total, reported_weight=assessment.reported_weight, dated_on=on)
    return replace(
        paper,
        provisional=assessment.months != final_round_of(run) or paper.reported_weight != paper.total_weight,
        submitted=submitter(assessment),
    )


def submitter(assessment: SelfAssessment) -> Signatory | None:
    """Who submitted a report; nobody before that."""
    person, at = assessment.submitted_by, assessment.submitted_at
    if person is None or at is None:
        return None
    on, unit = day_of(at), assessment.run.unit
    return Signatory(person.name, post_of(person, on=on), acting_for_head_of(unit, person, on=on), at, SUBMITTED)


def draft_paper(
    assessment: SelfAssessment, items: Sequence[AssessmentItem], card: ScoreCard, *, on: date
) -> SelfAssessmentPaper:
    """The report as it is written so far, with the scores that its figures come to now; nobody has submitted it."""
    return _report(assessment, items, total=card.total, reported_weight=card.reported_weight, dated_on=on)


def _report(
    assessment: SelfAssessment,
    items: Sequence[AssessmentItem],
    *,
    total: Decimal | None,
    reported_weight: Decimal | None,
    dated_on: date,
) -> SelfAssessmentPaper:
    run, evidence = assessment.run, evidence_by_item(assessment)
    whole = sum_exactly(item.kpi.weight or Decimal(0) for item in items)
    return SelfAssessmentPaper(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        round_name=round_title_th(assessment.months),
        starts_on=run.year.starts_on,
        ends_on=assessment.ends_on,
        dated_on=dated_on,
        kpis=tuple(_assessed(item, evidence[item.pk]) for item in items),
        total_weight=whole,
        total=total,
        reported_weight=reported_weight,
        scheme=scheme_of(run).title_th,
    )


def _assessed(item: AssessmentItem, evidence: Sequence[Credit]) -> AssessedKpi:
    kpi = item.kpi
    return AssessedKpi(
        code=kpi.code,
        name=kpi.title,
        unit_of_measure=kpi.measure,
        weight=(kpi.weight_inside if kpi.parent_id else kpi.weight) or Decimal(0),
        levels=levels_text(kpi, months=item.assessment.months),
        target=result_text(kpi, kpi.target),
        dimension=kpi.dimension.title,
        result=result_text(kpi, item.result) or None,
        score=item.score,
        weighted=item.weighted,
        responsible=kpi.group.name,
        narrative=item.narrative,
        factors=item.factors,
        obstacles=item.obstacles,
        suggestions=item.suggestions,
        no_figure_because=why_no_result(item),
        evidence=tuple(map(_proof, evidence)),
        inside=kpi.parent_id is not None,
    )


def why_no_result(item: AssessmentItem) -> str:
    """What stood instead of a result and the reason, as papers print it; empty where there is a result or parts."""
    if item.result is not None or item.status == Status.REPORTED:
        return ""
    status = STATUS[Status(item.status or Status.NOT_REPORTED)].th
    because = item.kpi.cancelled_because if item.status == Status.CANCELLED else item.no_figure_because
    return f"{status}: {because}" if because else status


def _proof(credit: Credit) -> EvidenceItem:
    return EvidenceItem(
        number=written_number(credit),
        title=credit.title,
        sort=type_title(credit.evidence.kind),
        file_name=credit.file.name,
        sha256=credit.file.sha256,
        added_on=day_of(credit.evidence.added_at),
    )


def type_title(code: str) -> str:
    """A type of evidence as papers print it; empty for one that was not told, or that the list no longer has."""
    known = evidence_types().titled(code)
    return known.title_th if known else ""
