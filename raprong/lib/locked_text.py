"""Small secrets kept at rest: locked with the installation's passphrase, and opened with nothing else."""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SALT = b"raprong: small secrets at rest"
COST = 2**14


class Locked(Exception):
    """The text does not open with this passphrase."""


def locked(text: str, passphrase: str) -> str:
    """The text, unreadable and safe against change without the passphrase (AES-CBC with HMAC, as Fernet does it)."""
    return _lock(passphrase).encrypt(text.encode()).decode()


def unlocked(text: str, passphrase: str) -> str:
    """What was locked. Raises Locked where the passphrase is another or the text was changed."""
    try:
        return _lock(passphrase).decrypt(text.encode()).decode()
    except InvalidToken:
        raise Locked("the text does not open with this passphrase") from None


@cache
def _lock(passphrase: str) -> Fernet:
    key = Scrypt(salt=SALT, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(key))
