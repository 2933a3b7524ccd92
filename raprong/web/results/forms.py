"""What an officer fills in about a month."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.core.faults import Faults
from raprong.kpis.models import KpiYear
from raprong.results.actions import Figure
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthlyResult
from raprong.web.results.figures import written
from raprong.web.shell.filters import moment
from raprong.web.shell.forms import FigureField


class ReportForm(forms.Form):
    """One KPI in one month. A form that is left empty where nothing had been reported asks for nothing."""

    value = FigureField(label=gettext_lazy("Result"), required=False)
    not_applicable = forms.BooleanField(label=gettext_lazy("Not applicable this month"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, kpi: KpiYear, stored: MonthlyResult | None, data: QueryDict | None = None) -> None:
        self.kpi, self.stored, self._typed = kpi, stored, data
        super().__init__(data, prefix=kpi.public_id, initial=_initial(stored))
        self.fields["value"].label = f"{kpi.code} {kpi.title}"
        self.fields["value"].widget.attrs["data-cell"] = ""

    @property
    def left_empty(self) -> bool:
        said = self.cleaned_data
        return not (said["version"] or said["value"] is not None or said["not_applicable"] or said["note"])

    @property
    def figure(self) -> Figure:
        """What was filled in. The grid has no room for remarks, so there the one that stands stays."""
        said = self.cleaned_data
        status = ResultStatus.NOT_APPLICABLE if said["not_applicable"] else ResultStatus.VALUE
        note = said["note"] if self.add_prefix("note") in self.data else None
        return Figure(self.kpi, said["value"], status, note, seen=said["version"])

    @property
    def overtaken(self) -> bool:
        """Whether somebody saved this figure after the page was opened."""
        return bool(self.cleaned_data["version"] != (self.stored.version if self.stored else 0))

    def warn_of_overtaking(self) -> None:
        """Say what stands there now, keep what was typed, and let the next press of the button replace it."""
        assert self.stored is not None, "what was overtaken is there"
        assert self._typed is not None, "what was overtaken was typed"
        self._typed[self.add_prefix("version")] = str(self.stored.version)
        sentence = _(
            "%(person)s saved %(figure)s on %(moment)s, after you opened this page. What you typed is still here: "
            "save again to put it in its place."
        )
        self.add_error(
            "value",
            sentence
            % {
                "person": self.stored.reported_by,
                "figure": _("“not applicable”") if self.stored.value is None else written(self.stored.value),
                "moment": moment(self.stored.reported_at),
            },
        )


def kpis_asked(data: QueryDict) -> list[str]:
    """The public ids of the KPIs whose forms the page that was sent held: those of one person's groups alone."""
    return [name.removesuffix("-version") for name in data if name.endswith("-version")]


class MonthForms:
    """The forms of one month, one for each KPI."""

    def __init__(
        self, kpis: Iterable[KpiYear], stored: dict[int, MonthlyResult], data: QueryDict | None = None
    ) -> None:
        copy = data.copy() if data is not None else None  # what was overtaken is given its new version
        self.forms = [ReportForm(kpi, stored.get(kpi.pk), copy) for kpi in kpis]

    def is_valid(self) -> bool:
        """Whether every form is right; all of them are asked, so that every fault is shown."""
        return {form.is_valid() for form in self.forms} <= {True}

    def figures(self) -> list[Figure]:
        return [form.figure for form in self.forms if not form.left_empty]

    def warn_of_overtaking(self) -> bool:
        """Warn in every form that was overtaken; answers whether one was."""
        overtaken = [form for form in self.forms if not form.left_empty and form.overtaken]
        for form in overtaken:
            form.warn_of_overtaking()
        return bool(overtaken)

    def take(self, faults: Faults) -> None:
        """Put each of a verb's faults beside its field."""
        forms_by_id = {form.kpi.public_id: form for form in self.forms}
        for fault in faults.faults:
            forms_by_id[fault.field].add_error("value", str(fault.sentence))


class CloseForm(forms.Form):
    """Why a month is closed although something is missing."""

    because = forms.CharField(
        label=gettext_lazy("Why it is closed without them"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class WorkbookForm(forms.Form):
    """A workbook with a sheet of monthly results."""

    workbook = forms.FileField(
        label=gettext_lazy("Workbook"), help_text=gettext_lazy("An .xlsx file with the sheets ตัวชี้วัด and ผลการดำเนินงาน")
    )


def _initial(stored: MonthlyResult | None) -> dict[str, object]:
    if stored is None:
        return {"version": 0}
    return {
        "value": written(stored.value),
        "not_applicable": stored.status == ResultStatus.NOT_APPLICABLE,
        "note": stored.note,
        "version": stored.version,
    }
