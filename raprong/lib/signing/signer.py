"""Put signatures on a PDF, one after another, with keys that are kept in memory or stay in a token."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from asn1crypto import pem  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.pdf_cms import Signer as Hand
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from raprong.lib.signing.certificates import facts_of, for_pyhanko, is_self_issued, pem_of, refuse_out_of_time
from raprong.lib.signing.event_loops import outside_any_event_loop
from raprong.lib.signing.marks import Drawing, Mark, draw_nothing, field_for
from raprong.lib.signing.refusals import SigningRefused, Why

DIGEST = "sha256"
SEAL_FIELD = "RaprongSeal"
SIGNATURE_FIELD = "Signature"
ROOM_BESIDE_CERTIFICATES = 2_048
"""Bytes left for a signature besides its certificates: its attributes take 300, RSA 4096 takes 512."""

Key = EllipticCurvePrivateKey | RSAPrivateKey


class Signer:
    """Signs with one certificate. One object serves a whole process, from any thread."""

    def __init__(self, hand: Hand, *, certificate: x509.Certificate, chain: Sequence[x509.Certificate] = ()) -> None:
        self.certificate = facts_of(certificate)
        self.trust_roots = tuple(pem_of(each) for each in (certificate, *chain) if is_self_issued(each))
        self._hand = hand
        self._room = 2 * (sum(len(pem_of(each)) for each in (certificate, *chain)) + ROOM_BESIDE_CERTIFICATES)

    @classmethod
    def holding(cls, key: Key, certificate: x509.Certificate, chain: Sequence[x509.Certificate] = ()) -> "Signer":
        """A signer whose key is held in memory."""
        return cls(_HeldKey(key, certificate, chain), certificate=certificate, chain=chain)

    @property
    def name(self) -> str:
        """The name on the certificate."""
        return self.certificate.name

    def seal(self, pdf: bytes, *, at: datetime, reason: str = "") -> bytes:
        """Return the PDF with a seal over all of it, dated `at` (zone required).

        The seal is appended and has no appearance: the printed pages do not change, and stay PDF/A.
        """
        return self._append(pdf, at=at, base=SEAL_FIELD, reason=reason)

    def sign(
        self,
        pdf: bytes,
        *,
        at: datetime,
        shown_sha256: str,
        field: str = "",
        mark: Mark | None = None,
        reason: str = "",
    ) -> bytes:
        """Return the PDF with this person's signature over all of it, dated `at` (zone required).

        It is appended behind what was signed before, under a field name of its own: `field`, else the next free
        ``Signature1``, ``Signature2``. With a `mark` it is seen on the page. `shown_sha256` is the hash of the file
        that the person looked at. Raises SigningRefused, and nothing is signed, when that was another file, when the
        certificate is out of its time, the field is signed already, or the token stops answering.
        """
        if sha256(pdf).hexdigest() != shown_sha256:
            raise SigningRefused(Why.FILE_CHANGED)
        return self._append(pdf, at=at, base=SIGNATURE_FIELD, field=field, mark=mark, reason=reason)

    def _append(
        self, pdf: bytes, *, at: datetime, base: str, field: str = "", mark: Mark | None = None, reason: str = ""
    ) -> bytes:
        if at.tzinfo is None:
            raise ValueError("at needs a time zone")
        refuse_out_of_time(self.certificate, at=at)
        writer = _opened(pdf)
        field = field or _next_free(base, writer)
        _refuse_taken(field, writer)
        signer = self._signer_for(field, writer, at=at, mark=mark, reason=reason)
        return outside_any_event_loop(lambda: self._signed(writer, signer))

    def _signer_for(
        self, field: str, writer: IncrementalPdfFileWriter, *, at: datetime, mark: Mark | None, reason: str
    ) -> PdfSigner:
        metadata = PdfSignatureMetadata(
            field_name=field,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            reason=reason or None,
            name=self.name,
        )
        if mark is None:
            return _DatedPdfSigner(metadata, self._hand, at)
        spec = field_for(mark, writer.prev, name=field, said_aloud=self.name)
        return _DatedPdfSigner(metadata, self._hand, at, stamp_style=Drawing(pdf=mark.pdf), new_field_spec=spec)

    def _signed(self, writer: IncrementalPdfFileWriter, signer: PdfSigner) -> bytes:
        signed = BytesIO()
        signer.sign_pdf(writer, bytes_reserved=self._room, output=signed)
        return signed.getvalue()


class _HeldKey(Hand):
    """Keeps the key object: loading and checking a key again for every seal costs more than the seal itself."""

    def __init__(self, key: Key, certificate: x509.Certificate, chain: Sequence[x509.Certificate]) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([for_pyhanko(each) for each in chain])
        super().__init__(signing_cert=for_pyhanko(certificate), cert_registry=store)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != DIGEST:
            raise ValueError(f"signatures are made with {DIGEST}, not {digest_algorithm}")
        if isinstance(self._key, EllipticCurvePrivateKey):
            return self._key.sign(data, ECDSA(hashes.SHA256()))
        return self._key.sign(data, PKCS1v15(), hashes.SHA256())


class _DatedPdfSigner(PdfSigner):
    """Dates the signature with the caller's moment instead of the machine's clock."""

    def __init__(self, metadata: PdfSignatureMetadata, hand: Hand, at: datetime, **options: Any) -> None:
        super().__init__(metadata, signer=hand, **options)
        self._at = at

    def init_signing_session(self, *args: Any, **options: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **options)
        session.system_time = self._at
        if "/AP" not in session.sig_field:
            draw_nothing(session.sig_field, session.pdf_out)
        return session


class _UnalteredWriter(IncrementalPdfFileWriter):
    """Leaves the paper's own metadata alone, which PDF/A reads and which would otherwise carry the machine's clock."""

    def _update_meta(self) -> None:
        return


def _opened(pdf: bytes) -> IncrementalPdfFileWriter:
    try:
        return _UnalteredWriter(BytesIO(pdf))
    except (PdfError, ValueError) as error:
        raise SigningRefused(Why.NO_PDF) from error


def _next_free(base: str, writer: IncrementalPdfFileWriter) -> str:
    """``RaprongSeal``, then ``RaprongSeal2``; signatures begin at ``Signature1``."""
    taken = {name for name, _value, _reference in enumerate_sig_fields(writer.prev)}
    order = 1
    while (name := base if base == SEAL_FIELD and order == 1 else f"{base}{order}") in taken:
        order += 1
    return name


def _refuse_taken(field: str, writer: IncrementalPdfFileWriter) -> None:
    if any(name == field and value is not None for name, value, _reference in enumerate_sig_fields(writer.prev)):
        raise SigningRefused(Why.FIELD_TAKEN, field=field)


def certificate_of(pem_bytes: bytes) -> asn1_x509.Certificate:
    """Read one certificate from PEM."""
    _, _, der = pem.unarmor(pem_bytes)
    return asn1_x509.Certificate.load(der)
