"""Signing with one's own certificate: the proof it gives, what is written down of it, and tokens on the server."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from raprong.access.identity import ConfirmedIdentity
from raprong.access.rules import Refused
from raprong.lib.signing import CertificateFacts, Token
from raprong.organisation.models import Person
from raprong.signatures.models import Signature

METHOD = "certificate"


def confirm_by_certificate(person: Person, facts: CertificateFacts, *, at: datetime) -> ConfirmedIdentity:
    """Whoever opened a certificate's key with its password or PIN has proven who they are.

    Refused for a certificate that somebody else has signed with here.
    """
    other = (
        Signature.objects.filter(certificate__sha256=facts.sha256).exclude(signed_by=person).select_related("signed_by")
    ).first()
    if other is not None:
        raise Refused(_("%(name)s has signed with this certificate. Choose your own.") % {"name": other.signed_by})
    return ConfirmedIdentity(person.pk, METHOD, at)


def told(facts: CertificateFacts, *, trusted: bool) -> dict[str, str | bool]:
    """What is kept of a certificate beside the signature; nothing of it is secret.

    `trusted` is whether it led, at that moment, to an authority that the agency trusts.
    """
    kept = {"name": facts.name, "issuer": facts.issuer, "serial": facts.serial, "sha256": facts.sha256}
    return {**kept, "trusted": trusted}


def token_of(person: Person) -> Token | None:
    """The token on this server that holds the person's key, as the installation's settings name it."""
    if person.user is None or not settings.SIGNING_TOKENS:
        return None
    named = _tokens(settings.SIGNING_TOKENS).get(person.user.username)
    return Token(module=named["module"], label=named["label"], key=named["key"]) if named else None


@cache
def _tokens(path: str) -> Mapping[str, Mapping[str, str]]:
    """``username: {module: driver's file, label: token's label, key: label of the key in it}``, read once."""
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(path).read_text(encoding="utf-8")) or {}
    return found
