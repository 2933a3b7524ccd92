"""October 2026: three selected KPIs of three groups, the step of handing them on open."""

from datetime import datetime

import pytest
from django.test import Client

from raprong.cascade.policies import ASSIGNED
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.cast import NEW_YEAR, start_year
from tests.factories.year import agree_on_kpis, come_to
from tests.stage import staged
from tests.web.keyboard import SignIn

AT: datetime = NEW_YEAR


@pytest.fixture
def cast(offices: dict[str, SampleAgency]) -> SampleAgency:
    return offices["hss"]


@pytest.fixture(autouse=True)
def in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@staged
def run(cast: SampleAgency) -> Run:
    return start_year(cast)


@staged
def kpis(run: Run, cast: SampleAgency) -> dict[str, KpiYear]:
    """1.1 of the planning group, 1.2 of group 1, 2.1 of group 2."""
    come_to(run, ASSIGNED, by=cast.people["planner"], at=AT)
    return {kpi.code: kpi for kpi in agree_on_kpis(run, cast)}


@pytest.fixture
def english(sign_in: SignIn) -> SignIn:
    """Somebody of the sample who reads English."""

    def as_somebody(username: str) -> Client:
        client = sign_in(username)
        client.cookies["django_language"] = "en"
        return client

    return as_somebody
