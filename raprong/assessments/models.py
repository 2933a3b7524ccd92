from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from raprong.access.queries import units_where
from raprong.assessments.enums import ExportState, ItemField, PartState, State
from raprong.assessments.receipts.lateness import late_by
from raprong.core.exact import ExactDecimalField
from raprong.core.models import PublicIdModel, VersionedModel
from raprong.evidence.models import Credit, CreditQuerySet
from raprong.files.models import StoredFile
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run


class SelfAssessmentQuerySet(models.QuerySet["SelfAssessment"]):
    def visible_to(self, person: Person, *, on: date) -> SelfAssessmentQuerySet:
        return self.filter(run__unit__in=units_where(person, "assessments.read", on=on))

    def submitted(self) -> SelfAssessmentQuerySet:
        return self.filter(state=State.SUBMITTED)


class SelfAssessment(PublicIdModel, VersionedModel):
    """The self-assessment report of a unit for one round, counted in months from October."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="assessments")
    months = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WRITING)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    total = ExactDecimalField(null=True)
    reported_weight = ExactDecimalField(null=True)
    scheme = models.JSONField(default=dict)  # the rule in force when it was submitted
    sealed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["run", "months"]
        constraints = [models.UniqueConstraint(fields=["run", "months"], name="one_report_per_round")]

    def __str__(self) -> str:
        return f"SAR {self.months} {self.run}"

    @property
    def ends_on(self) -> date:
        """The last day of the round."""
        return self.run.year.round_ends_on(self.months)


class AssessmentItemQuerySet(models.QuerySet["AssessmentItem"]):
    def visible_to(self, person: Person, *, on: date) -> AssessmentItemQuerySet:
        return self.filter(assessment__in=SelfAssessment.objects.visible_to(person, on=on))


class AssessmentItem(PublicIdModel, VersionedModel):
    """What a report says of one KPI. Result and scores come from the monthly figures and freeze on submission."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="items")
    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, related_name="assessment_items")
    result = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    status = models.CharField(max_length=15, blank=True)  # raprong.lib.scoring.card.Status; frozen with the result
    basis = models.JSONField(default=dict)  # {"weight", "criteria", "parent"}: what it was scored by; frozen with it
    score = ExactDecimalField(null=True)
    weighted = ExactDecimalField(null=True)
    narrative = models.TextField(blank=True)  # what was done
    factors = models.TextField(blank=True)  # ปัจจัยสนับสนุน
    obstacles = models.TextField(blank=True)  # อุปสรรค
    suggestions = models.TextField(blank=True)  # ข้อเสนอแนะ
    no_figure_because = models.TextField(blank=True)  # why there is no result, where there is none
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    writers = models.ManyToManyField(Person, related_name="+")  # everybody who wrote in it, whoever wrote last

    objects = AssessmentItemQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "kpi__code"]
        constraints = [models.UniqueConstraint(fields=["assessment", "kpi"], name="one_item_per_kpi_and_report")]

    def __str__(self) -> str:
        return f"SAR {self.assessment.months}: {self.kpi}"

    @property
    def evidence(self) -> CreditQuerySet:
        """The credits of the KPI in the report's round, withdrawn ones included."""
        return Credit.objects.of_round(self.assessment.run, self.assessment.months).filter(kpi=self.kpi_id)


class GroupPartQuerySet(models.QuerySet["GroupPart"]):
    def visible_to(self, person: Person, *, on: date) -> GroupPartQuerySet:
        return self.filter(assessment__in=SelfAssessment.objects.visible_to(person, on=on))


class GroupPart(PublicIdModel, VersionedModel):
    """What one group writes of a report, as a whole, and in whose hands it lies."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="parts")
    group = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=15, choices=PartState.choices, default=PartState.WRITING)
    note = models.TextField(blank=True)  # what the group says to whoever looks at it
    first_handed_in_on = models.DateField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    passed_at = models.DateTimeField(null=True)
    passed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    gathered_at = models.DateTimeField(null=True)
    gathered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_back_because = models.TextField(blank=True)

    objects = GroupPartQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "group"]
        constraints = [models.UniqueConstraint(fields=["assessment", "group"], name="one_part_per_group_and_report")]

    def __str__(self) -> str:
        return f"SAR {self.assessment.months}: {self.group}"


class Remark(PublicIdModel):
    """Why a part was sent back, at the field that is to change. It stands as long as that field reads as it `was`."""

    item = models.ForeignKey(AssessmentItem, on_delete=models.PROTECT, related_name="remarks")
    field = models.CharField(max_length=20, choices=ItemField.choices)
    was = models.TextField(blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item", "written_at", "pk"]

    def __str__(self) -> str:
        return self.text


class ReceiptRegister(models.Model):
    """The last number of a receipt that a unit was given in a fiscal year."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "fiscal_year"], name="one_receipt_register_per_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.fiscal_year}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, person: Person, *, on: date) -> ReceiptQuerySet:
        return self.filter(assessment__in=SelfAssessment.objects.visible_to(person, on=on))


class Receipt(PublicIdModel):
    """That a report came in: its number, the moment at which the system received it, and the hash of what came."""

    assessment = models.OneToOneField(SelfAssessment, on_delete=models.PROTECT, related_name="receipt")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    due_on = models.DateField()
    sha256 = models.CharField(max_length=64)  # of the sealed report
    given_to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "fiscal_year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "fiscal_year", "number"], name="receipt_numbers_do_not_repeat")
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.fiscal_year}"

    @property
    def late_by(self) -> timedelta | None:
        """How long after the due day it was received; None where it came in time."""
        return late_by(self.received_at, self.due_on)


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, person: Person, *, on: date) -> ExportQuerySet:
        """To those who may have packages made of the unit's reports."""
        return self.filter(assessment__run__unit__in=units_where(person, "assessments.export", on=on))

    def unfinished(self) -> ExportQuerySet:
        return self.filter(state__in=(ExportState.WAITING, ExportState.MAKING))


class Export(PublicIdModel):
    """A package of a submitted report for the department's own system, made by the worker and kept.

    `done` counts the pieces that are in it, of `pieces`, without its manifest.
    """

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="exports")
    layout = models.CharField(max_length=60)
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    pieces = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()  # when a piece was last done
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=500, blank=True)  # why it could not be made
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.layout} {self.assessment}"
