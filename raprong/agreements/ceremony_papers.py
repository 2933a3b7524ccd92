"""The papers of a ceremony as one file: every agreement with codes on its pages, and the form signed beside it."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from raprong.agreements import documents
from raprong.agreements.ceremony_standing import agreements_in
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement, Ceremony
from raprong.agreements.queries import parties_of
from raprong.core.clock import day_of
from raprong.documents.agreement.shape import Agreement as AgreementPaper
from raprong.files.store import open_content
from raprong.records.papers import printed
from raprong.signatures.scans import print_of


def papers_in_one_file(ceremony: Ceremony, *, at: datetime) -> bytes:
    """A ZIP of the prints that lie ready, in the order of signing; the file of each begins with its place in it."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for agreement in agreements_in(ceremony).filter(state=State.SIGNING):
            for name, paper in _papers_of(agreement, at=at):
                entry = ZipInfo(name, date_time=day_of(at).timetuple()[:6])
                archive.writestr(entry, paper)
    return content.getvalue()


def papers_are_ready(ceremony: Ceremony) -> bool:
    """Whether anything can be printed."""
    opened = agreements_in(ceremony).filter(state=State.SIGNING)
    return any(print_of(agreement) is not None for agreement in opened)


def _papers_of(agreement: Agreement, *, at: datetime) -> list[tuple[str, bytes]]:
    place = f"{agreement.place_in_ceremony:02}-{agreement.run.unit.code}"
    ready = print_of(agreement)
    papers = []
    if ready is not None:
        with open_content(ready.file.sha256) as file:
            papers.append((f"{place}-{ready.file.name}", file.read()))
    paper = documents.signed_paper(agreement, list(parties_of(agreement)), dated_on=day_of(at))
    if isinstance(paper, AgreementPaper):
        preparations = documents.preparations_of(agreement, at=at)
        form = documents.signing_form(agreement, paper, dated_on=day_of(at), preparations=preparations)
        papers.append((f"{place}-{form.kind}.pdf", printed(form, unit=agreement.run.unit)))
    return papers
