"""A conflict is declared, and lifted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.evaluations.conflicts import LONGEST_REASON
from raprong.kpis.models import KpiYear
from raprong.web.shell.filters import digits
from raprong.web.shell.forms import TakesFaults

WHOLE = "all"


class DeclareForm(TakesFaults):
    """With what, and why."""

    kpi = forms.ChoiceField(
        label=gettext_lazy("You are too near to"),
        help_text=gettext_lazy("You score and confirm nothing of it from then on. Another person may lift it later."),
    )
    because = forms.CharField(
        label=gettext_lazy("What makes you too near to judge"),
        help_text=gettext_lazy("Such as kinship, former work there, or help with it. Those who read scores see it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what makes you too near to judge.")},
    )

    def __init__(self, kpis: Sequence[KpiYear], data: Any = None, *, chosen: str = "") -> None:
        super().__init__(data, initial={"kpi": chosen or WHOLE})
        self.kpis = {kpi.public_id: kpi for kpi in kpis}
        each = [(key, digits(f"{kpi.code} {kpi.title}")) for key, kpi in self.kpis.items()]
        self.fields["kpi"].choices = [(WHOLE, _("The whole unit, every KPI")), *each]  # type: ignore[attr-defined]

    def chosen_kpi(self) -> KpiYear | None:
        return self.kpis.get(self.cleaned_data["kpi"])


class LiftForm(TakesFaults):
    """Why a conflict has ended."""

    because = forms.CharField(
        label=gettext_lazy("Why it has ended"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why the conflict has ended.")},
    )
