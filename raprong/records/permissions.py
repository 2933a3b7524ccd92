"""Who may make the index of a unit's year: those who keep its cabinet."""

from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.core.clock import day_of
from raprong.organisation.models import Person, Unit
from raprong.records.queries import papers_of_year


def check_may_index(person: Person, unit: Unit, fiscal_year: int, *, at: datetime) -> None:
    """There must be something to list."""
    check_holds(person, "records.keep", unit, on=day_of(at))
    if not papers_of_year(unit, fiscal_year).exists():
        raise Refused(_("No paper of this year lies in the cabinet yet."))
