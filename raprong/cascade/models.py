from __future__ import annotations

from datetime import date

from django.db import models

from raprong.access.queries import units_where
from raprong.core.models import PublicIdModel
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person, Unit


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, person: Person, *, on: date) -> CommitmentQuerySet:
        """Commitments of the units where the person may read them, and the person's own."""
        readable = self.filter(group__in=units_where(person, "cascade.read", on=on))
        return (readable | self.filter(person=person)).distinct()


class Commitment(PublicIdModel):
    """A person of a group takes on a part of a KPI."""

    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, related_name="commitments")
    group = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="commitments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="commitments")
    duty = models.CharField(max_length=300, blank=True)  # what of it this person does
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["kpi", "group", "person"]
        constraints = [models.UniqueConstraint(fields=["kpi", "person"], name="a_person_takes_a_kpi_on_once")]

    def __str__(self) -> str:
        return f"{self.kpi}: {self.person}"
