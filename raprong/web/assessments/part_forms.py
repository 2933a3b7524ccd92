"""Handing a part in, and sending it back with a reason at each field that is to change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from raprong.assessments.enums import ItemField
from raprong.assessments.models import AssessmentItem
from raprong.assessments.parts.actions import Reason, place_of
from raprong.core.faults import Faults


class PartForm(forms.Form):
    """What both forms share: a verb's faults beside their fields."""

    use_required_attribute = False

    def take(self, faults: Faults) -> None:
        for fault in faults.faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.sentence))


class HandInForm(PartForm):
    note = forms.CharField(
        label=_("A word to whoever looks at it"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SendBackForm(PartForm):
    """One small field for a reason beside each field of each KPI, and one for the part as a whole."""

    because = forms.CharField(
        label=_("For the whole part"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Or write at the field that is to change; the group sees it there until it does."),
    )

    def __init__(self, items: Sequence[AssessmentItem], data: Any = None) -> None:
        super().__init__(data)
        self.items = items
        for item, name in self._places():
            self.fields[place_of(item, name)] = forms.CharField(
                label=_("What is to change: %(field)s") % {"field": name.label},
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _places(self) -> Iterator[tuple[AssessmentItem, ItemField]]:
        return ((item, name) for item in self.items for name in ItemField if shows(item, name))

    def at(self, item: AssessmentItem) -> list[tuple[ItemField, BoundField]]:
        """The reason fields of a KPI, each with the field it is about."""
        return [(name, self[place_of(each, name)]) for each, name in self._places() if each == item]

    @property
    def reasons(self) -> list[Reason]:
        said = ((item, name, self.cleaned_data[place_of(item, name)]) for item, name in self._places())
        return [Reason(item, name, text) for item, name, text in said if text.strip()]


def shows(item: AssessmentItem, name: ItemField) -> bool:
    """Whether a report has this field of a KPI: why there is no result is said only where there is none."""
    if name == ItemField.NO_FIGURE:
        return item.result is None
    asks = item.assessment.run.definition.reporting.asks_for_explanations(item.assessment.months)
    explains = name in (ItemField.FACTORS, ItemField.OBSTACLES, ItemField.SUGGESTIONS)
    return not explains or asks or bool(getattr(item, name))
