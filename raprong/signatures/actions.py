from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.identity import ConfirmedIdentity
from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.models import PublicIdModel
from raprong.core.references import reference, title_of
from raprong.lib.signing import CertificateFacts
from raprong.organisation.models import Person, Unit
from raprong.signatures import permissions
from raprong.signatures.certificates import told
from raprong.signatures.enums import Act
from raprong.signatures.models import Signature, SignatureRequest
from raprong.signatures.queries import requests_about, unsigned_about


@dataclass(frozen=True)
class Signatory:
    """Who is asked for what, with the post as the paper prints it, and in which turn."""

    person: Person
    post: str
    order: int = 1
    act: Act = Act.SIGN


@transaction.atomic
def ask(
    about: PublicIdModel, signatories: Sequence[Signatory], *, unit: Unit, fiscal_year: int, by: Person, at: datetime
) -> list[SignatureRequest]:
    """Ask people to sign a thing. Requests that were open about it before are withdrawn."""
    withdraw(about, at=at)
    requests = [
        SignatureRequest.objects.create(
            unit=unit,
            fiscal_year=fiscal_year,
            about=reference(about),
            about_title=title_of(about),
            signer=signatory.person,
            post=signatory.post,
            order=signatory.order,
            act=signatory.act,
            requested_at=at,
        )
        for signatory in signatories
    ]
    names = [signatory.person.name for signatory in signatories]
    record("signature.asked", about=about, by=by, at=at, place=unit, fiscal_year=fiscal_year, signatories=names)
    return requests


@transaction.atomic
def decline(request: SignatureRequest, *, because: str, about: PublicIdModel, by: Person, at: datetime) -> None:
    """Say for a reason that one does not sign. Until somebody acts on it nobody else can sign either."""
    request = SignatureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    permissions.check_may_decline(by, request)
    if not because.strip():
        raise Refused(_("Say why you do not sign."))
    request.declined_at, request.declined_because = at, because.strip()
    request.save(update_fields=["declined_at", "declined_because"])
    _record("signature.declined", request, about, by=by, at=at, post=request.post, because=request.declined_because)


def remind(requests: Sequence[SignatureRequest], *, at: datetime) -> None:
    """Remember when those who are asked were last reminded."""
    SignatureRequest.objects.filter(pk__in=[request.pk for request in requests]).update(reminded_at=at)


def withdraw(about: PublicIdModel, *, at: datetime) -> None:
    """Take back every request about a thing that has not been signed."""
    unsigned_about(about).update(withdrawn_at=at)


def unbind(about: PublicIdModel, *, at: datetime, besides: Sequence[SignatureRequest] = ()) -> None:
    """Let signatures given about a thing bind nobody any more, as when it goes back or is printed anew.

    They stay written down; only those of the requests in `besides` still count.
    """
    given = requests_about(about).filter(signature__isnull=False)
    given.exclude(pk__in=[request.pk for request in besides]).update(withdrawn_at=at)


@transaction.atomic
def sign(
    request: SignatureRequest,
    *,
    seen_sha256: str,
    identity: ConfirmedIdentity,
    about: PublicIdModel,
    by: Person,
    at: datetime,
    certificate: CertificateFacts | None = None,
    trusted: bool = False,
) -> Signature:
    """Sign what was shown, told by its hash, with the identity proven again just before.

    `certificate` is the one with which the file itself was signed, where it was; `trusted`, whether it leads to an
    authority that the agency trusts.
    """
    request = SignatureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    permissions.check_may_sign(by, request)
    permissions.check_proven(by, identity, at=at)
    with_certificate = told(certificate, trusted=trusted) if certificate else None
    signature = Signature.objects.create(
        request=request,
        signed_by=by,
        signed_at=at,
        method=identity.method,
        seen_sha256=seen_sha256,
        certificate=with_certificate,
    )
    _record(
        "signature.given",
        request,
        about,
        by=by,
        at=at,
        post=request.post,
        act=request.act,
        method=identity.method,
        seen_sha256=seen_sha256,
        **({"certificate": with_certificate} if with_certificate else {}),
    )
    return signature


def _record(
    kind: str, request: SignatureRequest, about: PublicIdModel, *, by: Person, at: datetime, **facts: object
) -> None:
    record(kind, about=about, by=by, at=at, place=request.unit, fiscal_year=request.fiscal_year, **facts)
