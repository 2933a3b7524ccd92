"""A seal certificate as it is kept at rest: its key encrypted, everything as text."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import AuthorityInformationAccessOID

from raprong.lib.signing.authority import KeysRefused
from raprong.lib.signing.certificates import CertificateFacts, facts_of, is_self_issued, pem_of, refuse_unfit
from raprong.lib.signing.personal import opened
from raprong.lib.signing.refusals import SigningRefused, Why
from raprong.lib.signing.signer import Signer


@dataclass(frozen=True)
class StoredSeal:
    """What `stored_seal` makes of a PKCS#12 file. `encrypted_key` opens with the installation's passphrase only."""

    facts: CertificateFacts
    certificate_pem: str
    chain_pem: str
    encrypted_key: str
    tells_revocations: bool


def stored_seal(pkcs12: bytes, password: str, *, passphrase: str, at: datetime) -> StoredSeal:
    """Open a PKCS#12 file and lock its key again with the installation's own passphrase.

    Raises SigningRefused as `personal_signer` does, but for a certificate that has not begun: it may be installed
    before its day.
    """
    key, certificate, chain = opened(pkcs12, password)
    refuse_unfit(certificate, at=max(at, certificate.not_valid_before_utc))
    locked = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    return StoredSeal(
        facts=facts_of(certificate),
        certificate_pem=pem_of(certificate).decode(),
        chain_pem=b"".join(pem_of(each) for each in chain).decode(),
        encrypted_key=locked.decode(),
        tells_revocations=_tells_revocations(certificate),
    )


def stored_signer(*, encrypted_key: str, passphrase: str, certificate_pem: str, chain_pem: str) -> Signer:
    """The signer of a seal that is kept. Raises KeysRefused where the passphrase is not the one it was locked with."""
    try:
        key = serialization.load_pem_private_key(encrypted_key.encode(), passphrase.encode())
    except (TypeError, ValueError) as error:
        raise KeysRefused(
            "The key of the seal does not open with this installation's passphrase. Restore the passphrase, or install "
            "the certificate again.",
            "เปิดกุญแจของตราประทับด้วยรหัสผ่านของระบบไม่ได้ โปรดใช้รหัสผ่านเดิมของระบบ หรือติดตั้งใบรับรองใหม่",
        ) from error
    assert isinstance(key, EllipticCurvePrivateKey | RSAPrivateKey)
    [certificate] = x509.load_pem_x509_certificates(certificate_pem.encode())
    return Signer.holding(key, certificate, _certificates(chain_pem))


def roots_among(pem: str) -> tuple[bytes, ...]:
    """Those certificates of a text that vouch for themselves."""
    return tuple(pem_of(each) for each in _certificates(pem) if is_self_issued(each))


def each_among(pem: bytes) -> tuple[bytes, ...]:
    """The certificates of a PEM file one by one. Raises ValueError where it holds none."""
    return tuple(pem_of(each) for each in x509.load_pem_x509_certificates(pem))


def authority_in(content: bytes) -> tuple[str, CertificateFacts]:
    """The root certificate in a file, PEM or DER. Raises SigningRefused where it is none."""
    try:
        is_pem = b"-----BEGIN CERTIFICATE-----" in content
        found = x509.load_pem_x509_certificate(content) if is_pem else x509.load_der_x509_certificate(content)
        is_root = is_self_issued(found) and found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, x509.ExtensionNotFound) as error:
        raise SigningRefused(Why.NO_AUTHORITY) from error
    if not is_root:
        raise SigningRefused(Why.NO_AUTHORITY)
    return pem_of(found).decode(), facts_of(found)


def _certificates(pem: str) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(pem.encode()) if pem else []


def _tells_revocations(certificate: x509.Certificate) -> bool:
    """Whether it names a list of revoked certificates, or somebody who answers about single ones (OCSP)."""
    for extension in certificate.extensions:
        value = extension.value
        if isinstance(value, x509.CRLDistributionPoints):
            return True
        if isinstance(value, x509.AuthorityInformationAccess):
            return any(each.access_method == AuthorityInformationAccessOID.OCSP for each in value)
    return False
