"""The run of a year whose KPIs are selected and carry the whole weight."""

from collections.abc import Iterator

import pytest

from raprong.agreements import actions
from raprong.agreements.enums import Side
from raprong.agreements.models import Agreement
from raprong.agreements.parties import NamedParty
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.factories.agreements import open_for_signing, out_of_order, select_kpis, sign_all
from tests.stage import staged


@pytest.fixture(autouse=True)
def without_order_of_steps() -> Iterator[None]:
    with out_of_order():
        yield


@staged
def selected(run: Run) -> list[KpiYear]:
    return select_kpis(run, {"1.1": "40", "1.2": "35", "2.1": "25"})


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


@staged
def drafted(run: Run, selected: list[KpiYear], planner: Person) -> Agreement:
    with out_of_order():
        return actions.draft(run, by=planner, at=NEW_YEAR)


@staged
def opened(drafted: Agreement, planner: Person) -> Agreement:
    """Open for signing, its ceremony set."""
    with out_of_order():
        return open_for_signing(drafted, planner)


@pytest.fixture
def approved_first(drafted: Agreement, planner: Person, cast: SampleAgency) -> Agreement:
    """Drafted, with one who approves before the others sign."""
    named = [
        NamedParty(Side.RECEIVER, cast.people["director"], cast.positions["mip/head"].title),
        NamedParty(Side.MAKER, cast.people["head1"], "หัวหน้ากลุ่มที่ ๑"),
        NamedParty(Side.APPROVER, cast.people["planning-head"], "หัวหน้ากลุ่มแผนงานและสารสนเทศ"),
    ]
    return actions.name_parties(drafted, named, seen=None, by=planner, at=NEW_YEAR)


@staged
def in_force(opened: Agreement) -> Agreement:
    with out_of_order():
        return sign_all(opened)
