"""What officers type when they choose among the year's candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.core.faults import Faults
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.kpis.selection import Choice, Decision, Overtaken
from raprong.web.shell.filters import digits
from raprong.web.shell.forms import FigureField

CHOICES = [
    (Choice.SELECT, _("Select")),
    (Choice.NOT_SELECT, _("Do not select")),
    (Choice.UNDECIDED, _("Undecided")),
]
CHOICE_OF = {
    KpiState.SELECTED: Choice.SELECT,
    KpiState.NOT_SELECTED: Choice.NOT_SELECT,
    KpiState.PROPOSED: Choice.UNDECIDED,
}
FIELDS = ("choice", "weight", "because", "version", "was")


def place_faults(form: forms.Form, refused: Faults) -> None:
    """Put each fault of a verb at its field; what belongs to no field belongs to the form."""
    for fault in refused.faults:
        form.add_error(fault.field if fault.field in form.fields else None, str(fault.sentence))


def shown(number: Decimal | None) -> str:
    """A weight as it is typed, without the noughts that its column adds."""
    if number is None:
        return ""
    return format(number.normalize() if number % 1 else number.quantize(Decimal(1)), "f")


class SelectionForm(forms.Form):
    """A decision, a weight and a reason for each candidate that is shown.

    Each candidate also carries the version and, as a digest, the words that were seen: what a person left as it was is
    not decided again, whatever others did meanwhile.
    """

    def __init__(self, kpis: Sequence[KpiYear], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kpis = kpis
        for kpi in kpis:
            self._add_fields(kpi)

    def _add_fields(self, kpi: KpiYear) -> None:
        words = {"code": digits(kpi.code)}
        choice = CHOICE_OF[KpiState(kpi.state)]
        self.fields[f"choice_{kpi.public_id}"] = forms.ChoiceField(
            label=_("Decision about %(code)s") % words,
            choices=CHOICES,
            widget=forms.RadioSelect,
            initial=choice,
            required=False,
        )
        self.fields[f"weight_{kpi.public_id}"] = FigureField(
            label=_("Weight of %(code)s") % words, initial=shown(kpi.weight), required=False
        )
        self.fields[f"because_{kpi.public_id}"] = forms.CharField(
            label=_("Reason why %(code)s is not selected") % words,
            initial=kpi.decision_reason,
            max_length=500,
            required=False,
        )
        self.fields[f"version_{kpi.public_id}"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=kpi.version, required=False
        )
        self.fields[f"was_{kpi.public_id}"] = forms.CharField(
            widget=forms.HiddenInput, initial=_digest(choice, kpi.weight, kpi.decision_reason), required=False
        )

    def row(self, kpi: KpiYear) -> dict[str, forms.BoundField]:
        """The fields of one candidate."""
        return {name: self[f"{name}_{kpi.public_id}"] for name in FIELDS}

    @property
    def weight_shown(self) -> Decimal:
        """What the weights of the selected add up to as the form stands, saved or not."""
        return self.weight_of(self.kpis)

    def weight_of(self, kpis: Iterable[KpiYear]) -> Decimal:
        """The same for some of the candidates."""
        chosen = (kpi for kpi in kpis if self[f"choice_{kpi.public_id}"].value() == Choice.SELECT)
        return sum((self._weight(kpi) for kpi in chosen), Decimal(0))

    def _weight(self, kpi: KpiYear) -> Decimal:
        if not self.is_bound:
            return kpi.weight or Decimal(0)
        return self.cleaned_data.get(f"weight_{kpi.public_id}") or Decimal(0)

    def decisions(self) -> list[Decision]:
        """What the person changed against what they saw. A candidate that came in meanwhile is not decided."""
        asked = (kpi for kpi in self.kpis if self._typed(kpi, "choice"))
        return [self._decision(kpi) for kpi in asked if self._typed(kpi, "was") != self._digest_typed(kpi)]

    def meet_again(self, refused: Overtaken) -> None:
        """Keep what was typed, and remember that the newer versions have now been seen."""
        late = {fault.field.removeprefix("choice_") for fault in refused.faults}
        data = self.data.copy()
        for kpi in self.kpis:
            if kpi.public_id in late:
                data[f"version_{kpi.public_id}"] = str(kpi.version)
        self.data = data

    def _decision(self, kpi: KpiYear) -> Decision:
        return Decision(
            kpi,
            Choice(self._typed(kpi, "choice")),
            self._typed(kpi, "weight"),
            because=self._typed(kpi, "because") or "",
            seen=self._typed(kpi, "version"),
        )

    def _digest_typed(self, kpi: KpiYear) -> str:
        return _digest(self._typed(kpi, "choice"), self._typed(kpi, "weight"), self._typed(kpi, "because") or "")

    def _typed(self, kpi: KpiYear, name: str) -> Any:
        return self.cleaned_data.get(f"{name}_{kpi.public_id}")


def _digest(choice: str, weight: Decimal | None, because: str) -> str:
    """A short mark of what a candidate says, to tell whether somebody changed it on the page."""
    return sha256(f"{Choice(choice)}|{shown(weight)}|{because}".encode()).hexdigest()[:12]


class PartsForm(forms.Form):
    """The weight of each part inside its KPI."""

    def __init__(self, parts: Sequence[KpiYear], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            self.fields[f"weight_{part.public_id}"] = FigureField(
                label=_("Weight of %(code)s inside its KPI") % {"code": digits(part.code)},
                initial=shown(part.weight_inside),
                required=False,
            )

    def row(self, part: KpiYear) -> forms.BoundField:
        return self[f"weight_{part.public_id}"]

    @property
    def weight_shown(self) -> Decimal:
        """What the weights add up to as the form stands, saved or not."""
        if not self.is_bound:
            return sum((part.weight_inside or Decimal(0) for part in self.parts), Decimal(0))
        return sum((weight for weight in self.weights().values() if weight is not None), Decimal(0))

    def weights(self) -> dict[KpiYear, Decimal | None]:
        return {part: self.cleaned_data.get(f"weight_{part.public_id}") for part in self.parts}
