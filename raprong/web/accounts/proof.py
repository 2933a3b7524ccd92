"""The part of a form that proves once more who is at the keyboard, at the moment of an act that binds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raprong.access.identity import ConfirmedIdentity, confirm_by_code, confirm_by_password
from raprong.access.rules import Refused
from raprong.access.second_factor import is_set_up
from raprong.organisation.models import Person
from raprong.web.accounts.second_factor_forms import CODE_INPUT


class ProvingForm(forms.Form):
    """Asks for a code of whoever has a second factor, for the password of everybody else.

    A wrong one is a sentence at its field; whatever else was entered stays. Guessing is stopped after some attempts.
    """

    password = forms.CharField(
        label=_("Your password"),
        help_text=_("It proves once more that it is you."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code of your second factor"),
        help_text=_("The six digits that your device shows now. They prove once more that it is you."),
        widget=forms.TextInput(attrs=CODE_INPUT),
        max_length=20,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self.proof_field = "code" if is_set_up(person) else "password"
        del self.fields["password" if self.proof_field == "code" else "code"]

    def proof(self) -> forms.BoundField:
        """The field with which one proves who one is, for pages that place it themselves."""
        return self[self.proof_field]

    def prove(self, *, at: datetime) -> ConfirmedIdentity | None:
        """The proven identity; None with the fault at the field where it is wrong."""
        if not self.is_valid():
            return None
        attempts = f"proof-{self._person.pk}"
        if not ratelimit.consume(context.request, action="login_failed", key=attempts):
            self.add_error(self.proof_field, get_adapter().error_messages["too_many_login_attempts"])
            return None
        try:
            identity = self._confirmed(self.cleaned_data[self.proof_field], at=at)
        except Refused as refused:
            self.add_error(self.proof_field, refused.sentence)
            return None
        ratelimit.clear(context.request, action="login_failed", key=attempts)
        return identity

    def _confirmed(self, typed: str, *, at: datetime) -> ConfirmedIdentity:
        if self.proof_field == "code":
            return confirm_by_code(self._person, typed, true_time=timezone.now(), at=at)
        return confirm_by_password(self._person, typed, at=at)
