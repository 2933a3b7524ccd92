"""Rows of a KPI's sheet that come and go: the inputs of its formula, and its steps with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from string import ascii_lowercase
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.core.faults import Fault
from raprong.kpis.formulas import MOST_INPUTS, FormulaInput
from raprong.kpis.steps import MOST_STEPS, KpiStep

LETTERS = [letter for letter in ascii_lowercase if letter != "x"]


class InputForm(forms.Form):
    """One figure that the formula is reckoned from. A row without a name and a title is left out."""

    name = forms.CharField(label=_("Name in the formula"), max_length=20, required=False)
    title = forms.CharField(label=_("What is counted"), max_length=200, required=False)
    measure = forms.CharField(label=_("Counted in"), max_length=80, required=False)

    @property
    def kept(self) -> FormulaInput | None:
        typed = self.cleaned_data
        name, title = typed.get("name", ""), typed.get("title", "")
        return FormulaInput(name, title, typed.get("measure", "")) if name or title else None


class StepForm(forms.Form):
    """One step. A row without a title and without evidence is left out."""

    title = forms.CharField(label=_("Step"), max_length=300, required=False)
    evidence = forms.CharField(
        label=_("Evidence asked for, one a line"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    @property
    def kept(self) -> KpiStep | None:
        typed = self.cleaned_data
        title = typed.get("title", "")
        lines = tuple(line.strip() for line in typed.get("evidence", "").splitlines() if line.strip())
        return KpiStep(title, lines) if title or lines else None


InputRows = forms.formset_factory(InputForm, extra=2, max_num=MOST_INPUTS)
StepRows = forms.formset_factory(StepForm, extra=2, max_num=MOST_STEPS)


def input_rows(data: Mapping[str, Any] | None, stored: Sequence[Mapping[str, Any]]) -> Any:
    """The rows of a KPI's inputs, as typed or as they are kept."""
    return InputRows(_given(data, "inputs"), initial=list(stored), prefix="inputs")


def step_rows(data: Mapping[str, Any] | None, stored: Sequence[Mapping[str, Any]]) -> Any:
    """The rows of a KPI's steps, as typed or as they are kept."""
    lines = [{"title": row.get("title", ""), "evidence": "\n".join(row.get("evidence", ()))} for row in stored]
    return StepRows(_given(data, "steps"), initial=lines, prefix="steps")


def inputs_typed(rows: Any) -> tuple[FormulaInput, ...] | None:
    """The inputs as typed, each without a name with the next free letter; None where the page did not ask for them."""
    if not rows.is_bound:
        return None
    kept = [form.kept for form in rows if form.kept is not None]
    taken = {one.name for one in kept}
    free = iter([letter for letter in LETTERS if letter not in taken])
    return tuple(one if one.name else FormulaInput(next(free), one.title, one.measure) for one in kept)


def steps_typed(rows: Any) -> tuple[KpiStep, ...] | None:
    """The steps as typed; None where the page did not ask for them."""
    return tuple(form.kept for form in rows if form.kept is not None) if rows.is_bound else None


def place_on_rows(rows: Any, faults: Iterable[Fault], name: str) -> list[Fault]:
    """Put faults such as `input_2_title` at their row and field; answers those that belong elsewhere."""
    kept = [form for form in rows if rows.is_bound and form.kept is not None]
    rest = []
    for fault in faults:
        prefix, _sep, place = fault.field.partition("_")
        number, _sep, field = place.partition("_")
        if prefix == name and number.isdigit() and int(number) < len(kept):
            kept[int(number)].add_error(field, str(fault.sentence))
        else:
            rest.append(fault)
    return rest


def _given(data: Mapping[str, Any] | None, prefix: str) -> Mapping[str, Any] | None:
    """What was posted about these rows; a page that does not show them posts nothing about them."""
    return data if data is not None and f"{prefix}-TOTAL_FORMS" in data else None
