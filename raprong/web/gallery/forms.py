"""A form with one field of each kind, for the gallery."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.web.files.fields import UploadedOrIncoming
from raprong.web.shell.forms import DayField, FigureField


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name of the KPI"), max_length=200, help_text=_("As it stands in the agreement"))
    result = FigureField(label=_("Result"), max_digits=12, decimal_places=2)
    reported_on = DayField(label=_("Reported on"))
    unit = forms.ChoiceField(label=_("Counted in"), choices=[("percent", _("Percent")), ("days", _("Days"))])
    direction = forms.ChoiceField(
        label=_("Which is better"),
        choices=[("higher", _("Higher is better")), ("lower", _("Lower is better"))],
        widget=forms.RadioSelect,
    )
    rounds = forms.MultipleChoiceField(
        label=_("Reported in"),
        choices=[("6", _("Six months")), ("12", _("Twelve months"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    remark = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    evidence = forms.FileField(
        label=_("Evidence"), required=False, help_text=_("PDF, picture or workbook, up to 20 MB")
    )
    complete = forms.BooleanField(label=_("The evidence is complete"))


class FilesForm(forms.Form):
    """Many files at once."""

    photographs = UploadedOrIncoming(label=_("Photographs"), required=False)
