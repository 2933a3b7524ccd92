"""Pages of letters: those that a unit sends, and those that reached a person."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raprong.access.permissions import check_holds
from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.circulation import actions, documents, permissions
from raprong.circulation.enums import UNSIGNED, State
from raprong.circulation.models import Letter, Recipient
from raprong.circulation.queries import (
    asked_to_sign,
    history_of,
    holders_of,
    letters_to_check,
    letters_to_sign,
    reading_of,
    recipients_of,
    returned_because,
    usual_recipients,
)
from raprong.circulation.signers import possible_signers
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.organisation.queries import unit_of
from raprong.web.circulation import presenters
from raprong.web.circulation.forms import RecipientsForm, SignerForm
from raprong.web.circulation.panel import panel_for
from raprong.web.circulation.papers import fresh_paper, kept_paper, seal_in_words
from raprong.web.circulation.personal import results_for
from raprong.web.circulation.presenters import proof_of_letter
from raprong.web.circulation.signing import SigningForm
from raprong.web.shell.filters import digits, named
from raprong.web.shell.pages import show


@require_GET
@reads_on_get
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that reached this person, and those of the units whose letters they may see."""
    on = clock.today()
    received = (
        Recipient.objects.filter(person=request.person)
        .select_related("letter__unit", "letter__to_unit")
        .order_by("-delivered_at")
    )
    ours = Letter.objects.visible_to(request.person, on=on).with_units()
    context = {
        "title": _("Letters and circulars"),
        "subtitle": _("What reached you, and what the unit sends"),
        "received": list(received),
        "ours": [
            {
                "letter": each,
                "pill": presenters.state_pill(each),
                "reading": reading_of(each),
                "sends": holds(request.person, "circulation.send", each.unit, on=on),
            }
            for each in ours
        ],
        "to_check": letters_to_check(request.person, on=on),
        "to_sign": letters_to_sign(request.person, on=on),
        "kind_of": presenters.kind_of,
        "number_of": presenters.number_of,
        "recipient_pill": presenters.recipient_pill,
    }
    return show(request, "circulation/list.html", context)


@require_GET
@reads_on_get
def letter(request: HttpRequest, letter: str) -> HttpResponse:
    """One letter. Whom it reached opens it here; who sends it sees how far it has been read."""
    found, at = visible_letter(request, letter), clock.now()
    person = request.person
    own = found.recipients.filter(person=person).first()
    sends = _keeps(request, found)
    moves = list(history_of(found)) if sends else []
    context = {
        "title": found.subject,
        "subtitle": " · ".join(filter(None, [presenters.kind_of(found), found.number_text, named(found.unit)])),
        "letter": found,
        "own": own,
        "results": results_for(found, person, on=day_of(at)) if own and own.read_at else None,
        "own_pill": presenters.recipient_pill(own) if own else None,
        "sends": sends,
        "pill": presenters.state_pill(found),
        "steps": presenters.steps(found, moves),
        "held_by": presenters.held_by(found, holders_of(found, on=day_of(at))) if sends else "",
        "history": presenters.history(found, moves) if sends else [],
        "returned": returned_because(found) if sends and found.state == State.DRAFTING else None,
        "proof": proof_of_letter(found) if sends and found.state in (*UNSIGNED, State.SIGNED) else None,
        "reading": reading_of(found),
        "reading_sentence": presenters.reading_sentence(reading_of(found)),
        "recipients": list(recipients_of(found)) if sends else [],
        "recipient_pill": presenters.recipient_pill,
        "kind_of": presenters.kind_of,
        "seal": seal_in_words(found.sealed) if found.sealed and "check" in request.GET else None,
        "why_not_revise": refusal(permissions.check_may_revise, person, found, at=at),
        "asked": asked_to_sign(found, on=day_of(at)),
        "signer_form": _signer_form(found, at) if sends and found.state == State.DRAFTING else None,
        "why_not_hand_in": refusal(permissions.check_may_hand_in, person, found, at=at),
        "why_not_check": refusal(permissions.check_may_check, person, found, at=at),
        "why_not_sign": refusal(permissions.check_may_sign, person, found, at=at),
        "why_not_send": refusal(permissions.check_may_send, person, found, at=at),
        "why_not_call": refusal(permissions.check_may_call_again, person, found, at=at),
        "why_not_cancel": refusal(permissions.check_may_cancel, person, found, at=at),
        "panel": panel_for(found, person, at) if sends else None,
    }
    return show(request, "circulation/letter.html", context)


@require_POST
def open_letter(request: HttpRequest, letter: str) -> HttpResponse:
    """The person whom the letter reached opens it: from now on it counts as read."""
    own = _own(request, letter)
    actions.mark_read(own, by=request.person, at=clock.now())
    return redirect("circulation:letter", letter=own.letter.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def unread(request: HttpRequest, letter: str) -> HttpResponse:
    """Who has not opened the letter yet; and asking them once more."""
    found, at = visible_letter(request, letter), clock.now()
    check_holds(request.person, "circulation.send", found.unit, on=day_of(at))
    if request.method == "POST":
        called = actions.call_again(found, by=request.person, at=at)
        words = ngettext(
            "%(count)s person has been asked once more.", "%(count)s people have been asked once more.", len(called)
        )
        messages.success(request, words % {"count": digits(len(called))})
        return redirect("circulation:unread", letter=found.public_id)
    waiting = recipients_of(found).filter(read_at__isnull=True)
    context = {
        "title": _("Who has not opened it yet"),
        "subtitle": found.subject,
        "letter": found,
        "rows": [(one, unit_of(one.person, on=day_of(at))) for one in waiting],
        "reading_sentence": presenters.reading_sentence(reading_of(found)),
        "why_not_call": refusal(permissions.check_may_call_again, request.person, found, at=at),
    }
    return show(request, "circulation/unread.html", context)


@require_POST
def acknowledge(request: HttpRequest, letter: str) -> HttpResponse:
    own = _own(request, letter)
    actions.acknowledge(own, by=request.person, at=clock.now())
    messages.success(request, _("You have acknowledged the letter."))
    return redirect("circulation:letter", letter=own.letter.public_id)


@require_GET
@reads_on_get
def paper(request: HttpRequest, letter: str) -> HttpResponseBase:
    """The paper: sealed once it is signed, printed on the spot while it is a draft."""
    found = visible_letter(request, letter)
    if found.sealed is not None:
        return kept_paper(found.sealed)
    return fresh_paper(documents.printed_draft(found), presenters.file_name_of_draft(found))


@require_http_methods(["GET", "POST"])
@reads_on_get
def sign(request: HttpRequest, letter: str) -> HttpResponse:
    """What one signs, and the proof once more. Signing gives the letter its number."""
    found, at = visible_letter(request, letter), clock.now()
    permissions.check_may_sign(request.person, found, at=at)
    initial = {"seen_sha256": actions.sha256_of_draft(found)} if request.method == "GET" else {}
    form = SigningForm(_posted(request), person=request.person, intent=presenters.intent(found), initial=initial)
    if request.method == "POST" and (identity := form.prove(at=at)):
        seen = form.cleaned_data["seen_sha256"]
        signed = actions.sign(found, identity=identity, seen_sha256=seen, by=request.person, at=at)
        messages.success(request, _("Signed. Its number is %(number)s.") % {"number": signed.number_text})
        return redirect("circulation:letter", letter=found.public_id)
    context = {
        "title": _("Sign"),
        "subtitle": found.subject,
        "letter": found,
        "kind_of": presenters.kind_of,
        "form": form,
        "proof": proof_of_letter(found),
        "look": presenters.look_of(found),
        "panel": panel_for(found, request.person, at),
    }
    return show(request, "circulation/sign.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@reads_on_get
def send(request: HttpRequest, letter: str) -> HttpResponse:
    """Choose who gets the letter, and send it."""
    found, at = visible_letter(request, letter), clock.now()
    permissions.check_may_send(request.person, found, at=at)
    form = RecipientsForm(_posted(request), people=usual_recipients(found))
    if request.method == "POST" and form.is_valid():
        recipients = form.cleaned_data["recipients"]
        actions.send(found, recipients=recipients, by=request.person, at=at)
        messages.success(request, _("The letter is sent, and everybody it goes to has been told."))
        return redirect("circulation:letter", letter=found.public_id)
    context = {
        "title": _("Send the letter"),
        "subtitle": found.subject,
        "letter": found,
        "form": form,
        "panel": panel_for(found, request.person, at),
    }
    return show(request, "circulation/send.html", context, status=422 if form.errors else 200)


def visible_letter(request: HttpRequest, public_id: str) -> Letter:
    """A letter that this person may read; others do not exist for them."""
    readable = Letter.objects.visible_to(request.person, on=clock.today()).with_units()
    return get_object_or_404(readable, public_id=public_id)


def _own(request: HttpRequest, public_id: str) -> Recipient:
    received = Recipient.objects.filter(person=request.person).select_related("letter")
    return get_object_or_404(received, letter__public_id=public_id)


def _keeps(request: HttpRequest, letter: Letter) -> bool:
    """Whether this person looks at the letter as one of those who send it, and not only as one whom it reached."""
    at = clock.now()
    asked = (permissions.check_may_draft, permissions.check_may_check_for, permissions.check_signs_for)
    return any(refusal(check, request.person, letter.unit, at=at) == "" for check in asked)


def _signer_form(letter: Letter, at: datetime) -> SignerForm | None:
    """The choice of who signs, where there is one."""
    on = day_of(at)
    people = possible_signers(letter.unit, on=on)
    return SignerForm(people, on=on, asked=asked_to_sign(letter, on=on)) if len(people) > 1 else None


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, even where every field was left empty; None for who is only looking."""
    return request.POST if request.method == "POST" else None
