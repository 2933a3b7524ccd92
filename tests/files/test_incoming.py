"""A file that comes in pieces goes on after a break, is its sender's alone, and leaves nothing behind."""

import errno
import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.files import actions as files
from raprong.files import incoming, store
from raprong.files.models import IncomingFile, StoredFile
from raprong.organisation.models import Person

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 50 + b"startxref\n0\n%%EOF\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def staff(cast: SampleAgency) -> Person:
    return cast.people["staff"]


def lying_there() -> list[Path]:
    return [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


def begun(by: Person, content: bytes = PDF, name: str = "ภาพกิจกรรม.pdf") -> str:
    return incoming.begin(name, len(content), by=by, at=AT).public_id


def send(token: str, content: bytes, start: int, *, by: Person) -> IncomingFile:
    return incoming.append(token, [content], start=start, by=by, at=AT)


def test_pieces_make_a_file_that_is_taken_in_and_gone(
    staff: Person, cast: SampleAgency, django_capture_on_commit_callbacks: Any
) -> None:
    token = begun(staff)
    send(token, PDF[:100], 0, by=staff)
    send(token, PDF[100:], 100, by=staff)

    (whole,) = incoming.finished([token], by=staff, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        kept = files.take_in(whole, whole.name or "", unit=cast.office, by=staff, at=AT)

    assert (kept.name, kept.size) == ("ภาพกิจกรรม.pdf", len(PDF))
    with store.open_content(kept.sha256) as content:
        assert content.read() == PDF
    assert lying_there() == [store.place_of(kept.sha256)]
    assert not IncomingFile.objects.exists()


def test_a_form_that_is_refused_keeps_the_file(staff: Person, cast: SampleAgency) -> None:
    token = begun(staff)
    send(token, PDF, 0, by=staff)

    (whole,) = incoming.finished([token], by=staff, at=AT)
    files.take_in(whole, "a.pdf", unit=cast.office, by=staff, at=AT)  # and what it was for is never committed

    assert incoming.find(token, by=staff, at=AT).is_whole


def test_what_came_before_a_break_counts(staff: Person) -> None:
    def broken() -> Iterator[bytes]:
        yield PDF[:70]
        raise OSError("the connection is gone")

    token = begun(staff)
    with pytest.raises(OSError, match="gone"):
        incoming.append(token, broken(), start=0, by=staff, at=AT)

    assert incoming.find(token, by=staff, at=AT).arrived == 70
    assert send(token, PDF[70:], 70, by=staff).is_whole


def test_what_a_killed_server_had_not_counted_is_written_again(staff: Person) -> None:
    token = begun(staff)
    send(token, PDF[:50], 0, by=staff)
    with (Path(settings.FILES_DIR) / "incoming" / token).open("ab") as file:
        file.write(b"half of a piece that nobody answered")

    send(token, PDF[50:], 50, by=staff)

    (whole,) = incoming.finished([token], by=staff, at=AT)
    with whole:
        assert whole.read() == PDF


def test_a_piece_for_another_place_is_told_where_to_go_on(staff: Person) -> None:
    token = begun(staff)
    send(token, PDF[:50], 0, by=staff)

    with pytest.raises(incoming.Elsewhere) as told:
        send(token, PDF[20:], 20, by=staff)

    assert told.value.arrived == 50


def test_two_writers_do_not_write_at_once(staff: Person) -> None:
    token = begun(staff)
    with (Path(settings.FILES_DIR) / "incoming" / token).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        with pytest.raises(incoming.Busy):
            send(token, PDF, 0, by=staff)


def test_nobody_else_can_ask_write_give_up_or_hand_in(staff: Person, cast: SampleAgency) -> None:
    token, other = begun(staff), cast.people["head1"]

    with pytest.raises(incoming.NotHere):
        incoming.find(token, by=other, at=AT)
    with pytest.raises(incoming.NotHere):
        send(token, PDF, 0, by=other)
    with pytest.raises(incoming.NotHere):
        incoming.give_up(token, by=other, at=AT)
    send(token, PDF, 0, by=staff)
    with pytest.raises(Refused):
        incoming.finished([token], by=other, at=AT)


def test_a_form_cannot_stand_for_half_a_file(staff: Person) -> None:
    token = begun(staff)
    send(token, PDF[:50], 0, by=staff)

    with pytest.raises(Refused, match=r"ภาพกิจกรรม\.pdf"):
        incoming.finished([token], by=staff, at=AT)


@pytest.mark.parametrize("size", [0, 1024 * 1024 + 1])
def test_empty_and_too_large_is_said_before_anything_is_sent(staff: Person, settings: Any, size: int) -> None:
    settings.LARGEST_UPLOAD_BYTES = 1024 * 1024

    with pytest.raises(Refused, match=r"a\.pdf"):
        incoming.begin("a.pdf", size, by=staff, at=AT)

    assert lying_there() == []


def test_more_bytes_than_announced_are_refused(staff: Person) -> None:
    token = begun(staff)

    with pytest.raises(Refused):
        send(token, PDF + b"more", 0, by=staff)


def test_one_person_cannot_fill_the_disk(staff: Person, cast: SampleAgency, settings: Any) -> None:
    settings.MOST_INCOMING_FILES = 2
    begun(staff)
    begun(staff)

    with pytest.raises(Refused):
        begun(staff)

    assert begun(cast.people["head1"])
    settings.MOST_INCOMING_FILES, settings.MOST_INCOMING_BYTES = 20, 3 * len(PDF) - 1
    with pytest.raises(Refused):
        begun(staff)


def test_a_program_is_refused_as_soon_as_it_is_here(staff: Person) -> None:
    program = b"MZ\x90\x00" * 40
    token = begun(staff, program, "report.pdf")

    with pytest.raises(Refused, match=r"report\.pdf"):
        send(token, program, 0, by=staff)

    assert (lying_there(), IncomingFile.objects.count()) == ([], 0)


class SmallDisk(FileIO):
    """A file on a disk with room for 70 bytes: it takes what fits, and then nothing more."""

    def write(self, data: Any) -> int:
        room = 70 - self.tell()
        if room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data[:room])


def test_a_full_disk_is_said_and_what_it_took_counts(
    staff: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = begun(staff)
    send(token, PDF[:50], 0, by=staff)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda path, mode, buffering=-1: SmallDisk(path, mode))
        with pytest.raises(Refused, match=r"ภาพกิจกรรม\.pdf"):
            send(token, PDF[50:], 50, by=staff)

    assert "No space left" in caplog.text
    assert incoming.find(token, by=staff, at=AT).arrived == 70
    assert send(token, PDF[70:], 70, by=staff).is_whole


def test_nobody_comes_back_for_it_and_it_goes(staff: Person) -> None:
    token = begun(staff)
    send(token, PDF[:50], 0, by=staff)

    assert incoming.clear_away(AT + timedelta(hours=23)) == 0
    assert incoming.clear_away(AT + timedelta(hours=25)) == 1
    assert (lying_there(), IncomingFile.objects.count()) == ([], 0)


def test_what_killed_servers_left_half_written_goes_after_a_day(staff: Person) -> None:
    kept = begun(staff)
    root = Path(settings.FILES_DIR)
    old, young, lost = root / ".incoming-old", root / ".incoming-young", root / "incoming" / "nobodysfile"
    for stray in (old, young, lost):
        stray.write_bytes(b"half")
    for stray in (old, lost):
        os.utime(stray, (0, 0))

    assert incoming.clear_away(AT) == 2
    assert sorted(path.name for path in lying_there()) == sorted([".incoming-young", kept])


def test_a_file_whose_start_is_not_on_this_disk_is_begun_again(staff: Person) -> None:
    token = begun(staff)
    send(token, PDF[:50], 0, by=staff)
    (Path(settings.FILES_DIR) / "incoming" / token).write_bytes(b"")

    with pytest.raises(incoming.NotHere):
        incoming.find(token, by=staff, at=AT)
    assert StoredFile.objects.count() == 0
