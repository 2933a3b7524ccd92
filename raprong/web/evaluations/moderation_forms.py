"""What a moderation meeting decides about a score."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.evaluations.models import GivenScore
from raprong.evaluations.moderation import LONGEST_REASON
from raprong.web.shell.forms import FigureField, TakesFaults


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
