from __future__ import annotations

from datetime import date

from django.db import models

from raprong.access.queries import units_where
from raprong.circulation.enums import LetterKind, State
from raprong.core.models import PublicIdModel, VersionedModel
from raprong.files.models import StoredFile
from raprong.organisation.models import Person, Unit


class NumberRegister(models.Model):
    """The last number that a unit gave out in one series of one calendar year."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()  # calendar year, Buddhist era
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "series"], name="one_register_per_series")]

    def __str__(self) -> str:
        return f"{self.unit} {self.series} {self.year}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, person: Person, *, on: date) -> LetterQuerySet:
        """Letters of and to the units where the person may read them, and those sent to the person."""
        units = units_where(person, "circulation.read", on=on)
        readable = self.filter(unit__in=units) | self.filter(to_unit__in=units, state=State.SENT)
        return (readable | self.filter(recipients__person=person)).distinct()


class Letter(PublicIdModel, VersionedModel):
    """A letter, circular, order or manual that a unit sends out under a number and a signature."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letters")  # who sends it
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="letters_received")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    about = models.CharField(max_length=120)  # a reference, such as the evaluation it announces
    subject = models.CharField(max_length=300)
    content = models.JSONField()  # the paper's data; number and date are filled in on signing
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTING)
    number = models.PositiveIntegerField(null=True)
    number_text = models.CharField(max_length=80, blank=True)  # as printed
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sealed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at"]

    def __str__(self) -> str:
        return self.subject


class Recipient(PublicIdModel):
    """Somebody a letter was sent to: when it reached them, when they read it, when they said so."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="recipients")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters_received")
    delivered_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["letter", "person"]
        constraints = [models.UniqueConstraint(fields=["letter", "person"], name="a_letter_reaches_a_person_once")]

    def __str__(self) -> str:
        return f"{self.person}"
