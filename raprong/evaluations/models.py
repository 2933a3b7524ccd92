from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models

from raprong.access.queries import holds_in_agency, units_where
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.core.exact import ExactDecimalField
from raprong.core.models import AppendOnlyModel, AppendOnlyQuerySet, PublicIdModel, VersionedModel
from raprong.evaluations.enums import AdviceMove, AdviceState, FactorState, InquiryState, State
from raprong.files.models import StoredFile
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Agency, Person, Unit
from raprong.processes.models import Run


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, person: Person, *, on: date) -> EvaluationQuerySet:
        return self.filter(assessment__run__unit__in=units_where(person, "evaluations.read", on=on))


class Evaluation(PublicIdModel, VersionedModel):
    """The evaluation of one submitted self-assessment report."""

    assessment = models.OneToOneField(SelfAssessment, on_delete=models.PROTECT, related_name="evaluation")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SCORING)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    scored_at = models.DateTimeField(null=True)
    scored_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_back_because = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    total = ExactDecimalField(null=True)
    reported_weight = ExactDecimalField(null=True)
    scheme = models.JSONField(default=dict)  # the rule in force when it was confirmed
    document = models.JSONField(default=dict)  # what was confirmed, as `raprong score` reads it
    sealed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["assessment__run", "assessment__months"]

    def __str__(self) -> str:
        return f"{self.assessment}"

    @property
    def run(self) -> Run:
        return self.assessment.run

    @property
    def is_final(self) -> bool:
        """Confirmed, and no longer waiting for the unit's word: the score table is sealed."""
        return self.state == State.CONFIRMED and self.sealed_id is not None


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def standing(self) -> ConflictQuerySet:
        """What has not been lifted."""
        return self.filter(lifted_at__isnull=True)

    def visible_to(self, person: Person, *, on: date) -> ConflictQuerySet:
        """Their own, and those about units whose evaluations they may see."""
        units = units_where(person, "evaluations.read", on=on)
        return self.filter(models.Q(person=person) | models.Q(run__unit__in=units))


class Conflict(PublicIdModel):
    """An assessor is too near to judge a unit's year, or one of its KPIs, and says so. Lifted, it stays to be read."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="conflicts")
    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, null=True, related_name="conflicts")  # None: all of them
    because = models.TextField()
    declared_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_because = models.TextField(blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["run", "declared_at", "pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.kpi or self.run}"


class GivenScoreQuerySet(models.QuerySet["GivenScore"]):
    def visible_to(self, person: Person, *, on: date) -> GivenScoreQuerySet:
        return self.filter(evaluation__in=Evaluation.objects.visible_to(person, on=on))


class GivenScore(PublicIdModel, VersionedModel):
    """The official score of one KPI. Calculated and given are kept apart; the effective one is what counts."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="scores")
    item = models.OneToOneField(AssessmentItem, on_delete=models.PROTECT, related_name="given_score")
    calculated = ExactDecimalField(null=True)
    given = ExactDecimalField(null=True)  # None: the calculated one stands
    because = models.TextField(blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_at_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    doubted = models.ForeignKey(  # found after the score was given: somebody else looks again
        Conflict, on_delete=models.PROTECT, null=True, related_name="doubted_scores"
    )

    objects = GivenScoreQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "item__kpi__code"]

    def __str__(self) -> str:
        return f"{self.item.kpi}"

    @property
    def decided(self) -> Decimal | None:
        """The given score where there is one, else the calculated; what counts are adjustments applied to it."""
        return self.calculated if self.given is None else self.given


class AdjustmentQuerySet(models.QuerySet["Adjustment"]):
    def standing(self) -> AdjustmentQuerySet:
        """What has not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, person: Person, *, on: date) -> AdjustmentQuerySet:
        return self.filter(evaluation__in=Evaluation.objects.visible_to(person, on=on))


class Adjustment(PublicIdModel):
    """What a rule of the scheme takes off or adds, on a KPI's score or the total. Withdrawn, it stays to be read."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="adjustments")
    score = models.ForeignKey(GivenScore, on_delete=models.PROTECT, null=True, related_name="adjustments")
    rule = models.CharField(max_length=40)  # the code of the rule in the scheme
    count = models.PositiveSmallIntegerField(default=1)  # how many times it applies, such as reports missed
    because = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.TextField(blank=True)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.score or self.evaluation}"


class PartScoreQuerySet(models.QuerySet["PartScore"]):
    def visible_to(self, person: Person, *, on: date) -> PartScoreQuerySet:
        return self.filter(evaluation__in=Evaluation.objects.visible_to(person, on=on))


class PartScore(PublicIdModel, VersionedModel):
    """The points of one other part of the final score, such as competency; the KPIs make the first part."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="part_scores")
    part = models.CharField(max_length=40)  # the code of the part in the scheme
    score = ExactDecimalField()
    because = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = PartScoreQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "part"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "part"], name="one_score_per_part")]

    def __str__(self) -> str:
        return f"{self.part}: {self.evaluation}"


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def visible_to(self, person: Person, *, on: date) -> InquiryQuerySet:
        """Those of evaluations that a person may see, and those about the KPIs of groups for which they write."""
        evaluations = Evaluation.objects.visible_to(person, on=on)
        groups = units_where(person, "assessments.write", on=on)
        return self.filter(models.Q(score__evaluation__in=evaluations) | models.Q(score__item__kpi__group__in=groups))

    def open(self) -> InquiryQuerySet:
        return self.exclude(state=InquiryState.CLOSED)

    def with_story(self) -> InquiryQuerySet:
        return self.select_related(
            "score__item__kpi__group__parent", "score__evaluation__assessment__run__unit", "asked_by", "closed_by"
        )


class Inquiry(PublicIdModel, VersionedModel):
    """An assessor asks a group for more about one KPI's claim, to be answered by a day. One thread of entries."""

    score = models.ForeignKey(GivenScore, on_delete=models.PROTECT, related_name="inquiries")
    state = models.CharField(max_length=10, choices=InquiryState.choices, default=InquiryState.ASKED)
    due_on = models.DateField()  # of the last question
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_because = models.TextField(blank=True)  # what the answer changed, or did not

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["score", "asked_at", "pk"]
        verbose_name_plural = "inquiries"

    def __str__(self) -> str:
        return f"{self.score}"


class InquiryEntry(PublicIdModel, AppendOnlyModel):
    """A question or an answer, as it was sent, with its files."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="entries")
    is_answer = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()  # by when the answer is asked, or was
    files = models.ManyToManyField(StoredFile, related_name="+")

    class Meta:
        ordering = ["inquiry", "at", "pk"]
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.text[:80]


class SampleSeedQuerySet(AppendOnlyQuerySet):
    def visible_to(self, person: Person, *, on: date) -> models.QuerySet[SampleSeed]:
        """Everybody of the agency, and whoever may read a report of it: a seed is public by its nature."""
        units = units_where(person, "assessments.read", on=on)
        return self.filter(agency__in=units.values("agency"))


class SampleSeed(PublicIdModel, AppendOnlyModel):
    """The seed of a round's random sample, published before the reports are in, and the share to draw by it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sample_seeds")
    fiscal_year = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64)
    per_hundred = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = SampleSeedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        base_manager_name = "objects"
        ordering = ["-fiscal_year", "months"]
        constraints = [models.UniqueConstraint(fields=["agency", "fiscal_year", "months"], name="one_seed_per_round")]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.months}"


class ModerationMeetingQuerySet(models.QuerySet["ModerationMeeting"]):
    def visible_to(self, person: Person, *, on: date) -> ModerationMeetingQuerySet:
        """Those of agencies in which a person reads the scores of more than their own unit."""
        every = Agency.objects.all()
        return self.filter(
            unit__agency__in=[one for one in every if holds_in_agency(person, "evaluations.read", one, on=on)]
        )


class ModerationMeeting(PublicIdModel, VersionedModel):
    """A meeting of assessors that compares scores across units. Its minutes are what was decided in it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="moderation_meetings")  # that holds it
    fiscal_year = models.PositiveSmallIntegerField()  # whose scores it compares
    number = models.PositiveSmallIntegerField()  # the first of the year is 1
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    chair = models.CharField(max_length=200)  # the post that leads it
    present = models.TextField(blank=True)  # posts, one a line
    remarks = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # its minutes

    objects = ModerationMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "fiscal_year", "number"], name="moderation_numbers_do_not_repeat")
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.fiscal_year}"


class ModerationDecision(PublicIdModel, AppendOnlyModel):
    """What a meeting decided about a score, as it was decided; a later decision stands beside it."""

    meeting = models.ForeignKey(ModerationMeeting, on_delete=models.PROTECT, related_name="decisions")
    score = models.ForeignKey(GivenScore, on_delete=models.PROTECT, related_name="moderations")
    before = ExactDecimalField(null=True)  # the score as it stood
    after = ExactDecimalField(null=True)  # the same where the meeting left it
    because = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # who entered it

    class Meta:
        base_manager_name = "objects"
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.score}"

    @property
    def changed(self) -> bool:
        return self.before != self.after


class ExternalFactorQuerySet(models.QuerySet["ExternalFactor"]):
    def visible_to(self, person: Person, *, on: date) -> ExternalFactorQuerySet:
        """Those of units whose scores a person may see, and those of groups for which they write."""
        units = units_where(person, "evaluations.read", on=on)
        groups = units_where(person, "assessments.write", on=on)
        return self.filter(models.Q(item__assessment__run__unit__in=units) | models.Q(item__kpi__group__in=groups))

    def undecided(self) -> ExternalFactorQuerySet:
        return self.filter(state=FactorState.CLAIMED)

    def with_story(self) -> ExternalFactorQuerySet:
        return self.select_related(
            "item__kpi__group__parent", "item__assessment__run__unit", "claimed_by", "decided_by", "adjustment"
        )


class ExternalFactor(PublicIdModel, VersionedModel):
    """A unit says that something beyond its power kept a KPI's result down, with proof; an assessor decides."""

    item = models.ForeignKey(AssessmentItem, on_delete=models.PROTECT, related_name="external_factors")
    state = models.CharField(max_length=10, choices=FactorState.choices, default=FactorState.CLAIMED)
    text = models.TextField()
    files = models.ManyToManyField(StoredFile, related_name="+")
    claimed_at = models.DateTimeField()
    claimed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_because = models.TextField(blank=True)
    adjustment = models.OneToOneField(  # what the scheme's rule made of it, where it has one
        Adjustment, on_delete=models.PROTECT, null=True, related_name="external_factor"
    )

    objects = ExternalFactorQuerySet.as_manager()

    class Meta:
        ordering = ["-claimed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.item.kpi}"


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, person: Person, *, on: date) -> RecommendationQuerySet:
        """Their own, those of units whose scores a person may see, and those of groups for which they write."""
        units = units_where(person, "evaluations.read", on=on)
        groups = units_where(person, "assessments.write", on=on)
        return self.filter(
            models.Q(owner=person)
            | models.Q(evaluation__assessment__run__unit__in=units)
            | models.Q(kpi__group__in=groups)
        )

    def followed(self) -> RecommendationQuerySet:
        """What is not closed."""
        return self.exclude(state=AdviceState.CLOSED)

    def with_story(self) -> RecommendationQuerySet:
        return self.select_related("kpi__group__parent", "evaluation__assessment__run__unit", "owner", "made_by")


class Recommendation(PublicIdModel, VersionedModel):
    """What an assessor advises a unit to do, by whom and by when; followed until an assessor closes it."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="recommendations")
    kpi = models.ForeignKey(KpiYear, on_delete=models.PROTECT, null=True, related_name="recommendations")  # None: all
    state = models.CharField(max_length=8, choices=AdviceState.choices, default=AdviceState.OPEN)
    text = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recommendations")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class RecommendationStep(PublicIdModel, AppendOnlyModel):
    """What became of a recommendation, as it was said, with its files."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=8, choices=AdviceMove.choices)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    files = models.ManyToManyField(StoredFile, related_name="+")

    class Meta:
        base_manager_name = "objects"
        ordering = ["recommendation", "at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
