import errno
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import dropwhile
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.files import store
from raprong.files.kinds import checked_media_type
from raprong.files.models import StoredFile
from raprong.files.scanner import check_clean
from raprong.organisation.models import Person, Unit

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LONGEST_NAME = 200
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


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


def take_in(content: IO[bytes], name: str, *, unit: Unit, by: Person, at: datetime) -> StoredFile:
    """Take in a file that a person hands in. Its kind is told by its content.

    Refused in words: too large, none of the kinds, not whole, locked, with macros or a virus, and when the disk is
    full. A file that is refused leaves nothing behind.
    """
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
    if sent > settings.LARGEST_UPLOAD_BYTES:
        limit = settings.LARGEST_UPLOAD_BYTES // MEGABYTE
        raise Refused(_("%(name)s is larger than %(limit)s MB.") % {"name": name, "limit": limit})
    if received < sent:
        raise Refused(_("%(name)s did not arrive whole. Send it again.") % {"name": name})


def _put(content: IO[bytes], name: str) -> tuple[str, int]:
    try:
        return store.put(_chunks(content))
    except OSError as fault:
        if fault.errno not in NO_ROOM:
            raise
        log.error("An uploaded file could not be kept: %s", fault)
        words = _(
            "%(name)s could not be kept: the server has no room left. Nothing was changed; tell the administrator."
        )
        raise Refused(words % {"name": name}) from fault


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(store.CHUNK_BYTES):
        yield chunk


def clean_name(name: str) -> str:
    """A file's own name: no folders, nothing that is not printed or turns the reading round, 200 characters at most.

    Thai vowels and tone marks are kept in their usual order; one that stands before any letter is dropped, and a name
    is never cut between a letter and its marks.
    """
    bare = PurePath(name.replace("\\", "/")).name
    printed = "".join(letter for letter in unicodedata.normalize("NFC", bare) if letter.isprintable())
    begun = dropwhile(lambda letter: letter in ". " or _is_mark(letter), printed)
    return _shortened("".join(begun)) or "file"


def _shortened(name: str) -> str:
    """At most 200 characters, the ending kept."""
    if len(name) <= LONGEST_NAME:
        return name
    ending = PurePath(name).suffix if len(PurePath(name).suffix) <= 10 else ""
    stem = name[: LONGEST_NAME - len(ending)]
    while stem and _is_mark(name[len(stem)]):
        stem = stem[:-1]
    return stem + ending


def _is_mark(letter: str) -> bool:
    """Whether it stands above or below the letter before it, as Thai vowels and tone marks do."""
    return unicodedata.category(letter) == "Mn"
