"""What a KPI's fields and their values are called: in its history, with two years side by side, in an import."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.kpis.criteria_words import texts_of
from raprong.kpis.enums import Counting, CriteriaKind, KpiLevel, KpiNature, KpiOrigin
from raprong.kpis.formulas import inputs_of
from raprong.kpis.models import KpiYear
from raprong.kpis.steps import steps_of
from raprong.lib.scoring.criteria import criteria_from_stored
from raprong.lib.scoring.rounding import half_up

FIELD_NAMES: dict[str, str | Promise] = {
    "code": gettext_lazy("Code"),
    "title": gettext_lazy("Name"),
    "dimension": gettext_lazy("Dimension"),
    "issue": gettext_lazy("Issue"),
    "level": gettext_lazy("Level"),
    "origin": gettext_lazy("Origin"),
    "nature": gettext_lazy("What it measures"),
    "counting": gettext_lazy("How its figure counts"),
    "group": gettext_lazy("Group that answers for it"),
    "parent": gettext_lazy("Part of"),
    "weight_inside": gettext_lazy("Weight inside its KPI"),
    "measure": gettext_lazy("Measured in"),
    "criteria": gettext_lazy("Criteria"),
    "round_criteria": gettext_lazy("Criteria of rounds"),
    "target": gettext_lazy("Target"),
    "weight": gettext_lazy("Weight"),
    "baseline": gettext_lazy("Past results"),
    "sources": gettext_lazy("Policy sources"),
    "strategy": gettext_lazy("Link with the strategy"),
    "starts_in": gettext_lazy("Scored from"),
    "definition": gettext_lazy("Definition"),
    "scope": gettext_lazy("Scope"),
    "formula": gettext_lazy("Formula"),
    "inputs": gettext_lazy("Figures that are collected"),
    "expression": gettext_lazy("Formula to reckon with"),
    "data_source": gettext_lazy("Source of the data"),
    "collection_method": gettext_lazy("How the data are collected"),
    "supervisor": gettext_lazy("Supervisor"),
    "supervisor_phone": gettext_lazy("Telephone of the supervisor"),
    "collector": gettext_lazy("Collector of the data"),
    "collector_phone": gettext_lazy("Telephone of the collector"),
    "conditions": gettext_lazy("Conditions"),
    "evidence_expected": gettext_lazy("Evidence expected"),
    "steps": gettext_lazy("Steps and their evidence"),
    "notes": gettext_lazy("Notes"),
}
NOTHING = "–"
BASELINE_PLACES = 2


def field_name(field: str) -> str:
    """What a field is called on pages."""
    return str(FIELD_NAMES.get(field, field))


def value_words(field: str, value: Any) -> str:
    """What a field said, from the plain value that the trail keeps. Lines are set apart with a line break."""
    if value in (None, "", [], {}):
        return NOTHING
    return _WORDS.get(field, _as_written)(value)


def criteria_words(stored: Mapping[str, Any]) -> str:
    """Criteria as words, their kind first and a line for each level."""
    criteria = criteria_from_stored(_with_whole_months(stored))
    asked = (_("level %(level)s: %(asked)s") % {"level": one.level, "asked": one.text} for one in texts_of(criteria))
    return "\n".join([str(CriteriaKind(criteria.kind).label), *asked])


def baseline_average(kpi: KpiYear) -> Decimal | None:
    """The mean of a KPI's past results, rounded half-up at two places; none where fewer than two are known."""
    figures = [Decimal(figure) for figure in kpi.baseline.values()]
    return half_up(Fraction(sum(figures)) / len(figures), BASELINE_PLACES) if len(figures) > 1 else None


def round_words(months: int | str | None) -> str:
    """A round of the year by its length."""
    return _("the round of %(months)s months") % {"months": months}


def _with_whole_months(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The trail keeps numbers as strings; months are counted with."""
    rounds = stored.get("rounds")
    if not rounds:
        return dict(stored)
    return {**stored, "rounds": [{**one, "months": int(one["months"])} for one in rounds]}


def _round_criteria(value: Mapping[str, Any]) -> str:
    return "\n".join(f"{round_words(months)}: {criteria_words(stored)}" for months, stored in value.items())


def _baseline(value: Mapping[str, Any]) -> str:
    return " · ".join(f"{year}: {figure}" for year, figure in sorted(value.items()))


def _lines(value: Sequence[str]) -> str:
    return "\n".join(value)


def _inputs(value: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(
        f"{one.name} = {one.title}" + (f" ({one.measure})" if one.measure else "") for one in inputs_of(value)
    )


def _steps(value: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(
        f"{number}. {step.title}" + "".join(f"\n  – {line}" for line in step.evidence)
        for number, step in enumerate(steps_of(value), start=1)
    )


def _as_written(value: Any) -> str:
    return str(value)


def _label_of(choices: Any) -> Callable[[Any], str]:
    return lambda value: str(choices(value).label) if value in choices.values else str(value)


_WORDS: dict[str, Callable[[Any], str]] = {
    "criteria": criteria_words,
    "round_criteria": _round_criteria,
    "baseline": _baseline,
    "sources": _lines,
    "inputs": _inputs,
    "steps": _steps,
    "starts_in": round_words,
    "level": _label_of(KpiLevel),
    "origin": _label_of(KpiOrigin),
    "nature": _label_of(KpiNature),
    "counting": _label_of(Counting),
}
