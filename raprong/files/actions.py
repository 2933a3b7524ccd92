import logging
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.core.full_disk import is_full_disk
from raprong.files import incoming, store
from raprong.files.kinds import checked_media_type
from raprong.files.limits import check_size, no_room
from raprong.files.models import StoredFile
from raprong.files.names import clean_name
from raprong.files.scanner import check_clean
from raprong.organisation.models import Person, Unit

log = logging.getLogger(__name__)


def keep(content: bytes, name: str, *, media_type: str, unit: Unit, by: Person | None, at: datetime) -> StoredFile:
    """Keep a file that we made ourselves, such as a printed paper."""
    return keep_chunks([content], name, media_type=media_type, unit=unit, by=by, at=at)


def keep_chunks(
    chunks: Iterable[bytes], name: str, *, media_type: str, unit: Unit, by: Person | None, at: datetime
) -> StoredFile:
    """Keep a file of ours that is too large to be held as a whole."""
    sha256, size = store.put(chunks)
    return StoredFile.objects.create(
        unit=unit, name=name, media_type=media_type, size=size, sha256=sha256, stored_at=at, stored_by=by
    )


def take_in(content: IO[bytes] | incoming.Arrived, name: str, *, unit: Unit, by: Person, at: datetime) -> StoredFile:
    """Take in a file that a person hands in. Its kind is told by its content.

    Refused in words: too large, none of the kinds, not whole, locked, with macros or a virus, and when the disk is
    full. A file that is refused leaves nothing behind; one that came in pieces goes on waiting for its form until what
    took it in is kept.
    """
    if isinstance(content, incoming.Arrived):
        with closing(content):
            taken = _take_in(content, name, unit=unit, by=by, at=at)
        transaction.on_commit(partial(incoming.let_go, content))
        return taken
    return _take_in(content, name, unit=unit, by=by, at=at)


def _take_in(content: IO[bytes], name: str, *, unit: Unit, by: Person, at: datetime) -> StoredFile:
    name = clean_name(name)
    _check_size(content, name)
    media_type = checked_media_type(content, name)
    check_clean(content, name)
    content.seek(0)
    sha256, size = _put(content, name)
    return StoredFile.objects.create(
        unit=unit, name=name, media_type=media_type, size=size, sha256=sha256, stored_at=at, stored_by=by
    )


def _check_size(content: IO[bytes], name: str) -> None:
    """What was sent is told by an upload itself, of which less may have been received."""
    content.seek(0, 2)
    received = content.tell()
    sent = getattr(content, "size", received)
    check_size(sent, name)
    if getattr(content, "had_no_room", False):
        raise no_room(name)
    if received < sent:
        raise Refused(_("%(name)s did not arrive whole. Send it again.") % {"name": name})


def _put(content: IO[bytes], name: str) -> tuple[str, int]:
    try:
        return store.put(_chunks(content))
    except OSError as fault:
        if not is_full_disk(fault):
            raise
        log.error("An uploaded file could not be kept: %s", fault)
        raise no_room(name) from fault


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(store.CHUNK_BYTES):
        yield chunk
