"""Policy received, dimensions entered and settled."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis import actions as kpis
from raprong.kpis.models import Framework, KpiYear
from raprong.processes.models import Run
from tests.cast import NEW_YEAR


def test_receiving_policy_opens_the_framework_with_the_scheme_in_force(framework: Framework) -> None:
    assert framework.scheme["places"] == 4
    assert [source.title for source in framework.sources.all()] == ["นโยบายกระทรวง", "ยุทธศาสตร์กรม"]
    assert framework.policy_received_at == NEW_YEAR


def test_receiving_policy_is_written_down(framework: Framework) -> None:
    entry = Entry.objects.get(kind="framework.policy_received")

    assert entry.facts == {"sources": ["นโยบายกระทรวง", "ยุทธศาสตร์กรม"]}


def test_every_faulty_source_is_told_at_its_place(open_run: Run, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        kpis.receive_policy(
            open_run,
            criteria_note="",
            sources=[("", "ก", ""), ("other", "", ""), ("other", "ก", "ข" * 201)],
            seen=None,
            by=cast.people["planner"],
            at=NEW_YEAR,
        )

    fields = {fault.field for fault in refused.value.faults}
    assert fields == {"source_0_kind", "source_1_title", "source_2_title", "source_2_reference"}
    assert not Framework.objects.exists()


def test_a_source_that_a_kpi_answers_to_cannot_be_left_out(
    framework: Framework, cast: SampleAgency, propose: Callable[..., KpiYear]
) -> None:
    kpi = propose()
    source = framework.sources.get(title="นโยบายกระทรวง")
    kpis.align(kpi, [source], by=cast.people["staff"], at=NEW_YEAR)

    with pytest.raises(Faults, match=r"1\.1"):
        kpis.receive_policy(
            framework.run, criteria_note="", sources=[], seen=None, by=cast.people["planner"], at=NEW_YEAR
        )


def test_the_later_of_two_people_is_told(framework: Framework, cast: SampleAgency) -> None:
    opened = framework.version
    kpis.set_dimensions(framework, [("ก", Decimal(100))], seen=opened, by=cast.people["planner"], at=NEW_YEAR)

    with pytest.raises(Stale):
        kpis.set_dimensions(framework, [("ข", Decimal(90))], seen=opened, by=cast.people["planner"], at=NEW_YEAR)

    assert [dimension.title for dimension in framework.dimensions.all()] == ["ก"]


@pytest.mark.parametrize("weights", [(60, "39.99"), (60, "40.01")])
def test_a_framework_settles_at_exactly_a_hundred(
    framework: Framework, cast: SampleAgency, weights: tuple[object, object]
) -> None:
    planner = cast.people["planner"]
    rows = [(f"มิติ {number}", Decimal(str(weight))) for number, weight in enumerate(weights)]
    kpis.set_dimensions(framework, rows, seen=None, by=planner, at=NEW_YEAR)

    with pytest.raises(Refused, match=r"100\.00"):
        kpis.settle_framework(framework, by=planner, at=NEW_YEAR)


def test_a_settled_framework_stays_until_it_is_opened_again(framework: Framework, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    kpis.settle_framework(framework, by=planner, at=NEW_YEAR)

    with pytest.raises(Refused):
        kpis.set_dimensions(framework, [("ก", Decimal(100))], seen=None, by=planner, at=NEW_YEAR)
    kpis.reopen_framework(framework, because="แก้น้ำหนักตามมติที่ประชุม", by=planner, at=NEW_YEAR)
    kpis.set_dimensions(framework, [("ก", Decimal(100))], seen=None, by=planner, at=NEW_YEAR)

    assert framework.dimensions.count() == 1


def test_a_dimension_with_kpis_cannot_be_left_out(
    framework: Framework, cast: SampleAgency, propose: Callable[..., KpiYear]
) -> None:
    propose()

    with pytest.raises(Faults, match=r"1\.1"):
        kpis.set_dimensions(framework, [("ประสิทธิภาพ", Decimal(100))], seen=None, by=cast.people["planner"], at=NEW_YEAR)
