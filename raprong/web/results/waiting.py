"""What waits for a person of monthly figures: to report, to explain, to act on, and months to close."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.core.clock import day_of
from raprong.lib.sop.standing import RunStanding
from raprong.lib.thai.dates import BANGKOK
from raprong.organisation.models import Appointment, Unit
from raprong.organisation.queries import groups_of
from raprong.processes.models import Run
from raprong.processes.queries import step_with_work
from raprong.results.follow_up import actions_of, unexplained
from raprong.results.models import MonthlyResult
from raprong.results.months import last_day_of, months_begun
from raprong.results.permissions import check_may_close
from raprong.results.policies import CARD
from raprong.results.queries import DueMonth, closed_months, months_due, still_missing
from raprong.results.questions import Asked, questions_of_run
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, month

REPORT = "results.report"
SELECTION = "kpis.selection_settled"


def months(desk: Desk) -> Iterator[Waiting]:
    """Months without figures: of the whole unit for those who report for all of it, else of one's own groups.

    They wait from the day on which the year's KPIs are chosen: its first figures come in while papers are being signed.
    """
    for run, standing in desk.runs:
        chosen_on = _chosen_on(run, standing)
        if chosen_on is None or desk.is_done(run, standing, CARD):
            continue
        for group in _own_places(desk, run):
            yield from (_month(run, due, chosen_on, group) for due in months_due(run, at=desk.at, group=group))


def _chosen_on(run: Run, standing: RunStanding) -> date | None:
    """The day on which the KPIs were chosen; None before it. The year's first day where the SOP has no step for it."""
    step = step_with_work(run, SELECTION)
    if step is None:
        return run.year.starts_on
    ended_at = standing.step(step.code).ended_at
    return day_of(ended_at) if ended_at else None


def _month(run: Run, due: DueMonth, chosen_on: date, group: Unit | None) -> Waiting:
    count = len(due.missing)
    words = ngettext("%(count)s KPI of %(unit)s", "%(count)s KPIs of %(unit)s", count)
    query = {"group": group.public_id} if group else None
    return Waiting(
        title=_("Report %(month)s") % {"month": month(due.month)},
        sentence=words % {"count": digits(count), "unit": unit_name(group or run.unit)},
        due_on=max(due.due_on, chosen_on),
        url=reverse("results:month", kwargs={"run": run.public_id, "month": f"{due.month:%Y-%m}"}, query=query),
        label=_("Report"),
        primary=True,
        key=f"month {run.public_id} {due.month:%Y-%m} {(group or run.unit).public_id}",
        run=run,
        place=group or run.unit,
    )


def closings(desk: Desk) -> Iterator[Waiting]:
    """Months that are over and complete, for those who close them: every figure is there, every low one explained."""
    for run, standing in desk.runs:
        begun = _chosen_on(run, standing) is not None and not desk.is_done(run, standing, CARD)
        if begun and holds(desk.person, "results.close", run.unit, on=desk.on):
            yield from (_closing(run, day) for day in _complete_months(desk, run))


def _complete_months(desk: Desk, run: Run) -> Iterator[date]:
    closed = closed_months(run)
    left = [day for day in months_begun(run, desk.on) if day not in closed]
    over = [day for day in left if not refusal(check_may_close, desk.person, run, day, at=desk.at)]
    missing = still_missing(run, over)
    low = {result.month for result in unexplained(run, months=over)} if over else set()
    return (day for day in over if day not in missing and day not in low)


def _closing(run: Run, day: date) -> Waiting:
    return Waiting(
        title=_("Close %(month)s") % {"month": month(day)},
        sentence=_("%(unit)s · every figure is there.") % {"unit": unit_name(run.unit)},
        due_on=None,
        url=reverse("results:close", kwargs={"run": run.public_id, "month": f"{day:%Y-%m}"}),
        label=_("Close"),
        key=f"close {run.public_id} {day:%Y-%m}",
        run=run,
        asked_at=datetime.combine(last_day_of(run, day), time(), BANGKOK),
        place=run.unit,
    )


def causes(desk: Desk) -> Iterator[Waiting]:
    """Figures below the chosen level without a cause and a corrective action."""
    for run, _standing in desk.runs:
        for group in _own_places(desk, run):
            if low := unexplained(run, group=group):
                yield _cause(run, group, low)


def _cause(run: Run, group: Unit | None, low: list[MonthlyResult]) -> Waiting:
    words = ngettext("%(count)s figure of %(unit)s", "%(count)s figures of %(unit)s", len(low))
    return Waiting(
        title=_("Write causes and corrective actions"),
        sentence=words % {"count": digits(len(low)), "unit": unit_name(group or run.unit)},
        due_on=None,
        url=_follow_up(run, group),
        label=_("Write"),
        key=f"cause {run.public_id} {(group or run.unit).public_id}",
        run=run,
        asked_at=min(result.reported_at for result in low),
        place=group or run.unit,
    )


def doubts(desk: Desk) -> Iterator[Waiting]:
    """Figures of one's own group that the system asks about, “are you sure?”, and that nobody has answered for."""
    for run, standing in desk.runs:
        if not desk.is_done(run, standing, CARD):
            for group in _own_groups(desk, run):
                if asked := [one for one in questions_of_run(run, group=group) if one.answer is None]:
                    yield _doubt(run, group, asked)


def _own_groups(desk: Desk, run: Run) -> list[Unit]:
    """The groups that one reports for; of those who report for the whole unit, the groups they work in."""
    groups = [group for group in groups_of(run.unit) if holds(desk.person, REPORT, group, on=desk.on)]
    if groups and holds(desk.person, REPORT, run.unit, on=desk.on):
        posts = Appointment.objects.in_force(desk.on).filter(person=desk.person)
        places = set(posts.values_list("position__unit_id", flat=True))
        return [group for group in groups if group.pk in places]
    return groups


def _doubt(run: Run, group: Unit, asked: list[Asked]) -> Waiting:
    words = ngettext("%(count)s question about %(unit)s", "%(count)s questions about %(unit)s", len(asked))
    return Waiting(
        title=_("Say whether figures are right"),
        sentence=words % {"count": digits(len(asked)), "unit": unit_name(group)},
        due_on=None,
        url=_follow_up(run, group),
        label=_("Look"),
        key=f"doubt {run.public_id} {group.public_id}",
        run=run,
        asked_at=min(one.result.reported_at for one in asked),
        place=group,
    )


def _own_places(desk: Desk, run: Run) -> list[Unit | None]:
    """The groups that one reports for; None, the whole unit, for those who report for all of it."""
    if holds(desk.person, REPORT, run.unit, on=desk.on):
        return [None]
    return [group for group in groups_of(run.unit) if holds(desk.person, REPORT, group, on=desk.on)]


def _follow_up(run: Run, group: Unit | None) -> str:
    query = {"group": group.public_id} if group else None
    return reverse("results:follow-up", kwargs={"run": run.public_id}, query=query)


def corrective_actions(desk: Desk) -> Iterator[Waiting]:
    """What this person is to do about a figure."""
    for run, _standing in desk.runs:
        for action in actions_of(run).filter(owner=desk.person, closed_at__isnull=True):
            yield Waiting(
                title=_("Act on KPI %(kpi)s") % {"kpi": digits(action.kpi.code)},
                sentence=action.action,
                due_on=action.due_on,
                url=reverse("results:acted", kwargs={"action": action.public_id}),
                label=_("Say what was done"),
                key=f"act {action.public_id}",
                run=run,
                place=action.kpi.group,
            )
