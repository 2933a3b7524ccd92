from __future__ import annotations

from datetime import date

from django.db import models

from raprong.access.queries import units_where
from raprong.agreements.enums import Side, State
from raprong.core.models import PublicIdModel, VersionedModel
from raprong.files.models import StoredFile
from raprong.organisation.models import Person
from raprong.processes.models import Run


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, person: Person, *, on: date) -> AgreementQuerySet:
        """Agreements of the units where the person may read them, and those the person is a party to."""
        readable = self.filter(run__unit__in=units_where(person, "agreements.read", on=on))
        return (readable | self.filter(parties__person=person)).distinct()


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


class AgreementParty(PublicIdModel):
    """A person on one side of an agreement, named as the paper will print them."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    side = models.CharField(max_length=10, choices=Side.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["agreement", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "side", "person"], name="a_person_signs_once_on_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.post})"
