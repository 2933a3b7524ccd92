"""What a certificate says of itself, and whether it may sign papers on a day."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from asn1crypto import pem  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from raprong.lib.signing.refusals import SigningRefused, Why
from raprong.lib.thai.dates import BANGKOK, long_date, long_date_en

Extension = TypeVar("Extension", bound=x509.ExtensionType)

LEAST_RSA_BITS = 2048
CURVES = ("secp256r1", "secp384r1", "secp521r1")
WEAK_DIGESTS = ("md5", "sha1")
FOR_MACHINES = {
    ExtendedKeyUsageOID.SERVER_AUTH,
    ExtendedKeyUsageOID.CODE_SIGNING,
    ExtendedKeyUsageOID.TIME_STAMPING,
    ExtendedKeyUsageOID.OCSP_SIGNING,
}
"""A certificate that names only these purposes is a web server's, a programmer's or an authority's, not a signer's."""


@dataclass(frozen=True)
class CertificateFacts:
    """Whom a certificate names, who issued it, and when it is valid. Holds nothing secret."""

    name: str
    organisation: str
    issuer: str
    serial: str  # hexadecimal, as authorities print it
    valid_from: datetime
    valid_until: datetime
    key: str  # such as "RSA 2048" or "P-256"
    sha256: str  # fingerprint of the whole certificate
    self_issued: bool

    def valid_at(self, moment: datetime) -> bool:
        return self.valid_from <= moment <= self.valid_until


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """Read what a certificate says. A certificate without a common name is called by its whole subject.

    Names are read with asn1crypto: a long Thai name is more bytes than the other library takes for a name.
    """
    read = for_pyhanko(certificate)
    return CertificateFacts(
        name=_part(read.subject, "common_name") or read.subject.human_friendly,
        organisation=_part(read.subject, "organization_name"),
        issuer=_part(read.issuer, "common_name") or read.issuer.human_friendly,
        serial=f"{certificate.serial_number:X}",
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        key=_kind_of_key(certificate),
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        self_issued=is_self_issued(certificate),
    )


def is_self_issued(certificate: x509.Certificate) -> bool:
    """Whether a certificate vouches for itself, as roots do."""
    read = for_pyhanko(certificate)
    return bool(read.subject == read.issuer)


def refuse_unfit(certificate: x509.Certificate, *, at: datetime) -> None:
    """Refuse a certificate that may not sign papers at a moment: out of its time, for other work, or too weak."""
    facts = facts_of(certificate)
    refuse_out_of_time(facts, at=at)
    if not _is_for_signing(certificate):
        raise SigningRefused(Why.NOT_FOR_SIGNING, name=facts.name)
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise SigningRefused(Why.UNKNOWN_KEY, name=facts.name, kind=facts.key)
    digest = certificate.signature_hash_algorithm
    if digest is not None and digest.name in WEAK_DIGESTS:
        raise SigningRefused(Why.WEAK_KEY, name=facts.name, kind=digest.name.upper())
    if not _is_strong(key):
        raise SigningRefused(Why.WEAK_KEY, name=facts.name, kind=facts.key)


def refuse_out_of_time(facts: CertificateFacts, *, at: datetime) -> None:
    """Refuse a certificate that has ended, or has not begun, at a moment."""
    if at > facts.valid_until:
        raise SigningRefused(Why.EXPIRED, name=facts.name, **day_of(facts.valid_until))
    if at < facts.valid_from:
        raise SigningRefused(Why.NOT_YET_VALID, name=facts.name, **day_of(facts.valid_from))


def vouches_for_itself(root: asn1_x509.Certificate) -> bool:
    """Whether a root's own signature fits it: a check that trusts a root by its name never looks at a copy of it."""
    try:
        read = x509.load_der_x509_certificate(root.dump())
        read.verify_directly_issued_by(read)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def pem_of(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def revocation_list_in(content: bytes) -> bytes:
    """A list of revoked certificates, PEM or DER, as DER. Raises ValueError where it is none."""
    is_pem = b"-----BEGIN X509 CRL-----" in content
    found = x509.load_pem_x509_crl(content) if is_pem else x509.load_der_x509_crl(content)
    return found.public_bytes(serialization.Encoding.DER)


def for_pyhanko(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


@lru_cache(maxsize=64)
def parsed_root(pem_bytes: bytes) -> asn1_x509.Certificate:
    """A certificate from PEM, as pyHanko reads it."""
    _, _, der = pem.unarmor(pem_bytes)
    return asn1_x509.Certificate.load(der)


def _part(name: asn1_x509.Name, kind: str) -> str:
    value = name.native.get(kind, "")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _kind_of_key(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"P-{key.key_size}" if key.curve.name in CURVES else key.curve.name
    return type(key).__name__.removesuffix("PublicKey")


def _is_strong(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> bool:
    return key.key_size >= LEAST_RSA_BITS if isinstance(key, rsa.RSAPublicKey) else key.curve.name in CURVES


def _is_for_signing(certificate: x509.Certificate) -> bool:
    """Its key usage must allow signatures, it must not be an authority's, nor be bound to other work (RFC 5280)."""
    usage = _extension(certificate, x509.KeyUsage)
    limits = _extension(certificate, x509.BasicConstraints)
    purposes = _extension(certificate, x509.ExtendedKeyUsage)
    return not (
        (usage is not None and not (usage.digital_signature or usage.content_commitment))
        or (limits is not None and limits.ca)
        or (purposes is not None and FOR_MACHINES.issuperset(purposes))
    )


def _extension(certificate: x509.Certificate, kind: type[Extension]) -> Extension | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def day_of(moment: datetime) -> dict[str, str]:
    """A day as the words of a refusal."""
    day = moment.astimezone(BANGKOK).date()
    return {"day": long_date_en(day), "day_th": long_date(day)}
