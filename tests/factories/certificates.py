"""A certification authority of the tests' own, and what it issues: certificates of persons, of units, of servers."""

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 12, 31, tzinfo=UTC)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True)
class Issued:
    """A certificate with its key, and the certificates above it, the root last."""

    certificate: x509.Certificate
    key: Key
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def name(self) -> x509.Name:
        with warnings.catch_warnings(action="ignore"):
            return self.certificate.subject

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def pkcs12(self, password: str, *, certificate: bool = True, key: bool = True) -> bytes:
        """As an authority hands it out: one file under a password."""
        return pkcs12.serialize_key_and_certificates(
            b"for signing",
            self.key if key else None,  # type: ignore[arg-type]
            self.certificate if certificate else None,
            list(self.chain),
            serialization.BestAvailableEncryption(password.encode()),
        )


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """Made once: a key of RSA takes longer than all the rest of a test."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def authority(
    name: str = "Test Authority", *, key: Key | None = None, since: datetime = SINCE, until: datetime = UNTIL
) -> Issued:
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    builder = _builder(subject, subject, key, since, until)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    certificate = builder.add_extension(usage("key_cert_sign", "crl_sign"), critical=True).sign(key, _digest(key))
    return Issued(certificate, key)


def issue(
    by: Issued,
    name: str,
    *,
    key: Key | None = None,
    since: datetime = SINCE,
    until: datetime = UNTIL,
    uses: Sequence[str] = ("digital_signature", "content_commitment"),
    purposes: Iterable[x509.ObjectIdentifier] = (),
    extensions: Iterable[x509.ExtensionType] = (),
) -> Issued:
    """A certificate of an end user. `uses` are names of key usages, `purposes` of extended ones."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(name), by.name, key, since, until)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(usage(*uses), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
    )
    if purposes := list(purposes):
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return Issued(builder.sign(by.key, _digest(by.key)), key, (by.certificate, *by.chain))


def told_at(address: str) -> x509.CRLDistributionPoints:
    """Where an authority says which certificates it took back."""
    return x509.CRLDistributionPoints(
        [x509.DistributionPoint([x509.UniformResourceIdentifier(address)], None, None, None)]
    )


def usage(*names: str) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: name in names for name in every})


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _name(common_name: str) -> x509.Name:
    """A name of at most 64 letters; the library counts bytes, three for a Thai letter."""
    with warnings.catch_warnings(action="ignore"):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name, _validate=False)])


def _digest(key: Key) -> hashes.SHA256 | None:
    return None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()


def revocation_list(by: Issued, revoked: Iterable[Issued] = (), *, on: datetime, until: datetime = UNTIL) -> bytes:
    """An authority's list of certificates that it took back on a day, in DER."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(by.name).last_update(on).next_update(until)
    for each in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(each.certificate.serial_number).revocation_date(on)
        builder = builder.add_revoked_certificate(entry.build())
    authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
    builder = builder.add_extension(authority_key, critical=False).add_extension(x509.CRLNumber(1), critical=False)
    return builder.sign(by.key, _digest(by.key)).public_bytes(serialization.Encoding.DER)
