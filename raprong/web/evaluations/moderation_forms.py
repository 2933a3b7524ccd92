"""A moderation meeting, and what it decides about a score."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.evaluations.models import GivenScore, ModerationMeeting
from raprong.evaluations.moderation import LARGEST_NUMBER, LONGEST_REASON, Meeting
from raprong.web.evaluations.inquiry_forms import TakesFaults
from raprong.web.shell.forms import DayField, FigureField


class MeetingForm(TakesFaults):
    """What a meeting says of itself."""

    number = forms.IntegerField(
        label=_("Number of the meeting in this year"), min_value=1, max_value=LARGEST_NUMBER, widget=forms.TextInput
    )
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

    def meeting(self) -> Meeting:
        return Meeting(**self.cleaned_data)


def said_by(meeting: ModerationMeeting) -> dict[str, Any]:
    """What a meeting says of itself, to begin its form with."""
    return {name: getattr(meeting, name) for name in Meeting.__dataclass_fields__}


class DecisionForm(TakesFaults):
    """Another score, or none where it stays, and why."""

    given = FigureField(
        label=_("Score decided"), required=False, help_text=_("Leave it empty where the score stays as it is.")
    )
    because = forms.CharField(
        label=_("Why the meeting decided so"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why the meeting decided so.")},
    )

    def __init__(self, score: GivenScore, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{score.public_id}_%s")
