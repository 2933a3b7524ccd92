"""What officers type about a framework and its KPIs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.core.faults import Faults
from raprong.kpis.details import Details, check_details, missing_details
from raprong.kpis.enums import Counting, KpiLevel, KpiNature, KpiOrigin, KpiState
from raprong.kpis.formulas import FormulaInput
from raprong.kpis.framework_form import kind_named
from raprong.kpis.models import Dimension, Framework, KpiYear, PolicySource
from raprong.kpis.proposals import KEPT, Proposal, Unchanged, check_proposal
from raprong.kpis.queries import criteria_of
from raprong.kpis.words import baseline_average
from raprong.lib.scoring.criteria import Criteria, Ladder
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.scheme import scheme_from_data
from raprong.organisation.models import Position, Unit
from raprong.web.kpis.criteria_forms import CriteriaForm
from raprong.web.kpis.sheet_forms import input_rows, inputs_typed, place_on_rows, step_rows, steps_typed
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

    kind = forms.CharField(
        label=_("Kind"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"list": "source-kinds", "autocomplete": "off"}),
    )
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    reference = forms.CharField(label=_("Document or place"), max_length=200, required=False)

    def clean_kind(self) -> str:
        """A kind of the framework's form by its code; any other is the agency's own."""
        return kind_named(self.cleaned_data["kind"])

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


class KpiField(forms.ModelChoiceField):
    """A KPI of the year by its code and name."""

    def label_from_instance(self, kpi: KpiYear) -> str:
        return f"{digits(kpi.code)} {kpi.title}"


class OnBothForm(forms.Form):
    """What is written on the proposal of a KPI and on its detail sheet alike."""

    definition = forms.CharField(
        label=_("Definition"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("What the words of the KPI mean, and what counts"),
    )
    formula = forms.CharField(label=_("Formula in words"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    expression = forms.CharField(
        label=_("Formula to reckon with"),
        max_length=200,
        required=False,
        help_text=_("With the names of the rows above, such as a / b * 100. Empty: the result is typed as it is."),
    )
    data_source = forms.CharField(label=_("Source of the data"), max_length=300, required=False)
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class ProposalForm(OnBothForm):
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
    issue = forms.CharField(
        label=_("Issue"),
        max_length=200,
        required=False,
        help_text=_("The matter inside the dimension, where it has one"),
    )
    level = forms.ChoiceField(
        label=_("Whose KPI it is"), choices=KpiLevel.choices, initial=KpiLevel.UNIT, required=False
    )
    origin = forms.ChoiceField(
        label=_("Origin"),
        choices=KpiOrigin.choices,
        initial=KpiOrigin.OWN,
        required=False,
        help_text=_("Mandated KPIs are set by a higher level."),
    )
    nature = forms.ChoiceField(
        label=_("What it measures"), choices=KpiNature.choices, initial=KpiNature.OUTPUT, required=False
    )
    parent = KpiField(
        label=_("Part of"),
        queryset=KpiYear.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("No other KPI: it stands by itself"),
        help_text=_("The score of a KPI with parts comes from its parts."),
    )
    of_parts = forms.BooleanField(
        label=_("Its score comes from parts"),
        required=False,
        help_text=_("The parts are proposed after it, each with criteria of its own. This KPI then needs none."),
    )
    weight_inside = FigureField(
        label=_("Weight inside that KPI"), required=False, help_text=_("All parts together are 100.")
    )
    starts_in = forms.TypedChoiceField(
        label=_("Scored from"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Rounds before it do not count this KPI."),
    )
    strategy = forms.CharField(
        label=_("How it serves the strategy"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Mission, strategic issue and goal that it is linked with"),
    )
    because = forms.CharField(
        label=_("Why it is changed"),
        max_length=500,
        required=False,
        help_text=_("The KPI is selected already: the reason is kept with every change."),
    )

    def __init__(
        self, framework: Framework, groups: Iterable[Unit], *args: Any, kpi: KpiYear | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(kpi) if kpi else {})
        super().__init__(*args, **kwargs)
        self.framework, self.kpi, self.scheme = framework, kpi, scheme_from_data(framework.scheme)
        self.scored_by_parts = self.is_bound and bool(self.data.get("of_parts"))
        self.criteria = CriteriaForm(
            self.scheme,
            framework.run.definition.reporting.rounds,
            self.data if self.is_bound and not self.scored_by_parts else None,
            stored=criteria_of(kpi) if kpi else None,
        )
        self.fields["target"].required = not self.scored_by_parts and self.criteria.target_meant(None) is None
        self.fields["dimension"].queryset = framework.dimensions.all()
        self.fields["group"].queryset = Unit.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["sources"].queryset = framework.sources.all()
        self.years = range(framework.run.fiscal_year - PAST_YEARS, framework.run.fiscal_year)
        whole = framework.kpis.filter(parent=None).exclude(pk=kpi.pk) if kpi else framework.kpis.filter(parent=None)
        self.fields["parent"].queryset = whole
        self.fields["starts_in"].choices = [
            ("", _("The beginning of the year")),
            *((months, round_name(months)) for months in framework.run.definition.reporting.rounds),
        ]
        self.inputs = input_rows(self.data if self.is_bound else None, kpi.inputs if kpi else [])
        self.fields["because"].required = bool(kpi and kpi.state == KpiState.SELECTED)
        for year in self.years:
            self.fields[f"baseline_{year}"] = FigureField(label=_("Result of %s") % digits(year), required=False)

    @property
    def baseline_fields(self) -> list[forms.BoundField]:
        return [self[f"baseline_{year}"] for year in self.years]

    def clean(self) -> dict[str, Any]:
        unreadable = set(self.errors)
        try:
            check_proposal(self.framework, self.proposal(), this=self.kpi)
        except Faults as refused:
            others = refused if self.scored_by_parts else self.criteria.take(refused)
            rest = place_on_rows(self.inputs, others.faults, "input")
            place_faults(self, Faults([fault for fault in rest if fault.field not in unreadable]))
        return self.cleaned_data

    def is_valid(self) -> bool:
        """Whether the fields are right, those of the criteria and the rows of the inputs among them."""
        own_right = super().is_valid()  # first: it puts the faults of criteria at their fields
        criteria_right = self.scored_by_parts or self.criteria.is_valid()
        return own_right and criteria_right and (not self.inputs.is_bound or self.inputs.is_valid())

    def proposal(self) -> Proposal:
        typed = self.cleaned_data
        texts = ("issue", "strategy", "definition", "formula", "expression", "data_source", "notes")
        kept: dict[str, Any] = {name: typed.get(name, "") if name in self.data else None for name in texts}
        kept |= {name: typed.get(name) or None for name in ("level", "origin", "nature")}
        kept |= {name: self._said(name) for name in ("parent", "weight_inside", "starts_in")}
        return Proposal(
            **kept,
            inputs=self._inputs(),
            code=typed.get("code", ""),
            title=typed.get("title", ""),
            dimension=typed.get("dimension"),
            group=typed.get("group"),
            measure=typed.get("measure", ""),
            criteria=self._criteria(),
            target=self._target(),
            weight=typed.get("weight"),
            baseline=self._baseline(),
            sources=list(typed.get("sources", ())),
        )

    @property
    def average(self) -> Decimal | None:
        """The mean of the past results that are kept."""
        return baseline_average(self.kpi) if self.kpi else None

    def _baseline(self) -> dict[int, Decimal]:
        """Past results as typed; years that are too long past for the page stay as they are."""
        kept = self.kpi.baseline if self.kpi else {}
        older = {int(year): Decimal(figure) for year, figure in kept.items() if int(year) not in self.years}
        return older | dict(self._figures("baseline_", self.years, int))

    def _criteria(self) -> Criteria:
        """The criteria as typed. A KPI of parts keeps what it has; a new one reads the score of its parts as it is."""
        if not self.scored_by_parts:
            return self.criteria.criteria()
        if self.kpi is not None:
            return criteria_of(self.kpi)
        return Ladder(tuple(Rung(score, score) for score in self.scheme.scores))

    def _target(self) -> Decimal | None:
        typed: Decimal | None = self.cleaned_data.get("target")
        if not self.scored_by_parts:
            return self.criteria.target_meant(typed)
        return typed or (self.kpi.target if self.kpi else None) or self.scheme.scale_max

    def _said(self, name: str) -> Any | Unchanged:
        """What was typed into a field that may be emptied; a page without the field leaves it as it is."""
        return self.cleaned_data.get(name) if name in self.data else KEPT

    def _inputs(self) -> tuple[FormulaInput, ...] | None:
        return inputs_typed(self.inputs) if self.inputs.is_bound and self.inputs.is_valid() else None

    def _figures(self, prefix: str, numbers: Sequence[int], kind: type[Any]) -> list[tuple[Any, Decimal]]:
        read = ((kind(number), self.cleaned_data.get(f"{prefix}{number}")) for number in numbers)
        return [(number, figure) for number, figure in read if figure is not None]


PLAIN_FIELDS = (
    "issue",
    "level",
    "origin",
    "nature",
    "starts_in",
    "strategy",
    "definition",
    "formula",
    "expression",
    "data_source",
    "notes",
)


def round_name(months: int) -> str:
    """A round by its length."""
    return _("The round of %(months)s months") % {"months": digits(months)}


def _initial(kpi: KpiYear) -> dict[str, Any]:
    return {
        "code": kpi.code,
        "title": kpi.title,
        "dimension": kpi.dimension.public_id,
        "group": kpi.group.public_id,
        "measure": kpi.measure,
        **{name: getattr(kpi, name) for name in PLAIN_FIELDS},
        "parent": kpi.parent.public_id if kpi.parent else None,
        "of_parts": kpi.parts.exists(),
        "weight_inside": _shown(kpi.weight_inside),
        "target": _shown(kpi.target),
        "weight": _shown(kpi.weight),
        "sources": [source.public_id for source in kpi.sources.all()],
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
        if kpi.state == KpiState.SELECTED and kpi.sources.exists():
            self.fields["because"] = forms.CharField(label=_("Why it is changed"), max_length=500)


class DetailsForm(OnBothForm):
    """The detail sheet of a KPI."""

    scope = forms.CharField(
        label=_("Scope"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("What is assessed, and the people or places it is about"),
    )
    counting = forms.ChoiceField(
        label=_("How its figure counts"),
        choices=Counting.choices,
        required=False,
        help_text=_("What a month's figure says. Figures that count differently are never added up or averaged."),
    )
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
    supervisor_phone = forms.CharField(
        label=_("Telephone of the supervisor"),
        max_length=50,
        required=False,
    )
    collector_phone = forms.CharField(label=_("Telephone of the collector"), max_length=50, required=False)
    conditions = forms.CharField(label=_("Conditions"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    evidence_expected = forms.CharField(
        label=_("Evidence expected"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    because = forms.CharField(
        label=_("Why it is changed"),
        max_length=500,
        required=False,
        help_text=_("The sheet is complete already: the reason is kept with every change."),
    )

    def __init__(self, kpi: KpiYear, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial_details(kpi))
        super().__init__(*args, **kwargs)
        self.kpi = kpi
        given = self.data if self.is_bound else None
        self.inputs, self.steps = input_rows(given, kpi.inputs), step_rows(given, kpi.steps)
        self.fields["because"].required = not missing_details(kpi)
        office = kpi.run.unit
        posts = Position.objects.select_related("unit__parent").filter(unit__in=[office, *office.groups.all()])
        for name in ("supervisor", "collector"):
            self.fields[name].queryset = posts.order_by("unit__parent", "unit__order", "-heads_unit", "title")

    def is_valid(self) -> bool:
        """Whether the fields are right, and the rows of inputs and steps."""
        return super().is_valid() and all(rows.is_valid() for rows in (self.inputs, self.steps) if rows.is_bound)

    def clean(self) -> dict[str, Any]:
        unreadable = set(self.errors)
        if all(rows.is_valid() for rows in (self.inputs, self.steps) if rows.is_bound):
            try:
                check_details(self.kpi, self.details())
            except Faults as refused:
                others = place_on_rows(self.steps, place_on_rows(self.inputs, refused.faults, "input"), "step")
                place_faults(self, Faults([fault for fault in others if fault.field not in unreadable]))
        return self.cleaned_data

    def details(self) -> Details:
        typed = self.cleaned_data
        texts: dict[str, Any] = {name: typed.get(name, "") for name in TEXTS_OF_THE_SHEET}
        texts |= {name: typed.get(name) if name in self.data else None for name in MAY_STAY_AS_THEY_ARE}
        return Details(
            **texts,
            supervisor=typed.get("supervisor"),
            collector=typed.get("collector"),
            inputs=inputs_typed(self.inputs),
            steps=steps_typed(self.steps),
        )


TEXTS_OF_THE_SHEET = (
    "definition",
    "formula",
    "data_source",
    "collection_method",
    "conditions",
    "evidence_expected",
    "notes",
)
MAY_STAY_AS_THEY_ARE = ("scope", "supervisor_phone", "collector_phone", "expression", "counting")


def _initial_details(kpi: KpiYear) -> dict[str, Any]:
    texts = {name: getattr(kpi, name) for name in Details.__dataclass_fields__}
    posts = {name: post.public_id if (post := texts[name]) else None for name in ("supervisor", "collector")}
    return texts | posts
