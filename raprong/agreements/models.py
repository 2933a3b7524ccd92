from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from raprong.access.queries import units_where
from raprong.agreements.enums import SIGNING_SIDES, Seating, Side, State, Tier
from raprong.core.models import PublicIdModel, VersionedModel
from raprong.files.models import StoredFile
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.signatures.enums import Way
from raprong.signatures.models import SignatureRequest


class CeremonyQuerySet(models.QuerySet["Ceremony"]):
    def visible_to(self, person: Person, *, on: date) -> CeremonyQuerySet:
        """Those of the units whose agreements the person may read, and those in which they have a part."""
        readable = Q(unit__in=units_where(person, "agreements.read", on=on))
        named = AgreementParty.objects.filter(person=person, agreement__ceremony__isnull=False)
        return self.filter(readable | Q(pk__in=named.values("agreement__ceremony_id"))).select_related("unit__agency")


class Ceremony(PublicIdModel, VersionedModel):
    """One sitting in which agreements are signed: of a unit, or of many units with the same receiver."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # who arranges it
    fiscal_year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    begins_at = models.TimeField(null=True)
    venue = models.CharField(max_length=200)
    guests = models.JSONField(default=list)  # a line for each, in their order of precedence
    script = models.TextField(blank=True)
    seat_rows = models.PositiveSmallIntegerField(default=0)  # 0: no seats are planned
    seats_in_row = models.PositiveSmallIntegerField(default=0)
    seating = models.CharField(max_length=12, choices=Seating.choices, default=Seating.FROM_MIDDLE)
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True)
    called_off_because = models.TextField(blank=True)

    objects = CeremonyQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def guest_lines(self) -> str:
        return "\n".join(self.guests)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, person: Person, *, on: date) -> AgreementQuerySet:
        """Agreements of the units where the person may read them, and those the person is a party to.

        Those of single people are for their parties and for whoever prepares them.
        """
        readable = Q(run__unit__in=units_where(person, "agreements.read", on=on)) & ~Q(tier=Tier.PERSON)
        prepared = Q(tier=Tier.PERSON, group__in=units_where(person, "agreements.cascade", on=on))
        named = AgreementParty.objects.filter(person=person)
        return self.standing().filter(readable | prepared | Q(pk__in=named.values("agreement_id")))

    def standing(self) -> AgreementQuerySet:
        """All but drafts that were withdrawn, of which the trail tells."""
        return self.exclude(state=State.WITHDRAWN)

    def of_units(self) -> AgreementQuerySet:
        """Those between a unit and the department, with their addenda."""
        return self.filter(tier=Tier.UNIT)

    def in_line_with(self, agreement: Agreement) -> AgreementQuerySet:
        """An agreement and its addenda: of the unit, of one group, or of one person in the same year."""
        line = self.standing().filter(run=agreement.run_id, tier=agreement.tier)
        match agreement.tier:
            case Tier.GROUP:
                return line.filter(group=agreement.group_id)
            case Tier.PERSON:
                return line.filter(person=agreement.person_id)
        return line

    def with_run(self) -> AgreementQuerySet:
        return self.select_related(
            "run__unit__agency",
            "run__unit__parent",
            "run__sop",
            "group__parent",
            "person",
            "paper",
            "copy",
            "sealed",
            "ceremony",
        )


class Agreement(PublicIdModel, VersionedModel):
    """The performance agreement (คำรับรองการปฏิบัติราชการ) of a unit for a fiscal year, or an addendum to it.

    The agreement has the number 0; its addenda, which change it while it stays as it was signed, follow from 1.
    Beside the unit's stand those of its groups and of single people, each with whoever leads them.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="agreements")
    tier = models.CharField(max_length=8, choices=Tier.choices, default=Tier.UNIT)
    group = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")  # below the unit: whose
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # of a person: whose
    shares = models.JSONField(default=list)  # of a person: what of which KPI; see agreements.tiers
    number = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTING)
    way = models.CharField(max_length=12, choices=Way.choices, default=Way.ELECTRONIC)
    signing_on = models.DateField(null=True)
    venue = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict)  # the paper's data as it was when signing opened
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # what is shown
    copy = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # signed by some so far
    sealed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # what was signed
    because = models.TextField(blank=True)  # of an addendum: why the agreement is changed
    changes = models.JSONField(default=list)  # of an addendum: see agreements.addenda
    effective_on = models.DateField(null=True)  # of an addendum: the day from which it counts
    applied_at = models.DateTimeField(null=True)  # of an addendum: when the KPIs came to ask for what it says
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, null=True, related_name="agreements")
    place_in_ceremony = models.PositiveSmallIntegerField(default=0)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    in_force_at = models.DateTimeField(null=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"],
                condition=Q(tier=Tier.UNIT) & ~Q(state=State.WITHDRAWN),
                name="agreements_of_a_run_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["run", "group", "number"],
                condition=Q(tier=Tier.GROUP) & ~Q(state=State.WITHDRAWN),
                name="agreements_of_a_group_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["run", "person", "number"],
                condition=Q(tier=Tier.PERSON) & ~Q(state=State.WITHDRAWN),
                name="agreements_of_a_person_are_numbered",
            ),
            models.CheckConstraint(
                condition=Q(tier=Tier.UNIT, group__isnull=True, person__isnull=True)
                | Q(tier=Tier.GROUP, group__isnull=False, person__isnull=True)
                | Q(tier=Tier.PERSON, group__isnull=False, person__isnull=False),
                name="an_agreement_names_whose_it_is",
            ),
        ]

    def __str__(self) -> str:
        whose = " ".join(str(each) for each in (self.person, self.group) if each)
        whole = " ".join(filter(None, ("คำรับรองการปฏิบัติราชการ", whose, str(self.run))))
        return f"{whole} แก้ไขเพิ่มเติม ครั้งที่ {self.number}" if self.number else whole

    @property
    def shown(self) -> StoredFile | None:
        """The file that those who sign look at: the paper, with the certificates' signatures that it has so far."""
        return self.copy or self.paper

    def parties_on(self, side: str) -> list[AgreementParty]:
        """The parties of one side, in the order in which the paper prints them."""
        return [party for party in self.parties.all() if party.side == side]


class AgreementParty(PublicIdModel):
    """A person with a part in an agreement, named as the paper prints those who make or receive it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    side = models.CharField(max_length=10, choices=Side.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    acting = models.CharField(max_length=300, blank=True)  # under the post, where an order lets them sign for another
    request = models.OneToOneField(SignatureRequest, on_delete=models.PROTECT, null=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=1)
    turn = models.PositiveSmallIntegerField(default=1)  # those of a lower turn sign first, those of one in any order

    class Meta:
        ordering = ["agreement", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "side", "person"], name="a_person_signs_once_on_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.post})"

    @property
    def signs(self) -> bool:
        """Whether anything is asked of them: an observer only sees."""
        return self.side in SIGNING_SIDES

    @property
    def declined_at(self) -> datetime | None:
        return self.request.declined_at if self.request else None

    @property
    def signed_at(self) -> datetime | None:
        signature = getattr(self.request, "signature", None)
        return signature.signed_at if signature else None
