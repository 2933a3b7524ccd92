"""What officers type about KPIs across their years: which are copied, why one is retired or cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.kpis.alignment import Alignment
from raprong.kpis.library import Copying
from raprong.kpis.models import Dimension, Framework, KpiYear, PolicySource
from raprong.web.kpis.forms import round_name
from raprong.web.shell.filters import digits


class BecauseForm(forms.Form):
    """Why something is done."""

    because = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class CancelForm(BecauseForm):
    """From which round on a KPI is cancelled, and why."""

    from_round = forms.TypedChoiceField(label=_("Cancelled from"), coerce=int, widget=forms.RadioSelect)
    field_order = ("from_round", "because")

    def __init__(self, rounds: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_round"].choices = [(months, round_name(months)) for months in rounds]


class CopyForm(forms.Form):
    """A tick for each of last year's KPIs; a code and a dimension where last year's cannot be used again."""

    def __init__(self, framework: Framework, offered: Sequence[KpiYear], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        codes = set(framework.kpis.values_list("code", flat=True))
        titles = set(framework.dimensions.values_list("title", flat=True))
        for kpi in offered:
            key, names = kpi.public_id, {"kpi": digits(kpi.code)}
            self.fields[f"take_{key}"] = forms.BooleanField(
                label=f"{digits(kpi.code)} {kpi.title}", initial=True, required=False
            )
            if kpi.code in codes:
                self.fields[f"code_{key}"] = forms.CharField(
                    label=_("Code of %(kpi)s in this year") % names,
                    help_text=_("Its code belongs to another KPI now."),
                    max_length=20,
                    required=False,
                )
            if kpi.dimension.title not in titles:
                self.fields[f"dimension_{key}"] = forms.ModelChoiceField(
                    label=_("Dimension of %(kpi)s in this year") % names,
                    help_text=_("Last year's dimension is not in this year's framework."),
                    queryset=framework.dimensions.all(),
                    to_field_name="public_id",
                    required=False,
                    empty_label=_("Choose"),
                )

    def row(self, kpi: KpiYear) -> list[forms.BoundField]:
        """The fields of one KPI, its tick first."""
        names = (f"{name}_{kpi.public_id}" for name in ("take", "code", "dimension"))
        return [self[name] for name in names if name in self.fields]

    def copies(self) -> list[Copying]:
        """The KPIs that are ticked."""
        typed = self.cleaned_data
        chosen = [kpi for kpi in self.offered if typed.get(f"take_{kpi.public_id}")]
        return [Copying(kpi, typed.get(f"code_{kpi.public_id}", ""), self._dimension(kpi.public_id)) for kpi in chosen]

    def _dimension(self, key: str) -> Dimension | None:
        chosen: Dimension | None = self.cleaned_data.get(f"dimension_{key}")
        return chosen


class MatrixForm(forms.Form):
    """The ticks of the matrix for those KPIs that a person may align, and a reason where one is asked for."""

    because = forms.CharField(
        label=_("Why it is changed"),
        max_length=500,
        required=False,
        help_text=_("Needed where the sources of a selected KPI change."),
    )

    def __init__(self, framework: Framework, kpis: Sequence[KpiYear], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kpis, self.sources = kpis, {source.public_id: source for source in framework.sources.all()}
        choices = [(key, source.title) for key, source in self.sources.items()]
        for kpi in kpis:
            self.fields[f"answers_{kpi.public_id}"] = forms.MultipleChoiceField(choices=choices, required=False)
            self.fields[f"version_{kpi.public_id}"] = forms.IntegerField(required=False)

    def alignments(self) -> list[Alignment]:
        """What was ticked, for the KPIs that were on the page."""
        typed = self.cleaned_data
        there = [kpi for kpi in self.kpis if typed.get(f"version_{kpi.public_id}") is not None]
        return [Alignment(kpi, self._ticked(kpi), typed[f"version_{kpi.public_id}"]) for kpi in there]

    def _ticked(self, kpi: KpiYear) -> list[PolicySource]:
        return [self.sources[key] for key in self.cleaned_data[f"answers_{kpi.public_id}"]]
