from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q, QuerySet

from raprong.access.queries import units_where
from raprong.circulation.enums import UNSIGNED, LetterKind, LetterWork, Move, State, WorkState
from raprong.core.models import AppendOnlyModel, PublicIdModel, VersionedModel
from raprong.files.models import StoredFile
from raprong.organisation.models import Appointment, Person, Position, Unit


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


def headed_by(person: Person, *, on: date) -> QuerySet[Position]:
    """The head's posts that a person holds on a day."""
    held = Appointment.objects.in_force(on).filter(person=person, position__heads_unit=True)
    return Position.objects.filter(pk__in=held.values("position_id"))


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, person: Person, *, on: date) -> LetterQuerySet:
        """What is signed of the units where the person may read letters, what was sent to these units or to the
        person, and what is not signed yet of the units where the person drafts, checks or signs.
        """
        readable = units_where(person, "circulation.read", on=on)
        received = Recipient.objects.filter(person=person)
        return self.filter(
            Q(unit__in=readable) & ~Q(state__in=UNSIGNED)
            | Q(to_unit__in=readable, state=State.SENT)
            | Q(unit__in=units_where(person, "circulation.draft", on=on))
            | Q(unit__in=units_where(person, "circulation.check", on=on))
            | Q(unit__in=units_where(person, "circulation.sign", on=on))
            | Q(unit__positions__in=headed_by(person, on=on))
            | Q(pk__in=received.values("letter_id"))
        ).distinct()

    def standing(self) -> LetterQuerySet:
        """Letters that were not cancelled."""
        return self.exclude(state=State.CANCELLED)

    def numbered(self) -> LetterQuerySet:
        """Letters that took a number, cancelled ones too: the register."""
        return self.filter(number__isnull=False)

    def received_by(self, person: Person) -> LetterQuerySet:
        """Letters that were sent to a person."""
        return self.filter(pk__in=Recipient.objects.filter(person=person).values("letter_id"))

    def with_units(self) -> LetterQuerySet:
        return self.select_related(
            "unit__agency", "unit__parent", "to_unit__agency", "drafted_by", "signer", "signed_by", "sealed"
        )


class Letter(PublicIdModel, VersionedModel):
    """A letter, circular, order or manual that a unit sends out under a number and a signature."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letters")  # who sends it
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="letters_received")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    about = models.CharField(max_length=120)  # a reference, such as the evaluation it announces
    subject = models.CharField(max_length=300)
    content = models.JSONField()  # the paper's data; number, date and signature are filled in on signing
    storage = models.JSONField()  # how it is kept once signed: years, place, arrangement, readers
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTING)
    number = models.PositiveIntegerField(null=True)
    number_text = models.CharField(max_length=80, blank=True)  # as printed
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey(  # who is asked to sign it; None: the head of the unit, or their substitute
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_because = models.TextField(blank=True)
    sealed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at"]

    def __str__(self) -> str:
        return self.subject


class Handover(AppendOnlyModel):
    """A letter was moved on or back: by whom, when, and why where it went back. Its history, in order."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="handovers")
    move = models.CharField(max_length=12, choices=Move.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    because = models.TextField(blank=True)

    class Meta:
        base_manager_name = "objects"
        ordering = ["letter", "pk"]

    def __str__(self) -> str:
        return f"{self.letter}: {Move(self.move).label}"


class Recipient(PublicIdModel):
    """Somebody a letter was sent to: when it reached them, when they read it, when they said so."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="recipients")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters_received")
    delivered_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)  # when they were last asked once more to open it

    class Meta:
        ordering = ["letter", "person"]
        constraints = [models.UniqueConstraint(fields=["letter", "person"], name="a_letter_reaches_a_person_once")]

    def __str__(self) -> str:
        return f"{self.person}"


class ManyLettersQuerySet(models.QuerySet["ManyLetters"]):
    def unfinished(self) -> ManyLettersQuerySet:
        return self.filter(state__in=(WorkState.WAITING, WorkState.WORKING))


class ManyLetters(PublicIdModel):
    """The same asked for with many letters, done by the worker. Only whoever asked looks at it and stops it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # which sends the first of them
    work = models.CharField(max_length=10, choices=LetterWork.choices)
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.WAITING)
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    method = models.CharField(max_length=20, blank=True)  # how whoever signs proved who they are
    proven_at = models.DateTimeField(null=True)
    letters = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ManyLettersQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at", "-pk"]
        verbose_name_plural = "many letters"

    def __str__(self) -> str:
        return f"{LetterWork(self.work).label}: {self.letters}"


class OneOfMany(models.Model):
    """One of many letters: which version was seen, and what kept it back."""

    many = models.ForeignKey(ManyLetters, on_delete=models.CASCADE, related_name="contents")
    number = models.PositiveIntegerField()
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)

    class Meta:
        ordering = ["many", "number"]
        constraints = [models.UniqueConstraint(fields=["many", "number"], name="a_place_among_many_is_taken_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.letter}"
