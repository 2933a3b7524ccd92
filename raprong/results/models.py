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


class CriteriaReading(models.Model):
    """A KPI's criteria of a round as the database scores by them: its stretches, and what they were read from.

    It is made from the KPI and can be thrown away. The database itself compares what it was read from with what the KPI
    says now, and does not score by one that no longer holds; see `results.department` and ADR 0012.
    """

    kpi = models.ForeignKey(KpiYear, on_delete=models.CASCADE, related_name="readings")
    months = models.PositiveSmallIntegerField()  # the round, in months from October
    below = models.CharField(max_length=12)  # of the scheme: what is short of the first level
    places = models.PositiveSmallIntegerField()  # of the scheme: places of a score
    criteria = models.JSONField()
    round_criteria = models.JSONField()

    class Meta:
        ordering = ["kpi", "months"]
        constraints = [models.UniqueConstraint(fields=["kpi", "months"], name="one_reading_per_kpi_and_round")]

    def __str__(self) -> str:
        return f"{self.kpi} ({self.months})"


class CriteriaStretch(models.Model):
    """Results from `lowest` to `highest`, and their score as one fraction; see `raprong.lib.scoring.stretches`."""

    reading = models.ForeignKey(CriteriaReading, on_delete=models.CASCADE, related_name="stretches")
    lowest = models.BigIntegerField()  # results in units of 0.0001
    highest = models.BigIntegerField()
    base = models.BigIntegerField()
    rate = models.BigIntegerField()
    den = models.BigIntegerField()
    fall = models.BigIntegerField()

    class Meta:
        ordering = ["reading", "lowest"]
        constraints = [models.UniqueConstraint(fields=["reading", "lowest"], name="stretches_do_not_overlap")]

    def __str__(self) -> str:
        return f"{self.reading}: {self.lowest}"
