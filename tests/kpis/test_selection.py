"""Selection to exactly 100, the list for the department, and the detail sheets."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.kpis import actions as kpis
from raprong.kpis.details import Details, missing_details
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis, selection_standing
from raprong.kpis.selection import Choice, Decision, Overtaken
from raprong.notifications.models import Notice
from raprong.processes.cards import ask
from raprong.processes.models import Run
from tests.cast import NEW_YEAR


@pytest.fixture
def candidates(propose: Callable[..., KpiYear]) -> list[KpiYear]:
    return [propose(code) for code in ("1.1", "1.2", "1.3")]


def test_selection_is_settled_at_exactly_a_hundred_with_all_decided(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear]
) -> None:
    planner = cast.people["planner"]
    first, second, third = candidates

    kpis.select(first, weight=Decimal("66.67"), by=planner, at=NEW_YEAR)
    kpis.select(second, weight=Decimal("33.33"), by=planner, at=NEW_YEAR)
    undecided = selection_standing(open_run)
    kpis.not_select(third, because="ไม่มีฐานข้อมูล", by=planner, at=NEW_YEAR)
    settled = selection_standing(open_run)

    assert not undecided.settled
    assert settled.settled
    assert [kpi.code for kpi in selected_kpis(open_run)] == ["1.1", "1.2"]


def test_every_fault_of_a_selection_is_told_and_nothing_stored(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear]
) -> None:
    first, second, third = candidates
    decisions = [
        Decision(first, Choice.SELECT),
        Decision(second, Choice.SELECT, Decimal(101)),
        Decision(third, Choice.NOT_SELECT),
    ]

    with pytest.raises(Faults) as refused:
        kpis.decide(open_run, decisions, by=cast.people["planner"], at=NEW_YEAR)

    assert {fault.field for fault in refused.value.faults} == {
        f"weight_{first.public_id}",
        f"weight_{second.public_id}",
        f"because_{third.public_id}",
    }
    assert selection_standing(open_run).undecided == 3


def test_the_one_who_proposed_reads_why(
    cast: SampleAgency, candidates: list[KpiYear], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        kpis.not_select(candidates[0], because="ไม่มีฐานข้อมูล", by=cast.people["planner"], at=NEW_YEAR)

    assert "ไม่มีฐานข้อมูล" in str(Notice.objects.get(person=cast.people["staff"]))


def test_a_decision_on_a_kpi_that_changed_meanwhile_is_stale(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear]
) -> None:
    kpis.align(candidates[0], [], by=cast.people["staff"], at=NEW_YEAR)

    with pytest.raises(Overtaken, match=r"KPI 1\.1 was changed|ตัวชี้วัด 1\.1"):
        kpis.select(
            candidates[0], weight=Decimal(50), seen=candidates[0].version, by=cast.people["planner"], at=NEW_YEAR
        )


def test_weights_are_given_all_at_once(open_run: Run, cast: SampleAgency, candidates: list[KpiYear]) -> None:
    weights = dict(zip(candidates, [Decimal(40), Decimal(35), Decimal(25)], strict=True))

    kpis.set_weights(open_run, weights, by=cast.people["planner"], at=NEW_YEAR)

    assert ask("kpis.weights_sum_to_hundred", open_run).done


def test_the_list_is_sent_once_the_selection_is_settled(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear]
) -> None:
    planner = cast.people["planner"]
    with pytest.raises(Refused):
        kpis.send_to_department(open_run, by=planner, at=NEW_YEAR)
    kpis.set_weights(open_run, dict.fromkeys(candidates, Decimal("33.33")), by=planner, at=NEW_YEAR)
    with pytest.raises(Refused, match=r"99\.99"):
        kpis.send_to_department(open_run, by=planner, at=NEW_YEAR)
    kpis.select(candidates[0], weight=Decimal("33.34"), by=planner, at=NEW_YEAR)

    sent = kpis.send_to_department(open_run, by=planner, at=NEW_YEAR)

    assert [row["weight"] for row in sent.content] == ["33.34", "33.33", "33.33"]
    assert ask("kpis.sent_to_department", open_run).done


def test_a_list_that_no_longer_holds_is_told(open_run: Run, cast: SampleAgency, candidates: list[KpiYear]) -> None:
    planner = cast.people["planner"]
    weights = dict(zip(candidates, [Decimal(40), Decimal(35), Decimal(25)], strict=True))
    kpis.set_weights(open_run, weights, by=planner, at=NEW_YEAR)
    kpis.send_to_department(open_run, by=planner, at=NEW_YEAR)

    kpis.set_weights(open_run, dict(zip(candidates, map(Decimal, (50, 25, 25)), strict=True)), by=planner, at=NEW_YEAR)

    assert not ask("kpis.sent_to_department", open_run).done


def test_a_list_that_was_sent_cannot_be_changed_by_sql(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear]
) -> None:
    kpis.set_weights(
        open_run,
        dict(zip(candidates, map(Decimal, (50, 25, 25)), strict=True)),
        by=cast.people["planner"],
        at=NEW_YEAR,
    )
    kpis.send_to_department(open_run, by=cast.people["planner"], at=NEW_YEAR)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE kpis_departmentlist SET content = '[]'")


def test_a_detail_sheet_may_be_saved_before_it_is_complete(
    open_run: Run, cast: SampleAgency, candidates: list[KpiYear]
) -> None:
    kpi = kpis.select(candidates[0], weight=Decimal(50), by=cast.people["planner"], at=NEW_YEAR)

    filled = kpis.fill_details(kpi, Details(definition="นิยาม"), seen=kpi.version, by=cast.people["staff"], at=NEW_YEAR)

    assert missing_details(filled) == ["formula", "data_source", "collection_method", "supervisor", "collector"]
    assert not ask("kpis.details_complete", open_run, cast.units["mip-1"]).done
    assert ask("kpis.details_complete", open_run, cast.units["mip-2"]).done


def test_a_complete_sheet_answers_the_card(open_run: Run, cast: SampleAgency, candidates: list[KpiYear]) -> None:
    kpi = kpis.select(candidates[0], weight=Decimal(50), by=cast.people["planner"], at=NEW_YEAR)
    head, officer = cast.positions["mip-1/head"], cast.positions["mip-1/officer"]
    details = Details("นิยาม", "สูตร", "แหล่ง", "วิธี", supervisor=head, collector=officer)

    kpis.fill_details(kpi, details, seen=None, by=cast.people["staff"], at=NEW_YEAR)

    assert ask("kpis.details_complete", open_run, cast.units["mip-1"]).done


def test_posts_of_another_unit_are_refused(
    cast: SampleAgency, other_cast: SampleAgency, candidates: list[KpiYear]
) -> None:
    kpi = kpis.select(candidates[0], weight=Decimal(50), by=cast.people["planner"], at=NEW_YEAR)
    stranger = next(iter(other_cast.positions.values()))

    with pytest.raises(Faults) as refused:
        kpis.fill_details(kpi, Details(collector=stranger), seen=None, by=cast.people["staff"], at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["collector"]


def test_a_kpi_that_is_not_selected_has_no_detail_sheet(cast: SampleAgency, candidates: list[KpiYear]) -> None:
    with pytest.raises(Refused):
        kpis.fill_details(candidates[0], Details(), seen=None, by=cast.people["staff"], at=NEW_YEAR)
