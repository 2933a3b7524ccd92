"""The certificates an installation makes for itself, so that its papers are sealed from the first day.

They prove that a paper left this installation unaltered, and nothing about who somebody is: their names say that they
are for evaluation and training. An agency that owns a seal certificate uses that one instead.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from raprong.lib.signing.signer import Signer

PURPOSE = "for evaluation and training"
ROOT_NAME = f"Raprong installation authority ({PURPOSE})"
SEAL_NAME = f"Raprong installation seal ({PURPOSE})"
# Years are rehearsed long past and long to come, and every seal must lie within its certificate's life.
VALID_FROM = datetime(2015, 1, 1, tzinfo=UTC)
VALID_UNTIL = datetime(2049, 12, 31, tzinfo=UTC)

ROOT_CERTIFICATE = "authority.pem"
ROOT_KEY = "authority.key"
SEAL_CERTIFICATE = "seal.pem"
SEAL_KEY = "seal.key"


class KeysRefused(Exception):
    """The installation's keys cannot be used, in words an administrator can act on."""

    def __init__(self, english: str, thai: str) -> None:
        super().__init__(english)
        self.english, self.thai = english, thai


def installation_signer(folder: Path, passphrase: str) -> Signer:
    """Return the installation's signer, making its authority and seal in `folder` on first need.

    Keys are stored encrypted with `passphrase`. Several processes may ask at once: the first to finish wins, the
    others use what it made. Raises KeysRefused when the passphrase is empty or wrong, or a file is missing.
    """
    if not passphrase:
        raise KeysRefused("The passphrase for the installation's keys is empty. Set one.", "ยังไม่ได้ตั้งรหัสผ่านของกุญแจระบบ")
    if not (folder / SEAL_CERTIFICATE).exists():
        _make(folder, passphrase.encode())
    return Signer.holding(
        _read_key(folder / SEAL_KEY, passphrase.encode()),
        x509.load_pem_x509_certificate(_read(folder / SEAL_CERTIFICATE)),
        [x509.load_pem_x509_certificate(root) for root in installation_roots(folder)],
    )


def installation_roots(folder: Path) -> tuple[bytes, ...]:
    """The certificates, in PEM, that a seal of this installation leads back to."""
    return (_read(folder / ROOT_CERTIFICATE),)


def _make(folder: Path, passphrase: bytes) -> None:
    """Make everything beside `folder`, then move it there in one step, so that no half-made set is ever seen."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _write_set(draft, passphrase)
        with suppress(FileExistsError, OSError):
            os.rename(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if not (folder / SEAL_CERTIFICATE).exists():
        raise KeysRefused(
            f"The folder for the installation's keys holds other files. Empty it, or name another: {folder}",
            f"โฟลเดอร์เก็บกุญแจระบบมีแฟ้มอื่นอยู่ โปรดล้างโฟลเดอร์หรือระบุโฟลเดอร์อื่น: {folder}",
        )


def _write_set(folder: Path, passphrase: bytes) -> None:
    root_key, seal_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(ROOT_NAME, root_key.public_key(), issuer=_name(ROOT_NAME), issuer_key=root_key, is_root=True)
    seal = _certificate(SEAL_NAME, seal_key.public_key(), issuer=root.subject, issuer_key=root_key, is_root=False)
    for certificate, file in ((root, ROOT_CERTIFICATE), (seal, SEAL_CERTIFICATE)):
        (folder / file).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    for key, file in ((root_key, ROOT_KEY), (seal_key, SEAL_KEY)):
        (folder / file).touch(mode=0o600)
        (folder / file).write_bytes(_encrypted(key, passphrase))


def _certificate(
    name: str,
    key: ec.EllipticCurvePublicKey,
    *,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    is_root: bool,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_UNTIL)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(_usage(is_root=is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, is_root: bool) -> x509.KeyUsage:
    """The root signs certificates only, the seal signs papers only."""
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_cert_sign=is_root,
        crl_sign=is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _encrypted(key: ec.EllipticCurvePrivateKey, passphrase: bytes) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )


def _read_key(path: Path, passphrase: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(_read(path), passphrase)
    except ValueError as error:
        raise KeysRefused(
            f"The installation's key {path.name} does not open with this passphrase. Restore the passphrase it was "
            "made with.",
            f"เปิดกุญแจระบบ {path.name} ด้วยรหัสผ่านนี้ไม่ได้ โปรดใช้รหัสผ่านเดิมที่ใช้สร้างกุญแจ",
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeysRefused(f"{path.name} is not an elliptic-curve key.", f"{path.name} ไม่ใช่กุญแจชนิดเส้นโค้งวงรี")
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise KeysRefused(
            f"{path.name} is missing from the installation's keys. Restore the folder from a backup.",
            f"ไม่พบแฟ้ม {path.name} ในโฟลเดอร์กุญแจระบบ โปรดกู้คืนจากข้อมูลสำรอง",
        ) from error
