"""A link is kept as it stood, leads nowhere that is not open to everybody, and is looked at again."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.utils.translation import override

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.files import links
from raprong.files.enums import Standing
from raprong.files.models import FrozenLink, StoredFile
from raprong.files.store import open_content
from raprong.lib import fetching

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"
PAGE = "<title>ประกาศผล</title><script>alert('x')</script><h1>ประกาศ</h1><p>ผู้ผ่านการอบรม 45 คน</p>"

Answers = dict[str, tuple[int, dict[str, str], bytes]]


@pytest.fixture
def site(settings: Any) -> Iterator[Callable[..., str]]:
    """A site on this machine, which its administrator lets us see: `site("/path", ...)` sets an answer."""
    settings.LINK_NETWORKS = ["127.0.0.0/8"]
    answers: Answers = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, content = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *said: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def stand(
            path: str, content: bytes = PDF, kind: str = "application/pdf", status: int = 200, **more: str
        ) -> str:
            headers = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in more.items()}
            answers[path] = (status, headers, content)
            return f"http://127.0.0.1:{server.server_address[1]}{path}"

        yield stand
        server.shutdown()


def refusal_of(address: str) -> str:
    with override("en"), pytest.raises(Refused) as refused:
        links.copy_of(address, at=AT)
    return str(refused.value)


@pytest.fixture
def keep(cast: SampleAgency) -> Callable[[str], FrozenLink]:
    def kept(address: str) -> FrozenLink:
        copy = links.copy_of(address, at=AT)
        return links.keep(copy, unit=cast.office, by=cast.people["staff"], at=AT)

    return kept


def words_of(file: StoredFile) -> str:
    with open_content(file.sha256) as content:
        document = pypdfium2.PdfDocument(BytesIO(content.read()))
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return words


def test_a_file_is_kept_as_it_stands(site: Callable[..., str], keep: Callable[[str], FrozenLink]) -> None:
    address = site("/report.pdf", PDF)

    link = keep(address)

    assert (link.address, link.file.name, link.standing) == (address, "report.pdf", Standing.SAME)
    with open_content(link.file.sha256) as content:
        assert content.read() == PDF
    assert [check.found for check in link.checks.all()] == [Standing.SAME]


def test_a_page_is_kept_as_a_pdf_of_its_words(site: Callable[..., str], keep: Callable[[str], FrozenLink]) -> None:
    link = keep(site("/news", PAGE.encode(), "text/html; charset=utf-8"))

    assert (link.title, link.file.name, link.file.media_type) == ("ประกาศผล", "ประกาศผล.pdf", "application/pdf")
    words = words_of(link.file)
    assert "45" in words
    assert "alert" not in words
    assert link.address in words.replace("\r\n", "")


def test_a_page_of_thai_of_old_is_read(site: Callable[..., str], keep: Callable[[str], FrozenLink]) -> None:
    link = keep(site("/old", "<title>ข่าวเก่า</title><p>ก".encode("cp874"), "text/html; charset=tis-620"))

    assert link.title == "ข่าวเก่า"


def test_redirections_are_followed_and_end(site: Callable[..., str], keep: Callable[[str], FrozenLink]) -> None:
    site("/there.pdf", PDF)
    first = site("/first", b"", status=302, Location="/there.pdf")
    loop = site("/loop", b"", status=302, Location="/loop")

    assert keep(first).file.name == "there.pdf"
    assert "without end" in refusal_of(loop)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://name:secret@127.0.0.1/a",
        "127.0.0.1",
        "http://[::1",
        "http:///a",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    assert "whole address" in refusal_of(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
        "http://[fd00::1]/",
        "http://8.8.8.8:25/",
        "http://localhost/",
    ],
)
def test_closed_networks_are_not_entered(address: str) -> None:
    assert "closed network" in refusal_of(address)


def test_a_redirection_does_not_lead_into_a_closed_network(site: Callable[..., str]) -> None:
    assert "closed network" in refusal_of(site("/out", b"", status=302, Location="http://10.0.0.1/admin"))


@pytest.mark.parametrize("answered", [["10.0.0.1"], ["93.184.216.34", "10.0.0.1"]])
def test_a_name_that_stands_for_a_closed_network_is_refused(
    monkeypatch: pytest.MonkeyPatch, answered: list[str]
) -> None:
    """One address inside is enough: the next answer of the name server could choose it."""
    infos = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in answered]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *asked, **kinds: infos)

    assert "closed network" in refusal_of("http://intranet.example/")


def test_the_connection_goes_to_the_address_that_was_looked_at(
    site: Callable[..., str], monkeypatch: pytest.MonkeyPatch, keep: Callable[[str], FrozenLink]
) -> None:
    """A name is asked about once; there is no second answer to be misled by."""
    port = site("/report.pdf").rsplit(":", 1)[1].partition("/")[0]
    asked = []

    def answer(host: str, *_port: Any, **_kinds: Any) -> Any:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(port)))]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", answer)

    assert keep(f"http://rebinding.example:{port}/report.pdf").file.name == "report.pdf"
    assert asked == ["rebinding.example"]


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "asks for a sign-in"), (403, "asks for a sign-in"), (404, "Nothing stands"), (500, "error")],
)
def test_what_cannot_be_had_is_refused_in_words(site: Callable[..., str], status: int, words: str) -> None:
    assert words in refusal_of(site("/x", b"", status=status))


def test_a_site_that_leads_to_its_sign_in_page_is_closed(site: Callable[..., str]) -> None:
    site("/login", b"<form><input type='password'></form>", "text/html")

    assert "asks for a sign-in" in refusal_of(site("/private", b"", status=302, Location="/login"))


def test_too_large_and_programs_are_refused(site: Callable[..., str], settings: Any) -> None:
    settings.LARGEST_UPLOAD_BYTES = 1024 * 1024

    assert "1 MB" in refusal_of(site("/large.pdf", PDF + b"0" * 1024 * 1024))
    assert "tool.exe is none of" in refusal_of(site("/tool.exe", b"MZ\x90\x00" * 40, "application/octet-stream"))


def test_an_answer_that_drips_is_cut(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LINK_NETWORKS = ["127.0.0.0/8"]
    monkeypatch.setattr(links, "MOST_SECONDS", 0.5)
    ended = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _where = listener.accept()
        with connection:
            while not ended.wait(0.05):
                try:
                    connection.sendall(b"X")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=drip, args=(listener,), daemon=True).start()

        said = refusal_of(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        ended.set()

    assert "too slowly" in said


@pytest.mark.parametrize(
    ("then", "found"),
    [
        ({}, Standing.SAME),
        ({"content": PDF + b" "}, Standing.CHANGED),
        ({"content": b"<p>", "kind": "text/html"}, Standing.CHANGED),
        ({"status": 410}, Standing.GONE),
        ({"status": 403}, Standing.CLOSED),
        ({"status": 503}, Standing.SILENT),
    ],
)
def test_a_second_look_says_what_became_of_it(
    site: Callable[..., str], keep: Callable[[str], FrozenLink], then: dict[str, Any], found: Standing
) -> None:
    link = keep(site("/report.pdf"))
    site("/report.pdf", **then)

    check = links.check(link, at=AT + timedelta(days=8))

    link.refresh_from_db()
    assert (check.found, link.standing) == (found, found)
    assert check.is_news is (found is not Standing.SAME)
    assert link.checks.count() == 2


def test_a_page_whose_code_alone_changes_is_the_same(
    site: Callable[..., str], keep: Callable[[str], FrozenLink]
) -> None:
    link = keep(site("/news", PAGE.encode(), "text/html"))
    site("/news", PAGE.replace("alert('x')", "token=8271").encode(), "text/html")
    same = links.check(link, at=AT + timedelta(days=8))
    site("/news", PAGE.replace("45", "46").encode(), "text/html")

    changed = links.check(link, at=AT + timedelta(days=9))

    assert (same.found, changed.found) == (Standing.SAME, Standing.CHANGED)


def test_links_are_due_every_week_and_what_was_silent_the_next_day(
    site: Callable[..., str], keep: Callable[[str], FrozenLink]
) -> None:
    link, silent, let_go = (keep(site(f"/{number}.pdf")) for number in range(3))
    links.write_down(silent, links.Look(Standing.SILENT), at=AT)
    links.stop_watching(let_go)

    assert list(links.due(AT + timedelta(hours=23))) == []
    assert list(links.due(AT + timedelta(days=2))) == [silent]
    assert list(links.due(AT + timedelta(days=7))) == [link, silent]


def test_people_do_not_make_us_ask_a_server_time_and_again(
    site: Callable[..., str], keep: Callable[[str], FrozenLink]
) -> None:
    link = keep(site("/report.pdf"))

    with pytest.raises(Refused):
        links.check_can_look(link, at=AT + timedelta(seconds=30))
    links.check_can_look(link, at=AT + timedelta(seconds=61))
