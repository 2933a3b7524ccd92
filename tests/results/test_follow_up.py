"""Below the chosen level: cause and corrective action, followed until it is done."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import TestCase

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis.enums import Counting
from raprong.kpis.models import KpiYear
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.actions import Figure, close_month, report_many
from raprong.results.documents import monthly_report
from raprong.results.follow_up import (
    Plan,
    actions_followed,
    actions_of,
    choose_level,
    close_action,
    figures_below,
    unexplained,
    write_action,
)
from raprong.results.models import CorrectiveAction
from tests.results.conftest import AFTER_THE_YEAR, IN_DECEMBER, OCTOBER

DUE = date(2027, 1, 31)


@pytest.fixture
def low(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> KpiYear:
    """1.2 counts each month by itself and stays at level 1 in October; asked for is level 3."""
    KpiYear.objects.filter(pk=kpis["1.2"].pk).update(counting=Counting.MONTHLY)
    choose_level(run, Decimal(3), by=cast.people["planner"], at=IN_DECEMBER)
    report_many(run, OCTOBER, [Figure(kpis["1.2"], Decimal(25))], by=cast.people["staff"], at=IN_DECEMBER)
    kpis["1.2"].refresh_from_db()
    return kpis["1.2"]


def plan(owner: Person, **changes: object) -> Plan:
    said = {"cause": "ข้อมูลช้า", "action": "เร่งรัดรายสัปดาห์", "owner": owner, "due_on": DUE} | changes
    return Plan(**said)  # type: ignore[arg-type]


def test_nothing_is_asked_until_a_level_is_chosen(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    KpiYear.objects.filter(pk=kpis["1.1"].pk).update(counting=Counting.MONTHLY)
    report_many(run, OCTOBER, [Figure(kpis["1.1"], Decimal(25))], by=cast.people["planner"], at=IN_DECEMBER)

    before = figures_below(run)
    choose_level(run, Decimal(3), by=cast.people["planner"], at=IN_DECEMBER)

    assert before == []
    assert [one.kpi.code for one in figures_below(run)] == ["1.1"]


def test_a_cumulative_figure_is_held_to_the_level_at_the_end_of_a_round_alone(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner, march = cast.people["planner"], run.year.months()[5]
    choose_level(run, Decimal(3), by=planner, at=IN_DECEMBER)
    for month in (OCTOBER, march):
        report_many(run, month, [Figure(kpis["1.1"], Decimal(25))], by=planner, at=AFTER_THE_YEAR)

    assert [one.month for one in figures_below(run)] == [march]


def test_the_level_is_one_of_the_scale_and_for_those_who_close_months(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    with pytest.raises(Faults, match="one of the levels"):
        choose_level(run, Decimal("2.5"), by=cast.people["planner"], at=IN_DECEMBER)
    with pytest.raises(Refused, match="this is for"):
        choose_level(run, Decimal(3), by=cast.people["staff"], at=IN_DECEMBER)


def test_an_action_is_written_told_to_its_owner_and_closed_with_what_was_done(
    run: Run, low: KpiYear, cast: SampleAgency
) -> None:
    staff, head = cast.people["staff"], cast.people["head1"]

    with TestCase.captureOnCommitCallbacks(execute=True):
        action = write_action(low, OCTOBER, plan(head), seen=0, by=staff, at=IN_DECEMBER)
    open_now = unexplained(run)
    with TestCase.captureOnCommitCallbacks(execute=True):
        close_action(action, outcome="รายงานครบ", seen=1, by=head, at=AFTER_THE_YEAR)

    action.refresh_from_db()
    assert open_now == []
    assert (action.figure, action.outcome, action.closed_by) == (Decimal(25), "รายงานครบ", head)
    told = {(one.kind, one.person) for one in Notice.objects.filter(kind__startswith="result.action")}
    assert told == {("result.action_given", head), ("result.action_closed", staff)}


def test_every_fault_of_an_action_is_told_at_once(low: KpiYear, cast: SampleAgency, outsider: Person) -> None:
    bad = plan(outsider, cause=" ", action="", due_on=date(2026, 1, 1))

    with pytest.raises(Faults) as refused:
        write_action(low, OCTOBER, bad, seen=0, by=cast.people["staff"], at=IN_DECEMBER)

    assert {fault.field for fault in refused.value.faults} == {"cause", "action", "owner", "due_on"}


def test_an_action_is_changed_until_it_is_closed_and_never_unseen(low: KpiYear, cast: SampleAgency) -> None:
    staff, head = cast.people["staff"], cast.people["head1"]
    action = write_action(low, OCTOBER, plan(head), seen=0, by=staff, at=IN_DECEMBER)

    with pytest.raises(Stale):
        write_action(low, OCTOBER, plan(head, cause="อื่น"), seen=0, by=staff, at=IN_DECEMBER)
    write_action(low, OCTOBER, plan(head, cause="อื่น"), seen=1, by=staff, at=IN_DECEMBER)
    close_action(action, outcome="เสร็จ", seen=2, by=staff, at=IN_DECEMBER)

    assert CorrectiveAction.objects.get().cause == "อื่น"
    with pytest.raises(Refused, match="closed already"):
        write_action(low, OCTOBER, plan(head), seen=3, by=staff, at=IN_DECEMBER)
    with pytest.raises(Refused, match="closed already"):
        close_action(action, outcome="อีกครั้ง", seen=3, by=staff, at=IN_DECEMBER)


def test_an_action_closes_by_its_owner_or_the_group_and_says_what_was_done(low: KpiYear, cast: SampleAgency) -> None:
    action = write_action(low, OCTOBER, plan(cast.people["head1"]), seen=0, by=cast.people["staff"], at=IN_DECEMBER)

    with pytest.raises(Refused, match="this is for"):
        close_action(action, outcome="เสร็จ", seen=1, by=cast.people["staff2"], at=IN_DECEMBER)
    with pytest.raises(Faults, match="Say what was done"):
        close_action(action, outcome=" ", seen=1, by=cast.people["head1"], at=IN_DECEMBER)


def test_what_has_no_figure_has_no_action(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    with pytest.raises(Refused, match="no figure"):
        write_action(kpis["1.2"], OCTOBER, plan(cast.people["head1"]), seen=0, by=cast.people["staff"], at=IN_DECEMBER)


def test_the_months_report_prints_the_action(run: Run, low: KpiYear, cast: SampleAgency) -> None:
    write_action(low, OCTOBER, plan(cast.people["head1"]), seen=0, by=cast.people["staff"], at=IN_DECEMBER)

    close = close_month(run, OCTOBER, because="ยังไม่ถึงกำหนด", by=cast.people["planner"], at=IN_DECEMBER)

    paper = monthly_report(close, [low], [], actions_followed(close))
    [told] = paper.followed
    assert (told.code, told.figure, told.action, told.standing) == ("1.2", "25", "เร่งรัดรายสัปดาห์", "กำลังดำเนินการ")
    assert paper.rows[0].unit_of_measure == "ร้อยละ (รายเดือน)"
    assert actions_of(run).count() == 1
