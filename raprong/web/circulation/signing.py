"""The form with which somebody signs: what they saw, that they mean it, and the proof once more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.web.accounts.proof import ProvingForm


class SigningForm(ProvingForm):
    """A tick says the intent; the proof comes last."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)
    intent = forms.BooleanField(
        error_messages={"required": _("Tick this to say that you mean to sign what you have read.")}
    )
    field_order = ["seen_sha256", "intent", "password", "code"]

    def __init__(self, *args: Any, intent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intent"].label = intent
