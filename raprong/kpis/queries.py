"""Answers about a year's framework and its KPIs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from raprong.access.queries import units_where
from raprong.kpis.enums import KpiState
from raprong.kpis.framework_form import starting_scheme
from raprong.kpis.models import (
    DepartmentList,
    Framework,
    KpiYear,
    KpiYearQuerySet,
    SelectionDecision,
    SelectionMeeting,
)
from raprong.kpis.selection import PARTS_WHOLE, PartsSum, SelectionStanding
from raprong.lib.scoring.criteria import Choice, Criteria, criteria_from_stored, levels_of
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.rollup import MeasuredKpi
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.scoring.scheme import Scheme, scheme_from_data
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run


def framework_of(run: Run) -> Framework | None:
    """The framework of a run; None until the policy is received or a workbook is imported."""
    return Framework.objects.filter(run=run).select_related("run__unit__agency").first()


def scheme_of(run: Run) -> Scheme:
    """The scheme that this run's KPIs are scored under."""
    framework = framework_of(run)
    return scheme_from_data(framework.scheme) if framework else starting_scheme()


def kpis_of(run: Run, group: Unit | None = None) -> KpiYearQuerySet:
    """Every KPI of a run, or a group's, in the order of their codes."""
    kpis = KpiYear.objects.of_run(run).with_people()
    return kpis.filter(group=group) if group else kpis


def selected_kpis(run: Run) -> KpiYearQuerySet:
    """The KPIs that the year is agreed and scored on, in the order of their codes."""
    return kpis_of(run).selected()


def reported_kpis(run: Run) -> KpiYearQuerySet:
    """The selected KPIs that results are reported for: a KPI with parts is reckoned from these."""
    return selected_kpis(run).reported()


def parts_of(kpi: KpiYear) -> KpiYearQuerySet:
    """The parts of a KPI, in the order of their codes."""
    return KpiYear.objects.filter(parent=kpi).with_people()


def in_families(kpis: Iterable[KpiYear]) -> list[KpiYear]:
    """KPIs in their order, each followed by its parts; a part whose parent is not among them stands where it stood."""
    held = list(kpis)
    there = {kpi.pk for kpi in held}
    inside: dict[int, list[KpiYear]] = defaultdict(list)
    for kpi in held:
        if kpi.parent_id in there:
            inside[kpi.parent_id].append(kpi)
    tops = [kpi for kpi in held if kpi.parent_id not in there]
    return [one for top in tops for one in (top, *inside[top.pk])]


def criteria_of(kpi: KpiYear, *, months: int | None = None) -> Criteria:
    """The criteria of a KPI; in a round, those that it has of its own for that round."""
    return criteria_from_stored(kpi.round_criteria.get(str(months)) or kpi.criteria)


def own_criteria_of(kpi: KpiYear) -> tuple[tuple[int, Criteria], ...]:
    """The rounds, in months, that have criteria of their own, with these."""
    return tuple((int(months), criteria_of(kpi, months=int(months))) for months in kpi.round_criteria)


def rungs_of(kpi: KpiYear, *, months: int | None = None) -> tuple[Rung, ...]:
    """The criteria of a KPI as level points, lowest score first."""
    return levels_of(criteria_of(kpi, months=months), months=months)


def may_be_result(criteria: Criteria, result: Decimal) -> bool:
    """Whether a figure can be scored at all: of a choice it must be the number of an answer."""
    return not isinstance(criteria, Choice) or (not result % 1 and 1 <= result <= len(criteria.options))


def measured(kpi: KpiYear, result: Decimal | None, *, months: int | None = None) -> MeasuredKpi:
    """A KPI with a result, ready to be scored. A KPI without a weight counts for nothing.

    A part counts inside its parent; parts that nobody has weighed yet count the same as each other. A figure that was
    reported under other criteria and names no answer of a choice is as if it had not been reported.
    """
    criteria = criteria_of(kpi, months=months)
    return MeasuredKpi(
        kpi.code,
        _weight_counted(kpi),
        criteria,
        result if result is None or may_be_result(criteria, result) else None,
        months,
        parent=kpi.parent.code if kpi.parent else "",
    )


def _weight_counted(kpi: KpiYear) -> Decimal:
    if kpi.parent_id is None:
        return kpi.weight or Decimal(0)
    return Decimal(1) if kpi.weight_inside is None else kpi.weight_inside


def dimensions_weight(framework: Framework) -> Decimal:
    """What the weights of the dimensions add up to."""
    return sum_exactly(framework.dimensions.values_list("weight", flat=True))


def selection_standing(run: Run) -> SelectionStanding:
    """How far the selection of a run is. A part is inside its parent, which is what is chosen and weighed."""
    kpis = list(KpiYear.objects.of_run(run).only("code", "state", "weight", "parent", "weight_inside"))
    tops = [kpi for kpi in kpis if kpi.parent_id is None]
    selected = [kpi for kpi in tops if kpi.state == KpiState.SELECTED]
    return SelectionStanding(
        candidates=len(tops),
        selected=len(selected),
        undecided=sum(kpi.state == KpiState.PROPOSED for kpi in tops),
        weight=sum_exactly(kpi.weight or Decimal(0) for kpi in selected),
        whole=scheme_of(run).weight_base,
        parts_off=tuple(_parts_off(selected, kpis)),
    )


def _parts_off(selected: Iterable[KpiYear], kpis: Iterable[KpiYear]) -> Iterator[PartsSum]:
    """The selected KPIs whose parts do not add up; a part that is not selected with its parent weighs nothing."""
    parts: dict[int, list[Decimal]] = defaultdict(list)
    for kpi in kpis:
        if kpi.parent_id is not None:
            chosen = kpi.state == KpiState.SELECTED
            parts[kpi.parent_id].append(kpi.weight_inside or Decimal(0) if chosen else Decimal(0))
    for parent in selected:
        given = sum_exactly(parts[parent.pk])
        if parts[parent.pk] and given != PARTS_WHOLE:
            yield PartsSum(parent.code, given)


def meetings_of(run: Run) -> QuerySet[SelectionMeeting]:
    """The selection meetings of a run, the first one first."""
    return (
        SelectionMeeting.objects.filter(framework__run=run)
        .select_related("framework__run", "opened_by", "closed_by")
        .order_by("number")
    )


def meetings_visible_to(person: Person, *, on: date) -> QuerySet[SelectionMeeting]:
    """The selection meetings of every unit whose KPIs a person may read."""
    units = units_where(person, "kpis.read", on=on)
    return SelectionMeeting.objects.filter(framework__run__unit__in=units).select_related(
        "framework__run__unit__agency", "opened_by", "closed_by"
    )


def decisions_by_kpi(kpis: Iterable[KpiYear]) -> dict[int, list[SelectionDecision]]:
    """Every decision about some candidates as it was made, the latest first, by the candidate's key."""
    found: dict[int, list[SelectionDecision]] = defaultdict(list)
    decisions = SelectionDecision.objects.filter(kpi__in=[kpi.pk for kpi in kpis])
    for decision in decisions.select_related("meeting__framework__run", "decided_by").order_by("-decided_at", "-pk"):
        found[decision.kpi_id].append(decision)
    return found


def list_for_department(kpis: Iterable[KpiYear]) -> list[dict[str, Any]]:
    """The selected KPIs as the department reads them, each followed by its parts; plain values that do not change."""
    return [
        {
            "code": kpi.code,
            "title": kpi.title,
            "dimension": kpi.dimension.title,
            "group": kpi.group.name,
            "measure": kpi.measure,
            "criteria": kpi.criteria,
            "target": _plain(kpi.target),
            "weight": _plain(kpi.weight),
            **_inside(kpi),
        }
        for kpi in in_families(kpis)
    ]


def _inside(kpi: KpiYear) -> dict[str, Any]:
    """What a list says of a part besides: the KPI it belongs to, and its weight inside that."""
    return {"part_of": kpi.parent.code, "weight_inside": _plain(kpi.weight_inside)} if kpi.parent else {}


def latest_list(run: Run) -> DepartmentList | None:
    """The list that was sent to the department last."""
    return DepartmentList.objects.filter(framework__run=run).select_related("sent_by").first()


def list_is_current(run: Run, sent: DepartmentList) -> bool:
    """Whether what was sent is still what is selected."""
    return bool(sent.content == list_for_department(selected_kpis(run)))


def _plain(number: Decimal | None) -> str | None:
    """A number without the noughts a column adds: the same on every database."""
    if number is None:
        return None
    return format(number.normalize() if number % 1 else number.quantize(Decimal(1)), "f")
