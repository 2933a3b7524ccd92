"""From the side of those who may not."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.kpis import actions as kpis
from raprong.kpis.details import Details
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.proposals import Proposal
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import NEW_YEAR


@pytest.mark.parametrize("who", ["staff", "head1", "director", "assessor", "auditor", "admin", "records"])
def test_the_framework_is_for_the_planning_officer(framework: Framework, cast: SampleAgency, who: str) -> None:
    by = cast.people[who]

    for verb in (
        lambda: kpis.receive_policy(framework.run, criteria_note="", sources=[], seen=None, by=by, at=NEW_YEAR),
        lambda: kpis.set_dimensions(framework, [], seen=None, by=by, at=NEW_YEAR),
        lambda: kpis.settle_framework(framework, by=by, at=NEW_YEAR),
    ):
        with pytest.raises(Refused):
            verb()


def test_a_group_proposes_for_itself_alone(
    open_run: Run, cast: SampleAgency, proposal: Callable[..., Proposal]
) -> None:
    with pytest.raises(Refused):
        kpis.propose(open_run, proposal(group=cast.units["mip-2"]), by=cast.people["staff"], at=NEW_YEAR)


def test_a_kpi_is_not_handed_to_a_group_one_cannot_propose_for(
    cast: SampleAgency, proposal: Callable[..., Proposal], propose: Callable[..., KpiYear]
) -> None:
    kpi = propose()

    with pytest.raises(Refused):
        kpis.revise(kpi, proposal(group=cast.units["mip-2"]), seen=None, by=cast.people["head1"], at=NEW_YEAR)


def test_another_group_leaves_a_kpi_alone(
    cast: SampleAgency, proposal: Callable[..., Proposal], propose: Callable[..., KpiYear]
) -> None:
    kpi, by = propose(), cast.people["staff2"]

    for verb in (
        lambda: kpis.revise(kpi, proposal(), seen=None, by=by, at=NEW_YEAR),
        lambda: kpis.align(kpi, [], by=by, at=NEW_YEAR),
        lambda: kpis.withdraw(kpi, by=by, at=NEW_YEAR),
        lambda: kpis.fill_details(kpi, Details(), seen=None, by=by, at=NEW_YEAR),
    ):
        with pytest.raises(Refused):
            verb()


@pytest.mark.parametrize("who", ["staff", "assessor", "auditor", "records"])
def test_selection_and_sending_are_not_for_everybody(
    open_run: Run, cast: SampleAgency, propose: Callable[..., KpiYear], who: str
) -> None:
    kpi, by = propose(), cast.people[who]

    with pytest.raises(Refused):
        kpis.select(kpi, weight=Decimal(50), by=by, at=NEW_YEAR)
    with pytest.raises(Refused):
        kpis.send_to_department(open_run, by=by, at=NEW_YEAR)


def test_somebody_of_another_department_sees_and_does_nothing(
    open_run: Run, outsider: Person, proposal: Callable[..., Proposal], propose: Callable[..., KpiYear]
) -> None:
    kpi = propose()

    assert not KpiYear.objects.visible_to(outsider, on=day_of(NEW_YEAR)).exists()
    with pytest.raises(Refused):
        kpis.propose(open_run, proposal("1.2"), by=outsider, at=NEW_YEAR)
    with pytest.raises(Refused):
        kpis.select(kpi, weight=Decimal(50), by=outsider, at=NEW_YEAR)
