"""A paper to sign, and the authority whose certificates its signers hold."""

import asyncio
from collections.abc import Iterator

import pytest

from raprong.documents import render, sample
from tests.factories.certificates import Issued, authority, issue, told_at


@pytest.fixture(scope="package")
def paper() -> bytes:
    return render(sample("agreement"))


@pytest.fixture(scope="package")
def root() -> Issued:
    return authority()


@pytest.fixture(scope="package")
def director(root: Issued) -> Issued:
    return issue(root, "Director of the sample office", extensions=[told_at("http://127.0.0.1/revoked.crl")])


@pytest.fixture(scope="package")
def head(root: Issued) -> Issued:
    return issue(root, "Head of the sample group")


@pytest.fixture(autouse=True)
def no_event_loop() -> Iterator[None]:
    """These tests run loops of their own. A browser that an earlier test opened keeps its loop running in this thread
    until the session ends; it waits meanwhile.
    """
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)
