"""A token signs without giving its key away; each way in which it fails has its own sentence."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from raprong.lib.signing import SigningRefused, Token, Why, token_signer, verify
from tests.factories.certificates import Issued, issue, rsa_key
from tests.softhsm import KEY, PIN, TokenMaker, token_drawer

MOMENT = datetime(2026, 12, 15, 3, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def drawer() -> TokenMaker:
    return token_drawer()


@pytest.fixture(scope="module")
def token(drawer: TokenMaker, director: Issued) -> Token:
    drawer.make("director", director)
    return Token(module=drawer.driver, label="director", key=KEY)


def signed(token: Token, paper: bytes) -> bytes:
    with token_signer(token, PIN, at=MOMENT) as signer:
        return signer.sign(paper, at=MOMENT, shown_sha256=sha256(paper).hexdigest())


def refusal(work: Callable[[], object]) -> Why:
    with pytest.raises(SigningRefused) as refused:
        work()
    return refused.value.why


def test_token_signs_and_its_authority_is_known(token: Token, paper: bytes, root: Issued) -> None:
    found = verify(signed(token, paper), trust_roots=[root.pem])

    assert found.holds
    assert found.signer_name == "Director of the sample office"


def test_token_with_rsa_signs_too(drawer: TokenMaker, root: Issued, paper: bytes) -> None:
    drawer.make("rsa", issue(root, "Person with RSA", key=rsa_key()))

    found = verify(signed(Token(drawer.driver, "rsa", KEY), paper), trust_roots=[root.pem])

    assert found.holds


def test_wrong_pin_is_refused(token: Token) -> None:
    assert refusal(lambda: token_signer(token, "0000", at=MOMENT).__enter__()) is Why.WRONG_PIN


def test_token_that_is_not_there_is_refused(token: Token) -> None:
    elsewhere = Token(token.module, "nobody's", KEY)

    assert refusal(lambda: token_signer(elsewhere, PIN, at=MOMENT).__enter__()) is Why.NO_TOKEN


def test_driver_that_is_not_there_is_refused(tmp_path: Path) -> None:
    elsewhere = Token(str(tmp_path / "driver.so"), "director", KEY)

    assert refusal(lambda: token_signer(elsewhere, PIN, at=MOMENT).__enter__()) is Why.NO_MODULE


def test_token_without_that_key_is_refused(token: Token) -> None:
    other_key = Token(token.module, token.label, "another key")

    assert refusal(lambda: token_signer(other_key, PIN, at=MOMENT).__enter__()) is Why.NO_KEY


def test_token_without_its_certificate_is_refused(drawer: TokenMaker, head: Issued) -> None:
    drawer.make("bare", head, with_certificate=False)
    bare = Token(drawer.driver, "bare", KEY)

    assert refusal(lambda: token_signer(bare, PIN, at=MOMENT).__enter__()) is Why.NO_CERTIFICATE


def test_ended_certificate_in_a_token_is_refused(token: Token) -> None:
    later = datetime(2031, 5, 1, tzinfo=UTC)

    assert refusal(lambda: token_signer(token, PIN, at=later).__enter__()) is Why.EXPIRED


def test_token_pulled_out_in_the_middle_signs_nothing(drawer: TokenMaker, head: Issued, paper: bytes) -> None:
    folder = drawer.make("pulled", head)

    with token_signer(Token(drawer.driver, "pulled", KEY), PIN, at=MOMENT) as signer:
        shutil.rmtree(folder)
        why = refusal(lambda: signer.sign(paper, at=MOMENT, shown_sha256=sha256(paper).hexdigest()))

    assert why is Why.TOKEN_GONE


def test_token_plugged_in_again_signs(drawer: TokenMaker, head: Issued, paper: bytes, root: Issued) -> None:
    folder = drawer.make("back again", head)
    token, away = Token(drawer.driver, "back again", KEY), folder.parent.parent / "away"
    signed(token, paper)
    folder.rename(away)
    why = refusal(lambda: token_signer(token, PIN, at=MOMENT).__enter__())
    away.rename(folder)

    found = verify(signed(token, paper), trust_roots=[root.pem])

    assert why is Why.NO_TOKEN
    assert found.holds
