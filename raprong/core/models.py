"""Abstract bricks for models, and the demonstration's clock."""

import secrets
from typing import Any, NoReturn

from django.db import models

# No vowels and no look-alikes: the ids are read aloud and never spell a word.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """An id that cannot be guessed: 16 letters of 28, about 77 bits.

    Drawn from bytes in one go, because an uploaded file asks for thousands: those that would favour a letter are left.
    """
    letters = ""
    while len(letters) < 16:
        letters += "".join(ALPHABET[byte % 28] for byte in secrets.token_bytes(20) if byte < 252)
    return letters[:16]


class PublicIdModel(models.Model):
    """Something with an address: the public id stands in it, the primary key never does."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True


class VersionedModel(models.Model):
    """Something that two people may have open at once; see `core.freshness`."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class AppendOnly(Exception):
    """Rows of this table are written once."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly(self.model.__name__)

    def delete(self) -> NoReturn:
        raise AppendOnly(self.model.__name__)


class AppendOnlyModel(models.Model):
    """Rows are inserted and read. The database refuses the rest too: see `core.append_only`."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(type(self).__name__)


class DemonstrationClock(models.Model):
    """How far the clock of a demonstration runs ahead of the world's, in seconds. One row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    ahead_seconds = models.BigIntegerField(default=0)


class RegularRun(models.Model):
    """When a regular job is done next, and how its last run went; see `core.regular`. One row for each job."""

    code = models.CharField(max_length=40, unique=True)
    next_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # before `started_at` while a run is under way
    done = models.PositiveIntegerField(default=0)  # things done by the last run
    fault = models.CharField(max_length=300, blank=True)  # of the last run

    def __str__(self) -> str:
        return self.code
