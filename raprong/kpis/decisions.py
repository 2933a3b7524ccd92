"""The verbs of choosing: which candidates the year is agreed on, with which weights, in a meeting or outside one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from raprong.audit.actions import record
from raprong.core.faults import all_at_once
from raprong.core.freshness import check_fresh
from raprong.kpis import notices, permissions
from raprong.kpis.enums import KpiState
from raprong.kpis.locks import locked_framework, locked_kpi
from raprong.kpis.models import KpiYear, SelectionDecision, SelectionMeeting
from raprong.kpis.policies import check_meeting_decides
from raprong.kpis.quality.policies import check_can_select_quality
from raprong.kpis.selection import (
    STATE_OF,
    Choice,
    Decision,
    check_decisions,
    check_nobody_was_faster,
    check_part_weights,
)
from raprong.lib.scoring.scheme import scheme_from_data
from raprong.organisation.models import Person
from raprong.processes.models import Run

_PAST = {
    KpiState.SELECTED: "kpi.selected",
    KpiState.NOT_SELECTED: "kpi.not_selected",
    KpiState.PROPOSED: "kpi.undecided",
}


@transaction.atomic
def decide(
    run: Run, decisions: Sequence[Decision], *, meeting: SelectionMeeting | None = None, by: Person, at: datetime
) -> list[KpiYear]:
    """Decide about several candidates at once: selected with a weight, not selected with a reason, or undecided again.

    A KPI with an error, or with a warning that has no reason, is not selected. The parts of a candidate follow it.
    Every fault is told at once, and so is every candidate that somebody changed
    after the person looked (``Overtaken``); then nothing is stored. What changes is kept as a decision of the meeting,
    or of none.
    """
    permissions.check_may_decide(by, run, at=at)
    framework = locked_framework(run)
    check_meeting_decides(framework, meeting)
    locked = {kpi.pk: kpi for kpi in framework.kpis.select_for_update(of=("self",)).with_people()}
    held = [replace(decision, kpi=locked[decision.kpi.pk]) for decision in decisions]
    check_nobody_was_faster(held)
    with all_at_once() as found:
        check_decisions(found, held, scheme_from_data(framework.scheme))
        check_can_select_quality(found, framework, held)

    changed = [decision for decision in held if decision.changes]
    for decision in [*changed, *_following(held, locked.values())]:
        _decide_one(decision, meeting, by, at)
    return [decision.kpi for decision in held]


def select(kpi: KpiYear, *, weight: Decimal, seen: int | None = None, by: Person, at: datetime) -> KpiYear:
    """Select a candidate for the year, with its weight."""
    return decide(kpi.run, [Decision(kpi, Choice.SELECT, weight, seen=seen)], by=by, at=at)[0]


def not_select(kpi: KpiYear, *, because: str, seen: int | None = None, by: Person, at: datetime) -> KpiYear:
    """Leave a candidate out of the year, with the reason that its group reads."""
    decision = Decision(kpi, Choice.NOT_SELECT, kpi.weight, because=because, seen=seen)
    return decide(kpi.run, [decision], by=by, at=at)[0]


def set_weights(run: Run, weights: Mapping[KpiYear, Decimal], *, by: Person, at: datetime) -> list[KpiYear]:
    """Give selected KPIs their weights, all at once; they add up to the whole by the time the selection is settled."""
    return decide(run, [Decision(kpi, Choice.SELECT, weight) for kpi, weight in weights.items()], by=by, at=at)


@transaction.atomic
def set_part_weights(
    parent: KpiYear,
    weights: Mapping[KpiYear, Decimal | None],
    *,
    seen: int | None,
    meeting: SelectionMeeting | None = None,
    by: Person,
    at: datetime,
) -> KpiYear:
    """Give every part of a KPI its weight inside it; together they are exactly 100.00.

    For those who select, and before the selection for the group that proposed the KPI. Refused: a mapping that leaves
    a part out or holds another KPI, weights that are not above 0 with at most two decimal places, any other sum, and
    parts that somebody weighed after the person looked at the parent's version `seen`.
    """
    framework = locked_framework(parent.run)
    parent = locked_kpi(parent)
    permissions.check_may_set_part_weights(by, parent, at=at)
    check_meeting_decides(framework, meeting)
    check_fresh(parent, seen)
    parts = {part.pk: part for part in parent.parts.select_for_update(of=("self",)).with_people()}
    given = {parts.get(part.pk, part): weight for part, weight in weights.items()}
    check_part_weights(parent, list(parts.values()), given)

    before = {part.code: part.weight_inside for part in parts.values()}
    for part, weight in given.items():
        _weigh_part(part, weight, parent, meeting, by, at)
    parent.version += 1
    parent.save(update_fields=["version"])

    record(
        "kpi.part_weights_set",
        about=parent,
        by=by,
        at=at,
        place=parent.run.unit,
        fiscal_year=parent.run.fiscal_year,
        before=before,
        after={part.code: weight for part, weight in given.items()},
    )
    return parent


def _following(decisions: Iterable[Decision], kpis: Iterable[KpiYear]) -> list[Decision]:
    """What the decisions mean for the parts of their KPIs, where these do not stand so already."""
    parts: dict[int, list[KpiYear]] = defaultdict(list)
    for kpi in kpis:
        if kpi.parent_id:
            parts[kpi.parent_id].append(kpi)
    following = [
        replace(decision, kpi=part, weight=part.weight_inside)
        for decision in decisions
        for part in parts[decision.kpi.pk]
    ]
    return [decision for decision in following if decision.changes_state]


def _decide_one(decision: Decision, meeting: SelectionMeeting | None, by: Person, at: datetime) -> None:
    kpi, news = decision.kpi, decision.changes_state
    kpi.state = STATE_OF[decision.choice]
    kpi.weight = None if kpi.parent_id else decision.weight
    kpi.decision_reason = decision.because.strip()
    kpi.decided_at, kpi.decided_by = at, by
    kpi.version += 1
    kpi.save(update_fields=["state", "weight", "decision_reason", "decided_at", "decided_by", "version"])
    _keep(kpi, decision.weight, meeting, by, at)
    if news and kpi.state != KpiState.PROPOSED:
        notices.tell_of_decision(kpi, by=by, at=at)


def _weigh_part(
    part: KpiYear,
    weight: Decimal | None,
    parent: KpiYear,
    meeting: SelectionMeeting | None,
    by: Person,
    at: datetime,
) -> None:
    """A part of a selected KPI is selected with it, also when it was proposed afterwards."""
    if (part.weight_inside, part.state) == (weight, parent.state):
        return
    part.weight_inside, part.weight, part.state = weight, None, parent.state
    part.version += 1
    part.save(update_fields=["weight_inside", "weight", "state", "version"])
    if parent.state == KpiState.SELECTED:
        _keep(part, weight, meeting, by, at)


def _keep(kpi: KpiYear, weight: Decimal | None, meeting: SelectionMeeting | None, by: Person, at: datetime) -> None:
    """Write a decision down: in its own table for the minutes, and in the trail. A part's weight is that inside."""
    SelectionDecision.objects.create(
        framework=kpi.framework,
        meeting=meeting,
        kpi=kpi,
        choice=kpi.state,
        weight=weight,
        because=kpi.decision_reason,
        decided_at=at,
        decided_by=by,
    )
    record(
        _PAST[KpiState(kpi.state)],
        about=kpi,
        by=by,
        at=at,
        place=kpi.run.unit,
        fiscal_year=kpi.run.fiscal_year,
        weight=weight,
        because=kpi.decision_reason,
        meeting=str(meeting) if meeting else "",
    )
