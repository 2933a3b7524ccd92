"""An upload that is too large fills no disk, and its size is still told; one that no disk has room for is refused."""

import errno
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files import uploadhandler
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.test import RequestFactory

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.files import actions as files
from raprong.files import uploads
from raprong.files.uploads import BoundedUploadHandler

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def upload_of(content: bytes, note: str = "") -> Any:
    sent = BytesIO(content)
    sent.name = "large.pdf"  # type: ignore[attr-defined]
    request: HttpRequest = RequestFactory().post("/", {"note": note, "file": sent})
    handlers: list[FileUploadHandler] = [BoundedUploadHandler(request)]
    request.upload_handlers = handlers
    assert request.POST["note"] == note
    return request.FILES["file"]


def test_what_comes_after_the_limit_is_thrown_away(settings: Any, monkeypatch: Any) -> None:
    settings.LARGEST_UPLOAD_BYTES = 1000
    monkeypatch.setattr(uploads, "LEAST_ROOM_BYTES", 1000)

    with upload_of(b"x" * 300_000) as upload:
        assert len(upload.read()) == 1001

    assert upload.size == 300_000


def test_a_full_disk_refuses_the_file_and_keeps_the_words(
    cast: SampleAgency, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class FullDisk(TemporaryUploadedFile):
        def flush(self) -> None:
            if self.tell() > 100_000:
                raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(uploadhandler, "TemporaryUploadedFile", FullDisk)

    with upload_of(b"x" * 300_000, note="ผลเดือนธันวาคม") as upload, pytest.raises(Refused, match=r"large\.pdf"):
        files.take_in(upload, "large.pdf", unit=cast.office, by=cast.people["staff"], at=AT)

    assert "No space left" in caplog.text
