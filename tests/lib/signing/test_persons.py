"""A person signs with a certificate of their own; whatever is wrong with it has its own sentence."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.reader import PdfFileReader

from raprong.lib.signing import Signer, SigningRefused, Why, personal_signer
from raprong.lib.signing.refusals import SENTENCES
from tests.factories.certificates import Issued, authority, issue, rsa_key

PASSWORD = "my own pässword"
MOMENT = datetime(2026, 12, 15, 3, 30, tzinfo=UTC)


def signer_of(person: Issued) -> Signer:
    return personal_signer(person.pkcs12(PASSWORD), PASSWORD, at=MOMENT)


def signed(person: Issued, paper: bytes) -> bytes:
    return signer_of(person).sign(paper, at=MOMENT, shown_sha256=sha256(paper).hexdigest())


def fields_of(pdf: bytes) -> list[str]:
    return [each.field_name for each in PdfFileReader(BytesIO(pdf)).embedded_regular_signatures]


def refusal(work: Callable[[], object]) -> SigningRefused:
    with pytest.raises(SigningRefused) as refused:
        work()
    return refused.value


def test_each_signature_is_appended_under_its_own_name(paper: bytes, director: Issued, head: Issued) -> None:
    first = signed(head, paper)

    second = signed(director, first)

    assert first.startswith(paper)
    assert second.startswith(first)
    assert fields_of(second) == ["Signature1", "Signature2"]


def test_unit_seals_what_its_people_signed(paper: bytes, director: Issued, head: Issued, root: Issued) -> None:
    office = signer_of(issue(root, "Seal of the sample office"))

    sealed = office.seal(signed(director, signed(head, paper)), at=MOMENT)

    assert fields_of(sealed) == ["Signature1", "Signature2", "RaprongSeal"]


def test_rsa_certificates_sign_too(paper: bytes, root: Issued) -> None:
    person = issue(root, "Person with RSA", key=rsa_key())

    pdf = signed(person, paper)

    assert fields_of(pdf) == ["Signature1"]
    assert signer_of(person).certificate.key == "RSA 2048"


def test_signer_tells_whom_the_certificate_names(director: Issued) -> None:
    facts = signer_of(director).certificate

    assert facts.name == "Director of the sample office"
    assert facts.issuer == "Test Authority"
    assert facts.valid_at(MOMENT)
    assert len(facts.sha256) == 64


def test_wrong_password_is_refused_in_words(director: Issued) -> None:
    refused = refusal(lambda: personal_signer(director.pkcs12(PASSWORD), "another", at=MOMENT))

    assert refused.why is Why.WRONG_PASSWORD
    assert "does not open" in refused.english
    assert "รหัสผ่าน" in refused.thai


@pytest.mark.parametrize("content", [b"", b"a holiday picture", b"%PDF-1.7", b"0\x82\x01\x00\x02\x01\x03"])
def test_other_files_are_refused_in_words(content: bytes) -> None:
    assert refusal(lambda: personal_signer(content, PASSWORD, at=MOMENT)).why is Why.NO_PKCS12


def test_cut_short_certificate_file_is_refused(director: Issued) -> None:
    content = director.pkcs12(PASSWORD)[:-40]

    assert refusal(lambda: personal_signer(content, PASSWORD, at=MOMENT)).why is Why.NO_PKCS12


def test_huge_certificate_file_is_refused_unopened() -> None:
    assert refusal(lambda: personal_signer(bytes(300_000), PASSWORD, at=MOMENT)).why is Why.PKCS12_TOO_HEAVY


def test_file_without_a_key_is_refused(director: Issued) -> None:
    content = director.pkcs12(PASSWORD, key=False)

    assert refusal(lambda: personal_signer(content, PASSWORD, at=MOMENT)).why is Why.NO_KEY


def test_ended_certificate_is_refused_with_its_day(root: Issued) -> None:
    person = issue(root, "Person of last year", until=datetime(2026, 11, 30, 12, tzinfo=UTC))

    refused = refusal(lambda: signer_of(person))

    assert refused.why is Why.EXPIRED
    assert "30 November 2026" in refused.english
    assert "๓๐ พฤศจิกายน ๒๕๖๙" in refused.thai


def test_certificate_of_next_year_is_refused(root: Issued) -> None:
    person = issue(root, "Person of next year", since=datetime(2027, 1, 1, tzinfo=UTC))

    assert refusal(lambda: signer_of(person)).why is Why.NOT_YET_VALID


def test_certificate_that_ends_while_held_is_refused(paper: bytes, director: Issued) -> None:
    signer, later = signer_of(director), datetime(2031, 1, 2, tzinfo=UTC)

    refused = refusal(lambda: signer.sign(paper, at=later, shown_sha256=sha256(paper).hexdigest()))

    assert refused.why is Why.EXPIRED


def test_certificates_for_other_work_are_refused(root: Issued) -> None:
    server = issue(root, "www.example.go.th", purposes=[ExtendedKeyUsageOID.SERVER_AUTH])
    cipher = issue(root, "Reader of secrets", uses=("key_encipherment",))

    assert refusal(lambda: signer_of(server)).why is Why.NOT_FOR_SIGNING
    assert refusal(lambda: signer_of(cipher)).why is Why.NOT_FOR_SIGNING
    assert refusal(lambda: signer_of(authority("An authority"))).why is Why.NOT_FOR_SIGNING


def test_weak_and_unusual_keys_are_refused(root: Issued) -> None:
    weak_curve = issue(root, "Weak curve", key=ec.generate_private_key(ec.SECP192R1()))
    weak_rsa = issue(root, "Weak RSA", key=rsa_key(1024))
    unusual = issue(root, "Unusual", key=ed25519.Ed25519PrivateKey.generate())

    assert refusal(lambda: signer_of(weak_curve)).why is Why.WEAK_KEY
    assert "RSA 1024" in refusal(lambda: signer_of(weak_rsa)).english
    assert refusal(lambda: signer_of(unusual)).why is Why.UNKNOWN_KEY


def test_paper_changed_since_it_was_shown_is_refused(paper: bytes, director: Issued) -> None:
    signer, shown = signer_of(director), sha256(b"what was shown").hexdigest()

    assert refusal(lambda: signer.sign(paper, at=MOMENT, shown_sha256=shown)).why is Why.FILE_CHANGED


def test_second_signature_in_one_field_is_refused(paper: bytes, director: Issued) -> None:
    signer = signer_of(director)
    once = signer.sign(paper, at=MOMENT, shown_sha256=sha256(paper).hexdigest(), field="Director")

    twice = refusal(lambda: signer.sign(once, at=MOMENT, shown_sha256=sha256(once).hexdigest(), field="Director"))

    assert twice.why is Why.FIELD_TAKEN


@pytest.mark.parametrize("content", [b"", b"no paper", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_not_signed(content: bytes, director: Issued) -> None:
    signer = signer_of(director)

    refused = refusal(lambda: signer.sign(content, at=MOMENT, shown_sha256=sha256(content).hexdigest()))

    assert refused.why is Why.NO_PDF


@pytest.mark.parametrize("why", list(Why))
def test_each_refusal_speaks_both_languages(why: Why) -> None:
    english, thai = SENTENCES[why]

    assert english != thai
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in thai)
