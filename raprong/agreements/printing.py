"""The paper that everybody looks at while an agreement is open for signing."""

from datetime import datetime

from raprong.agreements import documents
from raprong.agreements.models import Agreement
from raprong.documents.agreement.shape import Agreement as AgreementPaper
from raprong.organisation.models import Person
from raprong.records.papers import print_for_reading
from raprong.signatures import scans
from raprong.signatures.enums import Way


def freeze(agreement: Agreement, paper: AgreementPaper, *, by: Person, at: datetime) -> None:
    """Keep what the paper says, and print it: with a code on every page where it is signed by hand."""
    run, unit = agreement.run, agreement.run.unit
    agreement.content, agreement.copy = documents.as_content(paper), None
    if agreement.way != Way.WET_INK:
        agreement.paper = print_for_reading(paper, unit=unit, by=by, at=at)
        return
    code, mark = scans.code_for_print()
    agreement.paper = print_for_reading(paper, unit=unit, by=by, at=at, check=mark)
    scans.keep_print(code, agreement.paper, about=agreement, unit=unit, fiscal_year=run.fiscal_year, at=at)
