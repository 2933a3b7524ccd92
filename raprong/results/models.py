from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from raprong.access.queries import units_where
from raprong.core.models import AppendOnlyModel, AppendOnlyQuerySet, PublicIdModel, VersionedModel
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


class MonthCloseQuerySet(AppendOnlyQuerySet):
    def standing(self) -> MonthCloseQuerySet:
        """Those that hold: not reopened since."""
        return self.filter(reopening__isnull=True)


class MonthClose(PublicIdModel, AppendOnlyModel):
    """A month of a run was closed with these figures. What was not reported is named, with the reason for each.

    A month that is reopened closes again with the next revision; what was closed before stays as it was.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="closed_months")
    month = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the snapshot, in hexadecimal
    because = models.TextField(blank=True)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = MonthCloseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        base_manager_name = "objects"
        ordering = ["run", "month", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["run", "month", "revision"], name="a_revision_of_a_month_closes_once")
        ]

    def __str__(self) -> str:
        return f"{self.run} ({month_and_year(self.month)})"


class Reopening(PublicIdModel, AppendOnlyModel):
    """A closed month was opened again, and why. Its closing stays; the next one is a new revision."""

    close = models.OneToOneField(MonthClose, on_delete=models.PROTECT, related_name="reopening")
    because = models.TextField()
    reopened_at = models.DateTimeField()
    reopened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "objects"
        ordering = ["reopened_at", "pk"]

    def __str__(self) -> str:
        return str(self.close)


class TakenBack(PublicIdModel, AppendOnlyModel):
    """A figure that had been reported by mistake and was taken back: its month counts as not reported again."""

    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, related_name="results_taken_back")
    month = models.DateField()
    about = models.CharField(max_length=120)  # the reference of the figure that is gone; its trail is found by it
    taken_back_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "objects"
        ordering = ["taken_back_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kpi} ({month_and_year(self.month)})"


class FigureComment(PublicIdModel, AppendOnlyModel):
    """What somebody who reads a figure says about it."""

    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, related_name="figure_comments")
    month = models.DateField()
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "objects"
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["kpi", "month"])]

    def __str__(self) -> str:
        return f"{self.kpi} ({month_and_year(self.month)})"


class FigureAnswer(PublicIdModel, AppendOnlyModel):
    """Somebody was asked whether a figure is right, and said yes, and why. It holds for that figure alone."""

    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, related_name="figure_answers")
    month = models.DateField()
    rule = models.CharField(max_length=40)  # of definitions/results/figure-questions.yaml
    facts = models.JSONField()  # what the question said
    value = models.DecimalField(max_digits=15, decimal_places=4)  # the figure that was asked about
    because = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "objects"
        ordering = ["answered_at", "pk"]
        indexes = [models.Index(fields=["kpi", "month"])]

    def __str__(self) -> str:
        return f"{self.kpi} ({month_and_year(self.month)}): {self.rule}"


class FollowUpLevel(models.Model):
    """The level below which a run asks for the cause of a figure and for a corrective action."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="follow_up_level")
    below = models.DecimalField(max_digits=6, decimal_places=2)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.run}: {self.below}"


class CorrectiveAction(PublicIdModel, VersionedModel):
    """What is done about a figure below the chosen level: its cause, the action, who does it until when."""

    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, related_name="corrective_actions")
    month = models.DateField()  # the month whose figure was too low
    figure = models.DecimalField(max_digits=15, decimal_places=4)  # as it was
    cause = models.TextField()
    action = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="corrective_actions")
    due_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(blank=True)  # what was done, said when it is closed
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "month"], name="one_corrective_action_for_a_figure"),
            models.CheckConstraint(
                name="a_closed_action_says_what_was_done", condition=Q(closed_at__isnull=True) | ~Q(outcome="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} ({month_and_year(self.month)})"


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
