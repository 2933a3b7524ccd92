"""A file's content, to whoever may see what it belongs to."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from raprong.core.read_only import reads_on_get
from raprong.files import previews
from raprong.files.models import StoredFile
from raprong.files.store import open_content
from raprong.lib import pictures
from raprong.web.files.guards import is_visible
from raprong.web.shell.current import today

PDF = "application/pdf"
MOST_PAGES = 500
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@reads_on_get
def file(request: HttpRequest, file: str) -> FileResponse:
    """A PDF is shown where it can do nothing; everything else is handed over to be kept, never shown as a page."""
    found = _visible(request, file)
    shown = found.media_type == PDF
    response = FileResponse(
        open_content(found.sha256), as_attachment=not shown, filename=found.name, content_type=found.media_type
    )
    response.headers["ETag"] = f'"{found.sha256}"'
    return _guarded(response)


@require_safe
@reads_on_get
def picture(request: HttpRequest, file: str, size: str, page: int) -> FileResponse:
    """A picture of one page of a file, drawn anew by us: nothing of the file's own bytes reaches the browser."""
    found = _visible(request, file)
    if size not in previews.WIDTHS or not 1 <= page <= MOST_PAGES:
        raise Http404
    place = previews.picture_of(found, page=page, size=size)
    if place is None:
        raise Http404
    return _guarded(FileResponse(place.open("rb"), content_type=pictures.MEDIA_TYPE))


def _visible(request: HttpRequest, file: str) -> StoredFile:
    found = get_object_or_404(StoredFile, public_id=file)
    if not is_visible(found, request.person, on=today()):
        raise Http404
    return found


def _guarded(response: FileResponse) -> FileResponse:
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
