"""Pictures of files are a comfort: where they cannot be kept, reading goes on without them."""

import errno
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from raprong.cli.sample.organisation import SampleAgency
from raprong.files import actions as files
from raprong.files import previews
from raprong.files.models import StoredFile

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def photograph(cast: SampleAgency, tmp_path: Path, settings: Any) -> StoredFile:
    settings.FILES_DIR = tmp_path / "files"
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "PNG")
    return files.take_in(drawn, "ภาพ.png", unit=cast.office, by=cast.people["staff"], at=AT)


def test_on_a_full_disk_pages_are_counted_and_a_picture_is_missing(
    photograph: StoredFile, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class FullDisk(BytesIO):
        def write(self, content: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(previews.os, "fdopen", lambda handle, mode: FullDisk())

    pages, picture = previews.pages_of(photograph), previews.picture_of(photograph, page=1, size="small")

    assert (pages, picture) == (1, None)
    assert "No space left" in caplog.text
    monkeypatch.undo()
    assert previews.picture_of(photograph, page=1, size="small")
