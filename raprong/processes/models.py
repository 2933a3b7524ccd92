from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db import models

from raprong.access.queries import units_where
from raprong.core.models import AppendOnlyModel, AppendOnlyQuerySet, PublicIdModel
from raprong.lib.sop.shape import SopDefinition
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.models import Person, Unit


@lru_cache(maxsize=64)
def _definition(digest: str) -> list[SopDefinition]:
    """A place for the definition of a digest: one digest says one thing, so it is read once for the whole process."""
    return []


class SopEditionManager(models.Manager["SopEdition"].from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    """Leaves the long content in the database until somebody needs it."""

    def get_queryset(self) -> AppendOnlyQuerySet:
        queryset: AppendOnlyQuerySet = super().get_queryset().defer("content")
        return queryset


class SopEdition(PublicIdModel, AppendOnlyModel):
    """An edition of an SOP as it stood when a run first used it; the definition files may change, this never does."""

    code = models.CharField(max_length=80)
    edition = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=300)
    content = models.JSONField()

    objects = SopEditionManager()  # type: ignore[misc]

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.code} {self.edition}"

    @property
    def definition(self) -> SopDefinition:
        kept = _definition(self.digest)
        if not kept:
            kept.append(SopDefinition.from_json(self.content))
        return kept[0]


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, person: Person, *, on: date) -> RunQuerySet:
        return self.filter(unit__in=units_where(person, "runs.read", on=on))

    def with_sop(self) -> RunQuerySet:
        return self.select_related("sop", "unit__agency").defer("sop__content")


class Run(PublicIdModel):
    """One unit takes one fiscal year through one edition of an SOP."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="runs")
    fiscal_year = models.PositiveSmallIntegerField()  # in the Buddhist era
    sop = models.ForeignKey(SopEdition, on_delete=models.PROTECT, related_name="runs")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "unit"]
        constraints = [models.UniqueConstraint(fields=["unit", "fiscal_year"], name="one_run_per_unit_and_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.fiscal_year}"

    @property
    def definition(self) -> SopDefinition:
        return self.sop.definition

    @property
    def year(self) -> FiscalYear:
        return FiscalYear(self.fiscal_year)


class Binding(models.Model):
    """A party that the SOP names is, in this run, this unit or group."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="bindings")
    party = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "party"], name="a_party_is_bound_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.unit}"


class StepFact(PublicIdModel, AppendOnlyModel):
    """Something that happened to a step of a run. The kinds are those of `raprong.lib.sop`."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="facts")
    step = models.CharField(max_length=60)
    piece = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")  # the group of a fan-out
    kind = models.CharField(max_length=20)
    control = models.CharField(max_length=60, blank=True)
    answer = models.CharField(max_length=20, blank=True)
    remark = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "objects"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.step} {self.kind}"
