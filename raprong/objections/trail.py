"""Every act of this room on the chain of the unit and its year."""

from datetime import datetime
from typing import Any

from raprong.audit.actions import record
from raprong.core.models import PublicIdModel
from raprong.objections.models import Preliminary
from raprong.organisation.models import Person


def tell(
    kind: str, about: PublicIdModel, preliminary: Preliminary, *, by: Person | None, at: datetime, **facts: Any
) -> None:
    run = preliminary.run
    record(kind, about=about, place=run.unit, fiscal_year=run.fiscal_year, by=by, at=at, **facts)
