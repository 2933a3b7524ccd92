"""Who takes a KPI on, and what one says when one acknowledges it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person

LONGEST_DUTY = 300


class AssignForm(forms.Form):
    """A person of the unit and what of the KPI is theirs."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), to_field_name="public_id", empty_label=_("Choose a person")
    )
    duty = forms.CharField(label=_("What of it is theirs"), required=False, max_length=LONGEST_DUTY)

    def __init__(self, kpi: KpiYear, people: Iterable[Person], data: Any = None) -> None:
        super().__init__(data, prefix=kpi.public_id)
        self.fields["person"].queryset = Person.objects.filter(pk__in=[person.pk for person in people])


class AcknowledgeForm(forms.Form):
    """The statement that goes with an acknowledgement."""

    understood = forms.BooleanField(
        label=_("I have read what these KPIs ask of me, and I understand it."),
        error_messages={"required": _("Tick this sentence once you have read and understood.")},
    )
