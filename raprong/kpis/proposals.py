"""What a proposed KPI says, and everything that can be wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.core.faults import FaultList, all_at_once
from raprong.kpis.criteria_checks import faults_of_criteria, faults_of_round, figure_fault, target_fault
from raprong.kpis.enums import KpiLevel, KpiNature, KpiOrigin
from raprong.kpis.formulas import FormulaInput, check_formula, inputs_of
from raprong.kpis.models import Dimension, Framework, KpiYear, PolicySource
from raprong.lib.scoring.criteria import Criteria
from raprong.lib.scoring.scheme import Scheme, stored_scheme
from raprong.organisation.models import Unit

MOST_LETTERS = {"code": 20, "title": 300, "measure": 80, "issue": 200, "data_source": 300}
NEEDED_WORDS = {
    "code": gettext_lazy("Give the KPI a code, such as 1.1."),
    "title": gettext_lazy("Name the KPI."),
    "measure": gettext_lazy("Say what it is measured in, such as percent or days."),
}
FIRST_BASELINE_YEAR = 2500


class Unchanged(Enum):
    """Says that a revision leaves a field as it is, where None means that there is none."""

    KEPT = "kept"


KEPT = Unchanged.KEPT


@dataclass(frozen=True)
class Proposal:
    """A KPI as a group proposes it. What is None stays as it is on a revision."""

    code: str
    title: str
    dimension: Dimension | None
    group: Unit | None
    measure: str
    criteria: Criteria
    target: Decimal | None
    weight: Decimal | None = None
    baseline: Mapping[int, Decimal] = field(default_factory=dict)  # fiscal year (พ.ศ.) and its result
    sources: Sequence[PolicySource] | None = None
    formula: str | None = None
    data_source: str | None = None
    notes: str | None = None
    issue: str | None = None
    level: str | None = None
    origin: str | None = None
    nature: str | None = None
    strategy: str | None = None
    definition: str | None = None
    inputs: Sequence[FormulaInput] | None = None
    expression: str | None = None
    parent: KpiYear | Unchanged | None = KEPT
    weight_inside: Decimal | Unchanged | None = KEPT  # of a part, per cent of its parent
    starts_in: int | Unchanged | None = KEPT  # the first round it is scored in, in months
    round_criteria: Mapping[int, Criteria] | None = None  # by months from October


def check_proposal(
    framework: Framework,
    proposal: Proposal,
    *,
    this: KpiYear | None = None,
    titles: Mapping[str, str] | None = None,
) -> None:
    """Refuse a proposal with every fault at once; `this` is the KPI it would revise.

    Whoever checks many proposals gives the `titles` of the year's KPIs by their codes, asked for once.
    """
    with all_at_once() as found:
        _check_words(found, proposal, _title_with_code(framework, proposal, this, titles))
        _check_belonging(found, framework, proposal)
        _check_place(found, framework, proposal, this)
        _check_formula(found, proposal, this)
        _check_criteria(found, proposal, stored_scheme(framework.scheme))
        _check_rounds(found, framework, proposal, this)
        _check_baseline(found, framework, proposal)


def sort_code(code: str) -> str:
    """A form of a code that sorts as people count: 1.10 after 1.9."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(4), code)[:80]


def weight_fault(weight: Decimal, scheme: Scheme) -> str:
    """Why a weight cannot be used: it is above 0, at most the whole, with at most two decimal places."""
    if weight.is_finite() and 0 < weight <= scheme.weight_base and weight == round(weight, 2):
        return ""
    return _("The weight is %(weight)s. Give a number above 0, at most %(whole)s, with at most two decimal places.") % {
        "weight": format(weight, "f"),
        "whole": format(scheme.weight_base, "f"),
    }


def _title_with_code(
    framework: Framework, proposal: Proposal, this: KpiYear | None, titles: Mapping[str, str] | None
) -> str:
    """What another KPI of the year with this code is called; empty where there is none."""
    if this is not None and this.code == proposal.code:
        return ""
    if titles is None:
        return framework.kpis.filter(code=proposal.code).values_list("title", flat=True).first() or ""
    return titles.get(proposal.code, "")


def _check_words(found: FaultList, proposal: Proposal, other: str) -> None:
    for name, most in MOST_LETTERS.items():
        text = getattr(proposal, name) or ""
        if name in NEEDED_WORDS and not text.strip():
            found.add(name, str(NEEDED_WORDS[name]))
        if len(text) > most:
            found.add(name, _("This is too long. Use at most %(most)s letters.") % {"most": most})
    if proposal.code and other:
        found.add(
            "code",
            _("Code %(code)s already belongs to “%(title)s”. Give this KPI another.")
            % {"code": proposal.code, "title": other},
        )


def _check_belonging(found: FaultList, framework: Framework, proposal: Proposal) -> None:
    if proposal.dimension is None or proposal.dimension.framework_id != framework.pk:
        found.add("dimension", _("Choose a dimension of this year's framework."))
    if proposal.group is None or proposal.group.parent_id != framework.run.unit_id:
        found.add("group", _("Choose the group that answers for the KPI."))
    if any(source.framework_id != framework.pk for source in proposal.sources or ()):
        found.add("sources", _("Choose among the policy sources of this year's framework."))


def _check_place(found: FaultList, framework: Framework, proposal: Proposal, this: KpiYear | None) -> None:
    """Level, origin and nature are known ones, the part fits its parent, and the first round is one of the year."""
    kinds = {"level": KpiLevel, "origin": KpiOrigin, "nature": KpiNature}
    for name, kind in kinds.items():
        if (chosen := getattr(proposal, name)) is not None and chosen not in kind.values:
            found.add(name, _("Choose one of the list."))
    parent = part_of(proposal, this)
    if parent is not None:
        _check_part(found, framework, proposal, parent, this)
    inside = proposal.weight_inside
    if isinstance(inside, Decimal) and (sentence := inside_fault(inside, parent)):
        found.add("weight_inside", sentence)
    if isinstance(proposal.starts_in, int) and proposal.starts_in not in framework.run.definition.reporting.rounds:
        found.add("starts_in", _("Choose a round of this year."))


def part_of(proposal: Proposal, this: KpiYear | None) -> KpiYear | None:
    """The KPI that a proposal is a part of, as it would stand once saved."""
    if not isinstance(proposal.parent, Unchanged):
        return proposal.parent
    return this.parent if this else None


def inside_fault(inside: Decimal, parent: KpiYear | None) -> str:
    """Why a weight inside a parent cannot be used; empty when it can."""
    if parent is None:
        return _("Only a part of another KPI has a weight inside it. Choose that KPI, or empty this field.")
    if inside.is_finite() and 0 < inside <= 100 and inside == round(inside, 2):
        return ""
    return _("Give a number above 0, at most 100, with at most two decimal places.")


def _check_part(
    found: FaultList, framework: Framework, proposal: Proposal, parent: KpiYear, this: KpiYear | None
) -> None:
    """A part lies in a KPI of the same year that is itself no part, and has no parts: one level deep."""
    if parent.framework_id != framework.pk or (this and parent.pk == this.pk):
        found.add("parent", _("Choose another KPI of this year."))
    elif parent.parent_id is not None:
        found.add(
            "parent",
            _("KPI %(code)s is itself a part of another. Choose one that stands by itself.") % {"code": parent.code},
        )
    elif this and this.parts.exists():
        found.add("parent", _("This KPI has parts of its own, so it cannot be a part of another."))
    if proposal.weight is not None and (this is None or proposal.weight != this.weight):
        found.add("weight", _("A part has no weight of its own in the year. Give its weight inside its KPI instead."))


def _check_formula(found: FaultList, proposal: Proposal, this: KpiYear | None) -> None:
    if proposal.inputs is None and proposal.expression is None:
        return
    inputs = proposal.inputs if proposal.inputs is not None else inputs_of(this.inputs if this else ())
    expression = proposal.expression if proposal.expression is not None else (this.expression if this else "")
    check_formula(found, inputs, expression)


def _check_criteria(found: FaultList, proposal: Proposal, scheme: Scheme) -> None:
    for name, sentence in faults_of_criteria(proposal.criteria, scheme):
        found.add(name, sentence)
    if proposal.target is None:
        found.add("target", _("Give the target: the result that the group means to reach."))
    elif sentence := figure_fault(proposal.target) or target_fault(proposal.criteria, proposal.target):
        found.add("target", sentence)
    if proposal.weight is not None and (sentence := weight_fault(proposal.weight, scheme)):
        found.add("weight", sentence)


def _check_rounds(found: FaultList, framework: Framework, proposal: Proposal, this: KpiYear | None) -> None:
    """Rounds with criteria of their own have the kind of the year's, because one figure is reported for both."""
    if proposal.round_criteria is not None:
        for months, criteria in proposal.round_criteria.items():
            for _place, sentence in faults_of_round(framework, proposal.criteria, months, criteria):
                found.add("round_criteria", _("Round of %(months)s months:") % {"months": months} + f" {sentence}")
        return
    kinds = {stored["kind"] for stored in this.round_criteria.values()} if this else set()
    if kinds - {str(proposal.criteria.kind)}:
        rounds = ", ".join(this.round_criteria) if this else ""
        found.add(
            "criteria_kind",
            _("The rounds of %(rounds)s months have criteria of another kind. Let them ask what the year asks, first.")
            % {"rounds": rounds},
        )


def _check_baseline(found: FaultList, framework: Framework, proposal: Proposal) -> None:
    for year, figure in proposal.baseline.items():
        if not FIRST_BASELINE_YEAR <= year < framework.run.fiscal_year:
            found.add(f"baseline_{year}", _("A past result belongs to a year before %(year)s.")
                      % {"year": framework.run.fiscal_year})  # fmt: skip
        elif sentence := figure_fault(figure):
            found.add(f"baseline_{year}", sentence)
