"""Forms of addenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.agreements.addenda import LONGEST_REASON, KpiChange
from raprong.kpis.amendments import Amendment
from raprong.kpis.criteria_words import figure_words
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.lib.scoring.criteria import Criteria, Ladder
from raprong.lib.scoring.ladder import Rung
from raprong.web.shell.forms import DayField, FigureField


class TermsForm(forms.Form):
    """Why the agreement is changed, and from which day."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("It is printed on the addendum, and kept with every KPI that changes."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    effective_on = DayField(label=_("Counts from"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class ChangeRow:
    """The fields of one KPI; its levels are empty where its criteria are not a figure for each level."""

    kpi: KpiYear
    target: forms.BoundField | None
    weight: forms.BoundField | None
    levels: list[tuple[str, forms.BoundField]]


class ChangesForm(forms.Form):
    """For each selected KPI its target, its weight and, where each level is a figure, its levels."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kpis: Sequence[KpiYear], amended: Mapping[int, Amendment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kpis = kpis
        for kpi in kpis:
            self._add(kpi, amended.get(kpi.pk))

    def _add(self, kpi: KpiYear, amendment: Amendment | None) -> None:
        criteria = amendment.criteria if amendment else criteria_of(kpi)
        if kpi.target is not None:
            self._figure(f"target_{kpi.public_id}", _("Target"), amendment.target if amendment else kpi.target)
        if kpi.parent_id is None:
            self._figure(f"weight_{kpi.public_id}", _("Weight"), amendment.weight if amendment else kpi.weight)
        if isinstance(criteria, Ladder):
            for rung in criteria.rungs:
                self._figure(_level(kpi, rung.score), figure_words(rung.score), rung.at)

    def _figure(self, name: str, label: Any, value: Decimal | None) -> None:
        initial = None if value is None else figure_words(value)
        self.fields[name] = FigureField(label=label, initial=initial, max_digits=19, decimal_places=4)

    def rows(self) -> list[ChangeRow]:
        return [
            ChangeRow(
                kpi,
                self._bound(f"target_{kpi.public_id}"),
                self._bound(f"weight_{kpi.public_id}"),
                [(figure_words(rung.score), self[_level(kpi, rung.score)]) for rung in _rungs(kpi)],
            )
            for kpi in self._kpis
        ]

    def changes(self) -> list[KpiChange]:
        """What was entered, for every KPI; what is as it was changes nothing."""
        entered = self.cleaned_data
        return [
            KpiChange(
                kpi,
                entered.get(f"target_{kpi.public_id}"),
                entered.get(f"weight_{kpi.public_id}"),
                self._criteria(kpi),
            )
            for kpi in self._kpis
        ]

    def field_of(self, place: str) -> str:
        """Where a fault stands: one of a KPI's criteria at the first of its levels."""
        kind, _line, kpi = place.partition("_")
        level = next((name for name in self.fields if kind == "criteria" and name.startswith(f"level_{kpi}_")), "")
        return level or place

    def _criteria(self, kpi: KpiYear) -> Criteria | None:
        rungs = _rungs(kpi)
        if not rungs:
            return None
        return Ladder(tuple(Rung(self.cleaned_data[_level(kpi, rung.score)], rung.score) for rung in rungs))

    def _bound(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None


def _rungs(kpi: KpiYear) -> tuple[Rung, ...]:
    criteria = criteria_of(kpi)
    return criteria.rungs if isinstance(criteria, Ladder) else ()


def _level(kpi: KpiYear, score: Decimal) -> str:
    return f"level_{kpi.public_id}_{str(score).replace('.', '_')}"
