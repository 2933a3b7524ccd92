"""A person's own certificate in a PKCS#12 file (.p12, .pfx), as certification authorities hand it out."""

from datetime import datetime

from asn1crypto import pkcs12 as asn1_pkcs12  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12

from raprong.lib.signing.certificates import facts_of, refuse_unfit
from raprong.lib.signing.refusals import SigningRefused, Why
from raprong.lib.signing.signer import Key, Signer

LARGEST_BYTES = 256 * 1024
MOST_ROUNDS = 2_000_000
"""How often a file may ask for its password to be hashed; authorities ask for 2,000 to 600,000 rounds."""


def personal_signer(content: bytes, password: str, *, at: datetime) -> Signer:
    """Open a PKCS#12 file for signing at a moment. The key is held in memory only, as long as the signer lives.

    Raises SigningRefused, each with its own sentence: no PKCS#12, too heavy, wrong password, no key or certificate in
    it, a certificate that has ended or not begun, one that is not for signing, a key that is too weak.
    """
    key, certificate, chain = opened(content, password)
    refuse_unfit(certificate, at=at)
    return Signer.holding(key, certificate, chain)


def opened(content: bytes, password: str) -> tuple[Key, x509.Certificate, tuple[x509.Certificate, ...]]:
    """The key, its certificate, and the certificates of the authorities above it. Refuses as `personal_signer` does."""
    _refuse_heavy(content)
    try:
        found = pkcs12.load_pkcs12(content, password.encode())
    except ValueError as error:
        raise SigningRefused(Why.WRONG_PASSWORD) from error
    except UnsupportedAlgorithm as error:
        raise SigningRefused(Why.NO_PKCS12) from error
    key, certificate = found.key, found.cert.certificate if found.cert else None
    where = {"where": "this certificate file", "where_th": "แฟ้มใบรับรองนี้"}
    if key is None:
        raise SigningRefused(Why.NO_KEY, **where)
    if certificate is None:
        raise SigningRefused(Why.NO_CERTIFICATE, **where)
    facts = facts_of(certificate)
    if not isinstance(key, EllipticCurvePrivateKey | RSAPrivateKey):
        raise SigningRefused(Why.UNKNOWN_KEY, name=facts.name, kind=facts.key)
    if key.public_key() != certificate.public_key():
        raise SigningRefused(Why.KEY_OF_ANOTHER, name=facts.name)
    return key, certificate, tuple(other.certificate for other in found.additional_certs)


def _refuse_heavy(content: bytes) -> None:
    """Refuse what is no PKCS#12, or would keep the server busy, before any password is tried."""
    if len(content) > LARGEST_BYTES:
        raise SigningRefused(Why.PKCS12_TOO_HEAVY)
    try:
        rounds = _rounds_asked(asn1_pkcs12.Pfx.load(content, strict=True))
    except (ValueError, TypeError, KeyError) as error:
        raise SigningRefused(Why.NO_PKCS12) from error
    if rounds > MOST_ROUNDS:
        raise SigningRefused(Why.PKCS12_TOO_HEAVY)


def _rounds_asked(file: asn1_pkcs12.Pfx) -> int:
    """The most rounds of hashing that any lock in the file asks for."""
    rounds = [file["mac_data"]["iterations"].native if file["mac_data"].native else 1]
    for part in file.authenticated_safe:
        if part["content_type"].native == "encrypted_data":
            lock = part["content"]["encrypted_content_info"]["content_encryption_algorithm"]
            rounds.append(lock.kdf_iterations)
        elif part["content_type"].native == "data":
            bags = asn1_pkcs12.SafeContents.load(part["content"].native)
            shrouded = (bag for bag in bags if bag["bag_id"].native == "pkcs8_shrouded_key_bag")
            rounds.extend(bag["bag_value"]["encryption_algorithm"].kdf_iterations for bag in shrouded)
    return max(rounds)
