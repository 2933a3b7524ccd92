"""Who is who on a given day."""

from datetime import date

from django.db.models import QuerySet

from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Agency, Appointment, Person, Position, Unit


def position_of(person: Person, *, on: date) -> Position | None:
    """The post a person holds on a day; the head's post first where they hold several."""
    appointment = (
        Appointment.objects.in_force(on)
        .filter(person=person)
        .select_related("position__unit__parent", "position__unit__agency")
        .order_by("-position__heads_unit", "starts_on")
        .first()
    )
    return appointment.position if appointment else None


def unit_of(person: Person, *, on: date) -> Unit | None:
    """The group, or the unit itself, in which a person works on a day."""
    position = position_of(person, on=on)
    return position.unit if position else None


def head_of(unit: Unit, *, on: date) -> Person | None:
    """Who holds the head's post of a unit or group on a day."""
    return Person.objects.filter(
        pk__in=Appointment.objects.in_force(on)
        .filter(position__unit=unit, position__heads_unit=True)
        .values("person_id")
    ).first()


def holders_of_post(position: Position, *, on: date) -> QuerySet[Person]:
    """Who holds a post on a day; several people may hold posts of one title."""
    held = Appointment.objects.in_force(on).filter(position=position)
    return Person.objects.filter(pk__in=held.values("person_id"))


def head_position_of(unit: Unit) -> Position | None:
    return unit.positions.filter(heads_unit=True).first()


def people_of(unit: Unit, *, on: date) -> QuerySet[Person]:
    """Everybody who holds a post in a unit or in one of its groups on a day."""
    units = [unit.pk, *unit.groups.values_list("pk", flat=True)]
    return Person.objects.filter(
        pk__in=Appointment.objects.in_force(on).filter(position__unit__in=units).values("person_id")
    ).order_by("name")


def groups_of(office: Unit) -> QuerySet[Unit]:
    return office.groups.order_by("order", "name")


def offices_of(agency: Agency) -> QuerySet[Unit]:
    return agency.units.filter(kind=UnitKind.OFFICE).order_by("order", "name")
