"""Besides e-mail an office reaches its people over whatever it uses: by a web address, or by a package of its own."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.posting import SIGNATURE, signature_of
from raprong.lib.thai.dates import BANGKOK
from raprong.notifications import channels
from raprong.notifications.actions import tell
from raprong.notifications.channels import all_channels, register, register_plug_ins
from raprong.notifications.dispatch import send_due
from raprong.notifications.enums import DeliveryState, Rhythm
from raprong.notifications.models import Delivery
from raprong.notifications.preferences import remember_language, wish_for
from raprong.notifications.webhook import Webhook
from raprong.organisation.models import Person

MONDAY = datetime(2026, 10, 5, 10, 0, tzinfo=BANGKOK)
PAGER = """
class Pager:
    code, title = "pager", "Pager"
    def in_use(self): return True
    def refusal(self, person): return ""
    def send(self, person, notices, *, message): raise NotImplementedError

class Broken:
    def __init__(self): raise RuntimeError("no pager here")
"""
OFFERED = "[raprong.channels]\nbroken = our_pager:Broken\npager = our_pager:Pager\n"


class Gateway:
    """The office's own program: it keeps what it was posted, and answers as it is told to."""

    def __init__(self) -> None:
        self.address, self.status, self.more = "", 200, {"Content-Length": "0"}
        self.posted: list[tuple[str, bytes]] = []

    def taken(self) -> Any:
        ((signature, body),) = self.posted
        assert signature == signature_of(body, "our key")
        return json.loads(body)


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "_channels", dict(channels._channels))


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    found = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.posted.append((self.headers.get(SIGNATURE, ""), body))
            self.send_response(found.status)
            for name, value in found.more.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *said: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found.address = f"http://127.0.0.1:{server.server_address[1]}/notices"
        settings.NOTICE_WEBHOOK, settings.NOTICE_WEBHOOK_KEY = found.address, "our key"
        settings.SITE_ADDRESS = "https://raprong.example"
        register(Webhook())
        yield found
        server.shutdown()


@pytest.fixture
def told(cast: SampleAgency, django_capture_on_commit_callbacks: Any) -> Callable[..., Person]:
    def somebody() -> Person:
        staff = cast.people["staff"]
        wish_for(next(one for one in all_channels() if one.code == "webhook"), Rhythm.AT_ONCE, by=staff)
        with django_capture_on_commit_callbacks(execute=True):
            tell([staff], "step.opened", about=cast.office, at=MONDAY, number="1", step="ร่างกรอบ")
        return staff

    return somebody


def test_a_notice_is_posted_signed_and_in_the_readers_language(gateway: Gateway, told: Callable[..., Person]) -> None:
    staff = told()

    send_due(at=MONDAY)

    taken = gateway.taken()
    assert taken["to"] == {"user": "staff", "email": staff.user.email if staff.user else "", "name": staff.name}
    assert (taken["language"], taken["address"]) == ("th", "https://raprong.example")
    assert "๑" in taken["notices"][0]["text"]
    assert datetime.fromisoformat(taken["notices"][0]["at"]) == MONDAY
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_another_language_is_written_in_it(gateway: Gateway, told: Callable[..., Person], cast: SampleAgency) -> None:
    remember_language(cast.people["staff"], "en")
    told()

    send_due(at=MONDAY)

    assert "๑" not in gateway.taken()["subject"]


@pytest.mark.parametrize(("status", "more"), [(503, {}), (302, {"Location": "http://127.0.0.1:9/elsewhere"})])
def test_what_is_not_taken_is_tried_again_and_handed_to_nobody_else(
    gateway: Gateway, told: Callable[..., Person], status: int, more: dict[str, str]
) -> None:
    gateway.status, gateway.more = status, {"Content-Length": "0"} | more
    told()

    again = send_due(at=MONDAY)

    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.attempts) == (DeliveryState.WAITING, 1)
    assert str(status) in waiting.fault
    assert waiting.due_at in again
    assert len(gateway.posted) == 1


def test_an_address_that_is_none_of_the_web_is_told(
    gateway: Gateway, told: Callable[..., Person], settings: Any
) -> None:
    settings.NOTICE_WEBHOOK = "file:///etc/hostname"
    told()

    send_due(at=MONDAY)

    assert "http" in Delivery.objects.get().fault


def test_a_package_brings_its_channel_and_a_broken_one_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    about = tmp_path / "our_pager-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: our-pager\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(OFFERED)
    (tmp_path / "our_pager.py").write_text(PAGER)
    monkeypatch.syspath_prepend(tmp_path)

    register_plug_ins()

    assert "pager" in [channel.code for channel in all_channels()]
    assert "no pager here" in caplog.text


def test_a_code_that_could_not_be_kept_is_refused() -> None:
    class Odd(Webhook):
        code = "Our Own Pager"

    with pytest.raises(ValueError, match="Our Own Pager"):
        register(Odd())
