from django.db.models import Exists, OuterRef, QuerySet

from raprong.core.models import PublicIdModel
from raprong.core.references import reference
from raprong.organisation.models import Person
from raprong.signatures.models import SignatureRequest


def requests_about(thing: PublicIdModel) -> QuerySet[SignatureRequest]:
    """Every request in force about a thing, in signing order, with its signature where one was given."""
    return SignatureRequest.objects.filter(about=reference(thing), withdrawn_at__isnull=True).select_related(
        "signer", "signature"
    )


def unsigned_about(thing: PublicIdModel) -> QuerySet[SignatureRequest]:
    return requests_about(thing).filter(signature__isnull=True)


def declined_of(about: str | OuterRef) -> QuerySet[SignatureRequest]:
    """The requests about a thing, told by its reference, that somebody declined and nobody has dealt with."""
    return SignatureRequest.objects.filter(about=about, declined_at__isnull=False, withdrawn_at__isnull=True)


def waiting_for(person: Person) -> QuerySet[SignatureRequest]:
    """What a person can sign now: their own requests for which everybody before them has signed and nobody declined."""
    declined = declined_of(OuterRef("about"))
    earlier = SignatureRequest.objects.filter(
        about=OuterRef("about"), order__lt=OuterRef("order"), signature__isnull=True, withdrawn_at__isnull=True
    )
    return SignatureRequest.objects.filter(
        ~Exists(earlier), ~Exists(declined), signer=person, signature__isnull=True, withdrawn_at__isnull=True
    )
