"""KPIs proposed, revised, aligned and withdrawn; a workbook taken in whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis import actions as kpis
from raprong.kpis.models import Dimension, Framework, Kpi, KpiYear
from raprong.kpis.proposals import Proposal
from raprong.kpis.quality.queries import findings_of_kpi
from raprong.kpis.queries import rungs_of
from raprong.lib.workbooks.sample import sample_workbook
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.factories.kpis import ladder, steps


def test_a_proposed_kpi_keeps_its_figures_as_given(propose: Callable[..., KpiYear]) -> None:
    kpi = propose(criteria=ladder("94.50", 95, 96, 97, 98), target=Decimal("95.5"), baseline={2569: Decimal("93.88")})

    assert kpi.criteria["levels"][0] == ["1", "94.50"]
    assert kpi.baseline == {"2569": "93.88"}
    assert str(Entry.objects.get(kind="kpi.proposed").facts["target"]) == "95.5"


def test_every_fault_of_a_proposal_is_told_at_once(
    open_run: Run, cast: SampleAgency, proposal: Callable[..., Proposal], propose: Callable[..., KpiYear]
) -> None:
    propose("1.1")
    faulty = proposal(
        "1.1",
        title="",
        dimension=None,
        measure="",
        criteria=ladder(20, 40, 30, 80, 100),
        target=None,
        weight=Decimal("100.5"),
        baseline={2570: Decimal(1)},
    )

    with pytest.raises(Faults) as refused:
        kpis.propose(open_run, faulty, by=cast.people["staff"], at=NEW_YEAR)

    fields = {fault.field for fault in refused.value.faults}
    assert fields == {"code", "title", "dimension", "measure", "level_3", "target", "weight", "baseline_2570"}
    assert KpiYear.objects.count() == 1


@pytest.mark.parametrize("figures", [(None, None, None, None, 5), (5, 5, 5, 5, 5), ("1.23456", 2, 3, 4, 5)])
def test_levels_that_cannot_be_scored_are_refused(propose: Callable[..., KpiYear], figures: tuple[object, ...]) -> None:
    with pytest.raises(Faults) as refused:
        propose(criteria=ladder(*figures))

    assert all(fault.field.startswith("level") for fault in refused.value.faults)


def test_equal_neighbours_and_left_out_levels_are_allowed(propose: Callable[..., KpiYear]) -> None:
    equal = propose("1.1", criteria=ladder(40, 50, 60, 60, 70), target=Decimal(60))
    sparse = propose("1.2", criteria=ladder(20, None, None, None, 100))

    assert [found.code for found in findings_of_kpi(equal)] == ["equal-neighbours"]
    assert [rung.score for rung in rungs_of(sparse)] == [1, 5]


def test_steps_are_whole(propose: Callable[..., KpiYear]) -> None:
    with pytest.raises(Faults) as refused:
        propose(criteria=steps(1, 2, "2.5", 4, 5), target=Decimal(5))

    assert [fault.field for fault in refused.value.faults] == ["level_3"]


def test_codes_stand_in_the_order_people_count(framework: Framework, propose: Callable[..., KpiYear]) -> None:
    for code in ("1.10", "1.9", "1.1"):
        propose(code)

    assert [kpi.code for kpi in framework.kpis.all()] == ["1.1", "1.9", "1.10"]


def test_revising_writes_down_what_changed(
    cast: SampleAgency, proposal: Callable[..., Proposal], propose: Callable[..., KpiYear]
) -> None:
    kpi = propose()

    revised = kpis.revise(kpi, proposal(target=Decimal(90)), seen=kpi.version, by=cast.people["staff"], at=NEW_YEAR)

    assert (revised.target, revised.version) == (Decimal(90), kpi.version + 1)
    assert Entry.objects.get(kind="kpi.revised").facts == {"changed": {"target": ["80", "90"]}}


def test_revising_what_somebody_else_has_saved_is_stale(
    cast: SampleAgency, proposal: Callable[..., Proposal], propose: Callable[..., KpiYear]
) -> None:
    kpi = propose()
    kpis.revise(kpi, proposal(target=Decimal(90)), seen=kpi.version, by=cast.people["staff"], at=NEW_YEAR)

    with pytest.raises(Stale):
        kpis.revise(kpi, proposal(target=Decimal(70)), seen=kpi.version, by=cast.people["head1"], at=NEW_YEAR)

    kpi.refresh_from_db()
    assert kpi.target == Decimal(90)


def test_revising_a_selected_kpi_keeps_its_weight(
    cast: SampleAgency, proposal: Callable[..., Proposal], propose: Callable[..., KpiYear]
) -> None:
    kpi = kpis.select(propose(), weight=Decimal(60), by=cast.people["planner"], at=NEW_YEAR)

    revised = kpis.revise(kpi, proposal(weight=None), seen=kpi.version, by=cast.people["staff"], at=NEW_YEAR)

    assert revised.weight == Decimal(60)


def test_a_withdrawn_proposal_stays_in_the_trail(cast: SampleAgency, propose: Callable[..., KpiYear]) -> None:
    kpi = propose()

    kpis.withdraw(kpi, by=cast.people["staff"], at=NEW_YEAR)

    assert not Kpi.objects.exists()
    assert Entry.objects.get(kind="kpi.withdrawn").facts["code"] == "1.1"


def test_what_was_decided_about_cannot_be_withdrawn(cast: SampleAgency, propose: Callable[..., KpiYear]) -> None:
    kpi = kpis.not_select(propose(), because="ซ้ำกับงานประจำ", by=cast.people["planner"], at=NEW_YEAR)

    with pytest.raises(Refused):
        kpis.withdraw(kpi, by=cast.people["staff"], at=NEW_YEAR)


def test_a_workbook_is_proposed_whole(open_run: Run, cast: SampleAgency) -> None:
    imported = kpis.import_workbook(open_run, sample_workbook().kpis, by=cast.people["planner"], at=NEW_YEAR)

    assert [kpi.code for kpi in imported] == ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3"]
    assert {kpi.group.code for kpi in imported} == {"mip-1", "mip-2", "mip-plan"}
    assert {d.title: d.weight for d in Dimension.objects.all()} == {
        "ประสิทธิผล": Decimal(55),
        "ประสิทธิภาพ": Decimal(45),
    }
    assert Entry.objects.filter(kind="kpi.proposed").count() == 7


def test_a_workbook_with_one_faulty_row_stores_nothing(open_run: Run, cast: SampleAgency) -> None:
    rows = list(sample_workbook().kpis)
    rows[2] = replace(rows[2], group="กลุ่มที่ 9")
    rows[4] = replace(rows[4], code="1.1")

    with pytest.raises(Faults) as refused:
        kpis.import_workbook(open_run, rows, by=cast.people["planner"], at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["row 4", "row 6"]
    assert not Framework.objects.exists()
    assert not KpiYear.objects.exists()


def test_a_workbook_twice_is_refused_in_words(open_run: Run, cast: SampleAgency) -> None:
    rows = sample_workbook().kpis
    kpis.import_workbook(open_run, rows, by=cast.people["planner"], at=NEW_YEAR)

    with pytest.raises(Faults) as refused:
        kpis.import_workbook(open_run, rows, by=cast.people["planner"], at=NEW_YEAR)

    assert len(refused.value.faults) == len(rows)
    assert KpiYear.objects.count() == len(rows)
