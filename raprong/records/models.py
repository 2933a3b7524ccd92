from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from raprong.access.queries import grants_of, units_where
from raprong.core.models import AppendOnlyModel, AppendOnlyQuerySet, PublicIdModel
from raprong.files.models import StoredFile
from raprong.organisation.models import Person, Unit
from raprong.records.enums import BatchState


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
    deposited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # None: the system
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


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, person: Person, *, on: date) -> BatchQuerySet:
        """Batches that this person asked for, while they still may read what they asked for in its unit."""
        own = self.filter(ordered_by=person)
        held = Q(pk__in=[])
        for permission in own.order_by().values_list("permission", flat=True).distinct():
            held |= Q(permission=permission, unit__in=units_where(person, permission, on=on))
        return own.filter(held)

    def unfinished(self) -> BatchQuerySet:
        return self.filter(state__in=(BatchState.WAITING, BatchState.PRINTING))


class Batch(PublicIdModel):
    """Many papers that somebody wants in one ZIP, made by the worker while they go on with other things.

    `permission` is what one must hold in the `unit` to have read these papers; without it the batch is not there any
    more. `done` counts the papers that are through, those with a fault among them.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    permission = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="batches")
    ordered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.WAITING)
    papers = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()  # when a paper was last done
    ended_at = models.DateTimeField(null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class BatchPaper(models.Model):
    """One paper of a batch: a file that is kept already, or the data of one that is still to be printed."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="contents")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)  # in the ZIP
    title = models.CharField(max_length=500)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")  # whose look it has
    data = models.TextField(blank=True)  # as documents.data writes it

    class Meta:
        ordering = ["batch", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="a_place_in_a_batch_is_taken_once")]

    def __str__(self) -> str:
        return self.name


class PrintedPaper(models.Model):
    """What a paper came to when it was printed, so that the same paper is not printed twice.

    `key` is a hash over everything that decides the bytes; `sha256` is where the content lies.
    """

    key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.key
