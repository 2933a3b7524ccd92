"""Closing and opening again: complete or waived, kept with a digest, revision after revision."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import TestCase

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.kpis.models import KpiYear
from raprong.notifications.models import Notice
from raprong.processes.models import Run
from raprong.records.models import Record
from raprong.results.actions import Figure, close_month, report_many
from raprong.results.closing import close_round
from raprong.results.facts import digest_of
from raprong.results.follow_up import Plan, choose_level, write_action
from raprong.results.models import MonthClose
from raprong.results.queries import closed_months
from raprong.results.reopening import closings_of, differences, reopen_month
from tests.results.conftest import AFTER_THE_YEAR, IN_DECEMBER, IN_JANUARY, NOVEMBER, OCTOBER

ALL = {"1.1": "59", "1.2": "73", "2.1": "11"}


def report(run: Run, cast: SampleAgency, kpis: dict[str, KpiYear], figures: Mapping[str, str] = ALL) -> None:
    entries = [Figure(kpis[code], Decimal(value)) for code, value in figures.items()]
    report_many(run, OCTOBER, entries, by=cast.people["planner"], at=IN_DECEMBER)


def test_each_missing_figure_is_waived_with_its_own_reason(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    report(run, cast, kpis, {"1.1": "59"})
    planner, own = cast.people["planner"], {kpis["1.2"].public_id: "รอผลสำรวจ"}

    with pytest.raises(Faults, match=r"no figure for 2\.1") as refused:
        close_month(run, OCTOBER, waived=own, by=planner, at=IN_DECEMBER)
    close = close_month(run, OCTOBER, waived=own, because="ยังไม่ถึงกำหนด", by=planner, at=IN_DECEMBER)

    assert refused.value.faults[0].field == "because"
    assert close.snapshot["waived"] == {"1.2": "รอผลสำรวจ", "2.1": "ยังไม่ถึงกำหนด"}


def test_a_closing_has_the_digest_of_its_figures(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(run, cast, kpis)

    close = close_month(run, OCTOBER, by=cast.people["planner"], at=IN_DECEMBER)

    close.refresh_from_db()
    assert close.digest == digest_of(close.snapshot)
    assert digest_of(close.snapshot | {"figures": {}}) != close.digest


def test_a_second_after_the_closing_is_too_late_and_says_who_can_open_it(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    report(run, cast, kpis)
    close_month(run, OCTOBER, by=cast.people["planner"], at=IN_DECEMBER)
    late = IN_DECEMBER + timedelta(seconds=1)

    with pytest.raises(Refused, match=r"is closed.*can be opened again by: Planning officer"):
        report_many(run, OCTOBER, [Figure(kpis["1.2"], Decimal(80))], by=cast.people["staff"], at=late)


def test_opened_again_it_closes_with_a_new_revision_and_the_old_one_stays(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    report(run, cast, kpis)
    first = close_month(run, OCTOBER, by=planner, at=IN_DECEMBER)

    reopen_month(run, OCTOBER, because="ตัวเลขของกลุ่มที่ ๑ ผิด", by=planner, at=IN_DECEMBER)
    opened = OCTOBER in closed_months(run)
    report_many(run, OCTOBER, [Figure(kpis["1.2"], Decimal(80))], by=planner, at=IN_DECEMBER)
    second = close_month(run, OCTOBER, by=planner, at=IN_JANUARY)

    assert not opened
    assert closed_months(run)[OCTOBER] == second
    assert [one.revision for one in closings_of(run, OCTOBER)] == [1, 2]
    [changed] = differences(first, second)
    assert (changed.code, changed.before["value"], changed.after["value"]) == ("1.2", "73.0000", "80.0000")  # type: ignore[index]
    assert {one.title.endswith("(ปิดครั้งที่ 2)") for one in Record.objects.all()} == {True, False}


def test_opening_again_needs_a_reason_a_closing_and_the_right_person(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]

    with pytest.raises(Refused, match="is not closed"):
        reopen_month(run, OCTOBER, because="…", by=planner, at=IN_DECEMBER)
    close_month(run, OCTOBER, because="ทดสอบ", by=planner, at=IN_DECEMBER)
    with pytest.raises(Refused, match="this is for"):
        reopen_month(run, OCTOBER, because="…", by=cast.people["staff"], at=IN_DECEMBER)
    with pytest.raises(Faults, match="Say why"):
        reopen_month(run, OCTOBER, because=" ", by=planner, at=IN_DECEMBER)


def test_those_who_report_are_told_of_an_opening(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    close_month(run, OCTOBER, because="ทดสอบ", by=cast.people["planner"], at=IN_DECEMBER)

    with TestCase.captureOnCommitCallbacks(execute=True):
        reopen_month(run, OCTOBER, because="แก้ตัวเลข", by=cast.people["planner"], at=IN_DECEMBER)

    told = {one.person for one in Notice.objects.filter(kind="result.month_reopened")}
    assert cast.people["staff"] in told
    assert cast.people["planner"] not in told


def test_a_round_closes_all_its_months_or_none(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    report(run, cast, kpis)
    close_month(run, OCTOBER, by=planner, at=IN_DECEMBER)

    with pytest.raises(Refused, match="not over"):
        close_round(run, 6, because="…", by=planner, at=IN_DECEMBER)
    with pytest.raises(Faults):
        close_round(run, 6, by=planner, at=AFTER_THE_YEAR)
    none = MonthClose.objects.count()
    closed = close_round(run, 6, because="ไม่ได้วัด", by=planner, at=AFTER_THE_YEAR)

    assert none == 1
    assert [one.month for one in closed] == list(run.year.months()[1:6])
    with pytest.raises(Refused, match="closed already"):
        close_round(run, 6, because="…", by=planner, at=AFTER_THE_YEAR)
    with pytest.raises(Refused, match="no round of 5"):
        close_round(run, 5, because="…", by=planner, at=AFTER_THE_YEAR)


def test_below_the_chosen_level_a_closing_waits_for_cause_and_action(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner, march = cast.people["planner"], run.year.months()[5]
    choose_level(run, Decimal(3), by=planner, at=IN_DECEMBER)
    report_many(run, march, [Figure(kpis["1.1"], Decimal(30))], by=planner, at=AFTER_THE_YEAR)

    with pytest.raises(Faults, match=r"Below the chosen level in March 2027: 1\.1"):
        close_month(run, march, because="…", by=planner, at=AFTER_THE_YEAR)
    plan = Plan("ข้อมูลช้า", "เร่งรัด", cast.people["head1"], AFTER_THE_YEAR.date())
    write_action(kpis["1.1"], march, plan, seen=0, by=planner, at=AFTER_THE_YEAR)

    assert close_month(run, march, because="…", by=planner, at=AFTER_THE_YEAR).month == march


def test_november_is_closed_without_asking_october(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    close_month(run, NOVEMBER, because="ทดสอบ", by=cast.people["planner"], at=IN_DECEMBER)

    assert set(closed_months(run)) == {NOVEMBER}
