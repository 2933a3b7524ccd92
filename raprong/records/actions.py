from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from raprong.audit.actions import record
from raprong.core.models import PublicIdModel
from raprong.core.references import reference
from raprong.files.models import StoredFile
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.models import Person, Unit
from raprong.records.models import Record


@dataclass(frozen=True)
class Storage:
    """How an SOP says a paper is kept: for how many years, where, in which order, and who may read it."""

    years: int
    place: str = ""
    arrangement: str = ""
    readers: Sequence[str] = ()


@transaction.atomic
def deposit(
    file: StoredFile,
    *,
    kind: str,
    title: str,
    about: PublicIdModel,
    unit: Unit,
    fiscal_year: int,
    storage: Storage,
    by: Person | None,
    at: datetime,
) -> Record:
    """Put a paper into the cabinet. Its years run from the end of the fiscal year it belongs to.

    `by` is None where the system does it by itself.
    """
    deposited = Record.objects.create(
        unit=unit,
        fiscal_year=fiscal_year,
        kind=kind,
        title=title,
        about=reference(about),
        file=file,
        sha256=file.sha256,
        deposited_at=at,
        deposited_by=by,
        retention_years=storage.years,
        retain_until=retain_until(fiscal_year, storage.years),
        place=storage.place,
        arrangement=storage.arrangement,
        readers=list(storage.readers),
    )
    record(
        "record.deposited",
        about=deposited,
        by=by,
        at=at,
        place=unit,
        fiscal_year=fiscal_year,
        sha256=file.sha256,
        retain_until=deposited.retain_until,
    )
    return deposited


def retain_until(fiscal_year: int, years: int) -> date:
    """The last day on which a paper of a fiscal year must be kept: whole years after that year's end."""
    return FiscalYear(fiscal_year + years).ends_on
