"""Every signature of a file is told, and whatever was done to the file has its own sentence."""

import os
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import which

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, copy_into_new_writer
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from raprong.lib.signing import FileCheck, Finding, Level, Signer, personal_signer, verify
from raprong.lib.signing.findings import FILE_SENTENCES, SIGNATURE_SENTENCES
from raprong.lib.signing.signer import _HeldKey
from tests.factories.certificates import Issued, authority, issue, revocation_list, rsa_key

MOMENT = datetime(2026, 12, 15, 3, 30, tzinfo=UTC)
NO_PDFSIG = "no pdfsig was found (poppler-utils)"


def signer_of(person: Issued) -> Signer:
    return personal_signer(person.pkcs12("secret"), "secret", at=MOMENT)


def signed(paper: bytes, person: Issued, *, at: datetime = MOMENT) -> bytes:
    return signer_of(person).sign(paper, at=at, shown_sha256=sha256(paper).hexdigest())


def signed_regardless(paper: bytes, person: Issued) -> bytes:
    """Signed as other programs let people sign: whatever the certificate says."""
    hand = _HeldKey(person.key, person.certificate, person.chain)  # type: ignore[arg-type]
    metadata = PdfSignatureMetadata(field_name="RaprongSeal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    answer = BytesIO()
    PdfSigner(metadata, hand).sign_pdf(IncrementalPdfFileWriter(BytesIO(paper)), output=answer)
    return answer.getvalue()


@pytest.fixture(scope="module")
def office(root: Issued) -> Issued:
    return issue(root, "Seal of the sample office")


@pytest.fixture(scope="module")
def finished(paper: bytes, director: Issued, head: Issued, office: Issued) -> bytes:
    """Signed by two people, then sealed."""
    return signer_of(office).seal(signed(signed(paper, head), director), at=MOMENT)


@pytest.fixture(scope="module")
def look(root: Issued) -> Callable[[bytes], FileCheck]:
    return lambda pdf: verify(pdf, trust_roots=[root.pem])


def with_a_page(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    contents = writer.add_object(writer.prev.root["/Pages"]["/Kids"][0]["/Contents"])
    writer.insert_page(PageObject(contents=contents, media_box=(0, 0, 595, 842)))
    return _written(writer)


def with_a_note(pdf: bytes) -> bytes:
    """A note laid over the first page, as a reader's comment is."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page_reference, _resources = writer.find_page_for_modification(0)
    corners = ArrayObject(NumberObject(each) for each in (100, 100, 300, 200))
    note = DictionaryObject({pdf_name("/Subtype"): pdf_name("/FreeText"), pdf_name("/Rect"): corners})
    note[pdf_name("/Contents")] = TextStringObject("แก้ไข")
    writer.register_annotation(page_reference, writer.add_object(note))
    return _written(writer)


def locked_with(password: str, pdf: bytes) -> bytes:
    """A copy that somebody saved under a password."""
    writer = copy_into_new_writer(PdfFileReader(BytesIO(pdf)))
    writer.encrypt("of the owner", password)
    answer = BytesIO()
    writer.write(answer)
    return answer.getvalue()


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    answer = BytesIO()
    writer.write(answer)
    return answer.getvalue()


def test_every_signature_is_told_with_who_when_and_what(finished: bytes, look: Callable[[bytes], FileCheck]) -> None:
    found = look(finished)

    assert found.holds
    assert found.english == "This file is unchanged since it was sealed by Seal of the sample office."
    assert [(each.name, each.is_seal) for each in found.signatures] == [
        ("Head of the sample group", False),
        ("Director of the sample office", False),
        ("Seal of the sample office", True),
    ]
    for each in found.signatures:
        assert (each.finding, each.level, each.signed_at) == (Finding.HOLDS, Level.B_B, MOMENT)
        assert each.issuer == "Test Authority"
        assert each.pages > 1


def test_signed_paper_without_a_seal_says_so(
    paper: bytes, director: Issued, look: Callable[[bytes], FileCheck]
) -> None:
    found = look(signed(paper, director))

    assert found.holds
    assert "signed by Director of the sample office. It carries no seal" in found.english


def test_page_added_after_sealing_is_told(finished: bytes, look: Callable[[bytes], FileCheck]) -> None:
    found = look(with_a_page(finished))

    assert found.finding is Finding.PAGES_ADDED
    assert found.english == "Pages were added to this file after it was sealed: 1."
    assert "๑ หน้า" in found.thai
    assert found.intact
    assert not found.covers_whole_file


def test_page_added_between_two_signatures_is_told(
    paper: bytes, head: Issued, director: Issued, look: Callable[[bytes], FileCheck]
) -> None:
    found = look(signed(with_a_page(signed(paper, head)), director))

    assert [each.finding for each in found.signatures] == [Finding.PAGES_ADDED, Finding.HOLDS]
    assert not found.holds


def test_note_laid_over_a_sealed_paper_is_told(finished: bytes, look: Callable[[bytes], FileCheck]) -> None:
    assert look(with_a_note(finished)).finding is Finding.ADDED


def test_signature_added_behind_the_seal_is_told(
    finished: bytes, head: Issued, look: Callable[[bytes], FileCheck]
) -> None:
    found = look(signed(finished, head))

    assert found.finding is Finding.ADDED
    assert found.signatures[2].finding is Finding.ADDED


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9])
def test_one_changed_byte_is_told_of_every_signature_over_it(
    share: float, finished: bytes, paper: bytes, look: Callable[[bytes], FileCheck]
) -> None:
    place = int(len(paper) * share)

    found = look(finished[:place] + bytes([finished[place] ^ 1]) + finished[place + 1 :])

    assert "was changed after it was sealed" in found.english
    assert all(each.finding is Finding.CHANGED for each in found.signatures)


def test_byte_changed_beside_the_signature_itself_is_told(finished: bytes, look: Callable[[bytes], FileCheck]) -> None:
    room = re.search(rb"0{40}>", finished)
    assert room is not None
    place = room.start() + 4

    padded = look(finished[:place] + b"1" + finished[place + 1 :])
    written = look(finished.replace(b"00>", b"0A>", 1))

    assert padded.finding is Finding.CHANGED
    assert written.finding is Finding.CHANGED


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.95, 0.9999])
def test_file_cut_short_is_told(share: float, finished: bytes, look: Callable[[bytes], FileCheck]) -> None:
    found = look(finished[: int(len(finished) * share)])

    assert found.finding is Finding.CUT_SHORT
    assert "its end is missing" in found.english


def test_seal_taken_off_leaves_the_signatures_and_no_seal(
    finished: bytes, paper: bytes, director: Issued, head: Issued, look: Callable[[bytes], FileCheck]
) -> None:
    without_seal = finished[: [found.end() for found in re.finditer(b"%%EOF\n?", finished)][2]]

    found = look(without_seal)

    assert found.holds
    assert "no seal of an office" in found.english


def test_unknown_authority_is_told(finished: bytes) -> None:
    found = verify(finished, trust_roots=[authority("Somebody else").pem])

    assert found.finding is Finding.UNKNOWN_AUTHORITY
    assert "but its signature by Head of the sample group leads to no authority trusted here" in found.english
    assert "ลายมือชื่อของ Head of the sample group" in found.thai


def test_a_file_locked_with_a_password_is_told(finished: bytes, look: Callable[[bytes], FileCheck]) -> None:
    found = look(locked_with("secret", finished))

    assert found.finding is Finding.LOCKED
    assert not found.readable
    assert "ล็อกด้วยรหัสผ่าน" in found.thai


def test_a_file_that_opens_without_a_password_is_not_called_locked(
    finished: bytes, look: Callable[[bytes], FileCheck]
) -> None:
    assert look(locked_with("", finished)).finding is Finding.BROKEN


def test_certificate_that_had_ended_is_told_with_its_day(
    paper: bytes, root: Issued, look: Callable[[bytes], FileCheck]
) -> None:
    ended = issue(root, "Old seal", until=datetime(2026, 3, 31, tzinfo=UTC))

    found = look(signed_regardless(paper, ended))

    assert found.finding is Finding.EXPIRED
    assert "ended on 31 March 2026" in found.english
    assert "๓๑ มีนาคม ๒๕๖๙" in found.thai


def test_certificate_that_had_not_begun_is_told(paper: bytes, root: Issued, look: Callable[[bytes], FileCheck]) -> None:
    early = issue(root, "Seal to come", since=datetime(2030, 1, 1, tzinfo=UTC))

    assert look(signed_regardless(paper, early)).finding is Finding.NOT_YET_VALID


def test_certificate_for_other_work_is_told(paper: bytes, root: Issued, look: Callable[[bytes], FileCheck]) -> None:
    cipher = issue(root, "Reader of secrets", uses=("key_encipherment",))

    assert look(signed_regardless(paper, cipher)).finding is Finding.NOT_FOR_SIGNING


def test_archive_is_readable_after_its_certificates_end(
    paper: bytes, root: Issued, look: Callable[[bytes], FileCheck]
) -> None:
    short = issue(root, "Seal of a week", until=datetime(2026, 12, 20, tzinfo=UTC))

    assert look(signed(paper, short)).holds


@pytest.mark.parametrize("day", [datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)])
def test_revoked_certificate_is_told_whenever_it_was(
    day: datetime, finished: bytes, root: Issued, director: Issued
) -> None:
    found = verify(finished, trust_roots=[root.pem], crls=[revocation_list(root, [director], on=day)])

    assert found.finding is Finding.REVOKED
    assert [each.finding for each in found.signatures] == [Finding.HOLDS, Finding.REVOKED, Finding.HOLDS]
    assert str(day.year) in found.english


def test_list_that_names_nobody_revokes_nothing(finished: bytes, root: Issued) -> None:
    clean = revocation_list(root, on=datetime(2027, 1, 1, tzinfo=UTC))

    assert verify(finished, trust_roots=[root.pem], crls=[clean]).holds


def test_list_of_a_stranger_revokes_nothing(finished: bytes, root: Issued, director: Issued) -> None:
    forged = revocation_list(authority(), [director], on=MOMENT)

    assert verify(finished, trust_roots=[root.pem], crls=[forged]).holds


def test_server_certificate_seals_are_told(paper: bytes, root: Issued, look: Callable[[bytes], FileCheck]) -> None:
    server = issue(root, "www.example.go.th", purposes=[ExtendedKeyUsageOID.SERVER_AUTH], uses=("key_agreement",))

    assert look(signed_regardless(paper, server)).finding is Finding.NOT_FOR_SIGNING


@pytest.mark.parametrize("finding", list(Finding))
def test_each_finding_speaks_both_languages(finding: Finding) -> None:
    tables = [FILE_SENTENCES] + ([SIGNATURE_SENTENCES] if finding in SIGNATURE_SENTENCES else [])

    for english, thai in (table[finding] for table in tables):
        assert english.isascii()
        assert any("\u0e00" <= letter <= "\u0e7f" for letter in thai)


def test_poppler_calls_signatures_and_seals_valid(finished: bytes, paper: bytes, root: Issued, tmp_path: Path) -> None:
    if not which("pdfsig"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_PDFSIG)
    by_rsa = signer_of(issue(root, "Office with RSA", key=rsa_key())).seal(paper, at=MOMENT)

    for order, pdf in enumerate([finished, by_rsa]):
        file = tmp_path / f"{order}.pdf"
        file.write_bytes(pdf)
        told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout
        assert (
            told.count("Signature is Valid.")
            == told.count("Signature #")
            == len(verify(pdf, trust_roots=[]).signatures)
        )
        assert told.count("Total document signed") >= 1
