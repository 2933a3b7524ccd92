from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.notifications.channels import Channel
from raprong.notifications.enums import Rhythm


class WishForm(forms.Form):
    """When one channel brings one's notices."""

    rhythm = forms.ChoiceField(
        label=_("Send me my notices"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )

    def __init__(self, channel: Channel, data: Any, *, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=channel.code, initial=initial)
