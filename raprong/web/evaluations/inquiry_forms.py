"""A question about a KPI's claim, its answer, and its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.evaluations.inquiries import LONGEST_TEXT
from raprong.web.files.fields import UploadedOrIncoming
from raprong.web.shell.forms import DayField, TakesFaults


class AskForm(TakesFaults):
    """What is asked for, and by when."""

    question = forms.CharField(
        label=_("What you ask for"),
        help_text=_("Name the document or the figure. The group sees it beside its own claim."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you ask for.")},
    )
    due_on = DayField(label=_("To be answered by"))


class AnswerForm(TakesFaults):
    """The group's answer with its files."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the answer.")},
    )
    evidence = UploadedOrIncoming(label=_("Files"), required=False)

    @property
    def uploads(self) -> list[tuple[Any, str]]:
        return [(upload, upload.name) for upload in self.cleaned_data["evidence"]]


class CloseForm(TakesFaults):
    """What follows from the answer."""

    because = forms.CharField(
        label=_("What follows from it for the score"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what follows from it for the score.")},
    )
