from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from raprong.access.queries import units_where
from raprong.core.models import AppendOnlyModel, PublicIdModel, VersionedModel
from raprong.kpis.enums import (
    BatchState,
    Counting,
    CriteriaKind,
    KpiLevel,
    KpiNature,
    KpiOrigin,
    KpiState,
    RowStanding,
)
from raprong.kpis.search_text import SEARCHED, search_text_of
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
    kind = models.CharField(max_length=100)  # a code of definitions/frameworks, or a name of the agency's own
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
    """A KPI across the years; what it asks in one of them, its `KpiYear` says. Once used it retires; it stays."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="kpis")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    retired_because = models.TextField(blank=True)

    def __str__(self) -> str:
        latest = self.years.order_by("-framework__run__fiscal_year").first()
        return str(latest) if latest else self.public_id


def _selected_parts() -> models.Exists:
    return models.Exists(KpiYear.objects.filter(parent=models.OuterRef("pk"), state=KpiState.SELECTED))


class KpiYearQuerySet(models.QuerySet["KpiYear"]):
    def visible_to(self, person: Person, *, on: date) -> KpiYearQuerySet:
        return self.filter(framework__run__unit__in=units_where(person, "kpis.read", on=on))

    def of_run(self, run: Run) -> KpiYearQuerySet:
        return self.filter(framework__run=run)

    def selected(self) -> KpiYearQuerySet:
        return self.filter(state=KpiState.SELECTED)

    def reported(self) -> KpiYearQuerySet:
        """Those that figures are reported for: a KPI with selected parts is reckoned from these."""
        return self.filter(~_selected_parts())

    def with_sums(self) -> KpiYearQuerySet:
        """Each knows whether it is reckoned from its parts, without asking again."""
        return self.annotate(has_selected_parts=_selected_parts())

    def candidates(self) -> KpiYearQuerySet:
        """Those that are proposed or selected: what was not selected is out of this year's work."""
        return self.exclude(state=KpiState.NOT_SELECTED)

    def with_people(self) -> KpiYearQuerySet:
        return self.select_related(
            "framework__run__unit__agency",
            "dimension",
            "group__parent",
            "parent",
            "supervisor",
            "collector",
            "proposed_by",
        )

    def with_all_it_names(self) -> KpiYearQuerySet:
        """For many KPIs at once: what they name is read once and shared among them."""
        return self.prefetch_related("dimension", "group__parent", "parent", "supervisor", "collector", "sources")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        return super().bulk_create(_with_search_text(objs), *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        written = set(fields)
        if written.isdisjoint(SEARCHED):
            return super().bulk_update(objs, written, *args, **kwargs)
        return super().bulk_update(_with_search_text(objs), written | {"search_text"}, *args, **kwargs)


class KpiYear(PublicIdModel, VersionedModel):
    """A KPI in one fiscal year: criteria, target, weight, owner, and the detail sheet."""

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="years")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="kpis")
    code = models.CharField(max_length=20)
    sort_code = models.CharField(max_length=80, blank=True, editable=False)  # 1.10 comes after 1.9
    title = models.CharField(max_length=300)
    search_text = models.TextField(blank=True, editable=False)  # what searching looks in; see kpis.search
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    weight_inside = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # of a part, within its parent
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")
    level = models.CharField(max_length=12, choices=KpiLevel.choices, default=KpiLevel.UNIT)
    origin = models.CharField(max_length=10, choices=KpiOrigin.choices, default=KpiOrigin.OWN)
    nature = models.CharField(max_length=12, choices=KpiNature.choices, default=KpiNature.OUTPUT)
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="kpis")
    issue = models.CharField(max_length=200, blank=True)  # ประเด็น
    group = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="kpis_of_group")
    measure = models.CharField(max_length=80)  # หน่วยวัด
    criteria_kind = models.CharField(max_length=12, choices=CriteriaKind.choices, default=CriteriaKind.LADDER)
    criteria = models.JSONField(default=dict)  # as raprong.lib.scoring.criteria writes it; its kind is criteria_kind
    round_criteria = models.JSONField(default=dict)  # {"6": criteria}: rounds, in months, with criteria of their own
    steps = models.JSONField(default=list)  # [{"title", "evidence": [...]}]: of steps and milestones
    inputs = models.JSONField(default=list)  # [{"name", "title", "measure"}]: what the formula is reckoned from
    counting = models.CharField(max_length=12, choices=Counting.choices, default=Counting.CUMULATIVE)
    expression = models.CharField(max_length=200, blank=True)  # the formula to reckon with: "a / b * 100"
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
    starts_in = models.PositiveSmallIntegerField(null=True)  # the first round that it is scored in, in months
    cancelled_from = models.PositiveSmallIntegerField(null=True)  # the round from which it is cancelled, in months
    cancelled_because = models.TextField(blank=True)
    accepted_warnings = models.JSONField(default=dict)  # {finding code: {"because", "by", "at"}}; see kpis.quality
    # the detail sheet (รายละเอียดตัวชี้วัด)
    strategy = models.TextField(blank=True)  # ความเชื่อมโยงกับยุทธศาสตร์
    definition = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    formula = models.TextField(blank=True)
    data_source = models.CharField(max_length=300, blank=True)
    collection_method = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    evidence_expected = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    supervisor = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    supervisor_phone = models.CharField(max_length=50, blank=True)
    collector = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    collector_phone = models.CharField(max_length=50, blank=True)

    objects = KpiYearQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "sort_code", "code"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="kpi_codes_do_not_repeat_in_a_year"),
            models.UniqueConstraint(fields=["kpi", "framework"], name="a_kpi_has_one_version_in_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What searching looks in is written again whenever something of it is."""
        written = kwargs.get("update_fields")
        if written is None or not set(SEARCHED).isdisjoint(written):
            self.search_text = search_text_of(self)
            kwargs["update_fields"] = written if written is None else {*written, "search_text"}
        super().save(*args, **kwargs)

    @property
    def run(self) -> Run:
        return self.framework.run

    @property
    def weight_in_year(self) -> Decimal:
        """What it counts in the whole year: of a part, its share of the weight that its KPI has."""
        if self.parent is None:
            return self.weight or Decimal(0)
        return (self.parent.weight or Decimal(0)) * (self.weight_inside or Decimal(0)) / 100

    @property
    def is_sum(self) -> bool:
        """Whether it is reckoned from its parts, so that no figure is reported for it."""
        if "has_selected_parts" in self.__dict__:
            return bool(self.__dict__["has_selected_parts"])
        return self.parts.filter(state=KpiState.SELECTED).exists()


def _with_search_text(kpis: Iterable[Any]) -> list[Any]:
    held = list(kpis)
    for kpi in held:
        kpi.search_text = search_text_of(kpi)
    return held


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


class SelectionMeeting(PublicIdModel, VersionedModel):
    """A meeting of the heads in which candidates are chosen. Its minutes are what was decided in it."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()  # the first of the year is 1
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=200, blank=True)  # the post that led it
    present = models.TextField(blank=True)  # posts, one a line
    remarks = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["framework", "number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="meeting_numbers_do_not_repeat")]

    def __str__(self) -> str:
        return f"{self.number}/{self.framework.run.fiscal_year}"


class SelectionDecision(PublicIdModel, AppendOnlyModel):
    """One decision about one candidate, as it was made; a later one about the same KPI stands beside it."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(SelectionMeeting, on_delete=models.PROTECT, null=True, related_name="decisions")
    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, related_name="decisions")
    choice = models.CharField(max_length=15, choices=KpiState.choices)
    weight = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    because = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "objects"
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kpi}"


class ImportBatch(PublicIdModel, VersionedModel):
    """One uploaded file of KPIs: looked at first, then taken row by row or whole, and undone in one move."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="batches")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.WAITING)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(PublicIdModel):
    """One row of an uploaded file: what it says, what is wrong with it, and what it did."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100)
    number = models.PositiveIntegerField()  # the row of the sheet
    standing = models.CharField(max_length=10, choices=RowStanding.choices)
    content = models.JSONField(default=dict)  # what the cells say, plain values
    changes = models.JSONField(default=dict)  # {field: [before, after]}
    faults = models.JSONField(default=list)  # [{"column", "heading", "sentence", "sentence_th"}]
    kpi = models.ForeignKey(KpiYear, on_delete=models.SET_NULL, null=True, related_name="import_rows")
    before = models.JSONField(null=True)  # what the KPI said before the row was taken; None for a new one
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["batch", "number", "pk"]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"
