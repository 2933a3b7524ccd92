from collections.abc import Iterable, Sequence
from datetime import date, datetime

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused, refusal
from raprong.core.clock import day_of
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.processes.policies import check_work_is_not_done
from raprong.results import policies


def check_may_read(person: Person, run: Run, *, at: datetime) -> None:
    check_holds(person, "results.read", run.unit, on=day_of(at))


def check_may_report(person: Person, run: Run, kpis: Sequence[KpiYear], month: date, *, at: datetime) -> None:
    """Those who report for the groups that answer for the KPIs, a month that is open. Each group is asked once."""
    for sentence in refusals_to_report(person, run, [kpi.group for kpi in kpis], at=at).values():
        if sentence:
            raise Refused(sentence)
    for kpi in kpis:
        policies.check_selected(kpi)
    policies.check_month_is_open(run, month, on=day_of(at))


def check_may_report_for(person: Person, run: Run, group: Unit, *, at: datetime) -> None:
    """Those who report for a group. What is asked of a month is asked elsewhere.

    The figures of October come in while the year's papers are still being signed, so the SOP's step of reporting need
    not be open; a closed month and a step that is done are what ends it.
    """
    check_holds(person, "results.report", group, on=day_of(at))
    check_work_is_not_done(run, policies.CARD)


def refusals_to_report(person: Person, run: Run, groups: Iterable[Unit], *, at: datetime) -> dict[Unit, str]:
    """For each group the sentence of `check_may_report_for`; empty where this person may report."""
    ended = refusal(check_work_is_not_done, run, policies.CARD)
    return {group: refusal(check_holds, person, "results.report", group, on=day_of(at)) or ended for group in groups}


def check_may_close(person: Person, run: Run, month: date, *, at: datetime) -> None:
    """Those who close months for the whole unit."""
    check_holds(person, "results.close", run.unit, on=day_of(at))
    policies.check_can_close(run, month, at=at)
