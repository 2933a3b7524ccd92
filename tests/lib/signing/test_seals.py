"""A seal on a paper holds, and anything done to the paper afterwards is caught."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from raprong.documents import render, sample
from raprong.lib.signing import KeysRefused, Signer, installation_roots, installation_signer, verify
from raprong.lib.signing.authority import ROOT_KEY, SEAL_KEY

PASSPHRASE = "a long enough passphrase"
MOMENT = datetime(2026, 12, 15, 3, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("installation") / "keys"


@pytest.fixture(scope="module")
def signer(folder: Path) -> Signer:
    return installation_signer(folder, PASSPHRASE)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render(sample("agreement"))


@pytest.fixture(scope="module")
def sealed(signer: Signer, paper: bytes) -> bytes:
    return signer.seal(paper, at=MOMENT)


def test_sealed_paper_holds_and_names_its_signer(sealed: bytes, signer: Signer) -> None:
    check = verify(sealed, trust_roots=signer.trust_roots)

    assert check.holds
    assert check.signed_at == MOMENT
    assert "evaluation and training" in check.signer_name
    assert "unchanged" in check.english
    assert "ไม่ถูกแก้ไข" in check.thai


def test_sealing_and_checking_work_where_an_event_loop_runs(signer: Signer, paper: bytes) -> None:
    async def seal_and_verify() -> bool:
        return verify(signer.seal(paper, at=MOMENT), trust_roots=signer.trust_roots).holds

    assert asyncio.run(seal_and_verify())


def test_sealing_leaves_the_printed_bytes_alone(sealed: bytes, paper: bytes) -> None:
    assert sealed.startswith(paper)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_one_changed_byte_is_caught(share: float, sealed: bytes, paper: bytes, signer: Signer) -> None:
    place = int(len(paper) * share)
    changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]

    check = verify(changed, trust_roots=signer.trust_roots)

    assert not check.holds
    assert "was changed after it was sealed" in check.english


def test_bytes_added_behind_the_seal_are_caught(sealed: bytes, signer: Signer) -> None:
    check = verify(sealed + b"\n% added\n", trust_roots=signer.trust_roots)

    assert not check.holds


def test_seal_of_another_installation_is_not_trusted(sealed: bytes, tmp_path: Path) -> None:
    other = installation_signer(tmp_path / "keys", PASSPHRASE)

    check = verify(sealed, trust_roots=other.trust_roots)

    assert check.intact
    assert not check.trusted
    assert not check.holds
    assert "no authority trusted here" in check.english


@pytest.mark.parametrize("content", [b"", b"not a paper", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_gets_a_sentence(content: bytes, signer: Signer) -> None:
    check = verify(content, trust_roots=signer.trust_roots)

    assert not check.sealed
    assert check.english == "This file cannot be read as a PDF."


def test_unsealed_paper_is_told(paper: bytes, signer: Signer) -> None:
    check = verify(paper, trust_roots=signer.trust_roots)

    assert not check.sealed


def test_second_need_uses_the_same_certificate(folder: Path, signer: Signer, sealed: bytes) -> None:
    again = installation_signer(folder, PASSPHRASE)

    assert again.trust_roots == signer.trust_roots == installation_roots(folder)
    assert verify(sealed, trust_roots=again.trust_roots).holds


def test_many_asking_at_once_share_one_certificate(tmp_path: Path) -> None:
    folder = tmp_path / "keys"

    with ThreadPoolExecutor(8) as pool:
        signers = list(pool.map(lambda _: installation_signer(folder, PASSPHRASE), range(8)))

    assert len({signer.trust_roots for signer in signers}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


@pytest.mark.parametrize("name", [ROOT_KEY, SEAL_KEY])
def test_keys_are_encrypted_and_private(name: str, folder: Path, signer: Signer) -> None:
    path = folder / name

    assert b"ENCRYPTED PRIVATE KEY" in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_wrong_passphrase_is_refused_in_words(folder: Path, signer: Signer) -> None:
    with pytest.raises(KeysRefused, match="does not open with this passphrase"):
        installation_signer(folder, "another passphrase")


def test_empty_passphrase_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(KeysRefused, match="Set one"):
        installation_signer(tmp_path / "keys", "")

    assert list(tmp_path.iterdir()) == []


def test_missing_key_is_refused_in_words(tmp_path: Path) -> None:
    installation_signer(tmp_path / "keys", PASSPHRASE)
    (tmp_path / "keys" / SEAL_KEY).unlink()

    with pytest.raises(KeysRefused, match=r"seal\.key is missing"):
        installation_signer(tmp_path / "keys", PASSPHRASE)


def test_moment_without_a_zone_is_refused(signer: Signer, paper: bytes) -> None:
    with pytest.raises(ValueError, match="time zone"):
        signer.seal(paper, at=datetime(2026, 12, 15))  # noqa: DTZ001


def test_papers_of_rehearsed_years_hold(signer: Signer, paper: bytes) -> None:
    long_past, long_to_come = datetime(2016, 1, 4, tzinfo=UTC), datetime(2045, 1, 4, tzinfo=UTC)

    checks = [verify(signer.seal(paper, at=at), trust_roots=signer.trust_roots) for at in (long_past, long_to_come)]

    assert all(check.holds for check in checks)
