"""Put signatures on a PDF, one after another, with keys that are kept in memory or stay in a token."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer as Hand
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from raprong.lib.signing.certificates import (
    facts_of,
    for_pyhanko,
    is_self_issued,
    parsed_root,
    pem_of,
    refuse_out_of_time,
)
from raprong.lib.signing.event_loops import outside_any_event_loop
from raprong.lib.signing.marks import Drawing, Mark, draw_nothing, field_for
from raprong.lib.signing.proof import ROOM_FOR_TIMESTAMP, Stamper, TimestampServer
from raprong.lib.signing.refusals import SigningRefused, Why
from raprong.lib.signing.writing import (
    DIGEST,
    SEAL_FIELD,
    SIGNATURE_FIELD,
    UnalteredWriter,
    next_free,
    opened,
    refuse_taken,
)

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

    def leads_to(self, roots: Sequence[bytes], *, at: datetime) -> bool:
        """Whether the certificate leads, at a moment, to one of these roots (PEM). Revocation is another question."""
        known = ValidationContext(moment=at, allow_fetching=False, trust_roots=[parsed_root(root) for root in roots])
        between = list(self._hand.cert_registry) if self._hand.cert_registry else []
        assert self._hand.signing_cert is not None
        validator = CertificateValidator(self._hand.signing_cert, between, validation_context=known)
        try:
            outside_any_event_loop(lambda: asyncio.run(validator.async_validate_path()))
        except (PathBuildingError, PathValidationError):
            return False
        return True

    def seal(self, pdf: bytes, *, at: datetime, reason: str = "", server: TimestampServer | None = None) -> bytes:
        """Return the PDF with a seal over all of it, dated `at` (zone required).

        The seal is appended and has no appearance: the printed pages do not change, and stay PDF/A. A timestamp
        `server` confirms the moment (B-T); raises SigningRefused where it is down, or where a clock is wrong.
        """
        return self._append(pdf, SEAL_FIELD, _How(at, reason=reason, server=server))

    def sign(
        self,
        pdf: bytes,
        *,
        at: datetime,
        shown_sha256: str,
        field: str = "",
        mark: Mark | None = None,
        reason: str = "",
        server: TimestampServer | None = None,
    ) -> bytes:
        """Return the PDF with this person's signature over all of it, dated `at` (zone required).

        It is appended behind what was signed before, under a field name of its own: `field`, else the next free
        ``Signature1``, ``Signature2``. With a `mark` it is seen on the page; a timestamp `server` confirms the moment.
        `shown_sha256` is the hash of the file that the person looked at. Raises SigningRefused, and nothing is signed,
        when that was another file, the certificate is out of its time, the field is signed already, the token or the
        timestamp server stops answering.
        """
        if sha256(pdf).hexdigest() != shown_sha256:
            raise SigningRefused(Why.FILE_CHANGED)
        return self._append(pdf, field or SIGNATURE_FIELD, _How(at, mark=mark, reason=reason, server=server))

    def _append(self, pdf: bytes, field: str, how: "_How") -> bytes:
        if how.at.tzinfo is None:
            raise ValueError("at needs a time zone")
        refuse_out_of_time(self.certificate, at=how.at)
        writer = opened(pdf)
        if field in (SEAL_FIELD, SIGNATURE_FIELD):
            field = next_free(field, writer)
        refuse_taken(field, writer)
        signer = self._signer_for(field, writer, how)
        return outside_any_event_loop(lambda: self._signed(writer, signer, stamped=how.server is not None))

    def _signer_for(self, field: str, writer: UnalteredWriter, how: "_How") -> PdfSigner:
        metadata = PdfSignatureMetadata(
            field_name=field,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            reason=how.reason or None,
            name=self.name,
        )
        options: dict[str, Any] = {"timestamper": Stamper(how.server, how.at)} if how.server else {}
        if how.mark is not None:
            seen = field_for(how.mark, writer.prev, name=field, said_aloud=self.name)
            options |= {"stamp_style": Drawing(pdf=how.mark.pdf), "new_field_spec": seen}
        return _DatedPdfSigner(metadata, self._hand, how.at, **options)

    def _signed(self, writer: UnalteredWriter, signer: PdfSigner, *, stamped: bool) -> bytes:
        signed = BytesIO()
        room = self._room + (ROOM_FOR_TIMESTAMP if stamped else 0)
        signer.sign_pdf(writer, bytes_reserved=room, output=signed)
        return signed.getvalue()


@dataclass(frozen=True)
class _How:
    """When a signature is made, and what goes with it."""

    at: datetime
    mark: Mark | None = None
    reason: str = ""
    server: TimestampServer | None = None


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
