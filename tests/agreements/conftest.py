"""The run of a year whose KPIs are selected and carry the whole weight."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from raprong.access.identity import ConfirmedIdentity, confirm_by_password
from raprong.agreements import actions
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Dimension, Framework, Kpi, KpiYear
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from tests.cast import NEW_YEAR, PASSWORD

SIGNING = NEW_YEAR + timedelta(days=60)
LEVELS = [["1", "20"], ["2", "40"], ["3", "60"], ["4", "80"], ["5", "100"]]


@pytest.fixture(autouse=True)
def without_order_of_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The year's order of steps has its own tests, in tests/processes and in the journeys."""
    monkeypatch.setattr("raprong.agreements.policies.check_work_is_open", lambda *args, **kwargs: None)
    return


def select_kpis(run: Run, weights: dict[str, str]) -> list[KpiYear]:
    """KPIs with weights, spread over the unit's groups."""
    framework, _ = Framework.objects.get_or_create(run=run, defaults={"scheme": {}})
    dimension, _ = Dimension.objects.get_or_create(
        framework=framework, title="มิติภายนอก", defaults={"weight": Decimal(100)}
    )
    groups = list(run.unit.groups.all())
    return [
        KpiYear.objects.create(
            kpi=Kpi.objects.create(unit=run.unit),
            framework=framework,
            code=code,
            sort_code=code,
            title=f"ร้อยละความสำเร็จของงานตัวอย่างที่ {code}",
            dimension=dimension,
            group=group_at(groups, number),
            measure="ร้อยละ",
            levels=LEVELS,
            target=Decimal(80),
            weight=Decimal(weight),
            baseline={"2569": "71.5"},
            state=KpiState.SELECTED,
        )
        for number, (code, weight) in enumerate(weights.items())
    ]


def group_at(groups: list[Unit], number: int) -> Unit:
    return groups[number % len(groups)]


@pytest.fixture
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
    ready = actions.set_ceremony(
        drafted, signing_on=day_of(SIGNING), venue="ห้องประชุม ๑", seen=None, by=planner, at=NEW_YEAR
    )
    return actions.open_signing(ready, seen=None, by=planner, at=NEW_YEAR)


@pytest.fixture
def in_force(opened: Agreement) -> Agreement:
    return sign_all(opened)


def sign_all(agreement: Agreement, *, at: datetime = SIGNING) -> Agreement:
    """Every party signs, makers first."""
    for party in sorted(agreement.parties.select_related("person__user"), key=lambda party: party.turn):
        agreement = actions.sign(agreement, identity=proof_of(party.person, at=at), by=party.person, at=at)
    return agreement


def proof_of(person: Person, *, at: datetime = SIGNING) -> ConfirmedIdentity:
    return confirm_by_password(person, PASSWORD, at=at)
