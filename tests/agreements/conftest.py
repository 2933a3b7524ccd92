"""The run of a year whose KPIs are selected and carry the whole weight."""

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
from tests.factories.agreements import open_for_signing, select_kpis, sign_all
from tests.stage import staged


@pytest.fixture(autouse=True)
def without_order_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The year's order of steps has its own tests, in tests/processes and in the journeys."""
    monkeypatch.setattr("raprong.agreements.policies.check_work_is_open", lambda *args, **kwargs: None)


@staged
def selected(run: Run) -> list[KpiYear]:
    return select_kpis(run, {"1.1": "40", "1.2": "35", "2.1": "25"})


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


@pytest.fixture
def drafted(run: Run, selected: list[KpiYear], planner: Person) -> Agreement:
    return actions.draft(run, by=planner, at=NEW_YEAR)


@pytest.fixture
def opened(drafted: Agreement, planner: Person) -> Agreement:
    """Open for signing, its ceremony set."""
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


@pytest.fixture
def in_force(opened: Agreement) -> Agreement:
    return sign_all(opened)
