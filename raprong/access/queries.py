"""Where a person may do something, on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from raprong.access.models import RoleGrant
from raprong.access.roles import all_roles
from raprong.organisation.models import Agency, Person, Unit


def grants_of(person: Person, *, on: date) -> list[RoleGrant]:
    """The roles a person holds on a day. Asked once and kept on the person for as long as the object lives."""
    kept: dict[date, list[RoleGrant]] = person.__dict__.setdefault("_grants_by_day", {})
    if on not in kept:
        kept[on] = list(RoleGrant.objects.in_force(on).filter(person=person).select_related("unit__parent", "agency"))
    return kept[on]


def holds(person: Person, permission: str, unit: Unit, *, on: date) -> bool:
    """Whether one of a person's roles gives a permission in a unit or group on a day."""
    return any(
        _covers(grant, span, unit)
        for grant in grants_of(person, on=on)
        if (span := all_roles()[grant.role].reach.get(permission))
    )


def holds_in_agency(person: Person, permission: str, agency: Agency, *, on: date) -> bool:
    """Whether one of a person's roles gives a permission in the whole of an agency on a day."""
    return any(
        grant.agency_id == agency.pk and (span == "agency" or grant.unit is None)
        for grant in grants_of(person, on=on)
        if (span := all_roles()[grant.role].reach.get(permission))
    )


def has_role(person: Person, role: str, unit: Unit, *, on: date) -> bool:
    """Whether a person holds a role in a unit: granted there, in the unit above it, or for the whole agency."""
    return any(_covers(grant, "own", unit) for grant in grants_of(person, on=on) if grant.role == role)


def _covers(grant: RoleGrant, span: str, unit: Unit) -> bool:
    if grant.agency_id != unit.agency_id:
        return False
    if grant.unit is None or span == "agency":
        return True
    if span == "office":
        return grant.unit.office_id == unit.office_id
    return grant.unit_id in (unit.pk, unit.parent_id)


def units_where(person: Person, permission: str, *, on: date) -> QuerySet[Unit]:
    """Every unit and group in which a person holds a permission on a day; for querysets such as `visible_to`."""
    covered = Q(pk__in=[])
    for grant in grants_of(person, on=on):
        span = all_roles()[grant.role].reach.get(permission)
        if not span:
            continue
        if grant.unit is None or span == "agency":
            covered |= Q(agency=grant.agency_id)
        elif span == "office":
            office = grant.unit.office_id
            covered |= Q(pk=office) | Q(parent=office)
        else:
            covered |= Q(pk=grant.unit_id) | Q(parent=grant.unit_id)
    return Unit.objects.filter(covered)


def people_with_role(role: str, unit: Unit, *, on: date) -> QuerySet[Person]:
    """Everybody who holds a role in a unit: granted there, above it, or for the whole agency."""
    places = Q(unit=unit) | Q(unit=unit.parent_id) if unit.parent_id else Q(unit=unit)
    grants = RoleGrant.objects.in_force(on).filter(places | Q(unit__isnull=True), role=role, agency=unit.agency_id)
    return Person.objects.filter(pk__in=grants.values("person_id")).order_by("name")
