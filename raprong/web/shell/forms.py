"""Fields that read what an officer types: Thai or Arabic digits, Buddhist or common years, thousands with commas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from raprong.core.faults import Faults
from raprong.lib.thai.dates import UnreadableDate, parse_thai_date
from raprong.lib.thai.digits import to_arabic_digits
from raprong.web.shell.filters import in_thai, short_date


class FigureInput(forms.TextInput):
    """Right-aligned, with the number keys on a phone."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class FigureField(forms.DecimalField):
    """A Decimal typed with Thai or Arabic digits, thousands with or without commas."""

    widget = FigureInput
    default_error_messages = {"invalid": _("Enter a number, such as 94.50.")}

    # django-stubs takes a DecimalField for a kind of IntegerField.
    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = to_arabic_digits(value).replace(",", "").strip()
        return super().to_python(value)


class DayInput(forms.DateInput):
    """A day as text, written the way the reader's language writes it."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return short_date(value) if isinstance(value, date) else super().format_value(value)


class DayField(forms.DateField):
    """A day: ๓๑ ม.ค. ๒๕๗๐, 31/1/2570, 31 January 2027 or 2027-01-31."""

    widget = DayInput
    default_error_messages = {"invalid": _("Enter a day, such as 31 Jan 2027 or 2027-01-31.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 31 Jan 2027"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        try:
            return parse_thai_date(str(value))
        except UnreadableDate as unreadable:
            raise ValidationError(unreadable.sentence_th if in_thai() else unreadable.sentence, "invalid") from None


class TakesFaults(forms.Form):
    """A form that shows the faults of a verb."""

    def take(self, faults: Faults) -> None:
        """Put each of a verb's faults beside its field; what belongs to none of them belongs to the form."""
        for fault in faults.faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.sentence))
