from __future__ import annotations

from datetime import date

from django.db import models

from raprong.access.queries import units_where
from raprong.core.models import AppendOnlyModel, PublicIdModel, VersionedModel
from raprong.kpis.enums import CriteriaKind, KpiState
from raprong.organisation.models import Person, Position, Unit
from raprong.processes.models import Run


class Framework(PublicIdModel, VersionedModel):
    """The evaluation framework (กรอบการประเมิน) of one run: where its KPIs come from and how they are scored."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="framework")
    scheme = models.JSONField()  # the scoring scheme in force, as raprong.lib.scoring reads it
    criteria_note = models.TextField(blank=True)  # policy and criteria as the department announced them
    policy_received_at = models.DateTimeField(null=True)
    policy_received_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.run)


class PolicySource(PublicIdModel):
    """A policy, strategy or measure that KPIs answer to."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=40)  # a code of definitions/frameworks/performance-agreement.yaml
    title = models.CharField(max_length=300)
    reference = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Dimension(PublicIdModel):
    """A dimension (มิติ) of the framework with its share of the weight."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="dimensions")
    title = models.CharField(max_length=200)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["framework", "title"], name="dimension_titles_do_not_repeat")]

    def __str__(self) -> str:
        return self.title


class Kpi(PublicIdModel):
    """A KPI across the years. What it asks in a given year, its `KpiYear` says."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="kpis")

    def __str__(self) -> str:
        latest = self.years.order_by("-framework__run__fiscal_year").first()
        return str(latest) if latest else self.public_id


class KpiYearQuerySet(models.QuerySet["KpiYear"]):
    def visible_to(self, person: Person, *, on: date) -> KpiYearQuerySet:
        return self.filter(framework__run__unit__in=units_where(person, "kpis.read", on=on))

    def of_run(self, run: Run) -> KpiYearQuerySet:
        return self.filter(framework__run=run)

    def selected(self) -> KpiYearQuerySet:
        return self.filter(state=KpiState.SELECTED)

    def candidates(self) -> KpiYearQuerySet:
        """Those that are proposed or selected: what was not selected is out of this year's work."""
        return self.exclude(state=KpiState.NOT_SELECTED)

    def with_people(self) -> KpiYearQuerySet:
        return self.select_related(
            "framework__run__unit__agency", "dimension", "group__parent", "supervisor", "collector", "proposed_by"
        )


class KpiYear(PublicIdModel, VersionedModel):
    """A KPI in one fiscal year: criteria, target, weight, owner, and the detail sheet."""

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="years")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="kpis")
    code = models.CharField(max_length=20)
    sort_code = models.CharField(max_length=80, blank=True, editable=False)  # 1.10 comes after 1.9
    title = models.CharField(max_length=300)
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="kpis")
    group = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="kpis_of_group")
    measure = models.CharField(max_length=80)  # หน่วยวัด
    criteria_kind = models.CharField(max_length=10, choices=CriteriaKind.choices, default=CriteriaKind.LADDER)
    levels = models.JSONField()  # [["1", "20"], ..., ["5", "100"]]: score and figure, numbers as strings
    target = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    baseline = models.JSONField(default=dict)  # {"2567": "91.20"}: past years' results, numbers as strings
    sources = models.ManyToManyField(PolicySource, related_name="kpis", blank=True)
    state = models.CharField(max_length=15, choices=KpiState.choices, default=KpiState.PROPOSED)
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    # the detail sheet (รายละเอียดตัวชี้วัด)
    definition = models.TextField(blank=True)
    formula = models.TextField(blank=True)
    data_source = models.CharField(max_length=300, blank=True)
    collection_method = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    evidence_expected = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    supervisor = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    collector = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = KpiYearQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "sort_code", "code"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="kpi_codes_do_not_repeat_in_a_year")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def run(self) -> Run:
        return self.framework.run


class DepartmentList(PublicIdModel, AppendOnlyModel):
    """The list of KPIs that was sent to the department, as it was that day."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="lists_sent")
    content = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return str(self.framework)
