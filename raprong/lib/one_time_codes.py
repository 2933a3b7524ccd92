"""Codes that a telephone and we make from one secret and the time (RFC 6238): six digits, new every half minute."""

import base64
import hmac
import secrets
import struct
from datetime import datetime

SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
DRIFT = 1  # steps that a telephone's clock may be off, either way


def new_secret() -> str:
    """A secret of 160 bits, written as authenticator apps read it (base 32)."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(at: datetime) -> int:
    """Which half minute since 1970 a moment lies in."""
    return int(at.timestamp()) // SECONDS


def code_of(secret: str, step: int) -> str:
    """The code of one half minute. The secret is base 32, in either case."""
    mac = hmac.digest(base64.b32decode(secret, casefold=True), struct.pack(">Q", step), "sha1")
    start = mac[-1] & 0x0F
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, code: str, *, at: datetime) -> int | None:
    """The half minute whose code this is, now or one beside it; None where it is none of theirs.

    Blanks inside a code do not count, and Thai digits are digits.
    """
    typed = plain_code(code)
    now = step_of(at)
    steps = range(now - DRIFT, now + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(code_of(secret, step), typed)), None)


def plain_code(code: str) -> str:
    """A code as typed, in Arabic digits and without blanks or hyphens; what is no digit becomes nothing."""
    return "".join(str(int(letter)) for letter in code if letter.isdecimal())
