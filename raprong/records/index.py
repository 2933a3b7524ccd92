"""The yearly index of the cabinet: printed to look at, or sealed and deposited with the papers it lists.

Words on papers are Thai in every language of the pages.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from raprong.access.roles import roles_that_hold
from raprong.audit.seals import year_seal
from raprong.core.clock import day_of
from raprong.documents.archive_index.shape import ArchiveIndex, IndexedPaper
from raprong.documents.parts import Signatory
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import position_of
from raprong.records.actions import Storage
from raprong.records.kinds import kind_name
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit
from raprong.records.permissions import check_may_index
from raprong.records.queries import papers_of_year

MADE = "จัดทำในระบบเมื่อ"  # asks for no password, so it is no signature


def index_paper(unit: Unit, fiscal_year: int, *, by: Person, at: datetime) -> ArchiveIndex:
    """Every deposited paper of a unit's year as it stands, made by somebody who keeps the cabinet."""
    check_may_index(by, unit, fiscal_year, at=at)
    post = position_of(by, on=day_of(at))
    return ArchiveIndex(
        agency=unit.agency.name,
        unit=unit.name,
        fiscal_year=fiscal_year,
        dated_on=day_of(at),
        rows=tuple(_row(record) for record in papers_of_year(unit, fiscal_year)),
        seal=year_seal(unit, fiscal_year),
        keeper=Signatory(name=by.name, post=post.title if post else "", signed=at, act=MADE),
    )


@transaction.atomic
def deposit_index(unit: Unit, fiscal_year: int, *, by: Person, at: datetime) -> Record:
    """Seal the index and put it into the cabinet. It is kept as long as the paper that is kept longest."""
    paper = index_paper(unit, fiscal_year, by=by, at=at)
    listed = list(papers_of_year(unit, fiscal_year))
    return seal_and_deposit(
        paper,
        title=f"บัญชีเอกสารที่จัดเก็บ ประจำปีงบประมาณ พ.ศ. {fiscal_year} {unit.name}",
        about=unit,
        unit=unit,
        fiscal_year=fiscal_year,
        storage=_storage(listed),
        by=by,
        at=at,
    )


def _row(record: Record) -> IndexedPaper:
    with override("th"):
        kind = kind_name(record.kind)
    return IndexedPaper(
        title=record.title,
        kind_title=kind,
        deposited_on=day_of(record.deposited_at),
        retain_until=record.retain_until,
        place=" ".join(filter(None, (record.place, record.arrangement))),
        sha256=record.sha256,
    )


def _storage(listed: Sequence[Record]) -> Storage:
    longest = max(listed, key=lambda record: record.retention_years)
    return Storage(longest.retention_years, longest.place, longest.arrangement, _readers(listed))


def _readers(listed: Sequence[Record]) -> list[str]:
    """Only who may read every paper on it; the keepers alone where the papers have no reader in common."""
    named = [set(record.readers) for record in listed if record.readers]
    if not named:
        return []
    return sorted(set.intersection(*named)) or roles_that_hold("records.keep")
