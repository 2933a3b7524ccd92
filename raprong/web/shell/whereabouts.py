"""For which unit and which fiscal year a person is working right now: their own, until they choose another."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from raprong.access.queries import grants_of
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Appointment, Person, Unit

UNIT_KEY = "unit"
YEAR_KEY = "fiscal_year"
RUN_KEY = "run"  # the run visited last, for the menu
YEARS_BACK = 5
YEARS_AHEAD = 1


def offices_open_to(person: Person, *, on: date) -> QuerySet[Unit]:
    """The units a person works in or holds a role for on a day. A role for a whole agency opens all of its units."""
    posts = Appointment.objects.in_force(on).filter(person=person)
    opened = Q(positions__in=posts.values("position_id")) | Q(groups__positions__in=posts.values("position_id"))
    for grant in grants_of(person, on=on):
        opened |= Q(agency=grant.agency_id) if grant.unit is None else Q(pk=grant.unit.office.pk)
    return (
        Unit.objects.filter(opened, kind=UnitKind.OFFICE).select_related("agency").distinct().order_by("order", "name")
    )


def years_open(on: date) -> list[int]:
    """The fiscal years (พ.ศ.) a person may choose on a day, the latest first."""
    now = FiscalYear.of(on).be
    return list(range(now + YEARS_AHEAD, now - YEARS_BACK - 1, -1))


def chosen_unit(request: HttpRequest, *, on: date) -> Unit | None:
    """The unit chosen earlier if it is still open to the person, else the one they work in, else the first open."""
    chosen = request.session.get(UNIT_KEY)
    if chosen:
        unit = offices_open_to(request.person, on=on).filter(public_id=chosen).first()
        if unit:
            return unit
    own: Unit | None = request.position.unit.office if request.position else None
    return own or offices_open_to(request.person, on=on).first()


def chosen_year(request: HttpRequest, *, on: date) -> FiscalYear:
    """The fiscal year chosen earlier, else the one that runs."""
    chosen = request.session.get(YEAR_KEY)
    return FiscalYear(chosen) if chosen in years_open(on) else FiscalYear.of(on)


def choose(request: HttpRequest, *, unit: Unit, year: int) -> None:
    """Remember a choice until the person signs out."""
    request.session[UNIT_KEY] = unit.public_id
    request.session[YEAR_KEY] = year
    request.session.pop(RUN_KEY, None)
