"""From a receipt to its paper. What is printed is Thai in every language of the pages."""

from collections.abc import Sequence

from raprong.assessments.documents import submitter
from raprong.assessments.models import AssessmentItem, Receipt
from raprong.assessments.receipts.lateness import late_words_th
from raprong.assessments.rounds import round_title_th
from raprong.core.clock import day_of
from raprong.documents.receipt.shape import Receipt as ReceiptPaper
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.thai.dates import BANGKOK, long_date


def receipt_paper(receipt: Receipt, items: Sequence[AssessmentItem]) -> ReceiptPaper:
    """The receipt of a submitted report. `items` carry `standing_evidence`, the count of their evidence."""
    assessment, run = receipt.assessment, receipt.assessment.run
    sent = submitter(assessment)
    assert sent is not None, "a receipt is given on submission"
    local = receipt.received_at.astimezone(BANGKOK)
    late = receipt.late_by
    return ReceiptPaper(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=receipt.fiscal_year,
        number=receipt.number,
        round_name=round_title_th(assessment.months),
        starts_on=run.year.starts_on,
        ends_on=assessment.ends_on,
        due_on=receipt.due_on,
        dated_on=day_of(receipt.received_at),
        received=f"{long_date(local.date(), thai_digits=False)} เวลา {local:%H.%M.%S} น.",
        submitted=sent,
        sha256=receipt.sha256,
        kpis=len(items),
        evidence=sum(item.standing_evidence for item in items),  # type: ignore[attr-defined]
        total=assessment.total,
        reported_weight=assessment.reported_weight,
        total_weight=sum_exactly(item.kpi.weight for item in items if item.kpi.weight is not None),
        late=late_words_th(late) if late is not None else "",
    )
