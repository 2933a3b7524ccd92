"""Signing an agreement: the way that is chosen for it, and the page on which one signs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from raprong.access.rules import Refused
from raprong.agreements import actions, permissions
from raprong.agreements.enums import PARTIES, State
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.personal import sentence_of
from raprong.agreements.queries import part_of, parties_of
from raprong.agreements.workflow import IN_FORCE
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.lib.signing import SigningRefused, Why
from raprong.organisation.models import Person
from raprong.signatures.certificates import confirm_by_certificate, token_of
from raprong.signatures.enums import Way
from raprong.web.agreements import presenters
from raprong.web.agreements.asked import page_of, posted, visible
from raprong.web.agreements.forms import CertificateForm, OwnCertificate, WayForm
from raprong.web.circulation.signing import SigningForm
from raprong.web.processes.panel import sop_panel_for
from raprong.web.shell.pages import show

CERTIFICATE_LEADS_NOWHERE = gettext_lazy(
    "Your certificate leads to no authority that your agency trusts. The paper says so."
)
AT_PASSWORD = {Why.WRONG_PASSWORD, Why.WRONG_PIN, Why.PIN_LOCKED}


@dataclass(frozen=True)
class WayLine:
    """A way of signing in words."""

    way: Way
    title: str
    text: str
    chosen: bool


def ways_of(agreement: Agreement) -> list[WayLine]:
    """The ways there are, and which of them was chosen."""
    said = {
        Way.ELECTRONIC: _(
            "Everybody reads the paper on screen, says that they mean it, and gives their password again, or a code "
            "of their second factor."
        ),
        Way.CERTIFICATE: _(
            "Everybody signs the file with a certificate of their own: a file from a certification authority, or "
            "a token. The certificate is not kept."
        ),
        Way.WET_INK: _(
            "The paper is printed with a code on every page, signed by hand, scanned and handed in. Somebody else "
            "looks at the scan before it counts."
        ),
    }
    return [WayLine(way, str(way.label), said[way], agreement.way == way) for way in Way]


@require_http_methods(["GET", "POST"])
@reads_on_get
def way(request: HttpRequest, agreement: str) -> HttpResponse:
    """How the agreement is signed, by everybody alike."""
    found, at = visible(request, agreement), clock.now()
    permissions.check_may_change(request.person, found, at=at)
    form = WayForm(posted(request), initial={"way": found.way, "version": found.version})
    if request.method == "POST" and form.is_valid():
        chosen, seen = Way(form.cleaned_data["way"]), form.cleaned_data["version"]
        actions.choose_way(found, chosen, seen=seen, by=request.person, at=at)
        messages.success(request, _("The way of signing is saved."))
        return redirect(page_of(found))
    context = {
        "title": _("Way of signing"),
        "agreement": found,
        "home": page_of(found),
        "form": form,
        "ways": ways_of(found),
        "panel": sop_panel_for(found.run, IN_FORCE, request.person, at),
    }
    return show(request, "agreements/way.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@reads_on_get
def sign(request: HttpRequest, agreement: str) -> HttpResponse:
    """What one signs, the intent in words, and the proof once more: the password, a code, or a certificate.

    Whoever has nothing to sign here is led to the agreement.
    """
    found, at = visible(request, agreement), clock.now()
    own = part_of(parties_of(found), request.person)
    if request.method == "GET" and (own is None or not own.signs or found.state != State.SIGNING):
        return redirect(page_of(found))  # notices lead everybody here
    permissions.check_may_sign(request.person, found, at=clock.now())
    assert own is not None
    assert found.shown is not None
    form = _form_for(request, found, own)
    if request.method == "POST" and (signed := _signed(request, found, form, at=at)):
        messages.success(request, _signed_sentence(signed))
        if leads_nowhere(signed, request.person):
            messages.warning(request, CERTIFICATE_LEADS_NOWHERE)
        return redirect(page_of(found))
    context = {
        "title": _("Sign the agreement"),
        "subtitle": presenters.title_of(found),
        "agreement": found,
        "home": page_of(found),
        "party": own,
        "by_hand": own.side in PARTIES and found.way == Way.WET_INK,
        "with_certificate": isinstance(form, CertificateForm),
        "content": found.content,
        "hash": presenters.hash_in_short(found.shown.sha256),
        "form": form,
        "panel": sop_panel_for(found.run, IN_FORCE, request.person, at),
    }
    return show(request, "agreements/sign.html", context, status=422 if form.errors else 200)


def _form_for(request: HttpRequest, agreement: Agreement, own: AgreementParty) -> SigningForm | CertificateForm:
    assert agreement.shown is not None
    intent, initial = presenters.intent(agreement, own), {"seen_sha256": agreement.shown.sha256}
    if agreement.way == Way.CERTIFICATE and own.side in PARTIES:
        token = token_of(request.person)
        return CertificateForm(posted(request), request.FILES or None, intent=intent, token=token, initial=initial)
    return SigningForm(posted(request), person=request.person, intent=intent, initial=initial)


def _signed(
    request: HttpRequest, agreement: Agreement, form: SigningForm | CertificateForm, *, at: datetime
) -> Agreement | None:
    """The agreement after one has signed; None with the fault at its field."""
    if isinstance(form, SigningForm):
        if (identity := form.prove(at=at)) is None:
            return None
        shown = form.cleaned_data["seen_sha256"]
        return actions.sign(agreement, identity=identity, seen_sha256=shown, by=request.person, at=at)
    if not form.is_valid():
        return None
    with faults_at_their_fields(form), form.opened(at=at) as signer:
        identity = confirm_by_certificate(request.person, signer.certificate, at=at)
        shown = form.cleaned_data["seen_sha256"]
        return actions.sign(agreement, identity=identity, seen_sha256=shown, signer=signer, by=request.person, at=at)
    return None


@contextmanager
def faults_at_their_fields(form: OwnCertificate) -> Iterator[None]:
    """What is wrong with a certificate or token, at the field where it was given."""
    try:
        yield
    except SigningRefused as refused:
        form.add_error("password" if refused.why in AT_PASSWORD else "certificate", sentence_of(refused))
    except Refused as refused:
        form.add_error(None, refused.sentence)


def leads_nowhere(agreement: Agreement, person: Person) -> bool:
    """Whether somebody has signed with a certificate that leads to no trusted authority."""
    own = part_of(parties_of(agreement), person)
    signature = getattr(own.request, "signature", None) if own else None
    return bool(signature and signature.certificate and not signature.certificate["trusted"])


def _signed_sentence(agreement: Agreement) -> str:
    if agreement.state == State.IN_FORCE:
        return _("You have signed. Every party has signed now: the agreement is in force.")
    return _("You have signed. The agreement is in force when every party has signed.")
