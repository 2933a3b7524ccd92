"""What an officer fills in about a month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.core.faults import Faults
from raprong.kpis.criteria_words import result_words
from raprong.kpis.formulas import inputs_of
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.lib.scoring.criteria import Choice, Milestones, Steps, YesNo
from raprong.results.actions import Figure
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthlyResult
from raprong.results.policies import reckoned
from raprong.web.results.figures import written
from raprong.web.shell.filters import moment
from raprong.web.shell.forms import FigureField, FigureInput


class ReportForm(forms.Form):
    """One KPI in one month. A form that is left empty where nothing had been reported asks for nothing.

    What is filled in is what the KPI's criteria count: a figure, yes or no, one of the answers; or the inputs of its
    formula, from which the figure is reckoned.
    """

    value = FigureField(label=gettext_lazy("Result"), required=False)
    not_applicable = forms.BooleanField(label=gettext_lazy("Not applicable this month"), required=False)
    data_missing = forms.BooleanField(label=gettext_lazy("The data do not exist"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, kpi: KpiYear, stored: MonthlyResult | None, data: QueryDict | None = None) -> None:
        self.kpi, self.stored = kpi, stored
        super().__init__(data, prefix=kpi.public_id, initial=_initial(stored))
        self.inputs = inputs_of(kpi.inputs) if kpi.expression else ()
        self.fields["value"] = _value_field(kpi)
        self.fields["value"].label = f"{kpi.code} {kpi.title}"
        self.fields["value"].widget.attrs["data-cell"] = ""
        for one in self.inputs:
            self.fields[f"input_{one.name}"] = FigureField(label=one.title, required=False)

    @property
    def input_fields(self) -> list[tuple[forms.BoundField, str]]:
        """The fields of the inputs, each with what it is measured in."""
        return [(self[f"input_{one.name}"], one.measure) for one in self.inputs]

    @property
    def formula(self) -> str:
        """The formula with what each input is instead of its name, as people read it."""
        titles = {one.name: one.title for one in self.inputs}
        spelt = re.sub(r"[a-z][a-z0-9_]*", lambda name: titles.get(name[0], name[0]), self.kpi.expression)
        return spelt.replace("*", "×").replace("/", "÷")

    @property
    def left_empty(self) -> bool:
        said = self.cleaned_data
        status = said["not_applicable"] or said["data_missing"]
        return not (said["version"] or self._value is not None or self._inputs or status or said["note"])

    @property
    def figure(self) -> Figure:
        """What was filled in. The grid has no room for remarks, so there the one that stands stays."""
        said = self.cleaned_data
        note = said["note"] if self.add_prefix("note") in self.data else None
        inputs = self._inputs if self._status == ResultStatus.VALUE else {}
        return Figure(self.kpi, self._value, self._status, note, seen=said["version"], inputs=inputs)

    @property
    def _value(self) -> Decimal | None:
        """The figure. Where a formula reckons it, one that came without inputs stays until there are some."""
        if self.inputs and not self._inputs and self._status == ResultStatus.VALUE and self.stored:
            return self.stored.value
        value: Decimal | None = self.cleaned_data["value"]
        return value

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("not_applicable") and said.get("data_missing"):
            self.add_error("data_missing", _("Say one of the two: nothing applies, or the data do not exist."))
        emptied = bool(self.inputs and self.stored and self.stored.inputs)
        if (self._inputs or emptied) and not self.errors and self._status == ResultStatus.VALUE:
            self._reckon()
        return said

    def _reckon(self) -> None:
        """Reckon the figure from its inputs, each fault at its input."""
        try:
            self.cleaned_data["value"] = reckoned(self.kpi, self._inputs)
        except Faults as refused:
            for fault in refused.faults:
                self.add_error(fault.field, str(fault.sentence))

    @property
    def _status(self) -> ResultStatus:
        said = self.cleaned_data
        if said.get("not_applicable"):
            return ResultStatus.NOT_APPLICABLE
        return ResultStatus.MISSING if said.get("data_missing") else ResultStatus.VALUE

    @property
    def _inputs(self) -> dict[str, Decimal]:
        typed = ((one.name, self.cleaned_data.get(f"input_{one.name}")) for one in self.inputs)
        return {name: figure for name, figure in typed if figure is not None}

    def warn_of_overtaking(self, stored: MonthlyResult) -> None:
        """Say what stands there now, keep what was typed, and let the next press of the button replace it."""
        assert isinstance(self.data, QueryDict), "what was overtaken was typed"
        self.data = self.data.dict() | {self.add_prefix("version"): str(stored.version)}
        sentence = _(
            "%(person)s saved %(figure)s on %(moment)s, after you opened this page. What you typed is still here: "
            "save again to put it in its place."
        )
        self.add_error(
            "value",
            sentence
            % {
                "person": stored.reported_by,
                "figure": _said(self.kpi, stored),
                "moment": moment(stored.reported_at),
            },
        )


def kpis_asked(data: QueryDict) -> list[str]:
    """The public ids of the KPIs of which the page that was sent says something: a figure, a remark, or the version of
    what stood there. What was left empty where nothing stood is not looked at."""
    said = {name.partition("-")[0] for name in data if _says_something(name, data[name])}
    return [kpi for name in data if name.endswith("-version") and (kpi := name.removesuffix("-version")) in said]


def _says_something(name: str, text: Any) -> bool:
    return bool(text.strip()) and not (name.endswith("-version") and text == "0")


class MonthForms:
    """The forms of one month, one for each KPI."""

    def __init__(
        self, kpis: Iterable[KpiYear], stored: dict[int, MonthlyResult], data: QueryDict | None = None
    ) -> None:
        self.forms = [ReportForm(kpi, stored.get(kpi.pk), data) for kpi in kpis]

    def is_valid(self) -> bool:
        """Whether every form is right; all of them are asked, so that every fault is shown."""
        return {form.is_valid() for form in self.forms} <= {True}

    def figures(self) -> list[Figure]:
        return [form.figure for form in self.forms if not form.left_empty]

    def warn_of_overtaking(self, stored: Mapping[int, MonthlyResult]) -> None:
        """Warn in every form that was overtaken: what is `stored` now has another version than the person saw."""
        for form in self.forms:
            found = stored.get(form.kpi.pk)
            if not form.left_empty and found is not None and found.version != form.cleaned_data["version"]:
                form.warn_of_overtaking(found)

    def take(self, faults: Faults) -> None:
        """Put each of a verb's faults beside its field."""
        forms_by_id = {form.kpi.public_id: form for form in self.forms}
        for fault in faults.faults:
            forms_by_id[fault.field].add_error("value", str(fault.sentence))


class WorkbookForm(forms.Form):
    """A workbook with a sheet of monthly results."""

    workbook = forms.FileField(
        label=gettext_lazy("Workbook"), help_text=gettext_lazy("An .xlsx file with the sheets ตัวชี้วัด and ผลการดำเนินงาน")
    )


def _said(kpi: KpiYear, stored: MonthlyResult) -> str:
    """What stands there, inside a sentence."""
    if stored.value is not None:
        return result_words(kpi, stored.value, write=written)
    return _("“no data”") if stored.status == ResultStatus.MISSING else _("“not applicable”")


def _value_field(kpi: KpiYear) -> forms.Field:
    """A field for what the criteria of a KPI count."""
    match criteria_of(kpi):
        case YesNo():
            return _answers([("1", _("Yes")), ("0", _("No"))])
        case Choice(options):
            return _answers([(str(number), option.title) for number, option in enumerate(options, start=1)])
        case Milestones() | Steps(fractions=False):
            return FigureField(required=False, widget=FigureInput({"inputmode": "numeric"}))
    return FigureField(required=False)


def _answers(choices: list[tuple[str, str]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=[("", _("Not reported")), *choices], coerce=Decimal, empty_value=None, required=False
    )


def _initial(stored: MonthlyResult | None) -> dict[str, object]:
    if stored is None:
        return {"version": 0}
    return {
        "value": written(stored.value),
        "not_applicable": stored.status == ResultStatus.NOT_APPLICABLE,
        "data_missing": stored.status == ResultStatus.MISSING,
        "note": stored.note,
        "version": stored.version,
        **{f"input_{name}": figure for name, figure in stored.inputs.items()},
    }
