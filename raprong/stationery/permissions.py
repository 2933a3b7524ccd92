"""Who changes how papers look and what they say: for a unit, or for the whole agency."""

from datetime import datetime

from raprong.access.permissions import check_holds, check_holds_in_agency
from raprong.core.clock import day_of
from raprong.organisation.models import Person, Unit
from raprong.stationery.queries import Holder


def check_may_change(person: Person, holder: Holder, *, at: datetime) -> None:
    """For a unit, whoever may change stationery there; for the agency, whoever may in the whole of it."""
    if isinstance(holder, Unit):
        check_holds(person, "stationery.change", holder, on=day_of(at))
    else:
        check_holds_in_agency(person, "stationery.change", holder, on=day_of(at))
