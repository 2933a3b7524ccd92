"""A virus is refused, and nothing is taken in while the scanner is silent. The scanner speaks clamd's protocol."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from raprong.access.rules import Refused
from raprong.files.scanner import check_clean

VIRUS = b"a harmless word that this scanner takes for a virus"


class Daemon(socketserver.BaseRequestHandler):
    """Answers `INSTREAM` as clamd does: the pieces by their lengths, then one line."""

    def handle(self) -> None:
        assert self._take(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self._take(4))[0]:
            content += self._take(length)
        if content == b"too large for it":
            answer = b"INSTREAM size limit exceeded. ERROR"
        else:
            answer = b"stream: Test-Signature FOUND" if VIRUS in content else b"stream: OK"
        self.request.sendall(answer + b"\0")

    def _take(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            taken += self.request.recv(count - len(taken))
        return taken


@pytest.fixture
def scanner(settings: Any) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Daemon) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.VIRUS_SCANNER = f"127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


def test_a_clean_file_passes(scanner: None) -> None:
    check_clean(BytesIO(b"figures" * 100_000), "ผล.pdf")


def test_a_virus_is_refused_by_name(scanner: None) -> None:
    with pytest.raises(Refused, match=r"ผล\.pdf"):
        check_clean(BytesIO(b"x" * 300_000 + VIRUS), "ผล.pdf")


def test_what_the_scanner_cannot_look_at_is_not_taken_in(scanner: None, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Refused):
        check_clean(BytesIO(b"too large for it"), "ผล.pdf")

    assert "size limit" in caplog.text


def test_nothing_is_taken_in_while_the_scanner_is_silent(settings: Any, tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.VIRUS_SCANNER = f"127.0.0.1:{nobody.getsockname()[1]}"

        with pytest.raises(Refused, match=r"ผล\.pdf"):
            check_clean(BytesIO(b"figures"), "ผล.pdf")

    settings.VIRUS_SCANNER = str(tmp_path / "no-socket")
    with pytest.raises(Refused):
        check_clean(BytesIO(b"figures"), "ผล.pdf")


def test_without_a_scanner_nobody_is_asked(settings: Any) -> None:
    settings.VIRUS_SCANNER = ""

    check_clean(BytesIO(VIRUS), "ผล.pdf")
