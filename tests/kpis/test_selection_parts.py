"""Parts of a KPI: chosen with it, weighed inside it to exactly a hundred."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis.decisions import decide, not_select, select, set_part_weights
from raprong.kpis.models import KpiYear, SelectionDecision
from raprong.kpis.queries import in_families, kpis_of, parts_of, reported_kpis, selection_standing
from raprong.kpis.selection import Choice, Decision
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.processes.cards import ask
from raprong.processes.models import Run
from tests.cast import NEW_YEAR


@pytest.fixture
def parent(propose: Callable[..., KpiYear]) -> KpiYear:
    """A KPI with two parts."""
    parent = propose("1.1")
    for code in ("1.1.1", "1.1.2"):
        KpiYear.objects.filter(pk=propose(code).pk).update(parent=parent)
    return parent


def weights_of(parent: KpiYear, *weights: str) -> dict[KpiYear, Decimal | None]:
    return dict(zip(parts_of(parent), map(Decimal, weights), strict=True))


def test_parts_are_selected_with_their_parent(open_run: Run, cast: SampleAgency, parent: KpiYear) -> None:
    select(parent, weight=Decimal(100), by=cast.people["planner"], at=NEW_YEAR)

    assert [part.state for part in parts_of(parent)] == ["selected", "selected"]
    assert [part.weight for part in parts_of(parent)] == [None, None]
    assert SelectionDecision.objects.count() == 3


def test_parts_are_left_out_with_their_parent_and_its_reason(cast: SampleAgency, parent: KpiYear) -> None:
    not_select(parent, because="ไม่มีข้อมูล", by=cast.people["planner"], at=NEW_YEAR)

    assert {(part.state, part.decision_reason) for part in parts_of(parent)} == {("not_selected", "ไม่มีข้อมูล")}


def test_a_part_is_not_decided_by_itself(open_run: Run, cast: SampleAgency, parent: KpiYear) -> None:
    part = parts_of(parent)[0]

    with pytest.raises(Faults) as refused:
        decide(open_run, [Decision(part, Choice.SELECT, Decimal(50))], by=cast.people["planner"], at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == [f"choice_{part.public_id}"]


def test_parts_that_do_not_add_up_leave_the_selection_open(open_run: Run, cast: SampleAgency, parent: KpiYear) -> None:
    planner = cast.people["planner"]
    parent = select(parent, weight=Decimal(100), by=planner, at=NEW_YEAR)
    before = ask("kpis.weights_sum_to_hundred", open_run)

    set_part_weights(parent, weights_of(parent, "33.33", "66.67"), seen=parent.version, by=planner, at=NEW_YEAR)
    after = ask("kpis.weights_sum_to_hundred", open_run)

    assert not before.done
    assert "1.1" in before.sentence
    assert after.done
    assert selection_standing(open_run).settled
    assert selection_standing(open_run).candidates == 1


def test_a_sum_beside_a_hundred_is_refused_and_nothing_stored(cast: SampleAgency, parent: KpiYear) -> None:
    with pytest.raises(Faults, match=r"99\.99"):
        set_part_weights(
            parent, weights_of(parent, "33.33", "66.66"), seen=None, by=cast.people["planner"], at=NEW_YEAR
        )

    assert [part.weight_inside for part in parts_of(parent)] == [None, None]


def test_every_fault_of_the_weights_is_told_at_once(cast: SampleAgency, parent: KpiYear) -> None:
    first, second = parts_of(parent)

    with pytest.raises(Faults) as refused:
        set_part_weights(
            parent, {first: None, second: Decimal("0.001")}, seen=None, by=cast.people["planner"], at=NEW_YEAR
        )

    assert [fault.field for fault in refused.value.faults] == [
        f"weight_{first.public_id}",
        f"weight_{second.public_id}",
    ]


def test_a_part_left_out_or_a_stranger_is_refused(
    cast: SampleAgency, parent: KpiYear, propose: Callable[..., KpiYear]
) -> None:
    stranger = propose("9.9")

    with pytest.raises(Faults):
        set_part_weights(parent, {parts_of(parent)[0]: Decimal(100)}, seen=None, by=cast.people["planner"], at=NEW_YEAR)
    with pytest.raises(Faults):
        set_part_weights(
            parent,
            weights_of(parent, "50", "40") | {stranger: Decimal(10)},
            seen=None,
            by=cast.people["planner"],
            at=NEW_YEAR,
        )
    with pytest.raises(Faults):
        set_part_weights(stranger, {}, seen=None, by=cast.people["planner"], at=NEW_YEAR)


def test_weights_that_somebody_gave_meanwhile_are_not_overwritten(cast: SampleAgency, parent: KpiYear) -> None:
    planner = cast.people["planner"]
    set_part_weights(parent, weights_of(parent, "50", "50"), seen=parent.version, by=planner, at=NEW_YEAR)

    with pytest.raises(Stale):
        set_part_weights(parent, weights_of(parent, "60", "40"), seen=parent.version, by=planner, at=NEW_YEAR)


def test_the_group_weighs_the_parts_it_proposes_until_they_are_decided(cast: SampleAgency, parent: KpiYear) -> None:
    staff = cast.people["staff"]

    set_part_weights(parent, weights_of(parent, "50", "50"), seen=None, by=staff, at=NEW_YEAR)
    select(parent, weight=Decimal(100), by=cast.people["planner"], at=NEW_YEAR)

    with pytest.raises(Refused):
        set_part_weights(parent, weights_of(parent, "60", "40"), seen=None, by=staff, at=NEW_YEAR)


def test_another_department_weighs_nothing_here(parent: KpiYear, outsider: Person) -> None:
    with pytest.raises(Refused):
        set_part_weights(parent, weights_of(parent, "50", "50"), seen=None, by=outsider, at=NEW_YEAR)


def test_results_are_asked_of_parts_and_not_of_their_parents(
    open_run: Run, cast: SampleAgency, parent: KpiYear, propose: Callable[..., KpiYear]
) -> None:
    planner = cast.people["planner"]
    other = propose("1.2")
    select(parent, weight=Decimal(60), by=planner, at=NEW_YEAR)
    select(other, weight=Decimal(40), by=planner, at=NEW_YEAR)

    assert [kpi.code for kpi in reported_kpis(open_run)] == ["1.1.1", "1.1.2", "1.2"]


def test_a_part_stands_under_its_parent_whatever_its_code(
    open_run: Run, parent: KpiYear, propose: Callable[..., KpiYear]
) -> None:
    propose("1.2")
    KpiYear.objects.filter(pk=propose("9").pk).update(parent=parent)

    assert [kpi.code for kpi in in_families(kpis_of(open_run))] == ["1.1", "1.1.1", "1.1.2", "9", "1.2"]


def test_a_part_proposed_after_the_selection_comes_in_when_it_is_weighed(
    open_run: Run, cast: SampleAgency, parent: KpiYear, propose: Callable[..., KpiYear]
) -> None:
    planner = cast.people["planner"]
    parent = select(parent, weight=Decimal(100), by=planner, at=NEW_YEAR)
    set_part_weights(parent, weights_of(parent, "50", "50"), seen=None, by=planner, at=NEW_YEAR)
    KpiYear.objects.filter(pk=propose("1.1.3").pk).update(parent=parent)

    set_part_weights(parent, weights_of(parent, "40", "30", "30"), seen=None, by=planner, at=NEW_YEAR)

    assert [part.state for part in parts_of(parent)] == ["selected"] * 3
    assert selection_standing(open_run).settled


def test_who_proposed_a_part_reads_what_it_belongs_to(
    cast: SampleAgency, parent: KpiYear, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        select(parent, weight=Decimal(100), by=cast.people["planner"], at=NEW_YEAR)

    kinds = Notice.objects.filter(person=cast.people["staff"]).values_list("kind", flat=True)
    assert sorted(kinds) == ["kpi.part_selected", "kpi.part_selected", "kpi.selected"]
