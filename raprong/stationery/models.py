from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from raprong.core.models import AppendOnlyModel, AppendOnlyQuerySet, PublicIdModel
from raprong.organisation.models import Agency, Person, Unit


class VersionQuerySet(AppendOnlyQuerySet):
    def of(self, agency: Agency, unit: Unit | None) -> Self:
        """Versions of one agency as a whole, or of one unit in it."""
        return self.filter(agency=agency, unit=unit)

    def in_force(self, on: object) -> Self:
        return self.filter(in_force_from__lte=on)


class Version(PublicIdModel, AppendOnlyModel):
    """One version of something that an agency, or a unit of it, prints in its own way. The newest in force holds."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")  # None: the whole agency
    number = models.PositiveIntegerField()  # from 1, one after the other for each holder
    in_force_from = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)

    objects = VersionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @property
    def holder(self) -> Agency | Unit:
        """Whose version it is."""
        return self.unit or self.agency


class Letterhead(Version):
    """How papers look: the emblem's drawing, the typeface, the lines of the address, the digits.

    `as_above` says that from then on everything is as the agency has it, or for the agency as it is by default.
    """

    as_above = models.BooleanField(default=False)
    emblem = models.TextField(blank=True)  # an SVG drawing, made safe; empty: the marked frame
    typeface = models.CharField(max_length=80, blank=True)  # a folder of RAPRONG_FONTS; empty: the open Sarabun
    address = models.TextField(blank=True)  # the lines under the name at the head of an external letter
    thai_digits = models.BooleanField(default=True)

    class Meta(Version.Meta):
        ordering = ["agency", "unit", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], condition=Q(unit=None), name="letterhead_of_agency_once"
            ),
            models.UniqueConstraint(fields=["unit", "number"], name="letterhead_of_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.number}"


class Wording(Version):
    """The fixed words of one kind of paper: only what differs from above, by the text's key, as paragraphs."""

    kind = models.CharField(max_length=40)  # a kind of raprong.documents.wording
    texts = models.JSONField()  # {} is everything as above

    class Meta(Version.Meta):
        ordering = ["agency", "unit", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "number"], condition=Q(unit=None), name="wording_of_agency_once"
            ),
            models.UniqueConstraint(fields=["unit", "kind", "number"], name="wording_of_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.kind} {self.number}"
