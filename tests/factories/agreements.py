"""A year's agreement at any station of its way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from raprong.access.identity import ConfirmedIdentity, confirm_by_password
from raprong.agreements import actions
from raprong.agreements.models import Agreement
from raprong.agreements.workflow import IN_FORCE
from raprong.core.clock import day_of
from raprong.kpis.enums import KpiState
from raprong.kpis.framework_form import starting_scheme
from raprong.kpis.models import Dimension, Framework, Kpi, KpiYear
from raprong.kpis.quality.queries import findings_of_run
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.lib.sop.standing import YES, FactKind
from raprong.organisation.models import Person
from raprong.processes.models import Run, StepFact
from raprong.processes.queries import step_with_work
from tests.cast import NEW_YEAR, PASSWORD

SIGNING = NEW_YEAR + timedelta(days=60)
LEVELS = [["1", "20"], ["2", "40"], ["3", "60"], ["4", "80"], ["5", "100"]]


@contextmanager
def out_of_order() -> Iterator[None]:
    """Whatever the year has come to: the order of its steps has its tests in tests/processes and in the journeys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("raprong.agreements.policies.check_work_is_open", lambda *args, **kwargs: None)
        yield


def select_kpis(run: Run, weights: dict[str, str]) -> list[KpiYear]:
    """KPIs with weights, spread over the unit's groups."""
    scheme = scheme_as_data(starting_scheme())
    framework, _ = Framework.objects.get_or_create(run=run, defaults={"scheme": scheme})
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
            group=groups[number % len(groups)],
            measure="ร้อยละ",
            criteria={"kind": "ladder", "levels": LEVELS},
            target=Decimal(80),
            weight=Decimal(weight),
            baseline={"2569": "71.5"},
            state=KpiState.SELECTED,
        )
        for number, (code, weight) in enumerate(weights.items())
    ]


def open_for_signing(agreement: Agreement, planner: Person, *, at: datetime = NEW_YEAR) -> Agreement:
    """Its day and place set, what the gate asks for answered, the parties asked."""
    day = max(day_of(SIGNING), day_of(at))
    make_ready(agreement, planner, at=at)
    ready = actions.set_ceremony(agreement, signing_on=day, venue="ห้องประชุม ๑", seen=None, by=planner, at=at)
    return actions.open_signing(ready, seen=None, by=planner, at=at)


def make_ready(agreement: Agreement, planner: Person, *, at: datetime = NEW_YEAR) -> None:
    """The control points of signing answered, and a reason given for every warning about the KPIs."""
    run = agreement.run
    step = step_with_work(run, IN_FORCE)
    for point in step.control_points if step else ():
        StepFact.objects.create(
            run=run, step=step.code, kind=FactKind.ANSWERED, control=point.code, answer=YES, by=planner, at=at
        )
    for found in findings_of_run(run):
        reason = {"because": "ทราบแล้ว", "by": planner.name, "at": at.isoformat(), "facts": dict(found.finding.facts)}
        kpi = KpiYear.objects.get(pk=found.kpi.pk)
        kpi.accepted_warnings |= {found.code: reason}
        kpi.save(update_fields=["accepted_warnings"])


def sign_all(agreement: Agreement, *, at: datetime = SIGNING) -> Agreement:
    """Every party who has not signed yet signs, makers first."""
    parties = agreement.parties.select_related("person__user", "request__signature")
    for party in sorted(parties, key=lambda party: party.turn):
        if party.signs and party.signed_at is None:
            agreement = actions.sign(agreement, identity=proof_of(party.person, at=at), by=party.person, at=at)
    return agreement


def proof_of(person: Person, *, at: datetime = SIGNING) -> ConfirmedIdentity:
    return confirm_by_password(person, PASSWORD, at=at)
