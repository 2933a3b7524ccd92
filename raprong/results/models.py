from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from raprong.access.queries import units_where
from raprong.core.models import AppendOnlyModel, PublicIdModel, VersionedModel
from raprong.kpis.models import KpiYear
from raprong.lib.thai.dates import month_and_year
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.enums import ResultStatus


class MonthlyResultQuerySet(models.QuerySet["MonthlyResult"]):
    def visible_to(self, person: Person, *, on: date) -> MonthlyResultQuerySet:
        return self.filter(kpi__framework__run__unit__in=units_where(person, "results.read", on=on))


class MonthlyResult(PublicIdModel, VersionedModel):
    """What a KPI had reached, cumulatively since October, at the end of a month."""

    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, related_name="results")
    month = models.DateField()  # the first day of the month
    status = models.CharField(max_length=15, choices=ResultStatus.choices, default=ResultStatus.VALUE)
    value = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    inputs = models.JSONField(default=dict)  # {"a": "12"}: what the value was reckoned from, numbers as strings
    note = models.TextField(blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = MonthlyResultQuerySet.as_manager()

    class Meta:
        ordering = ["kpi", "month"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "month"], name="one_result_per_kpi_and_month"),
            models.CheckConstraint(
                name="a_reported_result_has_a_value",
                condition=Q(status=ResultStatus.VALUE, value__isnull=False)
                | Q(status__in=[ResultStatus.NOT_APPLICABLE, ResultStatus.MISSING], value__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} ({month_and_year(self.month)})"


class MonthClose(PublicIdModel, AppendOnlyModel):
    """A month of a run was closed with these figures. What was not reported is named, with the reason."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="closed_months")
    month = models.DateField()
    snapshot = models.JSONField()
    because = models.TextField(blank=True)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "objects"
        ordering = ["run", "month"]
        constraints = [models.UniqueConstraint(fields=["run", "month"], name="a_month_closes_once")]

    def __str__(self) -> str:
        return f"{self.run} ({month_and_year(self.month)})"
