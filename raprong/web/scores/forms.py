"""Results that somebody tries out. Nothing of it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from raprong.kpis.enums import CriteriaKind
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.criteria import Choice, Criteria
from raprong.results.enums import ResultStatus
from raprong.results.policies import faults_of_figure
from raprong.web.results.figures import written
from raprong.web.shell.forms import FigureField, FigureInput

YES, NO = "1", "0"


class TryForm(forms.Form):
    """One field for each KPI, named by its public id, with the result as it stands; an empty one asks for that too."""

    def __init__(
        self, kpis: Sequence[KpiYear], criteria: Mapping[int, Criteria], now: Mapping[int, Decimal | None], data: Any
    ) -> None:
        tries = any(kpi.public_id in data for kpi in kpis)
        tried = {kpi.public_id: data.get(kpi.public_id, written(now[kpi.pk])) for kpi in kpis}
        super().__init__(tried if tries else None)
        self.kpis, self.now = list(kpis), now
        for kpi in kpis:
            field = _field(kpi, criteria[kpi.pk])
            field.initial = written(now[kpi.pk])
            self.fields[kpi.public_id] = field

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for kpi in self.kpis:
            value = _number(said.get(kpi.public_id))
            if value is not None:
                for fault in faults_of_figure(kpi, value, ResultStatus.VALUE):
                    self.add_error(kpi.public_id, str(fault.sentence))
        return said

    def tried(self) -> dict[str, Decimal]:
        """The results that differ from those that stand, by the KPIs' codes. What cannot be read is left out."""
        if not self.is_bound:
            return {}
        self.full_clean()
        values = {kpi: _number(self.cleaned_data.get(kpi.public_id)) for kpi in self.kpis}
        return {kpi.code: value for kpi, value in values.items() if value is not None and value != self.now[kpi.pk]}


def _field(kpi: KpiYear, criteria: Criteria) -> forms.Field:
    label = f"{kpi.code} {kpi.title}"
    if isinstance(criteria, Choice):
        options = [(str(number), option.title) for number, option in enumerate(criteria.options, start=1)]
        return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *options])
    if kpi.criteria_kind == CriteriaKind.YES_NO:
        return forms.ChoiceField(label=label, required=False, choices=[("", "–"), (YES, _("Yes")), (NO, _("No"))])
    return FigureField(label=label, required=False, widget=FigureInput(attrs={"data-figure": ""}))


def _number(said: object) -> Decimal | None:
    return None if said in (None, "") else Decimal(str(said))
