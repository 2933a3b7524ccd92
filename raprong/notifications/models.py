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
