"""What is sent to the pages of uploaded files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.lib.workbooks.limits import MOST_BYTES_OF_CSV


class FileForm(forms.Form):
    """A workbook or a CSV file. How large it may be is asked before it is read into memory."""

    file = forms.FileField(label=_("File of KPIs"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES_OF_CSV:
            raise forms.ValidationError(
                _("This file is too large. Send at most 5 MB as a workbook (.xlsx), or 20 MB as CSV.")
            )
        return sent


class TakeForm(forms.Form):
    """Why KPIs change that are selected already."""

    because = forms.CharField(
        label=_("Reason for the change"),
        max_length=500,
        required=False,
        help_text=_("Some of these KPIs are selected already. The reason stays with them."),
    )
