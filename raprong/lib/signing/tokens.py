"""A person's certificate in a token that never lets its key go (PKCS#11)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from pkcs11 import Attribute, ObjectClass
from pyhanko.sign.pkcs11 import PKCS11Signer

from raprong.lib.signing.certificates import for_pyhanko, refuse_unfit
from raprong.lib.signing.refusals import SigningRefused, Why
from raprong.lib.signing.signer import Signer


@dataclass(frozen=True)
class Token:
    """Where a token is found: the driver's file on this machine, the token's own label, the label of the key in it."""

    module: str
    label: str
    key: str


@contextmanager
def token_signer(token: Token, pin: str, *, at: datetime) -> Iterator[Signer]:
    """Open a token for signing at a moment; it is closed at the end of the block.

    Raises SigningRefused, each with its own sentence: driver or token not found, wrong PIN, PIN locked, key or
    certificate not in it, and all that `refuse_unfit` says of a certificate. When the token is pulled out in the
    middle, signing raises SigningRefused too, and the file is as it was.
    """
    with _open(token, pin) as held:
        refuse_unfit(held.certificate, at=at)
        yield _TokenSigner(_hand(held, token), certificate=held.certificate, chain=list(held.chain))


@dataclass(frozen=True)
class _Held:
    """What an open token answers: its session, the signer's certificate, and those of authorities beside it."""

    session: pkcs11.Session
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


_at_drivers = Lock()
_sessions: Counter[str] = Counter()  # how many are open, by the driver's file


@contextmanager
def _open(token: Token, pin: str) -> Iterator[_Held]:
    with _answering(), _at_drivers:
        held = _read(token, pin)
        _sessions[token.module] += 1
    try:
        yield held
    finally:
        with suppress(pkcs11.PKCS11Error):  # a token that is gone cannot be closed
            held.session.close()
        with _at_drivers:
            _sessions[token.module] -= 1


def _read(token: Token, pin: str) -> _Held:
    """Open a token and read what lies in it.

    A driver may not see a token that was pulled out and plugged in again before it is started anew. That ends every
    session of that driver, so it is done while there is none.
    """
    try:
        return _read_once(token, pin)
    except (pkcs11.PKCS11Error, SigningRefused) as error:
        gone = not isinstance(error, SigningRefused) or error.why is Why.NO_TOKEN
        if not gone or _sessions[token.module]:
            raise
    _driver(token).reinitialize()
    return _read_once(token, pin)


def _read_once(token: Token, pin: str) -> _Held:
    session = _session(token, pin)
    try:
        certificate = _certificate(session, token)
        return _Held(session, certificate, tuple(_chain(session, certificate)))
    except (pkcs11.PKCS11Error, SigningRefused):
        with suppress(pkcs11.PKCS11Error):
            session.close()
        raise


class _TokenSigner(Signer):
    """Signs in the token, and says in words when it is gone."""

    def _append(self, *args: Any) -> bytes:
        with _answering():
            return super()._append(*args)


def _hand(held: _Held, token: Token) -> PKCS11Signer:
    return PKCS11Signer(
        held.session,
        signing_cert=for_pyhanko(held.certificate),
        ca_chain=[for_pyhanko(each) for each in held.chain],
        key_label=token.key,
        use_raw_mechanism=isinstance(held.certificate.public_key(), EllipticCurvePublicKey),
    )


@contextmanager
def _answering() -> Iterator[None]:
    """Whatever a driver reports that has no sentence of its own means that the token no longer answers."""
    try:
        yield
    except pkcs11.PKCS11Error as error:
        raise SigningRefused(Why.TOKEN_GONE) from error


def _session(token: Token, pin: str) -> pkcs11.Session:
    try:
        return _found(token).open(user_pin=pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
        raise SigningRefused(Why.WRONG_PIN) from error
    except (pkcs11.PinLocked, pkcs11.PinExpired) as error:
        raise SigningRefused(Why.PIN_LOCKED) from error


def _driver(token: Token) -> Any:
    try:
        return pkcs11.lib(token.module)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise SigningRefused(Why.NO_MODULE) from error


def _found(token: Token) -> pkcs11.Token:
    driver = _driver(token)
    try:
        found: pkcs11.Token = driver.get_token(token_label=token.label)
    except (pkcs11.NoSuchToken, pkcs11.MultipleTokensReturned) as error:
        raise SigningRefused(Why.NO_TOKEN, label=token.label) from error
    return found


def _certificate(session: pkcs11.Session, token: Token) -> x509.Certificate:
    """The certificate that carries the key's id, else its label."""
    where = {"where": f"the token “{token.label}”", "where_th": f"อุปกรณ์เก็บกุญแจ “{token.label}”"}
    keys = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.LABEL: token.key}))
    if len(keys) != 1:
        raise SigningRefused(Why.NO_KEY, **where)
    for like in ({Attribute.ID: keys[0][Attribute.ID]}, {Attribute.LABEL: token.key}):
        found = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE, **like}))
        if found:
            return x509.load_der_x509_certificate(found[0][Attribute.VALUE])
    raise SigningRefused(Why.NO_CERTIFICATE, **where)


def _chain(session: pkcs11.Session, certificate: x509.Certificate) -> list[x509.Certificate]:
    """The certificates of authorities that lie in the token beside the signer's own."""
    held = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    found = [x509.load_der_x509_certificate(each[Attribute.VALUE]) for each in held]
    return [each for each in found if each != certificate]
