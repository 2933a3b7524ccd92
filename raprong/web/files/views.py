"""A file's content, to whoever may see what it belongs to."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from raprong.core.read_only import reads_on_get
from raprong.files.models import StoredFile
from raprong.files.store import open_content
from raprong.web.files.guards import is_visible
from raprong.web.shell.current import today

PDF = "application/pdf"
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@reads_on_get
def file(request: HttpRequest, file: str) -> FileResponse:
    """A PDF is shown where it can do nothing; everything else is handed over to be kept, never shown as a page."""
    found = get_object_or_404(StoredFile, public_id=file)
    if not is_visible(found, request.person, on=today()):
        raise Http404
    shown = found.media_type == PDF
    response = FileResponse(
        open_content(found.sha256), as_attachment=not shown, filename=found.name, content_type=found.media_type
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["ETag"] = f'"{found.sha256}"'
    return response
