from django.conf import settings
from django.db import models

from raprong.core.models import PublicIdModel
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


class CalendarFeed(PublicIdModel):
    """A person's calendar of due dates has an address. Renewing gives it another public id, withdrawing ends it.

    The address is the public id and a code that only the installation's secret makes from it: a copy of the database
    opens nobody's calendar.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person)
