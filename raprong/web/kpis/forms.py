"""What officers type about a framework and its KPIs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.core.faults import Faults
from raprong.kpis.details import Details
from raprong.kpis.enums import CriteriaKind
from raprong.kpis.framework_form import source_kinds
from raprong.kpis.models import Dimension, Framework, KpiYear, PolicySource
from raprong.kpis.proposals import Proposal, check_proposal
from raprong.kpis.queries import rungs_of
from raprong.lib.scoring.criteria import Criteria, Ladder, Steps
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.scheme import scheme_from_data
from raprong.lib.workbooks.archive import MOST_BYTES
from raprong.organisation.models import Position, Unit
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.forms import FigureField

PAST_YEARS = 3


def place_faults(form: forms.Form, refused: Faults) -> None:
    """Put each fault of a verb at its field; what belongs to no field belongs to the form."""
    for fault in refused.faults:
        form.add_error(fault.field if fault.field in form.fields else None, str(fault.sentence))


def name_of(unit: Unit) -> str:
    """A unit's or group's name in the language of the reader."""
    return (not in_thai() and unit.name_en) or unit.name


class UnitField(forms.ModelChoiceField):
    """A group by its name."""

    def label_from_instance(self, unit: Unit) -> str:
        return name_of(unit)


class PostField(forms.ModelChoiceField):
    """A post with the unit it belongs to."""

    def label_from_instance(self, post: Position) -> str:
        title = (not in_thai() and post.title_en) or post.title
        return f"{title} · {name_of(post.unit)}"


class PolicyForm(forms.Form):
    """The policy and the criteria as the department announced them."""

    criteria_note = forms.CharField(
        label=_("Policy and criteria"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("What the department announced for this year, in its own words or in short"),
    )


class SourceForm(forms.Form):
    """One policy source. A row without a title is left out."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    reference = forms.CharField(label=_("Document or place"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.code, kind.title) for kind in source_kinds().values()]

    @property
    def kept(self) -> tuple[str, str, str] | None:
        """What the row says, or nothing when it has no title."""
        typed = self.cleaned_data
        title = typed.get("title", "")
        return (typed.get("kind", ""), title, typed.get("reference", "")) if title else None


class DimensionForm(forms.Form):
    """One dimension. A row without a title and without a weight is left out."""

    title = forms.CharField(label=_("Dimension"), max_length=200, required=False)
    weight = FigureField(label=_("Weight"), max_digits=5, decimal_places=2, required=False)

    @property
    def kept(self) -> tuple[str, Decimal] | None:
        typed = self.cleaned_data
        title, weight = typed.get("title", ""), typed.get("weight")
        return (title, weight if weight is not None else Decimal(0)) if title or weight is not None else None


SourceRows = forms.formset_factory(SourceForm, extra=2, max_num=60)
DimensionRows = forms.formset_factory(DimensionForm, extra=2, max_num=20)


def kept_rows(rows: Any) -> list[Any]:
    """The rows of a formset that say something, in their order."""
    return [form.kept for form in rows if form.kept is not None]


def place_row_faults(form: forms.Form, rows: Any, refused: Faults, name: str) -> None:
    """Put faults such as `source_2_title` at the row and the field they belong to."""
    kept = [row for row in rows if row.kept is not None]
    for fault in refused.faults:
        prefix, _sep, rest = fault.field.partition("_")
        number, _sep, field = rest.partition("_")
        if prefix == name and number.isdigit():
            kept[int(number)].add_error(field, str(fault.sentence))
        else:
            form.add_error(None, str(fault.sentence))


class ReasonForm(forms.Form):
    """A reason."""

    because = forms.CharField(label=_("Reason"), max_length=500)


class SourcesField(forms.ModelMultipleChoiceField):
    """Policy sources as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, source: PolicySource) -> str:
        return source.title


class ProposalForm(forms.Form):
    """A KPI as a group proposes it. It finds every fault that the verb would find, beside those of the fields."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("For example 1.1"))
    title = forms.CharField(label=_("Name of the KPI"), max_length=300)
    dimension = forms.ModelChoiceField(
        label=_("Dimension"), queryset=Dimension.objects.none(), to_field_name="public_id", empty_label=_("Choose")
    )
    group = UnitField(
        label=_("Group that answers for it"),
        queryset=Unit.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose"),
    )
    measure = forms.CharField(
        label=_("Measured in"), max_length=80, help_text=_("For example percent, days, level, rank")
    )
    criteria_kind = forms.ChoiceField(
        label=_("How the levels are read"), choices=CriteriaKind.choices, widget=forms.RadioSelect
    )
    target = FigureField(label=_("Target"))
    weight = FigureField(
        label=_("Proposed weight"), required=False, help_text=_("The weight is decided in the selection.")
    )
    sources = SourcesField(
        label=_("Policy sources it answers to"),
        queryset=PolicySource.objects.none(),
        to_field_name="public_id",
        required=False,
    )

    def __init__(
        self, framework: Framework, groups: Iterable[Unit], *args: Any, kpi: KpiYear | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(kpi) if kpi else {"criteria_kind": CriteriaKind.LADDER})
        super().__init__(*args, **kwargs)
        self.framework, self.kpi = framework, kpi
        self.fields["dimension"].queryset = framework.dimensions.all()
        self.fields["group"].queryset = Unit.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["sources"].queryset = framework.sources.all()
        self.levels = range(1, int(scheme_from_data(framework.scheme).scale_max) + 1)
        self.years = range(framework.run.fiscal_year - PAST_YEARS, framework.run.fiscal_year)
        for level in self.levels:
            self.fields[f"level_{level}"] = FigureField(label=_("Level %s") % digits(level), required=False)
        for year in self.years:
            self.fields[f"baseline_{year}"] = FigureField(label=_("Result of %s") % digits(year), required=False)

    @property
    def level_fields(self) -> list[forms.BoundField]:
        return [self[f"level_{level}"] for level in self.levels]

    @property
    def baseline_fields(self) -> list[forms.BoundField]:
        return [self[f"baseline_{year}"] for year in self.years]

    def clean(self) -> dict[str, Any]:
        unreadable = set(self.errors)
        try:
            check_proposal(self.framework, self.proposal(), this=self.kpi)
        except Faults as refused:
            levels_unread = any(name.startswith("level_") for name in unreadable)
            fresh = [
                fault
                for fault in refused.faults
                if fault.field not in unreadable and not (levels_unread and fault.field.startswith("level"))
            ]
            place_faults(self, Faults(fresh))
        return self.cleaned_data

    def proposal(self) -> Proposal:
        typed = self.cleaned_data
        return Proposal(
            code=typed.get("code", ""),
            title=typed.get("title", ""),
            dimension=typed.get("dimension"),
            group=typed.get("group"),
            measure=typed.get("measure", ""),
            criteria=self._criteria(),
            target=typed.get("target"),
            weight=typed.get("weight"),
            baseline=dict(self._figures("baseline_", self.years, int)),
            sources=list(typed.get("sources", ())),
        )

    def _criteria(self) -> Criteria:
        rungs = tuple(Rung(at, level) for level, at in self._figures("level_", self.levels, Decimal))
        return Steps(rungs) if self.cleaned_data.get("criteria_kind") == CriteriaKind.STEPS else Ladder(rungs)

    def _figures(self, prefix: str, numbers: Sequence[int], kind: type[Any]) -> list[tuple[Any, Decimal]]:
        read = ((kind(number), self.cleaned_data.get(f"{prefix}{number}")) for number in numbers)
        return [(number, figure) for number, figure in read if figure is not None]


def _initial(kpi: KpiYear) -> dict[str, Any]:
    return {
        "code": kpi.code,
        "title": kpi.title,
        "dimension": kpi.dimension.public_id,
        "group": kpi.group.public_id,
        "measure": kpi.measure,
        "criteria_kind": kpi.criteria_kind,
        "target": _shown(kpi.target),
        "weight": _shown(kpi.weight),
        "sources": [source.public_id for source in kpi.sources.all()],
        **{f"level_{rung.score}": format(rung.at, "f") for rung in rungs_of(kpi)},
        **{f"baseline_{year}": at for year, at in kpi.baseline.items()},
    }


def _shown(number: Decimal | None) -> str | None:
    """A number without the noughts that its column adds."""
    if number is None:
        return None
    return format(number.normalize() if number % 1 else number.quantize(Decimal(1)), "f")


class AlignForm(forms.Form):
    """Which policy sources a KPI answers to."""

    sources = SourcesField(
        label=_("Policy sources it answers to"),
        queryset=PolicySource.objects.none(),
        to_field_name="public_id",
        required=False,
    )

    def __init__(self, kpi: KpiYear, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"sources": [source.public_id for source in kpi.sources.all()]})
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = kpi.framework.sources.all()


class WorkbookForm(forms.Form):
    """A workbook of KPIs."""

    workbook = forms.FileField(label=_("Workbook"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))

    def clean_workbook(self) -> Any:
        uploaded = self.cleaned_data["workbook"]
        if uploaded.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large for a KPI workbook. Send at most 5 MB."))
        return uploaded


class DetailsForm(forms.Form):
    """The detail sheet of a KPI."""

    definition = forms.CharField(
        label=_("Definition"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("What the words of the KPI mean, and what counts"),
    )
    formula = forms.CharField(label=_("Formula"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    data_source = forms.CharField(label=_("Source of the data"), max_length=300, required=False)
    collection_method = forms.CharField(
        label=_("How the data are collected"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    supervisor = PostField(
        label=_("Supervisor of the KPI"),
        queryset=Position.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Choose"),
    )
    collector = PostField(
        label=_("Collector of the data"),
        queryset=Position.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Choose"),
    )
    conditions = forms.CharField(label=_("Conditions"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    evidence_expected = forms.CharField(
        label=_("Evidence expected"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def __init__(self, kpi: KpiYear, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial_details(kpi))
        super().__init__(*args, **kwargs)
        office = kpi.run.unit
        posts = Position.objects.select_related("unit__parent").filter(unit__in=[office, *office.groups.all()])
        for name in ("supervisor", "collector"):
            self.fields[name].queryset = posts.order_by("unit__parent", "unit__order", "-heads_unit", "title")

    def details(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in Details.__dataclass_fields__})


def _initial_details(kpi: KpiYear) -> dict[str, Any]:
    texts = {name: getattr(kpi, name) for name in Details.__dataclass_fields__}
    posts = {name: post.public_id if (post := texts[name]) else None for name in ("supervisor", "collector")}
    return texts | posts
