"""`raprong verify`: what the seals themselves catch is in tests/lib/signing; here is what the door adds."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from raprong.documents import render, sample
from raprong.lib.signing import installation_signer, personal_signer
from tests.factories.certificates import authority, issue, revocation_list, told_at

MOMENT = datetime(2026, 12, 15, 3, 30, tzinfo=UTC)


@pytest.fixture
def sealed(tmp_path: Path, settings: Settings) -> Path:
    """A paper that this installation sealed."""
    settings.KEYS_DIR = tmp_path / "keys"
    paper = tmp_path / "agreement.pdf"
    signer = installation_signer(settings.KEYS_DIR, "a long enough passphrase")
    paper.write_bytes(signer.seal(render(sample("agreement")), at=MOMENT))
    return paper


def test_an_intact_paper_answers_nought_and_names_its_sealer(raprong: Any, sealed: Path) -> None:
    answer = raprong("verify", str(sealed))

    assert answer.status == 0
    assert "unchanged since it was sealed" in answer.said
    assert "2026-12-15T03:30:00+00:00" in answer.said


def test_each_signature_is_told_in_its_own_line(raprong: Any, sealed: Path, tmp_path: Path) -> None:
    root = authority()
    person = personal_signer(issue(root, "Director").pkcs12("secret"), "secret", at=MOMENT)
    printed = render(sample("agreement"))
    sealed.write_bytes(person.sign(printed, at=MOMENT, shown_sha256=sha256(printed).hexdigest()))
    (tmp_path / "root.pem").write_bytes(root.pem)

    plain = raprong("verify", str(sealed), "--root", str(tmp_path / "root.pem"))
    data = json.loads(raprong("verify", str(sealed), "--root", str(tmp_path / "root.pem"), "--json").said)

    assert "1. Signature of Director (certificate issued by Test Authority) at 2026-12-15T03:30:00" in plain.said
    assert "level B-B. Unchanged since it was signed." in plain.said
    assert [each["name"] for each in data["signatures"]] == ["Director"]
    assert data["signatures"][0]["is_seal"] is False


def test_a_revoked_certificate_answers_one(raprong: Any, sealed: Path, tmp_path: Path) -> None:
    root = authority()
    office = issue(root, "Office", extensions=[told_at("http://127.0.0.1/crl")])
    signer = personal_signer(office.pkcs12("secret"), "secret", at=MOMENT)
    sealed.write_bytes(signer.seal(render(sample("agreement")), at=MOMENT))
    (tmp_path / "root.pem").write_bytes(root.pem)
    (tmp_path / "revoked.crl").write_bytes(revocation_list(root, [office], on=MOMENT))
    asked = ("verify", str(sealed), "--root", str(tmp_path / "root.pem"), "--crl")

    answer, nonsense = raprong(*asked, str(tmp_path / "revoked.crl")), raprong(*asked, str(sealed))

    assert answer.status == 1
    assert "was revoked on 15 December 2026" in answer.said
    assert nonsense.status == 2
    assert "no list of revoked certificates" in nonsense.complained


def test_a_paper_cut_short_answers_one(raprong: Any, sealed: Path) -> None:
    sealed.write_bytes(sealed.read_bytes()[:-500])

    answer = raprong("verify", str(sealed))

    assert answer.status == 1
    assert "its end is missing" in answer.said


def test_a_changed_paper_answers_one(raprong: Any, sealed: Path) -> None:
    content = bytearray(sealed.read_bytes())
    content[2000] ^= 1
    sealed.write_bytes(content)

    answer = raprong("verify", str(sealed), "--json")

    assert answer.status == 1
    assert json.loads(answer.said)["holds"] is False


def test_a_paper_of_another_authority_answers_one(raprong: Any, sealed: Path, tmp_path: Path) -> None:
    other = installation_signer(tmp_path / "other", "a long enough passphrase")
    root = tmp_path / "other.pem"
    root.write_bytes(other.trust_roots[0])

    answer = raprong("verify", str(sealed), "--root", str(root))

    assert answer.status == 1
    assert "leads to no authority trusted here" in answer.said


def test_a_file_of_several_authorities_is_read_whole(raprong: Any, sealed: Path, tmp_path: Path) -> None:
    own = (sealed.parent / "keys" / "authority.pem").read_bytes()
    (tmp_path / "authorities.pem").write_bytes(authority("Somebody else").pem + own)

    answer = raprong("verify", str(sealed), "--root", str(tmp_path / "authorities.pem"))

    assert answer.status == 0


def test_a_machine_without_an_authority_trusts_none(
    raprong: Any, sealed: Path, tmp_path: Path, settings: Settings
) -> None:
    settings.KEYS_DIR = tmp_path / "nowhere"

    answer = raprong("verify", str(sealed))

    assert answer.status == 1
    assert "leads to no authority trusted here" in answer.said


def test_an_authority_that_is_no_certificate_is_refused_in_words(raprong: Any, sealed: Path) -> None:
    answer = raprong("verify", str(sealed), "--root", str(sealed))

    assert answer.status == 2
    assert "This is no certificate" in answer.complained


def test_an_unsealed_paper_answers_one(raprong: Any, sealed: Path) -> None:
    sealed.write_bytes(render(sample("agreement")))

    assert raprong("verify", str(sealed)).status == 1


@pytest.mark.parametrize("content", [b"", b"plain text", b"%PDF-1.7 and no more"])
def test_what_is_no_pdf_answers_two(raprong: Any, sealed: Path, content: bytes) -> None:
    sealed.write_bytes(content)

    answer = raprong("verify", str(sealed))

    assert answer.status == 2
    assert "cannot be read as a PDF" in answer.complained


def test_a_file_that_is_not_there_answers_two(raprong: Any, sealed: Path) -> None:
    answer = raprong("verify", str(sealed.with_name("gone.pdf")))

    assert answer.status == 2
    assert "No such file" in answer.complained
