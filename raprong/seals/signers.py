"""Who seals for a unit on a day, and which authorities are believed here."""

from datetime import datetime
from functools import cache, lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.core.clock import day_of
from raprong.lib.signing import (
    KeysRefused,
    Signer,
    SigningRefused,
    installation_roots,
    installation_signer,
    roots_among,
    stored_signer,
)
from raprong.organisation.models import Agency, Unit
from raprong.seals.models import SealCertificate, TrustedAuthority

KEPT_SIGNERS = 200  # a department has some hundred units


def certificate_for(unit: Unit, *, at: datetime) -> SealCertificate | None:
    """The certificate that seals a unit's papers at a moment; None means the installation's own.

    A unit or agency that has installed one never falls back: where the last has ended, sealing is refused in words.
    """
    chosen = list(SealCertificate.objects.chosen_for(unit, day_of(at)))
    valid = next((each for each in chosen if each.valid_at(at)), None)
    if chosen and valid is None:
        words = {"name": chosen[0].name, "unit": unit.office}
        raise Refused(
            _("The seal certificate %(name)s of %(unit)s has ended. Ask the administrator for a new one.") % words
        )
    return valid


def signer_of(certificate: SealCertificate | None) -> Signer:
    """The signer of a certificate, its key object kept in memory for as long as the process lives."""
    try:
        if certificate is None:
            return _installation()
        return _unlocked(certificate.encrypted_key, certificate.certificate_pem, certificate.chain_pem)
    except KeysRefused as refused:
        raise Refused(refused.thai if _reads_thai() else refused.english) from refused


def trust_roots(agency: Agency | None = None) -> tuple[bytes, ...]:
    """The roots believed on an agency's papers: the installation's own, those above its seals, and those it trusts.

    Without an agency, for a paper of which nobody knows whose it is, those of all agencies here.
    """
    seals = SealCertificate.objects.all() if agency is None else SealCertificate.objects.filter(agency=agency)
    kept = seals.values_list("certificate_pem", "chain_pem")
    installed = "".join(sorted({f"{certificate}{chain}" for certificate, chain in kept}))
    added = TrustedAuthority.objects.in_force(agency).values_list("certificate_pem", flat=True)
    return tuple(dict.fromkeys([*own_roots(), *_roots_among(installed), *(each.encode() for each in added)]))


def own_roots() -> tuple[bytes, ...]:
    """The installation's own authority; none while it has sealed nothing yet."""
    try:
        return installation_roots(settings.KEYS_DIR)
    except KeysRefused:
        return ()


def sentence_of(refused: SigningRefused) -> str:
    """Why nothing was signed, in the language of the reader."""
    return refused.thai if _reads_thai() else refused.english


@cache
def _installation() -> Signer:
    """The installation's own seal, made on first need and kept with its key encrypted."""
    return installation_signer(settings.KEYS_DIR, settings.KEYS_PASSPHRASE)


@lru_cache(maxsize=KEPT_SIGNERS)
def _unlocked(encrypted_key: str, certificate_pem: str, chain_pem: str) -> Signer:
    return stored_signer(
        encrypted_key=encrypted_key,
        passphrase=settings.KEYS_PASSPHRASE,
        certificate_pem=certificate_pem,
        chain_pem=chain_pem,
    )


@lru_cache(maxsize=8)
def _roots_among(pem: str) -> tuple[bytes, ...]:
    return roots_among(pem)


def _reads_thai() -> bool:
    return (get_language() or "th").startswith("th")
