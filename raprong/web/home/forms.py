"""The first form of an installation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FirstRunForm(forms.Form):
    """The agency, and the administrator who sets it up."""

    agency = forms.CharField(label=_("Name of the agency"), max_length=200, help_text=_("For example a department."))
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("With this you sign in."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Ten characters or more, not a common word."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password once more"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, str]:
        typed = self.cleaned_data
        if "password" in typed and "again" in typed and typed["password"] != typed["again"]:
            self.add_error("again", _("You must type the same password each time."))
        return typed
