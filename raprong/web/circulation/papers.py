"""A paper as the browser opens it."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from django.http import FileResponse

from raprong.files.models import StoredFile
from raprong.files.store import open_content
from raprong.lib.signing import verify
from raprong.seals.signers import trust_roots
from raprong.web.shell.filters import in_thai

PDF = "application/pdf"


def kept_paper(file: StoredFile) -> FileResponse:
    """A paper that is kept, opened in the browser under its own name."""
    return _opened(open_content(file.sha256), file.name)


def fresh_paper(content: bytes, name: str) -> FileResponse:
    """A paper printed for looking at just now; it is kept nowhere."""
    return _opened(BytesIO(content), name)


def seal_in_words(file: StoredFile) -> tuple[str, str]:
    """What a check of a sealed paper finds, now: the kind of notice, and the sentence."""
    with open_content(file.sha256) as content:
        found = verify(content.read(), trust_roots=trust_roots(file.unit.agency))
    return "success" if found.holds else "error", found.thai if in_thai() else found.english


def _opened(content: IO[bytes], name: str) -> FileResponse:
    response = FileResponse(content, content_type=PDF, filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
