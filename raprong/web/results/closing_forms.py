"""Why figures that are missing are waived when a month closes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.kpis.models import KpiYear
from raprong.web.results.figure_forms import FigureForm


@dataclass(frozen=True)
class Missing:
    """A figure that is not reported."""

    month: date
    kpi: KpiYear

    @property
    def field(self) -> str:
        return f"waive-{self.month:%Y-%m}-{self.kpi.public_id}"


class CloseForm(FigureForm):
    """A reason for all that is missing, and beside it one of its own for each figure."""

    because = forms.CharField(
        label=gettext_lazy("Why it is closed without them"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "Counts for every figure above without a reason of its own. Needed unless each has one."
        ),
    )

    def __init__(self, data: Any, *, missing: Iterable[Missing]) -> None:
        super().__init__(data)
        self.missing = list(missing)
        for one in self.missing:
            self.fields[one.field] = forms.CharField(
                label=_("Reason for %(kpi)s") % {"kpi": one.kpi.code}, max_length=500, required=False
            )

    def waived(self) -> dict[date, dict[str, str]]:
        """The reasons of their own, by month and by the KPI's public id."""
        found: dict[date, dict[str, str]] = {}
        for one in self.missing:
            if because := self.cleaned_data.get(one.field, ""):
                found.setdefault(one.month, {})[one.kpi.public_id] = because
        return found

    def reason_of(self, one: Missing) -> forms.BoundField:
        return self[one.field]
