"""A certificate with its password, a root, a reason: as an administrator enters them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.organisation.models import Agency, Unit
from raprong.web.organisation.forms import PlacesFaults, UnitField
from raprong.web.shell.forms import DayField


class InstallForm(PlacesFaults):
    """The file that the certification authority handed out, for whom it seals, and from when."""

    unit = UnitField(
        label=_("Seals the papers of"),
        queryset=Unit.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("The whole agency"),
    )
    file = forms.FileField(
        label=_("Certificate file (.p12 or .pfx)"),
        help_text=_("The file with the private key in it. Its key is locked again with this server's own passphrase."),
        error_messages={"required": _("Choose the certificate file.")},
    )
    password = forms.CharField(
        label=_("Password of the file"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It opens the file once and is kept nowhere."),
    )
    in_force_from = DayField(label=_("Seals from this day on"))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = agency.units.filter(parent__isnull=True)  # type: ignore[attr-defined]


class TrustForm(PlacesFaults):
    """A root that the certification authority publishes."""

    file = forms.FileField(
        label=_("Root certificate (PEM or DER)"),
        help_text=_("Compare its fingerprint with the one that the authority publishes before you trust it."),
        error_messages={"required": _("Choose the certificate file.")},
    )


class ReasonForm(PlacesFaults):
    because = forms.CharField(label=_("Reason"), max_length=500, error_messages={"required": _("Give the reason.")})
