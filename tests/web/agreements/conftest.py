"""The pages of an agreement, at every station of its way."""

from collections.abc import Iterator

import pytest

from raprong.agreements import actions
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.factories.agreements import open_for_signing, out_of_order, select_kpis, sign_all
from tests.stage import staged


@pytest.fixture
def offices(agencies: dict[str, SampleAgency]) -> dict[str, SampleAgency]:
    """One sample for those at the keyboard and for the run."""
    return agencies


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
        return actions.draft(run, by=planner, at=clock.now())


@staged
def opened(drafted: Agreement, planner: Person) -> Agreement:
    with out_of_order():
        return open_for_signing(drafted, planner, at=clock.now())


@staged
def in_force(opened: Agreement) -> Agreement:
    with out_of_order():
        return sign_all(opened, at=clock.now())
