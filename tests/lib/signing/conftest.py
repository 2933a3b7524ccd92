"""A paper to sign, and the authority whose certificates its signers hold."""

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
