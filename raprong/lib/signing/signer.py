"""Seal a PDF with a key kept in memory."""

from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import keys, pem, x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from raprong.lib.signing.event_loops import outside_any_event_loop

DIGEST = "sha256"
FIELD = "RaprongSeal"
ROOM_FOR_SEAL = 16_384
"""Hex digits left for the signature: two certificates and a P-256 signature take about a third."""


class Signer:
    """Puts one certificate's seal on papers. One object serves a whole process, from any thread."""

    def __init__(
        self, *, key: EllipticCurvePrivateKey, certificate_pem: bytes, roots_pem: tuple[bytes, ...], reason: str = ""
    ) -> None:
        self.trust_roots = roots_pem
        self._reason = reason or None
        self._signer = _HeldKeySigner(key, certificate_pem, roots_pem)

    @property
    def name(self) -> str:
        """The name on the certificate."""
        return str(self._signer.subject_name)

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        """Return the PDF with a seal over all of it, dated `at` (zone required).

        The seal is appended and has no appearance: the printed pages do not change, and stay PDF/A.
        """
        if at.tzinfo is None:
            raise ValueError("at needs a time zone")
        metadata = PdfSignatureMetadata(
            field_name=FIELD, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES, reason=self._reason, name=self.name
        )
        signer = _DatedPdfSigner(metadata, self._signer, at)
        return outside_any_event_loop(lambda: _sealed(pdf, signer))


def _sealed(pdf: bytes, signer: PdfSigner) -> bytes:
    sealed = BytesIO()
    signer.sign_pdf(_UnalteredWriter(BytesIO(pdf)), bytes_reserved=ROOM_FOR_SEAL, output=sealed)
    return sealed.getvalue()


class _HeldKeySigner(SimpleSigner):
    """Keeps the key object: loading and checking a key again for every seal costs more than the seal itself."""

    def __init__(self, key: EllipticCurvePrivateKey, certificate_pem: bytes, roots_pem: tuple[bytes, ...]) -> None:
        self._key = key
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([certificate_of(each) for each in roots_pem])
        super().__init__(
            signing_cert=certificate_of(certificate_pem),
            signing_key=keys.PrivateKeyInfo.load(
                key.private_bytes(
                    serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            ),
            cert_registry=store,
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != DIGEST:
            raise ValueError(f"seals are made with {DIGEST}, not {digest_algorithm}")
        return self._key.sign(data, ECDSA(hashes.SHA256()))


class _DatedPdfSigner(PdfSigner):
    """Dates the seal with the caller's moment instead of the machine's clock."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(metadata, signer=signer)
        self._at = at

    def init_signing_session(self, *args: Any, **options: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **options)
        session.system_time = self._at
        return session


class _UnalteredWriter(IncrementalPdfFileWriter):
    """Leaves the paper's own metadata alone, which PDF/A reads and which would otherwise carry the machine's clock."""

    def _update_meta(self) -> None:
        return


def certificate_of(pem_bytes: bytes) -> x509.Certificate:
    """Read one certificate from PEM."""
    _, _, der = pem.unarmor(pem_bytes)
    return x509.Certificate.load(der)
