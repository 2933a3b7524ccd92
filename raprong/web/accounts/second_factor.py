"""One's own second factor: whether it is set up, setting it up with a device, recovery codes, giving it up."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from raprong.access import second_factor as verbs
from raprong.access.roles import SecondFactor
from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.lib.one_time_codes import new_secret
from raprong.lib.qr_codes import as_address, drawn_for_screen
from raprong.web.accounts.second_factor_forms import SetUpForm
from raprong.web.shell import errors
from raprong.web.shell.current import today
from raprong.web.shell.pages import open_to_accounts, show

SECRET = "second-factor-secret"  # in the session, until the device has shown that it holds it
NAME = "Raprong"
LETTERS_TOGETHER = 4
READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@reads_on_get
def standing(request: HttpRequest) -> HttpResponse:
    """What is set up, and what can be done about it."""
    found = verbs.standing_of(request.person, on=today())
    context = {
        "title": _("Second factor"),
        "standing": found,
        "required": found.asked is SecondFactor.REQUIRED,
        "why_not_set_up": refusal(verbs.check_may_set_up, request.person, on=today()),
        "why_not_lay_down": refusal(verbs.check_may_lay_down, request.person, on=today()),
    }
    return show(request, "account/second_factor.html", context)


@open_to_accounts
@READ_AND_WRITE
@sensitive_post_parameters("code")
@reauthentication_required(app="allauth.mfa")
@reads_on_get
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the secret to a device, and take its first code. Recovery codes are on the page that answers, once.

    Whoever must set it up before anything else is let in here.
    """
    if request.person is None:
        return errors.nobody(request)
    verbs.check_may_set_up(request.person, on=today())
    form = SetUpForm(request.POST if request.method == "POST" else None)
    secret = request.session.setdefault(SECRET, new_secret())
    if request.method == "POST" and form.is_valid():
        try:
            codes = verbs.set_up(
                secret, form.cleaned_data["code"], true_time=timezone.now(), by=request.person, at=clock.now()
            )
        except Faults as faults:
            for fault in faults.faults:
                form.add_error(fault.field, str(fault.sentence))
        else:
            del request.session[SECRET]
            return _codes_page(request, codes, _("Your second factor is set up"))
    context = {
        "title": _("Set up a second factor"),
        "form": form,
        "picture": as_address(drawn_for_screen(_address(request, secret))),
        "secret": " ".join(_in_groups(secret)),
        "required": verbs.is_missing(request.person, on=today()),
    }
    return _unkept(show(request, "account/second_factor_set_up.html", context, status=422 if form.errors else 200))


@READ_AND_WRITE
@reauthentication_required(app="allauth.mfa")
@reads_on_get
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in the place of the old, shown once."""
    verbs.check_is_set_up(request.person)
    if request.method == "POST":
        codes = verbs.make_recovery_codes(by=request.person, at=clock.now())
        return _codes_page(request, codes, _("Your new recovery codes"))
    context = {
        "title": _("New recovery codes"),
        "sentence": _("The recovery codes that you have now stop working. The new ones are shown once."),
        "action": reverse("mfa_generate_recovery_codes"),
        "label": _("Make new recovery codes"),
        "cancel": reverse("mfa_index"),
    }
    return render(request, "confirm.html", context)


@READ_AND_WRITE
@reauthentication_required(app="allauth.mfa")
@reads_on_get
def lay_down(request: HttpRequest) -> HttpResponse:
    """Give the second factor up."""
    verbs.check_may_lay_down(request.person, on=today())
    if request.method == "POST":
        verbs.lay_down(by=request.person, at=clock.now())
        messages.success(request, _("Your second factor is given up. From now on the password alone lets you in."))
        return redirect("mfa_index")
    context = {
        "title": _("Give up the second factor"),
        "sentence": _(
            "From then on your password alone opens your account, and the recovery codes stop working. Remove the "
            "account from your device afterwards."
        ),
        "action": reverse("mfa_deactivate_totp"),
        "label": _("Give it up"),
        "kind": "danger",
        "cancel": reverse("mfa_index"),
    }
    return render(request, "confirm.html", context)


def _codes_page(request: HttpRequest, codes: list[str], title: str) -> HttpResponse:
    context = {"title": title, "codes": [" ".join(_in_groups(code)) for code in codes]}
    return _unkept(render(request, "account/recovery_codes.html", context))


def _unkept(response: HttpResponse) -> HttpResponse:
    """A page with secrets stays in no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _address(request: HttpRequest, secret: str) -> str:
    """The secret as authenticator apps read it from a picture, under the name by which its owner knows it."""
    label = f"{NAME}:{request.user.get_username()}"
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': NAME})}"


def _in_groups(text: str) -> list[str]:
    return [text[at : at + LETTERS_TOGETHER] for at in range(0, len(text), LETTERS_TOGETHER)]
