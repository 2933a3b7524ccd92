"""Seals and their checks beside bare pyHanko, which is given the key object kept in memory, as ours keeps it.

Loading and checking a key again at every seal, as pyHanko does by itself, would make it four times slower. All on one
core, of a sealed agreement of the sample; nothing asks a network.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]
from bench_measure import Measure, tell
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from raprong import documents
from raprong.lib.rendering import PdfStandard
from raprong.lib.signing import Signer as OurSigner
from raprong.lib.signing import verify

AT = datetime(2026, 12, 15, 3, 30, tzinfo=UTC)
SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
ROOM = 16_384

P256, RSA, CHECK = PARTS = ["seal a paper, P-256", "seal a paper, RSA 2048", "check a sealed paper"]


def measure(name: str) -> None:
    {P256: lambda: seal(P256, p256()), RSA: lambda: seal(RSA, rsa2048()), CHECK: check}[name]()


def seal(name: str, key: "Key") -> None:
    ours, bare = our_signer(key), BareSigner(key, certificate_of(key))
    tell(Measure(name, lambda: ours.seal(paper(), at=AT), lambda: sealed_bare(paper(), bare), goal=1.2))


def check() -> None:
    sealed = our_signer(p256()).seal(paper(), at=AT)
    root = certificate_of(p256())
    pem = root.public_bytes(serialization.Encoding.PEM)
    tell(
        Measure(CHECK, lambda: verify(sealed, trust_roots=[pem]), lambda: checked_bare(sealed, as_asn1(root)), goal=1.2)
    )


Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@cache
def paper() -> bytes:
    return documents.render(documents.sample("agreement"), standard=PdfStandard.A_3A)


@cache
def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa2048() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate_of(key: Key) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Seal of the bench")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(SINCE).not_valid_after(UNTIL)
    return builder.sign(key, hashes.SHA256())


def our_signer(key: Key) -> OurSigner:
    return OurSigner.holding(key, certificate_of(key))


class BareSigner(Signer):
    """What pyHanko asks of a signer, and no more."""

    def __init__(self, key: Key, certificate: x509.Certificate) -> None:
        super().__init__(signing_cert=as_asn1(certificate))
        self._sign = _signing(key)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return self._sign(data)


def _signing(key: Key) -> Callable[[bytes], bytes]:
    if isinstance(key, rsa.RSAPrivateKey):
        return lambda data: key.sign(data, PKCS1v15(), hashes.SHA256())
    return lambda data: key.sign(data, ec.ECDSA(hashes.SHA256()))


def sealed_bare(pdf: bytes, signer: BareSigner) -> bytes:
    metadata = PdfSignatureMetadata(field_name="Seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    answer = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    PdfSigner(metadata, signer).sign_pdf(writer, bytes_reserved=ROOM, output=answer)
    return answer.getvalue()


def checked_bare(pdf: bytes, root: asn1_x509.Certificate) -> bool:
    [signature] = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    context = ValidationContext(trust_roots=[root], moment=AT, allow_fetching=False)
    return bool(validate_pdf_signature(signature, context).intact)


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
