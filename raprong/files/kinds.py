"""What may be handed in, told by the first bytes of the content and never by the name."""

import zipfile
from typing import IO

OFFICE_FOLDERS = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def media_type_of(content: IO[bytes]) -> str | None:
    """The kind of a file that people may hand in: PDF, PNG, JPEG, Word, Excel, PowerPoint. None for any other."""
    content.seek(0)
    start = content.read(8)
    content.seek(0)
    for signature, media_type in SIGNATURES.items():
        if start.startswith(signature):
            return media_type
    return _office_type(content) if start.startswith(b"PK\x03\x04") else None


def _office_type(content: IO[bytes]) -> str | None:
    try:
        names = zipfile.ZipFile(content).namelist()
    except zipfile.BadZipFile:
        return None
    finally:
        content.seek(0)
    for folder, media_type in OFFICE_FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return media_type
    return None
