from django.db import models

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
