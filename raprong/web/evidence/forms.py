"""What somebody says of evidence, and what it is to prove."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.core.faults import Faults
from raprong.evidence.enums import Lack
from raprong.evidence.facts import Facts, Proves
from raprong.evidence.models import Evidence
from raprong.files.links import LONGEST_ADDRESS
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Unit
from raprong.web.evidence import words
from raprong.web.files.fields import UploadedOrIncoming
from raprong.web.shell.forms import DayField


class FactsForm(forms.Form):
    """What a piece of evidence is."""

    use_required_attribute = False

    title = forms.CharField(label=words.FACTS["title"], error_messages={"required": _("Give the evidence a title.")})
    kind = forms.ChoiceField(label=words.FACTS["kind"], required=False)
    starts_on = DayField(label=words.FACTS["starts_on"], required=False)
    ends_on = DayField(label=words.FACTS["ends_on"], required=False)
    collector = forms.CharField(
        label=words.FACTS["collector"],
        required=False,
        help_text=_("Where somebody else gathered it than the one who hands it in: a post or a group."),
    )
    note = forms.CharField(label=words.FACTS["note"], required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["kind"].choices = words.kind_choices()  # type: ignore[attr-defined]

    @classmethod
    def of(cls, evidence: Evidence, data: Any = None) -> FactsForm:
        return cls(data, initial=Facts.of(evidence).as_data())

    @property
    def facts(self) -> Facts:
        said = {name: self.cleaned_data[name] for name in Facts.__dataclass_fields__}
        return Facts(**said | {"note": said["note"].replace("\r\n", "\n")})

    def take(self, faults: Faults) -> None:
        """Put each of a verb's faults beside its field."""
        for fault in faults.faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.sentence))


class PlaceForm(forms.Form):
    """The step or level of a KPI, and the round."""

    step = forms.TypedChoiceField(label=_("What it proves"), coerce=int)
    months = forms.TypedChoiceField(
        label=_("Counts in"),
        coerce=int,
        help_text=_("Choose “every round” for what holds all year, such as an order."),
    )

    def __init__(self, kpi: KpiYear, data: Any = None, *, months: int, step: int = 0) -> None:
        super().__init__(data, initial={"months": str(months), "step": str(step)})
        self.kpi = kpi
        choices = {"step": words.place_choices(kpi), "months": words.round_choices(kpi.framework.run)}
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if len(choices["step"]) == 1:
            self.fields["step"].widget = forms.HiddenInput()

    @property
    def proves(self) -> Proves:
        return Proves(self.kpi, self.cleaned_data["months"], self.cleaned_data["step"])


class GiveForm(FactsForm):
    """Files handed in together: what is said here is said of each of them."""

    title = forms.CharField(
        label=words.FACTS["title"],
        required=False,
        help_text=_("For one file. Without it, and for several files, each is called by its file's name."),
    )
    evidence = UploadedOrIncoming(label=_("Files"), required=False)
    address = forms.CharField(
        label=_("Or a link"),
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("A page or a shared file. A copy is kept on the spot, and the link is looked at again every week."),
    )
    field_order = ("evidence", "address", "title", "kind", "starts_on", "ends_on", "collector", "note")

    @property
    def has_wrong_facts(self) -> bool:
        return not {"evidence", "address"}.issuperset(self.errors)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("evidence") and not said.get("address") and not self.errors:
            self.add_error("evidence", _("Choose a file, or give a link."))
        return said


class LookForm(forms.Form):
    """What somebody looks for among the evidence of a year."""

    q = forms.CharField(label=_("Words in title, note or file"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    kpi = forms.ChoiceField(label=_("KPI"), required=False)
    kind = forms.ChoiceField(label=words.FACTS["kind"], required=False)
    lack = forms.ChoiceField(label=_("Missing"), required=False)

    def __init__(self, data: Any, *, groups: list[Unit], kpis: list[KpiYear], name_of: Any) -> None:
        super().__init__(data)
        self.groups = {group.public_id: group for group in groups}
        self.kpis = {kpi.public_id: kpi for kpi in kpis}
        offered = {
            "group": [("", _("All groups")), *((code, name_of(group)) for code, group in self.groups.items())],
            "kpi": [("", _("All KPIs")), *((code, f"{kpi.code} {kpi.title}") for code, kpi in self.kpis.items())],
            "kind": [("", _("All types")), *words.kind_choices()[1:]],
            "lack": [("", _("Everything")), *Lack.choices],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
