"""The verbs in the order of a real SOP: each step's work waits for the step before it."""

from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.kpis.models import Framework
from raprong.kpis.queries import kpis_of, selection_standing
from raprong.lib.workbooks.sample import sample_workbook
from raprong.processes import actions as processes
from raprong.processes.models import Run
from tests.cast import NEW_YEAR


@pytest.fixture
def framed(run: Run, cast: SampleAgency) -> Framework:
    """Step 1 is done: policy received, dimensions settled."""
    planner = cast.people["planner"]
    weights: dict[str, Decimal] = {}
    for row in sample_workbook().kpis:
        weights[row.dimension] = weights.get(row.dimension, Decimal(0)) + row.weight
    framework = kpis.receive_policy(
        run,
        criteria_note="เกณฑ์ของกรม",
        sources=[("department-strategy", "ยุทธศาสตร์กรม", "")],
        seen=None,
        by=planner,
        at=NEW_YEAR,
    )
    framework = kpis.set_dimensions(framework, list(weights.items()), seen=framework.version, by=planner, at=NEW_YEAR)
    framework = kpis.settle_framework(framework, by=planner, at=NEW_YEAR)
    finish(run, cast, "framework")
    return framework


def finish(run: Run, cast: SampleAgency, step_code: str) -> None:
    """Answer what people are asked and end the step."""
    planner, step = cast.people["planner"], run.definition.step(step_code)
    for point in step.control_points:
        if point.check == "ask":
            processes.answer_control(run, step_code, point.code, answer="yes", remark="", by=planner, at=NEW_YEAR)
    processes.finish_step(run, step_code, by=planner, at=NEW_YEAR)


def test_nothing_is_proposed_before_the_framework_is_done(run: Run, cast: SampleAgency) -> None:
    with pytest.raises(Refused, match="2"):
        kpis.import_workbook(run, sample_workbook().kpis, by=cast.people["planner"], at=NEW_YEAR)

    assert not Framework.objects.exists()


def test_a_done_step_shuts_its_work(framed: Framework, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        kpis.reopen_framework(framed, because="แก้", by=cast.people["planner"], at=NEW_YEAR)


def test_a_group_that_handed_in_changes_nothing_until_it_comes_back(
    run: Run, framed: Framework, cast: SampleAgency
) -> None:
    kpis.import_workbook(run, sample_workbook().kpis, by=cast.people["planner"], at=NEW_YEAR)
    group, head = cast.units["mip-1"], cast.people["head1"]
    kpi = kpis_of(run, group)[0]
    processes.submit_piece(run, "kpi-proposals", piece=group, by=head, at=NEW_YEAR)

    with pytest.raises(Refused):
        kpis.withdraw(kpi, by=head, at=NEW_YEAR)
    processes.return_piece(
        run, "kpi-proposals", piece=group, because="แก้เกณฑ์", by=cast.people["planning-head"], at=NEW_YEAR
    )
    kpis.align(kpi, framed.sources.all(), by=head, at=NEW_YEAR)

    assert kpi.sources.count() == 1


def test_the_workbook_becomes_the_years_selection(run: Run, framed: Framework, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    imported = kpis.import_workbook(run, sample_workbook().kpis, by=planner, at=NEW_YEAR)
    for kpi in imported:
        kpis.align(kpi, framed.sources.all(), by=planner, at=NEW_YEAR)
    for head, code in (("head1", "mip-1"), ("head2", "mip-2"), ("planning-head", "mip-plan")):
        processes.submit_piece(run, "kpi-proposals", piece=cast.units[code], by=cast.people[head], at=NEW_YEAR)
        processes.accept_piece(run, "kpi-proposals", piece=cast.units[code], by=planner, at=NEW_YEAR)
    finish(run, cast, "kpi-proposals")

    weights = {kpi: kpi.weight for kpi in imported if kpi.weight is not None}
    kpis.set_weights(run, weights, by=planner, at=NEW_YEAR)
    sent = kpis.send_to_department(run, by=planner, at=NEW_YEAR)

    assert selection_standing(run).settled
    assert len(sent.content) == 7
