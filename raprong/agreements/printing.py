"""The paper that everybody looks at while an agreement is open for signing."""

from dataclasses import replace
from datetime import date, datetime

from raprong.agreements import documents
from raprong.agreements.addendum_papers import addendum_paper
from raprong.agreements.enums import Side
from raprong.agreements.models import Agreement
from raprong.agreements.queries import parties_of
from raprong.agreements.writing import save_next_version, write_down
from raprong.documents import CheckMark
from raprong.documents.parts import Signatory
from raprong.files.models import StoredFile
from raprong.organisation.models import Person
from raprong.records.papers import print_for_reading
from raprong.seals import papers as seals
from raprong.signatures import scans
from raprong.signatures.enums import Way
from raprong.signatures.models import PrintedPaper

# Papers are Thai in every language of the pages.
FOR_APPROVAL = "ฉบับเสนอเพื่อให้ความเห็นชอบ\nยังไม่ใช่ฉบับสำหรับลงนาม"


def paper_of(agreement: Agreement, *, dated_on: date) -> documents.SignedPaper:
    """The agreement or the addendum as it would print at this moment."""
    parties = list(parties_of(agreement))
    if agreement.number:
        return addendum_paper(agreement, parties, dated_on=dated_on)
    return documents.agreement_paper(agreement, parties, dated_on=dated_on)


def freeze(
    agreement: Agreement,
    paper: documents.SignedPaper,
    *,
    by: Person,
    at: datetime,
    ready: PrintedPaper | None = None,
) -> None:
    """Keep what the paper says, and print it: with a code on every page where it is signed by hand.

    Where the paper itself is signed, with pens or certificates, it is printed for that once every approver has
    approved, so that it says when each did. Before, there is a copy for them to read. `ready` is a print for pens that
    lies there already.
    """
    agreement.content, agreement.copy = documents.as_content(paper), None
    if agreement.way != Way.ELECTRONIC and not is_approved(paper):
        mark: CheckMark | None = CheckMark(address="", code="", note=FOR_APPROVAL)
    elif agreement.way == Way.WET_INK:
        agreement.paper = ready.file if ready else print_with_codes(agreement, paper, by=by, at=at)
        return
    else:
        mark = _code_of(agreement, paper, at=at) if agreement.way == Way.CERTIFICATE else None
    agreement.paper = print_for_reading(paper, unit=agreement.run.unit, by=by, at=at, check=mark)


def print_approved(agreement: Agreement, *, by: Person, at: datetime) -> None:
    """Once all have approved, print the paper that is signed with pens or certificates, with the moment of each."""
    freeze(agreement, with_approvals(agreement), by=by, at=at)
    assert agreement.paper is not None
    save_next_version(agreement, "content", "paper", "copy")
    write_down("agreement.approved", agreement, by=by, at=at, sha256=agreement.paper.sha256)


def waits_for_print(agreement: Agreement) -> bool:
    """Whether the paper for pens or certificates is printed now: all have approved, and it says so nowhere yet."""
    if agreement.way == Way.ELECTRONIC or agreement.copy is not None:
        return False
    return is_approved(with_approvals(agreement)) and not is_approved(documents.content_of(agreement))


def is_approved(paper: documents.SignedPaper) -> bool:
    """Whether everybody has approved who does so before it is signed."""
    return all(approver.signed is not None for approver in paper.approvers)


def with_approvals(agreement: Agreement) -> documents.SignedPaper:
    """The content that was shown for signing, with the moment of each approval given so far."""
    approvers = documents.signatories(parties_of(agreement), Side.APPROVER)
    return replace(documents.content_of(agreement), approvers=approvers)


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
