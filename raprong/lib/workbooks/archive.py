"""An xlsx file is a ZIP archive: what is inside is counted before and while anything reads it.

A file of 900 kB can hold gigabytes; a reader of workbooks would take them all into memory.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from raprong.lib.workbooks import sentences
from raprong.lib.workbooks.faults import whole_file

MOST_BYTES = 5 * 1024**2  # of the file
MOST_BYTES_INSIDE = 60 * 1024**2  # of everything that is read of it, inflated
MOST_ENTRIES = 500
_PACKINGS = (ZIP_STORED, ZIP_DEFLATED)
_CHUNK = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # files of the Office programs before 2007, and locked files of today
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, UnicodeDecodeError)


class Archive:
    """The parts of a workbook. Every byte inflated is counted, over all parts: the written sizes can lie."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._left = MOST_BYTES_INSIDE
        self.names = frozenset(archive.namelist())

    def count_marks(self) -> int:
        """How many ``<`` stand in all parts together: twice as many as there are elements to hold in memory."""
        return sum(chunk.count(b"<") for name in self.names for chunk in self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece; refused in the middle when it grows too large."""
        with self._archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise whole_file(*sentences.TOO_LARGE)
                yield chunk


@contextmanager
def open_archive(content: bytes) -> Iterator[Archive]:
    """Open a workbook's archive, or refuse with :class:`WorkbookFaults` what is none, and what is or grows too large.

    The sizes written in the archive are looked at first. Only the two packings of a workbook are taken: the others
    inflate in pieces of any size.
    """
    if len(content) > MOST_BYTES:
        raise whole_file(*sentences.TOO_LARGE)
    if content.startswith(_OLE):
        raise whole_file(*(sentences.LOCKED if _ENCRYPTED in content else sentences.OLD_FORMAT))
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_directory(archive)
            yield Archive(archive)
    except _DAMAGED:
        raise whole_file(*sentences.NOT_A_WORKBOOK) from None


def _check_directory(archive: ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES_INSIDE:
        raise whole_file(*sentences.TOO_LARGE)
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise whole_file(*sentences.LOCKED)
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise whole_file(*sentences.OLD_FORMAT)
    if "[Content_Types].xml" not in names or any(entry.compress_type not in _PACKINGS for entry in entries):
        raise whole_file(*sentences.NOT_A_WORKBOOK)
