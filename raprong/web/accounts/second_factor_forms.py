"""Forms that ask for a code of the second factor."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raprong.access.second_factor import accepted
from raprong.core import clock
from raprong.web.accounts.forms import PlainInputs

CODE_INPUT = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none"}


class AsksForCode(PlainInputs):
    """A code of the device or a recovery code, each good once. Guessing is stopped after some attempts."""

    labels = {"code": _("Code")}
    hints = {"code": _("The six digits that your device shows now, or one of your recovery codes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE_INPUT  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        forget_attempts = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        found = accepted(self.user, code, true_time=timezone.now(), at=clock.now())
        if found is None:
            raise get_adapter().validation_error("incorrect_code")
        forget_attempts()
        self.authenticator = found
        return code


class SignInCodeForm(AsksForCode, AuthenticateForm):
    """The second step of signing in."""


class OnceMoreCodeForm(AsksForCode, ReauthenticateForm):
    """The code again, before something delicate."""


class SetUpForm(forms.Form):
    """The first code of a device, which shows that it holds the secret."""

    code = forms.CharField(
        label=_("Code that your device shows"),
        help_text=_("Six digits. A new one appears every half minute."),
        widget=forms.TextInput(attrs=CODE_INPUT),
        max_length=20,
    )
