"""Giving KPIs to people, taking them back, and acknowledging them."""

import pytest

from raprong.access.rules import Refused
from raprong.audit.queries import entries_about
from raprong.cascade import actions as cascade
from raprong.cascade.models import Commitment
from raprong.cascade.policies import ACKNOWLEDGED, ASSIGNED
from raprong.cascade.queries import board_of, waiting_for
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.processes.cards import ask
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.factories.year import come_to


def assign(kpi: KpiYear, person: Person, *, by: Person, duty: str = "เก็บข้อมูลรายเดือน") -> Commitment:
    return cascade.assign(kpi, person, duty=duty, by=by, at=NEW_YEAR)


@pytest.mark.django_db(transaction=True)
def test_somebody_who_is_given_a_kpi_is_told(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    commitment = assign(kpis["1.2"], cast.people["staff"], by=cast.people["head1"])

    assert commitment.group == cast.units["mip-1"]
    notice = Notice.objects.get(person=cast.people["staff"])
    assert "1.2" in notice.sentence
    assert [entry.kind for entry in entries_about(commitment)] == ["cascade.assigned"]


def test_nobody_is_given_a_kpi_twice(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    assign(kpis["1.2"], cast.people["staff"], by=cast.people["head1"])

    with pytest.raises(Refused, match="already been given"):
        assign(kpis["1.2"], cast.people["staff"], by=cast.people["planner"])


def test_a_kpi_that_was_not_selected_is_given_to_nobody(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    KpiYear.objects.filter(pk=kpis["1.2"].pk).update(state=KpiState.NOT_SELECTED)

    with pytest.raises(Refused, match="not a KPI of this year"):
        assign(kpis["1.2"], cast.people["staff"], by=cast.people["head1"])


def test_a_duty_too_long_is_a_fault_of_its_field(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        assign(kpis["1.2"], cast.people["staff"], by=cast.people["head1"], duty="ก" * 301)

    assert [fault.field for fault in refused.value.faults] == ["duty"]


def test_what_is_not_acknowledged_can_be_taken_back(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    commitment = assign(kpis["1.2"], cast.people["staff"], by=cast.people["head1"])

    cascade.release(commitment, by=cast.people["planner"], at=NEW_YEAR)

    assert not Commitment.objects.exists()
    assert [entry.kind for entry in entries_about(commitment)] == ["cascade.assigned", "cascade.released"]


def test_what_is_acknowledged_stays(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    commitment = assign(kpis["1.2"], cast.people["staff"], by=cast.people["head1"])

    acknowledged = cascade.acknowledge(commitment, by=cast.people["staff"], at=NEW_YEAR)

    assert acknowledged.acknowledged_at == NEW_YEAR
    with pytest.raises(Refused, match="acknowledged"):
        cascade.release(commitment, by=cast.people["head1"], at=NEW_YEAR)
    with pytest.raises(Refused, match="already acknowledged"):
        cascade.acknowledge(commitment, by=cast.people["staff"], at=NEW_YEAR)


def test_everything_of_ones_own_is_acknowledged_at_once(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner, staff = cast.people["planner"], cast.people["staff"]
    for kpi in kpis.values():
        assign(kpi, staff, by=planner)

    acknowledged = cascade.acknowledge_all(run, by=staff, at=NEW_YEAR)

    assert len(acknowledged) == 3
    assert not waiting_for(staff).exists()
    with pytest.raises(Refused, match="Nothing waits"):
        cascade.acknowledge_all(run, by=staff, at=NEW_YEAR)


def test_cards_count_kpis_and_people(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner, people = cast.people["planner"], cast.people
    empty = ask(ASSIGNED, run), ask(ACKNOWLEDGED, run)
    commitment = assign(kpis["1.2"], people["staff"], by=planner)
    piece = ask(ASSIGNED, run, cast.units["mip-1"])
    assign(kpis["1.1"], people["planner"], by=planner)
    assign(kpis["2.1"], people["staff"], by=planner)  # of another group: group 2 still has nobody
    missing = ask(ASSIGNED, run)
    assign(kpis["2.1"], people["staff2"], by=planner)
    complete = ask(ASSIGNED, run)
    cascade.acknowledge(commitment, by=people["staff"], at=NEW_YEAR)

    assert [answer.done for answer in (*empty, piece, missing, complete)] == [False, False, True, False, True]
    assert "2.1" in missing.sentence
    assert ask(ACKNOWLEDGED, run).sentence == "1 of 4 acknowledged."
    assert ask(ACKNOWLEDGED, run, cast.units["mip-1"]).done


def test_the_board_stands_in_the_order_of_the_groups(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    assign(kpis["2.1"], cast.people["staff2"], by=cast.people["head2"])

    board = board_of(run)

    assert [(part.group.code, len(part.kpis), len(part.commitments)) for part in board] == [
        ("mip-plan", 1, 0),
        ("mip-1", 1, 0),
        ("mip-2", 1, 1),
    ]


def test_after_its_step_nothing_is_handed_on(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    come_to(run, "results.months_reported", by=cast.people["planner"], at=NEW_YEAR)

    with pytest.raises(Refused, match="is done"):
        assign(kpis["1.2"], cast.people["staff"], by=cast.people["head1"])
