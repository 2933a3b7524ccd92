from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from raprong.access.queries import units_where
from raprong.agreements.enums import Side, State
from raprong.core.models import PublicIdModel, VersionedModel
from raprong.files.models import StoredFile
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.signatures.models import SignatureRequest

TURN = {Side.MAKER: 1, Side.RECEIVER: 2}


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, person: Person, *, on: date) -> AgreementQuerySet:
        """Agreements of the units where the person may read them, and those the person is a party to."""
        readable = Q(run__unit__in=units_where(person, "agreements.read", on=on))
        named = AgreementParty.objects.filter(person=person)
        return self.filter(readable | Q(pk__in=named.values("agreement_id")))

    def with_run(self) -> AgreementQuerySet:
        return self.select_related("run__unit__agency", "run__unit__parent", "run__sop", "paper", "sealed")


class Agreement(PublicIdModel, VersionedModel):
    """The performance agreement (คำรับรองการปฏิบัติราชการ) of a unit for a fiscal year."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="agreement")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTING)
    signing_on = models.DateField(null=True)
    venue = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict)  # the paper's data as it was when signing opened
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # what is shown
    sealed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # what was signed
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    in_force_at = models.DateTimeField(null=True)

    objects = AgreementQuerySet.as_manager()

    def __str__(self) -> str:
        return f"คำรับรองการปฏิบัติราชการ {self.run}"

    def parties_on(self, side: str) -> list[AgreementParty]:
        """The parties of one side, in the order in which the paper prints them."""
        return [party for party in self.parties.all() if party.side == side]


class AgreementParty(PublicIdModel):
    """A person on one side of an agreement, named as the paper will print them."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    side = models.CharField(max_length=10, choices=Side.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    acting = models.CharField(max_length=300, blank=True)  # under the post, where an order lets them sign for another
    request = models.OneToOneField(SignatureRequest, on_delete=models.PROTECT, null=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["agreement", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "side", "person"], name="a_person_signs_once_on_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.post})"

    @property
    def turn(self) -> int:
        """Makers sign before receivers; those of one side in any order."""
        return TURN[Side(self.side)]

    @property
    def signed_at(self) -> datetime | None:
        signature = getattr(self.request, "signature", None)
        return signature.signed_at if signature else None
