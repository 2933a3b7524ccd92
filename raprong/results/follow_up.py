"""Below a chosen level: the cause of a figure and what is done about it, followed until it is done."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.core.references import reference
from raprong.kpis.enums import Counting
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of, may_be_result, scheme_of
from raprong.lib.scoring.criteria import place
from raprong.lib.scoring.ladder import Below
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import people_of
from raprong.processes.models import Run
from raprong.results import permissions
from raprong.results.models import CorrectiveAction, FollowUpLevel, MonthClose, MonthlyResult
from raprong.results.months import last_day_of, round_on
from raprong.results.notices import tell_of_action, tell_of_closed_action
from raprong.results.queries import results_of

MOST_LETTERS = 2000


@dataclass(frozen=True)
class Plan:
    """What is written about a figure that is too low."""

    cause: str
    action: str
    owner: Person | None
    due_on: date | None


def level_asked(run: Run) -> Decimal | None:
    """The level below which a cause is asked for; none where nobody has chosen one."""
    chosen = FollowUpLevel.objects.filter(run=run).first()
    return chosen.below if chosen else None


def is_judged(run: Run, kpi: KpiYear, month: date) -> bool:
    """Whether a month's figure is held against the levels: a cumulative one grows towards the end of a round, so only
    there; figures of a month or a year by themselves are whenever they are reported."""
    if kpi.counting != Counting.CUMULATIVE:
        return True
    return last_day_of(run, month) in {run.year.round_ends_on(months) for months in run.definition.reporting.rounds}


def is_below(run: Run, result: MonthlyResult, level: Decimal) -> bool:
    """Whether a figure stays below a level of its round's criteria."""
    months = round_on(run, last_day_of(run, result.month))
    criteria = criteria_of(result.kpi, months=months)
    if result.value is None or not may_be_result(criteria, result.value):
        return False
    lower = place(criteria, result.value, below=Below.FLOOR, months=months).lower
    return lower is None or lower.score < level


def figures_below(
    run: Run,
    *,
    months: Iterable[date] | None = None,
    group: Unit | None = None,
    kpis: Collection[int] | None = None,
) -> list[MonthlyResult]:
    """The figures that a cause is asked for, whether it is written or not; none while no level is chosen."""
    level = level_asked(run)
    if level is None:
        return []
    rows = results_of(run).select_related("kpi__group__parent")
    rows = rows.filter(kpi__group=group) if group else rows
    rows = rows if kpis is None else rows.filter(kpi__in=kpis)
    rows = rows.filter(month__in=list(months)) if months is not None else rows
    return [one for one in rows.order_by("month") if is_judged(run, one.kpi, one.month) and is_below(run, one, level)]


def unexplained(run: Run, *, months: Iterable[date] | None = None, group: Unit | None = None) -> list[MonthlyResult]:
    """Those of them without a cause and an action yet."""
    written = set(actions_of(run).values_list("kpi_id", "month"))
    return [one for one in figures_below(run, months=months, group=group) if (one.kpi_id, one.month) not in written]


def actions_of(run: Run) -> QuerySet[CorrectiveAction]:
    """Every corrective action of a run, what is due first at the top."""
    return CorrectiveAction.objects.filter(kpi__framework__run=run).select_related(
        "kpi__group__parent", "owner", "written_by", "closed_by"
    )


def actions_followed(close: MonthClose) -> list[CorrectiveAction]:
    """The corrective actions that a month's report tells of: about figures up to it that are open, or about its own."""
    found = actions_of(close.run).filter(month__lte=close.month)
    return list(found.filter(Q(closed_at__isnull=True) | Q(month=close.month)).order_by("due_on", "pk"))


@transaction.atomic
def choose_level(run: Run, below: Decimal, *, by: Person, at: datetime) -> FollowUpLevel:
    """Choose the level below which a cause and a corrective action are asked for; for those who close months."""
    check_holds(by, "results.close", run.unit, on=day_of(at))
    with all_at_once() as found:
        if below not in scheme_of(run).scores:
            found.add("below", _("Choose one of the levels of this year's scale."))

    chosen, _made = FollowUpLevel.objects.update_or_create(
        run=run, defaults={"below": below, "chosen_at": at, "chosen_by": by}
    )
    record(
        "result.follow_up_level_chosen",
        about=run,
        by=by,
        at=at,
        place=run.unit,
        fiscal_year=run.fiscal_year,
        below=below,
    )
    return chosen


@transaction.atomic
def write_action(
    kpi: KpiYear, month: date, plan: Plan, *, seen: int | None, by: Person, at: datetime
) -> CorrectiveAction:
    """Write the cause of a month's figure and what is done about it, or write it anew while it is not done.

    For those who report for the group, on closed months too. Refused: a month without a figure, an action that is
    closed, and as faults a text that is missing, an owner outside the unit, and a day that is past. The owner is told.
    """
    run = kpi.run
    permissions.check_may_report_for(by, run, kpi.group, at=at)
    result = MonthlyResult.objects.filter(kpi=kpi, month=month).order_by("pk").first()
    if result is None or result.value is None:
        raise Refused(_("There is no figure for this month yet."))
    action = CorrectiveAction.objects.select_for_update().filter(kpi=kpi, month=month).order_by("pk").first()
    if action is not None:
        check_fresh(action, seen)
        _check_open(action)
    with all_at_once() as found:
        _check_plan(found, run, plan, on=day_of(at))

    before = None if action is None else _facts(action)
    owner_before = action.owner_id if action else None
    action = action or CorrectiveAction(kpi=kpi, month=month, version=0)
    assert plan.owner is not None, "a checked plan has an owner"
    assert plan.due_on is not None, "a checked plan has a day"
    action.figure, action.cause, action.action = result.value, plan.cause.strip(), plan.action.strip()
    action.owner, action.due_on = plan.owner, plan.due_on
    action.written_at, action.written_by = at, by
    action.version += 1
    action.save()
    if owner_before != action.owner_id:
        tell_of_action(action, by=by, at=at)

    _record("result.action_written", action, by, at, before=before, after=_facts(action))
    return action


@transaction.atomic
def close_action(
    action: CorrectiveAction, *, outcome: str, seen: int | None, by: Person, at: datetime
) -> CorrectiveAction:
    """Say what was done, and close the action. For its owner, and for those who report for the group."""
    action = CorrectiveAction.objects.select_for_update(of=("self",)).select_related("kpi__group").get(pk=action.pk)
    check_may_close_action(by, action, at=at)
    check_fresh(action, seen)
    _check_open(action)
    with all_at_once() as found:
        _check_text(found, "outcome", outcome, _("Say what was done."))

    action.outcome, action.closed_at, action.closed_by = outcome.strip(), at, by
    action.version += 1
    action.save(update_fields=["outcome", "closed_at", "closed_by", "version"])
    tell_of_closed_action(action, by=by, at=at)

    _record("result.action_closed", action, by, at, outcome=action.outcome)
    return action


def check_may_close_action(person: Person, action: CorrectiveAction, *, at: datetime) -> None:
    """The owner, and those who report for the group."""
    if person.pk != action.owner_id:
        check_holds(person, "results.report", action.kpi.group, on=day_of(at))


def _check_open(action: CorrectiveAction) -> None:
    if action.closed_at is not None:
        raise Refused(_("This is done and closed already."))


def _check_plan(found: FaultList, run: Run, plan: Plan, *, on: date) -> None:
    _check_text(found, "cause", plan.cause, _("Say why the figure is below the level."))
    _check_text(found, "action", plan.action, _("Say what will be done about it."))
    if plan.owner is None or not people_of(run.unit, on=on).filter(pk=plan.owner.pk).exists():
        found.add("owner", _("Choose somebody of this unit."))
    if plan.due_on is None or plan.due_on < on:
        found.add("due_on", _("Give a day that is not past."))


def _check_text(found: FaultList, field: str, text: str, sentence: str) -> None:
    if not text.strip():
        found.add(field, sentence)
    if len(text) > MOST_LETTERS:
        found.add(field, _("This is too long. Use at most %(most)s letters.") % {"most": MOST_LETTERS})


def _facts(action: CorrectiveAction) -> dict[str, str]:
    return {
        "cause": action.cause,
        "action": action.action,
        "owner": action.owner.name,
        "due_on": action.due_on.isoformat(),
    }


def _record(kind: str, action: CorrectiveAction, by: Person, at: datetime, **facts: object) -> None:
    run = action.kpi.run
    record(
        kind,
        about=action,
        by=by,
        at=at,
        place=run.unit,
        fiscal_year=run.fiscal_year,
        kpi=reference(action.kpi),
        month=action.month,
        **facts,
    )
