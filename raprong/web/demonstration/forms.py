from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from raprong.web.shell.forms import DayField


class ClockForm(forms.Form):
    """The day to which the demonstration moves."""

    day = DayField(label=_("Move to"), help_text=_("The clock only moves forward."))

    def __init__(self, data: QueryDict | None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day <= self.today:
            raise forms.ValidationError(_("Choose a later day: the demonstration stands at this day already."))
        return day
