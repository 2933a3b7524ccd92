"""Writing what a checked proposal or a detail sheet says onto a KPI. Verbs call it; it asks nothing."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from raprong.kpis.details import Details
from raprong.kpis.formulas import inputs_as_data, inputs_of
from raprong.kpis.models import Framework, Kpi, KpiYear
from raprong.kpis.proposals import Proposal, Unchanged, sort_code
from raprong.kpis.queries import criteria_of
from raprong.kpis.steps import steps_as_data
from raprong.lib.scoring.criteria import criteria_as_data
from raprong.organisation.models import Person

KEPT_UNLESS_GIVEN = (
    "formula",
    "expression",
    "data_source",
    "notes",
    "issue",
    "level",
    "origin",
    "nature",
    "strategy",
    "definition",
)
KEPT_UNLESS_SAID = ("parent", "weight_inside", "starts_in")


def locked_whole(kpi: Kpi) -> Kpi:
    """A KPI across the years, locked to the commit."""
    return Kpi.objects.select_for_update(of=("self",)).select_related("unit").get(pk=kpi.pk)


def new_kpi(framework: Framework, proposal: Proposal, by: Person, at: datetime, *, whole: Kpi | None = None) -> KpiYear:
    """A KPI of the year as it is proposed; of one that there was before, where `whole` is given."""
    whole = whole or Kpi.objects.create(unit=framework.run.unit)
    kpi = KpiYear(kpi=whole, framework=framework, proposed_by=by, proposed_at=at)
    write(kpi, proposal)
    kpi.save()
    kpi.sources.set(proposal.sources or ())
    return kpi


def proposal_of(kpi: KpiYear) -> Proposal:
    """What a KPI says, as a proposal: to be changed and saved again, or proposed in another year."""
    given: dict[str, Any] = {name: getattr(kpi, name) for name in (*KEPT_UNLESS_GIVEN, *KEPT_UNLESS_SAID)}
    return Proposal(
        code=kpi.code,
        title=kpi.title,
        dimension=kpi.dimension,
        group=kpi.group,
        measure=kpi.measure,
        criteria=criteria_of(kpi),
        target=kpi.target,
        weight=kpi.weight,
        baseline={int(year): Decimal(figure) for year, figure in kpi.baseline.items()},
        sources=list(kpi.sources.all()),
        inputs=inputs_of(kpi.inputs),
        **given,
    )


def write(kpi: KpiYear, proposal: Proposal) -> None:
    kpi.code, kpi.sort_code = proposal.code, sort_code(proposal.code)
    kpi.title, kpi.measure = proposal.title, proposal.measure
    assert proposal.dimension is not None, "a checked proposal has a dimension"
    assert proposal.group is not None, "a checked proposal has a group"
    kpi.dimension, kpi.group = proposal.dimension, proposal.group
    kpi.criteria_kind = proposal.criteria.kind
    kpi.criteria = criteria_as_data(proposal.criteria)
    kpi.target, kpi.weight = proposal.target, proposal.weight
    kpi.baseline = {str(year): format(figure, "f") for year, figure in sorted(proposal.baseline.items())}
    for name in KEPT_UNLESS_GIVEN:
        if (text := getattr(proposal, name)) is not None:
            setattr(kpi, name, text)
    for name in KEPT_UNLESS_SAID:
        if not isinstance(value := getattr(proposal, name), Unchanged):
            setattr(kpi, name, value)
    if kpi.parent is None:
        kpi.weight_inside = None
    if proposal.inputs is not None:
        kpi.inputs = inputs_as_data(proposal.inputs)
    if proposal.round_criteria is not None:
        rounds = sorted(proposal.round_criteria.items())
        kpi.round_criteria = {str(months): criteria_as_data(criteria) for months, criteria in rounds}


def write_details(kpi: KpiYear, details: Details) -> list[str]:
    """Put the sheet's fields onto a KPI; answers the columns that were written."""
    given = {name: value for name in Details.__dataclass_fields__ if (value := getattr(details, name)) is not None}
    if details.inputs is not None:
        given["inputs"] = inputs_as_data(details.inputs)
    if details.steps is not None:
        given["steps"] = steps_as_data(details.steps)
    given |= {"supervisor": details.supervisor, "collector": details.collector}
    for name, value in given.items():
        setattr(kpi, name, value)
    return list(given)
