"""Signing with a token on the server, from the button to the sealed paper."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from pytest_django import Settings

from raprong.agreements import actions
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.lib.signing import verify
from raprong.organisation.models import Person
from raprong.seals.actions import trust
from raprong.signatures import certificates
from raprong.signatures.enums import Way
from raprong.signatures.models import Signature
from tests.factories.agreements import open_for_signing
from tests.factories.certificates import Issued, authority, issue
from tests.factories.papers import content_of
from tests.softhsm import KEY, PIN, TokenMaker, token_drawer
from tests.web.agreements.test_agreement import address
from tests.web.keyboard import SignIn

SIGNERS = ("head1", "head2", "planning-head", "director")

# Without the loop Django keeps another connection; a stage that stood on the first would never let it write.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_event_loop() -> Iterator[None]:
    """A browser that an earlier test opened keeps its loop running in this thread; it waits meanwhile."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture(scope="module")
def root() -> Issued:
    return authority("Authority of tokens")


@pytest.fixture(scope="module")
def drawer() -> TokenMaker:
    return token_drawer()


@pytest.fixture(scope="module")
def tokens(drawer: TokenMaker, root: Issued) -> dict[str, Path]:
    """A token for each signer, under their user name."""
    return {name: drawer.make(f"web-{name}", issue(root, f"Sample {name}")) for name in SIGNERS}


@pytest.fixture
def opened(
    drafted: Agreement,
    planner: Person,
    cast: SampleAgency,
    tokens: dict[str, Path],
    drawer: TokenMaker,
    root: Issued,
    settings: Settings,
    tmp_path: Path,
) -> Iterator[Agreement]:
    """Open for signing with certificates; every signer's token is on the server, its authority trusted."""
    named = tmp_path / "tokens.yaml"
    lines = (f"{name}: {{module: {drawer.driver}, label: web-{name}, key: {KEY}}}\n" for name in tokens)
    named.write_text("".join(lines))
    settings.SIGNING_TOKENS = str(named)
    trust(root.pem, by=cast.people["admin"], at=clock.now())
    chosen = actions.choose_way(drafted, Way.CERTIFICATE, seen=None, by=planner, at=clock.now())
    yield open_for_signing(chosen, planner, at=clock.now())
    certificates._tokens.cache_clear()


def data_of(agreement: Agreement, **changes: str) -> dict[str, str]:
    assert agreement.shown
    return {"seen_sha256": agreement.shown.sha256, "intent": "on", "on_token": "on", "password": PIN} | changes


def test_everybody_signs_with_a_token_until_the_paper_is_sealed(
    opened: Agreement, sign_in: SignIn, root: Issued
) -> None:
    for name in SIGNERS:
        opened.refresh_from_db()
        answer = sign_in(name).post(address("sign", opened), data_of(opened))
        assert answer.status_code == 302

    opened.refresh_from_db()
    assert opened.state == State.IN_FORCE
    assert opened.sealed
    found = verify(content_of(opened.sealed), trust_roots=[root.pem])
    assert [each.name for each in found.signatures[:4]] == [f"Sample {name}" for name in SIGNERS]
    assert all(each.holds for each in found.signatures[:4])
    assert found.intact


def test_a_wrong_pin_stands_at_its_field_and_changes_nothing(opened: Agreement, sign_in: SignIn) -> None:
    answer = sign_in("head1").post(address("sign", opened), data_of(opened, password="0000"))

    assert answer.status_code == 422
    assert '<a href="#id_password">' in answer.text
    assert not Signature.objects.exists()


def test_a_token_that_was_pulled_out_is_told(
    opened: Agreement, sign_in: SignIn, drawer: TokenMaker, root: Issued, tmp_path: Path, settings: Settings
) -> None:
    folder = drawer.make("web-pulled", issue(root, "Sample pulled"))
    named = tmp_path / "another.yaml"
    named.write_text(f"head1: {{module: {drawer.driver}, label: web-pulled, key: {KEY}}}\n")
    settings.SIGNING_TOKENS = str(named)
    rmtree(folder)

    answer = sign_in("head1").post(address("sign", opened), data_of(opened))

    assert answer.status_code == 422
    assert "อุปกรณ์เก็บกุญแจ" in answer.text
    assert not Signature.objects.exists()
