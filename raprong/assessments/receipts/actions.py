"""Giving a receipt, with the next number of the unit's fiscal year."""

from datetime import datetime

from raprong.assessments.models import AssessmentItem, Receipt, ReceiptRegister, SelfAssessment
from raprong.assessments.receipts.documents import receipt_paper
from raprong.assessments.rounds import due_on, round_title_th
from raprong.organisation.models import Person, Unit
from raprong.processes.queries import storage_of
from raprong.records.papers import seal_and_deposit


def give(
    assessment: SelfAssessment,
    items: list[AssessmentItem],
    *,
    sha256: str,
    received_at: datetime,
    by: Person,
    at: datetime,
) -> Receipt:
    """Give the receipt of a report that is being submitted; its paper is sealed and deposited.

    The number is taken in the transaction of the submission: one that fails leaves no gap.
    """
    run = assessment.run
    receipt = Receipt.objects.create(
        assessment=assessment,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        number=_next_number(run.unit, run.fiscal_year),
        received_at=received_at,
        due_on=due_on(run, assessment.months),
        sha256=sha256,
        given_to=by,
    )
    deposited = seal_and_deposit(
        receipt_paper(receipt, items),
        title=f"ใบรับรายงานการประเมินตนเอง เลขที่ {receipt} {round_title_th(assessment.months)}",
        about=receipt,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        storage=storage_of(run),
        by=by,
        at=at,
        which=f"{run.fiscal_year}-{receipt.number}",
    )
    receipt.paper = deposited.file
    receipt.save(update_fields=["paper"])
    return receipt


def _next_number(unit: Unit, fiscal_year: int) -> int:
    """The register is locked until the transaction ends, so that no number is given twice and none is lost."""
    ReceiptRegister.objects.get_or_create(unit=unit, fiscal_year=fiscal_year)
    register = ReceiptRegister.objects.select_for_update().get(unit=unit, fiscal_year=fiscal_year)
    register.last += 1
    register.save(update_fields=["last"])
    return register.last
