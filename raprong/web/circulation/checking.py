"""Handing a letter in, checking it, and sending it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from raprong.access.rules import Refused, refusal
from raprong.circulation import actions, permissions
from raprong.circulation.signers import possible_signers
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.web.circulation import presenters
from raprong.web.circulation.forms import ReturnForm, SignerForm
from raprong.web.circulation.panel import panel_for
from raprong.web.circulation.views import visible_letter
from raprong.web.shell.pages import show


@require_POST
def choose_signer(request: HttpRequest, letter: str) -> HttpResponse:
    """Ask somebody else who may sign the draft."""
    found, at = visible_letter(request, letter), clock.now()
    form = SignerForm(possible_signers(found.unit, on=day_of(at)), on=day_of(at), data=request.POST)
    if form.is_valid():
        actions.choose_signer(found, form.chosen, seen=_seen(request), by=request.person, at=at)
        words = {"person": form.chosen.name}
        messages.success(request, _("%(person)s is asked to sign the letter once it is checked.") % words)
    return redirect("circulation:letter", letter=found.public_id)


@require_POST
def hand_in(request: HttpRequest, letter: str) -> HttpResponse:
    """Hand a draft in; what is still empty is told in words."""
    found = visible_letter(request, letter)
    try:
        actions.hand_in(found, seen=_seen(request), by=request.person, at=clock.now())
    except Faults as refused:
        labels = presenters.places()
        faults = (f"{labels.get(fault.field, fault.field)}: {fault.sentence}" for fault in refused.faults)
        raise Refused(" ".join(faults)) from refused
    messages.success(request, _("The letter is handed in, and those who check it have been told."))
    return redirect("circulation:letter", letter=found.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def check(request: HttpRequest, letter: str) -> HttpResponse:
    """The paper, what the proof-reader marks, and two ways on: to the signature, or back with the reason."""
    found, at = visible_letter(request, letter), clock.now()
    permissions.check_may_check(request.person, found, at=at)
    if request.method == "POST":
        actions.pass_on(found, seen=_seen(request), by=request.person, at=at)
        messages.success(request, _("The letter is checked and waits for the signature."))
        return redirect("circulation:letter", letter=found.public_id)
    context = {
        "title": _("Check the letter"),
        "subtitle": found.subject,
        "letter": found,
        "kind_of": presenters.kind_of,
        "form": ReturnForm(initial={"version": found.version}),
        "look": presenters.look_of(found),
        "proof": presenters.proof_of_letter(found),
        "panel": panel_for(found, request.person, at),
    }
    return show(request, "circulation/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def send_back(request: HttpRequest, letter: str) -> HttpResponse:
    """Say what is to be changed, and give the letter back to its drafter."""
    found, at = visible_letter(request, letter), clock.now()
    form = ReturnForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        actions.send_back(found, because=typed["because"], seen=typed["version"], by=request.person, at=at)
        messages.success(request, _("The letter is sent back, and its drafter has been told."))
        return redirect("circulation:letter", letter=found.public_id)
    context = {
        "title": _("Send the letter back"),
        "subtitle": found.subject,
        "letter": found,
        "form": form,
        "why_not": refusal(permissions.check_may_send_back, request.person, found, at=at),
    }
    return show(request, "circulation/send_back.html", context, status=422 if form.errors else 200)


def _seen(request: HttpRequest) -> int | None:
    """The version that the page showed, where it says so."""
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() else None
