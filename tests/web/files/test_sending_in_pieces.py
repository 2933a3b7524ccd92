"""The protocol of files that come in pieces, from the side of the sender and of who has no business with them."""

import errno
from base64 import b64encode
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.files import incoming
from raprong.files.models import IncomingFile
from raprong.organisation.models import Person

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"
BEGIN = "/files/incoming/"
TUS = {"Tus-Resumable": "1.0.0"}


def seat(person: Person, **kwargs: Any) -> Client:
    client = Client(**kwargs)
    client.force_login(person.user)
    return client


@pytest.fixture
def staff(cast: SampleAgency) -> Client:
    return seat(cast.people["staff"])


def begin(client: Client, size: int = len(PDF), name: str = "ภาพ.pdf") -> Any:
    metadata = f"filename {b64encode(name.encode()).decode()},filetype {b64encode(b'application/pdf').decode()}"
    return client.post(BEGIN, headers=TUS | {"Upload-Length": str(size), "Upload-Metadata": metadata})


def send(client: Client, address: str, piece: bytes, start: int) -> HttpResponse:
    kind = "application/offset+octet-stream"
    return client.patch(address, piece, content_type=kind, headers=TUS | {"Upload-Offset": str(start)})


def test_a_file_is_announced_sent_in_pieces_and_asked_about(staff: Client) -> None:
    begun = begin(staff)
    address = begun.headers["Location"]

    first = send(staff, address, PDF[:10], 0)
    asked = staff.head(address, headers=TUS)
    last = send(staff, address, PDF[10:], 10)

    assert (begun.status_code, begun.headers["Upload-Offset"]) == (HTTPStatus.CREATED, "0")
    assert (first.status_code, first.headers["Upload-Offset"]) == (HTTPStatus.NO_CONTENT, "10")
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("10", str(len(PDF)))
    assert asked.headers["Cache-Control"] == "no-store"
    assert last.headers["Upload-Offset"] == str(len(PDF))
    assert last.headers["Upload-Expires"].endswith("GMT")
    assert IncomingFile.objects.get().name == "ภาพ.pdf"


def test_what_is_spoken_here_can_be_asked(staff: Client, settings: Any) -> None:
    answer = staff.options(BEGIN)

    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination,expiration"
    assert answer.headers["Tus-Max-Size"] == str(settings.LARGEST_UPLOAD_BYTES)


def test_another_version_is_not_spoken(staff: Client) -> None:
    answer = staff.post(BEGIN, headers={"Tus-Resumable": "0.2.0", "Upload-Length": "5"})

    assert answer.status_code == HTTPStatus.PRECONDITION_FAILED


def test_a_sender_gives_a_file_up(staff: Client) -> None:
    address = begin(staff).headers["Location"]

    assert staff.delete(address, headers=TUS).status_code == HTTPStatus.NO_CONTENT
    assert staff.head(address, headers=TUS).status_code == HTTPStatus.NOT_FOUND


def test_the_wrong_place_says_where_to_go_on(staff: Client) -> None:
    address = begin(staff).headers["Location"]
    send(staff, address, PDF[:10], 0)

    answer = send(staff, address, PDF[:10], 0)

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (HTTPStatus.CONFLICT, "10")


@pytest.mark.parametrize("name", ["head1", "planner", "admin"])
def test_an_address_serves_nobody_but_its_sender(staff: Client, cast: SampleAgency, name: str) -> None:
    address, other = begin(staff).headers["Location"], seat(cast.people[name])

    assert other.head(address, headers=TUS).status_code == HTTPStatus.NOT_FOUND
    assert send(other, address, PDF, 0).status_code == HTTPStatus.NOT_FOUND
    assert other.delete(address, headers=TUS).status_code == HTTPStatus.NOT_FOUND
    assert staff.head(address, headers=TUS).headers["Upload-Offset"] == "0"


def test_nobody_sends_without_signing_in(cast: SampleAgency) -> None:
    answer = begin(Client())

    assert answer.status_code == HTTPStatus.FOUND
    assert reverse("account_login") in answer.headers["Location"]


def test_another_site_cannot_send_for_somebody(cast: SampleAgency) -> None:
    answer = begin(seat(cast.people["staff"], enforce_csrf_checks=True))

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert not IncomingFile.objects.exists()


def test_too_large_is_one_sentence_of_plain_text(staff: Client, settings: Any) -> None:
    settings.LARGEST_UPLOAD_BYTES = 1024 * 1024

    answer = begin(staff, 1024 * 1024 + 1, "<b>ใหญ่</b>.pdf")

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "MB" in answer.text


def test_a_full_disk_is_told_and_sending_goes_on_where_it_stopped(
    staff: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    address = begin(staff).headers["Location"]
    monkeypatch.setattr(incoming, "_written", lambda file, piece: full_after(file, piece[:20]))

    told = send(staff, address, PDF, 0)
    asked = staff.head(address, headers=TUS)
    monkeypatch.undo()
    rest = send(staff, address, PDF[20:], 20)

    assert told.status_code == HTTPStatus.INSUFFICIENT_STORAGE
    assert told.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "ภาพ.pdf" in told.text
    assert asked.headers["Upload-Offset"] == "20"
    assert rest.status_code == HTTPStatus.NO_CONTENT


def full_after(file: IO[bytes], piece: bytes) -> Iterator[int]:
    yield file.write(piece)
    raise OSError(errno.ENOSPC, "No space left on device")


def test_nothing_is_announced_on_a_full_disk(
    staff: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_asked: Any, **_more: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "touch", full)

    told = begin(staff)

    assert told.status_code == HTTPStatus.INSUFFICIENT_STORAGE
    assert "ภาพ.pdf" in told.text
    assert not IncomingFile.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Length": "ten"},
        {"Upload-Length": "-1"},
        {"Upload-Length": "9" * 40},
        {"Upload-Length": "5", "Upload-Metadata": "filename ***"},
    ],
)
def test_nonsense_begins_nothing(staff: Client, headers: dict[str, str]) -> None:
    assert staff.post(BEGIN, headers=TUS | headers).status_code == HTTPStatus.BAD_REQUEST
    assert not IncomingFile.objects.exists()


def test_a_piece_says_that_it_is_one(staff: Client) -> None:
    address = begin(staff).headers["Location"]

    answer = staff.patch(address, PDF, content_type="application/pdf", headers=TUS | {"Upload-Offset": "0"})

    assert answer.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
