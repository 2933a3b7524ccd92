"""A link is given on the page of a KPI, copied there and then, and shown with what was found at it since."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from raprong.evidence.models import Evidence
from raprong.files.enums import Standing
from raprong.kpis.models import KpiYear
from tests.factories.assessments import PDF
from tests.web.keyboard import SignIn


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path, settings: Any) -> Iterator[str]:
    """A site on this machine with one file, which its administrator lets us see."""
    settings.LINK_NETWORKS = ["127.0.0.0/8"]
    (tmp_path / "plan.pdf").write_bytes(PDF)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_link_is_copied_and_its_page_tells_what_was_found(
    site: str, kpis: dict[str, KpiYear], sign_in: SignIn
) -> None:
    staff, said = sign_in("staff"), {"step": "1", "months": "6", "address": f"{site}/plan.pdf"}

    told = staff.post(f"/evidence/kpis/{kpis['1.2'].public_id}/?round=6", said, follow=True).content.decode()
    piece = Evidence.objects.get()
    assert piece.link is not None
    piece.link.standing = Standing.CLOSED
    piece.link.save()
    page = staff.get(f"/evidence/{piece.public_id}/").content.decode()

    assert "1 file is in: Document 1.2-1-1." in told
    assert "From a link, kept" in told
    assert "Access closed" in page
    assert f"{site}/plan.pdf" in page


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Choose a file, or give a link."),
        ("http://10.0.0.1/", "leads into a closed network"),
        ("x", "whole address"),
    ],
)
def test_a_link_that_cannot_be_kept_is_told_at_its_field(
    kpis: dict[str, KpiYear], sign_in: SignIn, address: str, sentence: str
) -> None:
    said = {"step": "1", "months": "6", "address": address}

    answer = sign_in("staff").post(f"/evidence/kpis/{kpis['1.2'].public_id}/", said)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Evidence.objects.exists()
