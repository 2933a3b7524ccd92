from django.db import models
from django.db.models import F, Q

from raprong.core.models import AppendOnlyModel, PublicIdModel
from raprong.files.enums import Standing
from raprong.organisation.models import Person, Unit


class StoredFile(PublicIdModel, AppendOnlyModel):
    """A file that was handed in or printed. The same content is stored once, however many files name it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="files")  # whose rights guard it
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # None: the system

    def __str__(self) -> str:
        return self.name


class IncomingFile(PublicIdModel):
    """A file on its way here. What has arrived of it lies beside the store, until a form takes it or its time is up."""

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # nobody else may ask about it
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()  # bytes, as announced
    arrived = models.PositiveBigIntegerField(default=0)  # bytes that lie on the disk and outlive a power loss
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_more_arrives_than_announced", condition=Q(arrived__lte=F("size"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        return self.arrived == self.size


class FrozenLink(PublicIdModel):
    """An address given as evidence, and a copy of what stood there on that day."""

    address = models.CharField(max_length=2000)
    title = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="links")
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the file, or of a page's words
    is_page = models.BooleanField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.SAME)
    checked_at = models.DateTimeField(db_index=True)
    is_watched = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.title


class LinkCheck(AppendOnlyModel):
    """One look at what stands at a link's address."""

    link = models.ForeignKey(FrozenLink, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    found = models.CharField(max_length=10, choices=Standing.choices)
    before = models.CharField(max_length=10, choices=Standing.choices, blank=True)  # empty when it was kept
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta(AppendOnlyModel.Meta):
        ordering = ["-at", "-pk"]

    @property
    def is_news(self) -> bool:
        """Whether its giver should hear of it: something else than before, and not as it was kept."""
        return self.found not in (Standing.SAME, self.before)
