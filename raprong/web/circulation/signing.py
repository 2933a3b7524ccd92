"""The form with which somebody signs: what they saw, that they mean it, and the password once more."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.access.identity import ConfirmedIdentity, confirm_by_password
from raprong.access.rules import Refused
from raprong.organisation.models import Person


class SigningForm(forms.Form):
    """A wrong password is a sentence at its field; whatever else was entered stays."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)
    intent = forms.BooleanField(
        error_messages={"required": _("Tick this to say that you mean to sign what you have read.")}
    )
    password = forms.CharField(
        label=_("Your password"),
        help_text=_("It proves once more that it is you."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: object, intent: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["intent"].label = intent

    def prove(self, person: Person, *, at: datetime) -> ConfirmedIdentity | None:
        """The identity proven by the password; None with the fault at the field where it is wrong."""
        if not self.is_valid():
            return None
        try:
            return confirm_by_password(person, self.cleaned_data["password"], at=at)
        except Refused as refused:
            self.add_error("password", refused.sentence)
            return None
