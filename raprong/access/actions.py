from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.models import RoleGrant
from raprong.access.permissions import check_holds
from raprong.access.roles import all_roles
from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.models import Person, Unit


@transaction.atomic
def grant(person: Person, role: str, *, unit: Unit, starts_on: date, by: Person, at: datetime) -> RoleGrant:
    """Give a person a role in a unit from a day on. For administrators of that agency."""
    check_holds(by, "access.grant", unit, on=day_of(at))
    if role not in all_roles():
        raise Refused(_("There is no role %(role)s.") % {"role": role})
    if person.agency_id != unit.agency_id:
        raise Refused(_("%(person)s works for another agency.") % {"person": person})
    made = RoleGrant.objects.create(person=person, role=role, agency=unit.agency, unit=unit, starts_on=starts_on)
    year = FiscalYear.of(starts_on).be
    record("access.granted", about=person, by=by, at=at, place=unit.office, fiscal_year=year, role=role, unit=unit)
    return made


@transaction.atomic
def end(grant: RoleGrant, *, on: date, by: Person, at: datetime) -> RoleGrant:
    """Let a role end on a day. What was done under it stays."""
    grant = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    place = grant.unit or grant.agency.units.order_by("pk").first()
    assert place is not None
    check_holds(by, "access.grant", place, on=day_of(at))
    if on < grant.starts_on:
        raise Refused(_("A role cannot end before it starts."))
    if grant.person_id == by.pk and "access.grant" in all_roles()[grant.role].reach:
        raise Refused(_("Nobody ends their own right to give roles. Ask another administrator."))
    grant.ends_on = on
    grant.save(update_fields=["ends_on"])
    year = FiscalYear.of(on).be
    record("access.ended", about=grant.person, by=by, at=at, place=place.office, fiscal_year=year, role=grant.role)
    return grant
