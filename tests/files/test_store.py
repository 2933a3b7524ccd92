import errno
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.files import actions as files
from raprong.files import store
from raprong.files.models import StoredFile
from raprong.files.names import clean_name

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def picture(kind: str = "PNG", size: tuple[int, int] = (4, 4)) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", size, "white").save(drawn, kind)
    return drawn.getvalue()


PNG = picture()


def kept() -> list[Path]:
    return [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"


def test_content_lies_under_its_hash_once(cast: SampleAgency) -> None:
    first = files.keep(b"%PDF-1", "a.pdf", media_type="application/pdf", unit=cast.office, by=None, at=AT)
    second = files.keep(b"%PDF-1", "b.pdf", media_type="application/pdf", unit=cast.office, by=None, at=AT)

    assert first.sha256 == second.sha256 == hashlib.sha256(b"%PDF-1").hexdigest()
    assert len(kept()) == 1
    with store.open_content(first.sha256) as content:
        assert content.read() == b"%PDF-1"


def test_a_stream_that_breaks_off_leaves_nothing_behind() -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(broken())

    assert kept() == []


def test_the_kind_is_told_by_the_content_and_not_by_the_name(cast: SampleAgency) -> None:
    file = files.take_in(BytesIO(PNG), "report.pdf", unit=cast.office, by=cast.people["staff"], at=AT)

    assert file.media_type == "image/png"


@pytest.mark.parametrize("content", [b"MZ\x90\x00 program", b"<svg onload='x'/>", b"", b"PK\x03\x04 no archive"])
def test_other_kinds_are_refused_and_nothing_is_kept(cast: SampleAgency, content: bytes) -> None:
    with pytest.raises(Refused):
        files.take_in(BytesIO(content), "report.pdf", unit=cast.office, by=cast.people["staff"], at=AT)

    assert kept() == []
    assert not StoredFile.objects.exists()


def test_a_file_too_large_is_refused_in_words(cast: SampleAgency, settings: Any) -> None:
    settings.LARGEST_UPLOAD_BYTES = 1024 * 1024

    with pytest.raises(Refused, match="1"):
        files.take_in(BytesIO(PNG + b"0" * 1024 * 1024), "a.png", unit=cast.office, by=cast.people["staff"], at=AT)

    assert kept() == []


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        (".htaccess", "htaccess"),
        ("C:\\temp\\ผล.pdf", "ผล.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("/", "file"),
        ("ผล\u202efdp.exe", "ผลfdp.exe"),  # U+202E would turn the reading round
        ("\u0e48\u0e49ผล.pdf", "ผล.pdf"),  # tone marks that stand above nothing
        ("ท\u0e35\u0e48ประชุม.pdf", "ท\u0e35\u0e48ประชุม.pdf"),
    ],
)
def test_a_name_has_no_folders_and_no_control_characters(given: str, kept_as: str) -> None:
    assert clean_name(given) == kept_as


def test_a_long_name_keeps_its_ending_and_no_letter_loses_its_marks() -> None:
    name = clean_name("ก" * 194 + "ก\u0e35\u0e48" * 20 + ".pdf")

    assert len(name) <= 200
    assert name.endswith(("ก.pdf", "\u0e48.pdf"))


def test_a_file_that_lost_its_end_on_the_way_is_refused(cast: SampleAgency) -> None:
    upload = BytesIO(PNG[:20])
    upload.size = len(PNG)  # type: ignore[attr-defined]  # as an upload tells what was sent

    with pytest.raises(Refused, match=r"a\.png"):
        files.take_in(upload, "a.png", unit=cast.office, by=cast.people["staff"], at=AT)

    assert kept() == []


def test_a_full_disk_is_told_in_words_and_leaves_nothing(
    cast: SampleAgency, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_room(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", no_room)

    with pytest.raises(Refused, match=r"a\.png"):
        files.take_in(BytesIO(PNG), "a.png", unit=cast.office, by=cast.people["staff"], at=AT)

    assert (kept(), StoredFile.objects.count()) == ([], 0)
    assert "No space left" in caplog.text
