"""The page on which anybody checks a paper: what it says, and what it does not tell."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.documents import render, sample
from raprong.files.store import open_content
from raprong.lib.signing import installation_signer

PAGE = reverse("verification:check")
MOMENT = datetime(2026, 12, 15, 3, 30, tzinfo=UTC)


@pytest.fixture
def visitor(agencies: dict[str, SampleAgency]) -> Client:
    """Somebody who has no account, and reads English."""
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def sealed(db: None) -> bytes:
    """A paper that this installation sealed and never deposited."""
    signer = installation_signer(django_settings.KEYS_DIR, django_settings.KEYS_PASSPHRASE)
    return signer.seal(render(sample("agreement")), at=MOMENT)


def uploaded(visitor: Client, content: bytes, name: str = "paper.pdf") -> Any:
    return visitor.post(PAGE, {"paper": SimpleUploadedFile(name, content)})


def test_anybody_finds_the_page_without_signing_in(visitor: Client, db: None) -> None:
    assert visitor.get(PAGE).status_code == 200


def test_an_intact_paper_is_named_with_its_sealer(visitor: Client, sealed: bytes) -> None:
    page = uploaded(visitor, sealed).text

    assert "This file is unchanged since it was sealed" in page
    assert "does not lie in our cabinet" in page


def test_a_paper_of_the_cabinet_is_told_by_kind_unit_and_year(visitor: Client, in_force: Agreement) -> None:
    assert in_force.sealed is not None
    with open_content(in_force.sealed.sha256) as file:
        page = uploaded(visitor, file.read()).text

    assert "Performance agreement" in page
    assert in_force.run.unit.name in page
    assert not any(party.name in page for party in in_force.parties.all())


def test_one_changed_byte_is_told(visitor: Client, sealed: bytes) -> None:
    changed = bytearray(sealed)
    changed[2000] ^= 1

    page = uploaded(visitor, bytes(changed)).text

    assert "This file was changed after it was sealed." in page


def test_what_is_no_paper_gets_a_sentence(visitor: Client, db: None) -> None:
    assert "This file cannot be read as a PDF." in uploaded(visitor, b"MZ not a paper").text


def test_an_empty_file_is_told_at_its_field(visitor: Client, db: None) -> None:
    answer = uploaded(visitor, b"")

    assert answer.status_code == 422
    assert "The file is empty." in answer.text


def test_a_file_too_large_is_refused_in_words(visitor: Client, db: None, settings: Settings) -> None:
    settings.LARGEST_UPLOAD_BYTES = 1024 * 1024

    answer = uploaded(visitor, b"%PDF" + b"0" * 1024 * 1024)

    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.text


def test_no_file_at_all_is_told_at_its_field(visitor: Client, db: None) -> None:
    assert "Choose the file to check." in visitor.post(PAGE).text
