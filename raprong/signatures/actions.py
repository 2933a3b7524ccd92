from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from raprong.access.identity import ConfirmedIdentity
from raprong.audit.actions import record
from raprong.core.models import PublicIdModel
from raprong.core.references import reference, title_of
from raprong.organisation.models import Person, Unit
from raprong.signatures import permissions
from raprong.signatures.models import Signature, SignatureRequest
from raprong.signatures.queries import unsigned_about


@dataclass(frozen=True)
class Signatory:
    """Who is asked, with the post as the paper prints it, and in which turn."""

    person: Person
    post: str
    order: int = 1


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
            requested_at=at,
        )
        for signatory in signatories
    ]
    names = [signatory.person.name for signatory in signatories]
    record("signature.asked", about=about, by=by, at=at, place=unit, fiscal_year=fiscal_year, signatories=names)
    return requests


def withdraw(about: PublicIdModel, *, at: datetime) -> None:
    """Take back every request about a thing that has not been signed."""
    unsigned_about(about).update(withdrawn_at=at)


@transaction.atomic
def sign(
    request: SignatureRequest,
    *,
    seen_sha256: str,
    identity: ConfirmedIdentity,
    about: PublicIdModel,
    by: Person,
    at: datetime,
) -> Signature:
    """Sign what was shown, told by its hash, with the identity proven again just before."""
    request = SignatureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    permissions.check_may_sign(by, request)
    permissions.check_proven(by, identity, at=at)
    signature = Signature.objects.create(
        request=request, signed_by=by, signed_at=at, method=identity.method, seen_sha256=seen_sha256
    )
    record(
        "signature.given",
        about=about,
        by=by,
        at=at,
        place=request.unit,
        fiscal_year=request.fiscal_year,
        post=request.post,
        method=identity.method,
        seen_sha256=seen_sha256,
    )
    return signature
