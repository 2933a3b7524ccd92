from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q, QuerySet

from raprong.access.queries import units_where
from raprong.core.exact import ExactDecimalField
from raprong.core.models import AppendOnlyModel, PublicIdModel, VersionedModel
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.files.models import StoredFile
from raprong.kpis.enums import CriteriaKind
from raprong.objections.enums import Outcome, ProposalState, Settled, State
from raprong.organisation.models import Agency, Person
from raprong.processes.models import Run


class PreliminaryQuerySet(models.QuerySet["Preliminary"]):
    def visible_to(self, person: Person, *, on: date) -> PreliminaryQuerySet:
        """Those of units whose results a person reads, and those that they decide on in a panel."""
        units = units_where(person, "objections.read", on=on)
        sits = PanelMember.objects.filter(person=person)
        return self.filter(Q(evaluation__assessment__run__unit__in=units) | Q(pk__in=sits.values("preliminary_id")))

    def with_story(self) -> PreliminaryQuerySet:
        return self.select_related(
            "evaluation__assessment__run__unit__agency",
            "evaluation__assessment__run__sop",
            "evaluation__confirmed_by",
            "opened_by",
            "settled_by",
        )

    def open(self) -> PreliminaryQuerySet:
        """Those that are not final yet."""
        return self.filter(settled_at__isnull=True)


class Preliminary(PublicIdModel, VersionedModel):
    """The preliminary result of an evaluation before its unit: proven reading starts the days to object.

    The terms are those of the scheme when the scores were confirmed. `counts_from_on` is the day from which the days
    are counted where nobody opens the result, `closes_on` the last day of the window.
    """

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="preliminary")
    shown_at = models.DateTimeField()
    objection_days = models.PositiveSmallIntegerField()  # working days
    panel_size = models.PositiveSmallIntegerField()
    counts_from_on = models.DateField()
    closes_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    seen = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # what was shown then
    settled = models.CharField(max_length=10, choices=Settled.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PreliminaryQuerySet.as_manager()

    class Meta:
        ordering = ["-shown_at"]
        verbose_name_plural = "preliminaries"

    def __str__(self) -> str:
        return f"{self.evaluation}"

    @property
    def run(self) -> Run:
        return self.evaluation.run


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, person: Person, *, on: date) -> ObjectionQuerySet:
        return self.filter(preliminary__in=Preliminary.objects.visible_to(person, on=on))

    def open(self) -> ObjectionQuerySet:
        """Those that wait for the panel."""
        return self.filter(state=State.FILED)

    def with_story(self) -> ObjectionQuerySet:
        return self.select_related(
            "preliminary__evaluation__assessment__run__unit__agency",
            "preliminary__evaluation__confirmed_by",
            "score__item__kpi",
            "score__evaluation",
            "filed_by",
            "withdrawn_by",
        )


class Objection(PublicIdModel, VersionedModel):
    """The unit objects to the score of one KPI or to the total; with what it rests on as it was on that day."""

    preliminary = models.ForeignKey(Preliminary, on_delete=models.PROTECT, related_name="objections")
    score = models.ForeignKey(GivenScore, on_delete=models.PROTECT, null=True, related_name="objections")  # None: total
    ground = models.CharField(max_length=40)  # a code of definitions/objections/grounds.yaml
    text = models.TextField()
    proofs = models.ManyToManyField(StoredFile, related_name="+")
    bundle = models.JSONField()  # criteria, figures, scores and evidence as they stood
    state = models.CharField(max_length=10, choices=State.choices, default=State.FILED)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["preliminary", "filed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.score or self.preliminary}"


class PanelMember(PublicIdModel):
    """Somebody who decides on the objections to a result. Who declares a conflict stands aside and may still read."""

    preliminary = models.ForeignKey(Preliminary, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chairs = models.BooleanField(default=False)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    aside_at = models.DateTimeField(null=True)
    aside_because = models.TextField(blank=True)  # the conflict that they declared, or why they were replaced

    class Meta:
        ordering = ["preliminary", "-chairs", "named_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["preliminary", "person"], name="a_seat_on_a_panel_is_taken_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def precedents(self, agency: Agency) -> ProposalQuerySet:
        """Decisions of an agency, the latest first: what the shelf holds."""
        units = Q(objection__preliminary__evaluation__assessment__run__unit__agency=agency)
        taken = self.filter(units, state=ProposalState.TAKEN)
        return taken.select_related("objection__score__item__kpi").order_by("-ended_at", "-pk")


class Proposal(PublicIdModel, VersionedModel):
    """What the chair puts to the vote. Once more than half of the panel agree it is the decision."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="proposals")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    because = models.TextField()
    precedent = models.TextField()  # the same for the shelf, without names
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.VOTING)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    sealed = models.ForeignKey(  # the paper of the decision, once it is taken
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    criteria_kind = models.CharField(
        max_length=12, choices=CriteriaKind.choices, blank=True
    )  # of the KPI; of a total none

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["objection", "proposed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.objection}: {Outcome(self.outcome).label}"


class ProposedScore(AppendOnlyModel):
    """A score that the decision changes, with what it was before."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="scores")
    score = models.ForeignKey(GivenScore, on_delete=models.PROTECT, related_name="+")
    before = ExactDecimalField(null=True)
    given = ExactDecimalField()

    class Meta:
        base_manager_name = "objects"
        ordering = ["proposal", "pk"]

    def __str__(self) -> str:
        return f"{self.score}: {self.given}"


class Vote(AppendOnlyModel):
    """A member of the panel agrees to a proposal or not, once."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    remark = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "objects"
        ordering = ["proposal", "at", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="one_vote_of_each_member")]

    def __str__(self) -> str:
        return f"{self.person}: {self.agrees}"


def members_of(preliminary: Preliminary) -> QuerySet[PanelMember]:
    """Those of the panel who decide: nobody who stands aside."""
    return preliminary.members.filter(aside_at__isnull=True).select_related("person")
