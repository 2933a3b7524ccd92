"""What a meeting that keeps minutes says of itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.web.shell.forms import DayField, TakesFaults


class MeetingForm(TakesFaults):
    """Number, day and place, the post that leads it, who came, and other matters. The room's verb looks at the rest."""

    number = forms.IntegerField(label=_("Number of the meeting in this year"), min_value=1, widget=forms.TextInput)
    held_on = DayField(label=_("Day of the meeting"))
    place = forms.CharField(label=_("Place"), max_length=200)
    chair = forms.CharField(
        label=_("Who leads it"), max_length=200, help_text=_("The post, for example director of the division")
    )
    present = forms.CharField(
        label=_("Who is present"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        required=False,
        help_text=_("One post a line, without the chair. It can be filled in later, and is needed for the minutes."),
    )
    remarks = forms.CharField(
        label=_("Other matters, for the minutes"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        required=False,
    )


def said_by(meeting: Any) -> dict[str, Any]:
    """What a meeting says of itself, to begin its form with."""
    return {name: getattr(meeting, name) for name in MeetingForm.base_fields}
