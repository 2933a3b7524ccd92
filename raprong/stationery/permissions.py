"""Who sees and who changes how papers look and what they say: for a unit, or for the whole agency."""

from datetime import datetime

from raprong.access.permissions import check_holds, check_holds_in_agency
from raprong.core.clock import day_of
from raprong.organisation.models import Agency, Person, Unit
from raprong.stationery.queries import Holder


def check_may_read(person: Person, holder: Holder, *, at: datetime) -> None:
    """Whoever reads the stationery of a unit of the agency may read the agency's, which holds for that unit too."""
    _check(person, "stationery.read", holder, at=at)


def check_may_change(person: Person, holder: Holder, *, at: datetime) -> None:
    _check(person, "stationery.change", holder, at=at)


def _check(person: Person, permission: str, holder: Holder, *, at: datetime) -> None:
    if isinstance(holder, Unit):
        check_holds(person, permission, holder, on=day_of(at))
    else:
        assert isinstance(holder, Agency)
        check_holds_in_agency(person, permission, holder, on=day_of(at))
