from django.db import models

from raprong.audit.kinds import sentence
from raprong.core.models import AppendOnlyModel


class Chain(models.Model):
    """The trail of one unit in one fiscal year; an agency's own affairs hang on its unit-less chain."""

    place = models.CharField(max_length=100)  # a reference, such as "organisation.unit:<public id>"
    fiscal_year = models.PositiveSmallIntegerField()  # in the Buddhist era, as the office names it
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "fiscal_year"], name="one_chain_per_place_and_year")]

    def __str__(self) -> str:
        return f"{self.place} {self.fiscal_year}"


class Entry(AppendOnlyModel):
    """One thing that happened. Its hash covers every field and the hash of the entry before it."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    about = models.CharField(max_length=120)  # a reference
    about_title = models.CharField(max_length=300)
    by = models.CharField(max_length=120)  # a reference to a person, or "system"
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="entry_numbers_do_not_repeat")]
        indexes = [models.Index(fields=["about"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    @property
    def sentence(self) -> object:
        """What happened, in words, without who and about what."""
        return sentence(self.kind)
