from django.db import models
from django.db.models import F, Q

from raprong.core.models import AppendOnlyModel, PublicIdModel
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
