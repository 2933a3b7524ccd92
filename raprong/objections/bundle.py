"""What an objection rests on, gathered by itself: criteria, figures, both scores and the evidence, as they stood."""

from typing import Any

from django.utils.translation import override

from raprong.assessments.queries import evidence_by_item
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.evaluations.queries import scores_of
from raprong.evidence.numbers import written_number
from raprong.kpis.criteria_words import level_columns
from raprong.kpis.documents import figure_text, result_text
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthlyResult
from raprong.results.months import last_day_of


def bundle_of(evaluation: Evaluation, score: GivenScore | None) -> dict[str, Any]:
    """Plain data: of one KPI, or for an objection to the total of every KPI."""
    scores = [one for one in scores_of(evaluation) if score is None or one.pk == score.pk]
    evidence = evidence_by_item(evaluation.assessment)
    with override("th"):  # criteria are worded as on papers, whoever objects in whatever language
        return _gathered(evaluation, scores, evidence)


def _gathered(evaluation: Evaluation, scores: list[GivenScore], evidence: Any) -> dict[str, Any]:
    return {
        "total": figure_text(evaluation.total),
        "own_total": figure_text(evaluation.assessment.total),
        "kpis": [_of_kpi(one, evidence.get(one.item_id, [])) for one in scores],
    }


def _of_kpi(score: GivenScore, evidence: Any) -> dict[str, Any]:
    item, kpi = score.item, score.item.kpi
    return {
        "code": kpi.code,
        "title": kpi.title,
        "weight": figure_text(kpi.weight),
        "criteria": _levels(score),
        "result": result_text(kpi, item.result),
        "claim": item.narrative,
        "own": figure_text(item.score),
        "calculated": figure_text(score.calculated),
        "official": figure_text(score.decided),
        "because": score.because,
        "months": _months(score),
        "evidence": [
            {
                "number": written_number(one),
                "title": one.title,
                "file": one.file.public_id,
                "sha256": one.file.sha256,
            }
            for one in evidence
        ],
    }


def _levels(score: GivenScore) -> list[list[str]]:
    columns = level_columns(score.item.kpi, months=score.item.assessment.months)
    return [[column.level, column.text] for column in columns]


def _months(score: GivenScore) -> list[list[str]]:
    run, ends_on = score.evaluation.run, score.item.assessment.ends_on
    rows = MonthlyResult.objects.filter(kpi=score.item.kpi, status=ResultStatus.VALUE).order_by("month")
    return [[row.month.isoformat(), figure_text(row.value)] for row in rows if last_day_of(run, row.month) <= ends_on]
