"""Files on their way: they come in pieces, go on after a break, and wait for the form that hands them in.

What has arrived lies beside the store. It counts once it is flushed to the disk, so that a lost connection, a killed
server and a power loss cost no more than the piece that was under way.
"""

import fcntl
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from os import fsync
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.core.full_disk import is_full_disk
from raprong.files.kinds import checked_media_type
from raprong.files.limits import MEGABYTE, NoRoom, check_size, no_room
from raprong.files.models import IncomingFile
from raprong.files.names import clean_name
from raprong.organisation.models import Person

log = logging.getLogger(__name__)

LASTS = timedelta(hours=24)  # after its last piece
FOLDER = "incoming"
HALF_WRITTEN = ".incoming-*"  # what `store.put` was writing when it was killed


class NotHere(Exception):
    """No such file is on its way for this person."""


class Elsewhere(Exception):
    """The next piece belongs to another place of the file, `arrived`."""

    def __init__(self, arrived: int) -> None:
        super().__init__(f"{arrived} bytes have arrived")
        self.arrived = arrived


class Busy(Exception):
    """Another piece of the same file is being written."""


class Arrived(File):
    """A file that has arrived whole, opened when it is read. It is kept until what it was taken in for is."""

    def __init__(self, incoming: IncomingFile) -> None:
        self.incoming = incoming
        self.name, self.size, self.mode = incoming.name, incoming.size, "rb"
        self._open: IO[bytes] | None = None

    @property
    def token(self) -> str:
        """What a form says instead of sending the file once more."""
        return self.incoming.public_id

    @property
    def file(self) -> IO[bytes]:  # type: ignore[override]  # opened on first need
        if self._open is None:
            self._open = _place(self.incoming.public_id).open("rb")
        return self._open

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def begin(name: str, size: int, *, by: Person, at: datetime) -> IncomingFile:
    """Announce a file of `size` bytes.

    Refused in words: an empty file, one that is too large, more at a time than the settings let one person send, and
    with `NoRoom` a full disk.
    """
    name = clean_name(name)
    try:
        return _begin(name, size, by=by, at=at)
    except (OSError, DatabaseError) as fault:
        if not is_full_disk(fault):
            raise
        raise _no_room(fault, name) from fault


@transaction.atomic
def _begin(name: str, size: int, *, by: Person, at: datetime) -> IncomingFile:
    if size <= 0:
        raise Refused(_("%(name)s is empty. Choose the file again.") % {"name": name})
    check_size(size, name)
    _check_room_for(by, size, name, at)

    incoming = IncomingFile.objects.create(owner=by, name=name, size=size, begun_at=at, expires_at=at + LASTS)
    place = _place(incoming.public_id)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(exist_ok=False)
    return incoming


def _check_room_for(person: Person, size: int, name: str, at: datetime) -> None:
    Person.objects.select_for_update().get(pk=person.pk)  # two files announced at once are counted one after another
    theirs = IncomingFile.objects.filter(owner=person, expires_at__gt=at)
    if theirs.count() >= settings.MOST_INCOMING_FILES:
        words = _("You have %(count)s files on their way. Save the forms that they belong to, then send %(name)s.")
        raise Refused(words % {"count": theirs.count(), "name": name})
    if (theirs.aggregate(sum=Sum("size"))["sum"] or 0) + size > settings.MOST_INCOMING_BYTES:
        words = _("With %(name)s more than %(limit)s MB would be on their way. Save the forms of the others first.")
        raise Refused(words % {"name": name, "limit": settings.MOST_INCOMING_BYTES // MEGABYTE})


def find(token: str, *, by: Person, at: datetime) -> IncomingFile:
    """A file on its way. Raises NotHere for one that is over, and for another person's."""
    incoming = IncomingFile.objects.filter(public_id=token, owner=by, expires_at__gt=at).first()
    if incoming is None or not _is_on_disk(incoming):
        raise NotHere
    return incoming


def _is_on_disk(incoming: IncomingFile) -> bool:
    """False where a database came back from a backup without the files that were on their way."""
    place = _place(incoming.public_id)
    return place.exists() and place.stat().st_size >= incoming.arrived


def append(token: str, pieces: Iterable[bytes], *, start: int, by: Person, at: datetime) -> IncomingFile:
    """Write what comes at byte `start`. What came before a break is kept, whatever broke.

    A file that is whole is looked at there and then: its owner is told at once that it cannot be kept, and it goes.
    Raises NotHere, Busy and Elsewhere; refused in words: more bytes than announced, a kind nobody may hand in, and with
    `NoRoom` a full disk.
    """
    find(token, by=by, at=at)
    with _held(token) as file:
        incoming = find(token, by=by, at=at)  # as it stands now that nobody else writes to it
        if start != incoming.arrived:
            raise Elsewhere(incoming.arrived)
        try:
            _write(file, pieces, incoming, at)
        except (OSError, DatabaseError) as fault:
            if not is_full_disk(fault):
                raise
            raise _no_room(fault, incoming.name) from fault
        if incoming.is_whole:
            _check_whole(incoming)
    return incoming


def _no_room(fault: Exception, name: str) -> NoRoom:
    log.error("An uploaded file could not be kept: %s", fault)
    return no_room(name)


def _write(file: IO[bytes], pieces: Iterable[bytes], incoming: IncomingFile, at: datetime) -> None:
    """Nothing counts before it is on the disk."""
    file.seek(incoming.arrived)
    file.truncate()
    arrived = incoming.arrived
    try:
        for piece in pieces:
            if arrived + len(piece) > incoming.size:
                raise Refused(_("%(name)s has changed since it was chosen. Choose it again.") % {"name": incoming.name})
            for written in _written(file, piece):
                arrived += written
    finally:
        fsync(file.fileno())
        incoming.arrived, incoming.expires_at = arrived, at + LASTS
        IncomingFile.objects.filter(pk=incoming.pk).update(arrived=arrived, expires_at=incoming.expires_at)


def _written(file: IO[bytes], piece: bytes) -> Iterator[int]:
    """Write a piece, and tell of each part of it that the disk took."""
    left = memoryview(piece)
    while left:
        taken = file.write(left)
        yield taken
        left = left[taken:]


def _check_whole(incoming: IncomingFile) -> None:
    try:
        with _place(incoming.public_id).open("rb") as file:
            checked_media_type(file, incoming.name)
    except Refused:
        _drop(incoming)
        raise


@contextmanager
def _held(token: str) -> Iterator[IO[bytes]]:
    """The file, for one writer at a time. Who dies lets go of it.

    Nothing waits in memory: a buffer that a full disk did not take would be refused once more when the file closes.
    """
    try:
        with _place(token).open("r+b", buffering=0) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as held:
                raise Busy from held
            yield file
    except FileNotFoundError as gone:
        raise NotHere from gone


def give_up(token: str, *, by: Person, at: datetime) -> None:
    """The sender wants it no longer."""
    _drop(find(token, by=by, at=at))


def finished(tokens: Sequence[str], *, by: Person, at: datetime) -> list[Arrived]:
    """The files that a form stands for by their tokens, in that order, to be handed to `take_in`.

    Refused in words: one that is no longer here, and one that has not arrived whole.
    """
    found = IncomingFile.objects.filter(owner=by, expires_at__gt=at).in_bulk(tokens, field_name="public_id")
    return [_opened(found.get(token)) for token in dict.fromkeys(tokens)]


def _opened(incoming: IncomingFile | None) -> Arrived:
    if incoming is None or not _is_on_disk(incoming):
        raise Refused(_("A file that you sent is no longer here. Choose it again."))
    if not incoming.is_whole:
        raise Refused(_("%(name)s did not arrive whole. Send it again.") % {"name": incoming.name})
    return Arrived(incoming)


def let_go(taken: Arrived) -> None:
    """It lies in the store now."""
    taken.close()
    _drop(taken.incoming)


def _drop(incoming: IncomingFile) -> None:
    IncomingFile.objects.filter(pk=incoming.pk).delete()
    _place(incoming.public_id).unlink(missing_ok=True)


def clear_away(at: datetime) -> int:
    """Drop what nobody came back for, and what killed servers left half written; answers how many files."""
    over = list(IncomingFile.objects.filter(expires_at__lte=at))
    for incoming in over:
        _drop(incoming)
    strays = list(_strays())
    for stray in strays:
        stray.unlink(missing_ok=True)
    return len(over) + len(strays)


def _strays() -> Iterator[Path]:
    """Files that no row speaks of, and that nobody has written to for a day by the disk's own clock."""
    root = Path(settings.FILES_DIR)
    known = set(IncomingFile.objects.values_list("public_id", flat=True))
    unknown = (path for path in (root / FOLDER).glob("*") if path.name not in known)
    for path in [*unknown, *root.glob(HALF_WRITTEN)]:
        if _idle(path) > LASTS:
            yield path


def _idle(path: Path) -> timedelta:
    try:
        return timedelta(seconds=time.time() - path.stat().st_mtime)
    except FileNotFoundError:
        return timedelta()


def _place(token: str) -> Path:
    return Path(settings.FILES_DIR) / FOLDER / token
