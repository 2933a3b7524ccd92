"""An upload that is too large fills no disk, and its size is still told."""

from io import BytesIO
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.test import RequestFactory

from raprong.files import uploads
from raprong.files.uploads import BoundedUploadHandler


def test_what_comes_after_the_limit_is_thrown_away(settings: Any, monkeypatch: Any) -> None:
    settings.LARGEST_UPLOAD_BYTES = 1000
    monkeypatch.setattr(uploads, "LEAST_ROOM_BYTES", 1000)
    content = BytesIO(b"x" * 300_000)
    content.name = "large.pdf"  # type: ignore[attr-defined]
    request: HttpRequest = RequestFactory().post("/", {"file": content})
    handlers: list[FileUploadHandler] = [BoundedUploadHandler(request)]
    request.upload_handlers = handlers

    upload: Any = request.FILES["file"]

    assert len(upload.read()) == 1001
    assert upload.size == 300_000
    request.close()
