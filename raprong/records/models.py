from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from raprong.access.queries import grants_of, units_where
from raprong.core.models import AppendOnlyModel, AppendOnlyQuerySet, PublicIdModel
from raprong.files.models import StoredFile
from raprong.organisation.models import Person, Unit


class RecordQuerySet(AppendOnlyQuerySet):
    def visible_to(self, person: Person, *, on: date) -> RecordQuerySet:
        """Records of the units whose cabinet the person may open, and of the record's own readers where it names any.

        A record that names reader roles (the access list of its SOP) is open to these roles and to those who keep the
        cabinet (`records.keep`); one that names none is open to everybody with `records.read` in its unit.
        """
        named = Q(readers=[]) | Q(unit__in=units_where(person, "records.keep", on=on))
        for role in {grant.role for grant in grants_of(person, on=on)}:
            named |= Q(readers__icontains=f'"{role}"')
        return self.filter(named, unit__in=units_where(person, "records.read", on=on))


class Record(PublicIdModel, AppendOnlyModel):
    """A paper in the cabinet: sealed on deposit, kept until its day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="records")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)  # the kind of paper, a folder name of raprong.documents
    title = models.CharField(max_length=300)
    about = models.CharField(max_length=120)  # a reference
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="records")
    sha256 = models.CharField(max_length=64)
    deposited_at = models.DateTimeField()
    deposited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    retention_years = models.PositiveSmallIntegerField()
    retain_until = models.DateField()
    place = models.CharField(max_length=200, blank=True)  # where the paper twin lies, as the SOP says
    arrangement = models.CharField(max_length=200, blank=True)
    readers = models.JSONField(default=list)  # role codes of the SOP's access list

    objects = RecordQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        base_manager_name = "objects"
        ordering = ["-deposited_at"]

    def __str__(self) -> str:
        return self.title
