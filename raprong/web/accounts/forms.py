"""allauth's forms with this house's words: a label says what to type, and nothing is written inside the input."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django.utils.translation import gettext_lazy as _


class PlainInputs:
    """Inputs without placeholders, which vanish when one needs them."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(PlainInputs, LoginForm):
    """A user name or an e-mail address, and the password."""

    labels = {"login": _("User name or e-mail"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class OwnPasswordForm(PlainInputs, ChangePasswordForm):
    """One's own password: the old one, and the new one twice."""

    labels = {
        "oldpassword": _("Your password of today"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    hints = {"password1": _("Ten characters or more; not a common word, and nothing like your own name.")}


class OnceMoreForm(PlainInputs, ReauthenticateForm):
    """The password again, before something delicate."""

    labels = {"password": _("Password")}
