from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from raprong.access.queries import units_where
from raprong.core.models import PublicIdModel, VersionedModel
from raprong.files.models import FrozenLink, StoredFile
from raprong.kpis.models import KpiYear
from raprong.lib.evidence.types import LONGEST_CODE
from raprong.lib.thai.writing import one_way
from raprong.organisation.models import Person
from raprong.processes.models import Run

EVERY_ROUND = 0
WHOLE_KPI = 0


class Folder(VersionedModel):
    """The evidence of one round of a unit's year (แฟ้มหลักฐานของรอบ). It is closed with the round's report; until then
    every change of what is in it makes a new version.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="evidence_folders")
    months = models.PositiveSmallIntegerField()  # of the round, from October
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_after = models.PositiveBigIntegerField(null=True)  # the key of the last credit of every round in it

    class Meta:
        ordering = ["run", "months"]
        constraints = [models.UniqueConstraint(fields=["run", "months"], name="one_folder_per_round")]

    def __str__(self) -> str:
        return f"{self.run} {self.months}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, person: Person, *, on: date) -> EvidenceQuerySet:
        return self.filter(run__unit__in=units_where(person, "assessments.read", on=on))

    def of_run(self, run: Run) -> EvidenceQuerySet:
        return self.filter(run=run)


class Evidence(PublicIdModel, VersionedModel):
    """One file that proves something, handed in once in a unit's year, and what it is."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="evidence")
    link = models.ForeignKey(FrozenLink, on_delete=models.PROTECT, null=True, related_name="evidence")  # where it stood
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=LONGEST_CODE, blank=True)  # a code of definitions/evidence/types.yaml
    starts_on = models.DateField(null=True)  # the period that it covers
    ends_on = models.DateField(null=True)
    collector = models.CharField(max_length=200, blank=True)  # who gathered it, where somebody else than who added it
    note = models.TextField(blank=True)
    search_text = models.TextField(blank=True, editable=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What searching looks in is written again with whatever it is made of."""
        self.search_text = "\n".join(map(one_way, (self.title, self.file.name, self.collector, self.note)))
        if (written := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*written, "search_text"}
        super().save(*args, **kwargs)


class CreditQuerySet(models.QuerySet["Credit"]):
    def standing(self) -> CreditQuerySet:
        """What has not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def of_round(self, run: Run, months: int) -> CreditQuerySet:
        """What counts in the report of a round: given for it, or for every round before its folder was closed."""
        last = Folder.objects.filter(run=run, months=months).values_list("closed_after", flat=True).first()
        in_every = Q(months=EVERY_ROUND) if last is None else Q(months=EVERY_ROUND, pk__lte=last)
        return self.filter(Q(months=months) | in_every, kpi__framework__run=run)

    def visible_to(self, person: Person, *, on: date) -> CreditQuerySet:
        return self.filter(kpi__framework__run__unit__in=units_where(person, "assessments.read", on=on))

    def with_evidence(self) -> CreditQuerySet:
        """With what numbers and pictures of them need; the long text of the SOP stays where it is."""
        needed = ("evidence__file", "evidence__link", "evidence__added_by", "kpi__framework__run__sop", "credited_by")
        return self.select_related(*needed).defer("kpi__framework__run__sop__content")


class Credit(PublicIdModel):
    """That a piece of evidence proves a KPI, or a step or level of it, under a number that is never given out again."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="credits")
    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, related_name="credits")
    months = models.PositiveSmallIntegerField(default=EVERY_ROUND)  # of the round that it counts in; 0: in every one
    step = models.PositiveSmallIntegerField(default=WHOLE_KPI)  # the step or level it proves; 0: the KPI as a whole
    number = models.PositiveSmallIntegerField()
    credited_at = models.DateTimeField()
    credited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CreditQuerySet.as_manager()

    class Meta:
        ordering = ["kpi", "step", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "months", "step", "number"], name="evidence_numbers_stay_unique"),
            models.UniqueConstraint(
                fields=["evidence", "kpi", "months"],
                condition=Q(withdrawn_at__isnull=True),
                name="evidence_is_credited_once_to_a_kpi_and_round",
            ),
        ]

    def __str__(self) -> str:
        return self.evidence.title

    @property
    def title(self) -> str:
        return self.evidence.title

    @property
    def file(self) -> StoredFile:
        return self.evidence.file
