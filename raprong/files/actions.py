from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.files import store
from raprong.files.kinds import media_type_of
from raprong.files.models import StoredFile
from raprong.organisation.models import Person, Unit

CHUNK_BYTES = 64 * 1024


def keep(content: bytes, name: str, *, media_type: str, unit: Unit, by: Person | None, at: datetime) -> StoredFile:
    """Keep a file that we made ourselves, such as a printed paper."""
    sha256, size = store.put([content])
    return StoredFile.objects.create(
        unit=unit, name=name, media_type=media_type, size=size, sha256=sha256, stored_at=at, stored_by=by
    )


def take_in(content: IO[bytes], name: str, *, unit: Unit, by: Person, at: datetime) -> StoredFile:
    """Take in a file that a person hands in. Its kind is told by its content; too large or unknown is refused."""
    media_type = media_type_of(content)
    if media_type is None:
        raise Refused(_("%(name)s is none of PDF, PNG, JPEG, Word, Excel or PowerPoint.") % {"name": clean_name(name)})
    content.seek(0)
    sha256, size = store.put(_chunks_within_limit(content, name))
    return StoredFile.objects.create(
        unit=unit, name=clean_name(name), media_type=media_type, size=size, sha256=sha256, stored_at=at, stored_by=by
    )


def _chunks_within_limit(content: IO[bytes], name: str) -> Iterator[bytes]:
    taken = 0
    while chunk := content.read(CHUNK_BYTES):
        taken += len(chunk)
        if taken > settings.LARGEST_UPLOAD_BYTES:
            limit = settings.LARGEST_UPLOAD_BYTES // (1024 * 1024)
            raise Refused(_("%(name)s is larger than %(limit)s MB.") % {"name": clean_name(name), "limit": limit})
        yield chunk


def clean_name(name: str) -> str:
    """A file's own name: no folders, no control characters, 200 characters at most."""
    bare = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in bare if letter.isprintable())[:200] or "file"
