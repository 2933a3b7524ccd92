"""The paper that everybody looks at while an agreement is open for signing."""

from dataclasses import replace
from datetime import date, datetime

from raprong.agreements import documents
from raprong.agreements.addendum_papers import addendum_paper
from raprong.agreements.models import Agreement
from raprong.agreements.queries import kpis_in, parties_of
from raprong.documents import CheckMark
from raprong.documents.parts import Signatory
from raprong.files.models import StoredFile
from raprong.organisation.models import Person
from raprong.records.papers import print_for_reading
from raprong.seals import papers as seals
from raprong.signatures import scans
from raprong.signatures.enums import Way


def paper_of(agreement: Agreement, *, dated_on: date) -> documents.SignedPaper:
    """The agreement or the addendum as it would print at this moment."""
    parties = list(parties_of(agreement))
    if agreement.number:
        return addendum_paper(agreement, parties, dated_on=dated_on)
    return documents.agreement_paper(agreement, parties, list(kpis_in(agreement)), dated_on=dated_on)


def freeze(agreement: Agreement, paper: documents.SignedPaper, *, by: Person, at: datetime) -> None:
    """Keep what the paper says, and print it: with a code on every page where it is signed by hand."""
    unit = agreement.run.unit
    agreement.content, agreement.copy = documents.as_content(paper), None
    if agreement.way == Way.WET_INK:
        agreement.paper = print_with_codes(agreement, paper, by=by, at=at)
        return
    mark = _code_of(agreement, paper, at=at) if agreement.way == Way.CERTIFICATE else None
    agreement.paper = print_for_reading(paper, unit=unit, by=by, at=at, check=mark)


def print_with_codes(agreement: Agreement, paper: documents.SignedPaper, *, by: Person, at: datetime) -> StoredFile:
    """A print whose scan can be matched page by page; earlier prints of the agreement do not count any more."""
    run = agreement.run
    code, mark = scans.code_for_print()
    file = print_for_reading(_for_pens(paper), unit=run.unit, by=by, at=at, check=mark)
    scans.keep_print(code, file, about=agreement, unit=run.unit, fiscal_year=run.fiscal_year, at=at)
    return file


def _for_pens(paper: documents.SignedPaper) -> documents.SignedPaper:
    """The same paper with lines to sign on, also where places were kept for certificates."""
    return replace(paper, receivers=_by_hand(paper.receivers), makers=_by_hand(paper.makers))


def _by_hand(people: tuple[Signatory, ...]) -> tuple[Signatory, ...]:
    return tuple(replace(person, digital=False) for person in people)


def _code_of(agreement: Agreement, paper: documents.SignedPaper, *, at: datetime) -> CheckMark | None:
    """The code on a paper that is sealed as it was printed, behind the signatures made with certificates."""
    run = agreement.run
    coded = seals.give_code(
        kind=paper.kind, title=str(agreement), about=agreement, unit=run.unit, fiscal_year=run.fiscal_year, at=at
    )
    return seals.mark_of(coded)
