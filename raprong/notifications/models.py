from django.conf import settings
from django.db import models

from raprong.core.models import PublicIdModel
from raprong.notifications.enums import DeliveryState, Rhythm
from raprong.notifications.kinds import sentence
from raprong.organisation.models import Person


class Notice(PublicIdModel):
    """A person is told something. Its words are made when it is read, in the reader's language."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=80)
    words = models.JSONField(default=dict)  # what fills the kind's sentence
    about = models.CharField(max_length=120)  # a reference
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["person", "read_at"])]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        return sentence(self.kind) % self.words


class Preferences(models.Model):
    """How a person wishes to be told what reaches them while they are not looking at a page."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="preferences")
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)  # the one they chose last

    def __str__(self) -> str:
        return str(self.person)


class Wish(models.Model):
    """When a person wishes to have their notices over a channel. Without a row: never."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wishes")
    channel = models.CharField(max_length=40)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.NEVER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="one_wish_for_each_channel")]

    def __str__(self) -> str:
        return f"{self.person}: {self.channel} {self.rhythm}"


class Delivery(models.Model):
    """A notice goes to its person over a channel, once.

    Notices that go together share the name of their message, which they keep however often it is tried.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    message = models.CharField(max_length=16, blank=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)  # of the last attempt
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="a_notice_goes_over_a_channel_once")]

    def __str__(self) -> str:
        return f"{self.notice} ({self.channel})"


class CalendarFeed(PublicIdModel):
    """A person's calendar of due dates has an address. Renewing gives it another public id, withdrawing ends it.

    The address is the public id and a code that only the installation's secret makes from it: a copy of the database
    opens nobody's calendar.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person)


class SentReminder(models.Model):
    """A person was reminded of a thing on one count of a rule. The key names the thing on the page of what waits."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=160)
    rule = models.CharField(max_length=40)
    morning = models.DateField()  # the one that the rule counted
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key", "rule", "morning"], name="reminded_once_on_each_count")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.key} {self.morning}"


class PlannedReminder(models.Model):
    """What a person will be reminded of next if it is not done by then, as it stood when it was planned."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=160)
    rule = models.CharField(max_length=40)
    morning = models.DateField()
    due_on = models.DateField(null=True)
    planned_at = models.DateTimeField()

    class Meta:
        ordering = ["morning", "person__name", "pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.key} {self.morning}"
