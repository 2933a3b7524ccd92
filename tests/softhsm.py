"""A token made of software, where SoftHSM 2 is found: the driver of `RAPRONG_SOFTHSM`, else where systems keep it."""

import atexit
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import which

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from tests.factories.certificates import Issued

DRIVERS = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
PIN, KEY = "4711", "for signing"
NO_SOFTHSM = "no SoftHSM was found (RAPRONG_SOFTHSM, softhsm2)"


def find_driver() -> str:
    """The file of SoftHSM's driver; empty where it, or its tool that makes tokens, is missing."""
    named = os.environ.get("RAPRONG_SOFTHSM", "")
    found = (path for path in (named, *DRIVERS) if path and Path(path).exists())
    return next(found, "") if which("softhsm2-util") else ""


@dataclass(frozen=True)
class TokenMaker:
    """Makes tokens in a folder; taking a token's folder away is what pulling it out is in life."""

    folder: Path
    driver: str

    def make(self, label: str, person: Issued, *, with_certificate: bool = True) -> Path:
        """A token with a person's key and certificate in it; answers the folder that is this token."""
        before = set(self.folder.iterdir())
        command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678"]
        subprocess.run(command, check=True, capture_output=True)
        [made] = set(self.folder.iterdir()) - before
        library = pkcs11.lib(self.driver)
        library.reinitialize()
        with library.get_token(token_label=label).open(user_pin=PIN, rw=True) as session:
            session.create_object({**_private_key(person), **_named(b"\1")})
            if with_certificate:
                der = person.certificate.public_bytes(serialization.Encoding.DER)
                session.create_object({**decode_x509_certificate(der), **_named(b"\1")})
        return made


@cache
def token_drawer() -> TokenMaker:
    """Where tokens are made. The driver reads its settings once in a process, so one drawer serves all tests of it."""
    if not (driver := find_driver()):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_SOFTHSM)
    whole = Path(tempfile.mkdtemp(prefix="raprong-tokens-"))
    atexit.register(shutil.rmtree, whole, ignore_errors=True)
    folder, settings = whole / "tokens", whole / "softhsm2.conf"
    folder.mkdir()
    settings.write_text(f"directories.tokendir = {folder}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    return TokenMaker(folder, driver)


def _private_key(person: Issued) -> dict[pkcs11.Attribute, object]:
    elliptic = isinstance(person.key, ec.EllipticCurvePrivateKey)
    form = serialization.PrivateFormat.TraditionalOpenSSL
    der = person.key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())
    decoded = decode_ec_private_key(der) if elliptic else decode_rsa_private_key(der)
    return {**decoded, pkcs11.Attribute.SIGN: True}


def _named(key_id: bytes) -> dict[pkcs11.Attribute, object]:
    return {pkcs11.Attribute.LABEL: KEY, pkcs11.Attribute.ID: key_id, pkcs11.Attribute.TOKEN: True}
