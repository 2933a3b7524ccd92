"""The end of signing: what was signed is sealed and deposited, and the agreement is in force."""

from datetime import datetime
from typing import Any

from raprong.agreements import addenda, documents
from raprong.agreements.addenda_reading import base_of
from raprong.agreements.enums import Move
from raprong.agreements.models import Agreement
from raprong.agreements.queries import SCAN, parties_of
from raprong.agreements.workflow import MOVES
from raprong.agreements.writing import save_next_version, write_down
from raprong.core.clock import day_of
from raprong.documents import Paper
from raprong.documents.agreement.shape import Agreement as AgreementPaper
from raprong.files.models import StoredFile
from raprong.files.store import open_content
from raprong.notifications.actions import tell
from raprong.organisation.models import Person
from raprong.processes.queries import storage_of
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit, seal_file_and_deposit
from raprong.seals.papers import papers_about, supersede
from raprong.stationery.queries import Shown


def put_in_force(agreement: Agreement, *, by: Person, at: datetime, scan: StoredFile | None = None) -> Agreement:
    """Seal and deposit what was signed, and put the agreement in force.

    With an agreement that has its signatures printed on it goes the signing form. A paper signed by hand (`scan`) goes
    as it was printed, with the scan beside it.
    """
    parties = list(parties_of(agreement))
    paper = documents.signed_paper(agreement, parties, dated_on=day_of(at))
    if scan is not None:
        kept = _deposit_file(agreement, agreement.shown, paper.kind, title=str(agreement), by=by, at=at)
        _deposit_file(agreement, scan, SCAN, title=f"{agreement} ฉบับลงนาม", by=by, at=at)
    else:
        kept = _deposit_signed(agreement, paper, by=by, at=at)
        if isinstance(paper, AgreementPaper):
            form = documents.signing_form(agreement, paper, dated_on=day_of(at))
            _deposit(agreement, form, title=form.title, by=by, at=at)
    agreement.sealed, agreement.in_force_at = kept.file, at
    _from, agreement.state = MOVES[Move.COMPLETE]
    save_next_version(agreement, "sealed", "in_force_at", "state")
    if agreement.number:
        addenda.apply(agreement, at=at)
        _supersede_base(agreement, paper.kind, by=by, at=at)

    people = {party.person for party in parties} | {agreement.drafted_by}
    tell(people, "agreement.in_force", about=agreement, at=at, besides=by, agreement=str(agreement))
    write_down("agreement.in_force", agreement, by=by, at=at, sha256=kept.sha256)
    return agreement


def _supersede_base(addendum: Agreement, kind: str, *, by: Person, at: datetime) -> None:
    """Let the public page of what the addendum changes lead to it."""
    base = base_of(addendum)
    newer = next((each for each in papers_about(addendum) if each.kind == kind), None)
    if base is None or newer is None:
        return
    for older in papers_about(base):
        if older.kind in (AgreementPaper.kind, kind) and older.superseded_by_id is None and older.cancelled_at is None:
            supersede(older, newer, by=by, at=at)


def _deposit_signed(agreement: Agreement, paper: Paper, *, by: Person, at: datetime) -> Record:
    """The agreement itself: the very file that was signed with certificates, else printed with its signatures."""
    if agreement.copy is None:
        return _deposit(agreement, paper, title=str(agreement), shown=_shown(agreement), by=by, at=at)
    return _deposit_file(agreement, agreement.copy, paper.kind, title=str(agreement), by=by, at=at)


def _deposit_file(
    agreement: Agreement, file: StoredFile | None, kind: str, *, title: str, by: Person, at: datetime
) -> Record:
    assert file is not None
    with open_content(file.sha256) as content:
        whole = content.read()
    return seal_file_and_deposit(whole, file.name, kind=kind, title=title, **_kept_with(agreement), by=by, at=at)


def _shown(agreement: Agreement) -> Shown:
    """The look that everybody saw who signed."""
    assert agreement.paper is not None
    return Shown(documents.content_of(agreement).dated_on, agreement.paper.stored_at)


def _deposit(
    agreement: Agreement, paper: Paper, *, title: str, by: Person, at: datetime, shown: Shown | None = None
) -> Record:
    return seal_and_deposit(paper, shown=shown, title=title, **_kept_with(agreement), by=by, at=at)


def _kept_with(agreement: Agreement) -> dict[str, Any]:
    """Where every paper of the agreement is kept, and for how long."""
    run = agreement.run
    return {"about": agreement, "unit": run.unit, "fiscal_year": run.fiscal_year, "storage": storage_of(run)}
