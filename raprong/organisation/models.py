from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from raprong.core.models import PublicIdModel
from raprong.organisation.enums import Authority, UnitKind


class User(AbstractUser):
    """An account to sign in with. What its owner is in the office, `Person` says."""

    password_is_temporary = models.BooleanField(default=False)  # an administrator knows it; its owner chooses another


class Agency(PublicIdModel):
    """A department (กรม) or another body that has units."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    ministry = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(PublicIdModel):
    """A unit (กอง, สำนัก) of an agency, or a group (กลุ่มงาน) within a unit."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="groups")
    kind = models.CharField(max_length=10, choices=UnitKind.choices)
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    letter_code = models.CharField(max_length=40, blank=True)  # stands before the number of its letters: "สธ ๐๗๐๘"
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="unit_codes_do_not_repeat"),
            models.CheckConstraint(
                name="a_group_lies_in_a_unit",
                condition=Q(kind=UnitKind.GROUP, parent__isnull=False) | Q(kind=UnitKind.OFFICE, parent__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def office(self) -> Unit:
        """The unit whose agreement counts for this one: itself, or the unit a group lies in."""
        return self.parent or self

    @property
    def office_id(self) -> int:
        """The key of that unit, without asking for the unit."""
        return self.parent_id or self.pk


class Position(PublicIdModel):
    """A post (ตำแหน่ง) of a unit. Papers name posts; people come and go."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    heads_unit = models.BooleanField(default=False)

    class Meta:
        ordering = ["unit", "-heads_unit", "title"]

    def __str__(self) -> str:
        return self.title


class Person(PublicIdModel):
    """Somebody who works for an agency."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, blank=True, related_name="person")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=200)  # with its title, as papers print it
    telephone = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


Dated = TypeVar("Dated", bound=models.Model)


class DatedQuerySet(models.QuerySet[Dated]):
    """Rows that hold from a day on, and until a day where one is named."""

    def in_force(self, on: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class Appointment(models.Model):
    """A person holds a post for a span of days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="appointments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.position}"


class Delegation(PublicIdModel):
    """A dated order (คำสั่ง) by which a person signs for a post that is not theirs."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="delegations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    authority = models.CharField(max_length=10, choices=Authority.choices)
    order_number = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person}: {self.position} ({self.order_number})"
