from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.identity import ConfirmedIdentity, check_identity
from raprong.access.rules import Refused
from raprong.organisation.models import Person
from raprong.signatures.models import SignatureRequest
from raprong.signatures.queries import declined_of, waiting_for


def check_may_sign(person: Person, request: SignatureRequest) -> None:
    """Only the person asked may sign, once, and only after everybody before them."""
    if request.signer_id != person.pk:
        raise Refused(_("This signature is asked of %(signer)s.") % {"signer": request.signer})
    if request.withdrawn_at is not None:
        raise Refused(_("This request to sign was withdrawn."))
    if hasattr(request, "signature"):
        raise Refused(_("You have already signed this."))
    _check_nobody_declined(request)
    if not waiting_for(person).filter(pk=request.pk).exists():
        raise Refused(_("Somebody who signs before you has not signed yet."))


def check_may_decline(person: Person, request: SignatureRequest) -> None:
    """Whoever is asked may decline until they have signed, once."""
    if request.signer_id != person.pk:
        raise Refused(_("This signature is asked of %(signer)s.") % {"signer": request.signer})
    if request.withdrawn_at is not None:
        raise Refused(_("This request to sign was withdrawn."))
    if hasattr(request, "signature"):
        raise Refused(_("You have already signed this."))
    if request.declined_at is not None:
        raise Refused(_("You have declined to sign this already."))


def _check_nobody_declined(request: SignatureRequest) -> None:
    declined = declined_of(request.about).select_related("signer").first()
    if declined is not None:
        raise Refused(
            _("%(name)s has declined to sign this. It waits for what is done about it.") % {"name": declined.signer}
        )


def check_proven(person: Person, identity: ConfirmedIdentity, *, at: datetime) -> None:
    check_identity(identity, person, at=at)
