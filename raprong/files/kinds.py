"""What may be handed in, told by the content and never by the name, and whole enough to be opened in five years.

Refused in words: other kinds, files that are empty or cut short, locked with a password, holding macros, or far larger
inside than they look.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

import puremagic
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from raprong.access.rules import Refused

PDF = "application/pdf"
PNG, JPEG, WEBP, HEIC = "image/png", "image/jpeg", "image/webp", "image/heic"
OFFICE_FOLDERS = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
SIGNATURES = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
OPENED_AS_PICTURE = (PNG, JPEG, WEBP)
PHOTOGRAPHS = (b"heic", b"heix", b"mif1", b"msf1")  # how telephones mark what they take, at the ninth byte
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office files of before 2007, and locked ones of today
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
LOCKED_PDF = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")

START_BYTES = 16
END_BYTES = 4096  # in which a whole PDF ends
PIECE_BYTES = 1024 * 1024
MOST_PIXELS = 200_000_000  # the largest sensors of telephones
MOST_ENTRIES = 20_000
MOST_BYTES_INSIDE = 1024**3
MOST_TIMES_LARGER = 200  # text packs to about a tenth; a bomb to a thousandth


def media_type_of(content: IO[bytes]) -> str | None:
    """The kind of a file that people may hand in: PDF, picture, Word, Excel, PowerPoint. None for any other."""
    content.seek(0)
    start = content.read(START_BYTES)
    content.seek(0)
    for signature, media_type in SIGNATURES.items():
        if start.startswith(signature):
            return media_type
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    if start[4:8] == b"ftyp" and start[8:12] in PHOTOGRAPHS:
        return HEIC
    return _office_type(content) if start.startswith(b"PK\x03\x04") else None


def checked_media_type(content: IO[bytes], name: str) -> str:
    """The kind of a file that is fit to be kept. `name` stands in the sentence of what is refused."""
    media_type = media_type_of(content)
    for sentence in _faults_of(content, media_type):
        raise Refused(sentence % {"name": name, "kind": _looks_like(content)})
    assert media_type is not None
    return media_type


def _faults_of(content: IO[bytes], media_type: str | None) -> Iterator[str]:
    """Sentences that refuse a file, the most telling first."""
    if media_type is None:
        yield from _faults_of_unknown(content)
    elif media_type == PDF:
        yield from _faults_of_pdf(content)
    elif media_type in OPENED_AS_PICTURE:
        yield from _faults_of_picture(content)
    elif media_type in OFFICE_FOLDERS.values():
        yield from _faults_of_office(content)


def _faults_of_unknown(content: IO[bytes]) -> Iterator[str]:
    start = _start(content)
    if not start:
        yield _("%(name)s is empty. Choose the file again.")
    elif start.startswith(OLE):
        if _holds(content, LOCKED_OFFICE):
            yield _("%(name)s is locked with a password. Save it without one.")
        yield _("%(name)s is of an old Office program. Save it as .docx, .xlsx, .pptx or PDF.")
    yield _("%(name)s is none of PDF, picture, Word, Excel or PowerPoint. It looks like: %(kind)s.")


def _faults_of_pdf(content: IO[bytes]) -> Iterator[str]:
    if any(LOCKED_PDF.search(piece) for piece in _pieces(content)):
        yield _("%(name)s is locked with a password. Save it without one.")
    content.seek(0, 2)
    content.seek(max(0, content.tell() - END_BYTES))
    if b"%%EOF" not in content.read():
        yield _("%(name)s is not whole: it was cut short. Save it again and choose it once more.")


def _faults_of_picture(content: IO[bytes]) -> Iterator[str]:
    content.seek(0)
    try:
        with Image.open(content) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                yield _("%(name)s has too many pixels to be shown safely. Save it smaller.")
            picture.verify()
    except Image.DecompressionBombError:
        yield _("%(name)s has too many pixels to be shown safely. Save it smaller.")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        yield _("%(name)s cannot be opened as a picture. Save it again and choose it once more.")


def _faults_of_office(content: IO[bytes]) -> Iterator[str]:
    content.seek(0)
    with zipfile.ZipFile(content) as archive:
        entries = archive.infolist()
    inside, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or inside > min(MOST_BYTES_INSIDE, MOST_TIMES_LARGER * max(packed, PIECE_BYTES)):
        yield _("%(name)s is far larger inside than it looks, and is not opened. Save it again or as PDF.")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        yield _("%(name)s holds macros. Save it without them, or as PDF.")


def _office_type(content: IO[bytes]) -> str | None:
    try:
        names = zipfile.ZipFile(content).namelist()
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError):
        return None
    finally:
        content.seek(0)
    for folder, media_type in OFFICE_FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return media_type
    return None


def _looks_like(content: IO[bytes]) -> str:
    """What a file may be, for the sentence that refuses it."""
    with suppress(puremagic.PureError, ValueError):
        if found := puremagic.magic_string(_start(content, PIECE_BYTES)):
            return str(found[0].name or found[0].extension)
    return _("an unknown kind")


def _start(content: IO[bytes], count: int = START_BYTES) -> bytes:
    content.seek(0)
    return content.read(count)


def _holds(content: IO[bytes], words: bytes) -> bool:
    return any(words in piece for piece in _pieces(content))


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    """The content piece by piece, each with the end of the one before: what is looked for may lie across."""
    content.seek(0)
    before = b""
    while piece := content.read(PIECE_BYTES):
        yield before + piece
        before = piece[-100:]
