"""Results that somebody tries out. Nothing of it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from raprong.kpis.enums import CriteriaKind
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.criteria import Choice, Criteria
from raprong.lib.scoring.scheme import SchemePart
from raprong.results.enums import ResultStatus
from raprong.results.policies import faults_of_figure
from raprong.web.results.figures import written
from raprong.web.scores.finals import part_title
from raprong.web.shell.filters import digits
from raprong.web.shell.forms import FigureField, FigureInput

YES, NO = "1", "0"
PART = "part_"  # before the code of a part of the final score


class TryForm(forms.Form):
    """One field for each KPI, named by its public id, with the result as it stands; an empty one asks for that too.

    And one for each other part of a final score, with the points given so far.
    """

    def __init__(
        self,
        kpis: Sequence[KpiYear],
        criteria: Mapping[int, Criteria],
        now: Mapping[int, Decimal | None],
        data: Any,
        *,
        parts: Sequence[SchemePart] = (),
        given: Mapping[str, Decimal] | None = None,
    ) -> None:
        self.parts, self.given = list(parts), dict(given or {})
        stands = {kpi.public_id: written(now[kpi.pk]) for kpi in kpis}
        stands |= {f"{PART}{part.code}": written(self.given.get(part.code)) for part in parts}
        tries = any(name in data for name in stands)
        super().__init__({name: data.get(name, value) for name, value in stands.items()} if tries else None)
        self.kpis, self.now = list(kpis), now
        for kpi in kpis:
            field = _field(kpi, criteria[kpi.pk])
            field.initial = written(now[kpi.pk])
            self.fields[kpi.public_id] = field
        for part in parts:
            self.fields[f"{PART}{part.code}"] = FigureField(
                label=_("%(part)s out of %(full)s") % {"part": part_title(part), "full": digits(written(part.full))},
                required=False,
                min_value=0,
                max_value=part.full,
                initial=written(self.given.get(part.code)),
            )

    @property
    def part_fields(self) -> list[BoundField]:
        return [self[f"{PART}{part.code}"] for part in self.parts]

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

    def points(self) -> dict[str, Decimal]:
        """The points of the other parts, those that are tried instead of those that were given."""
        if not self.is_bound:
            return self.given
        self.full_clean()
        tried = {part.code: self.cleaned_data.get(f"{PART}{part.code}") for part in self.parts}
        return self.given | {code: points for code, points in tried.items() if points is not None}


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
