"""The middle of December 2026: three selected KPIs of three groups, the step of monthly results open."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results import actions as results
from raprong.results.actions import Figure
from raprong.results.policies import CARD
from tests.cast import NEW_YEAR, start_year
from tests.factories.year import agree_on_kpis, come_to
from tests.stage import staged
from tests.web.keyboard import SignIn

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
IN_DECEMBER = datetime(2026, 12, 15, 3, 0, tzinfo=UTC)


@pytest.fixture
def cast(offices: dict[str, SampleAgency]) -> SampleAgency:
    return offices["hss"]


@pytest.fixture(autouse=True)
def in_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_DECEMBER)


@staged
def run(cast: SampleAgency) -> Run:
    return start_year(cast)


@staged
def kpis(run: Run, cast: SampleAgency) -> dict[str, KpiYear]:
    """1.1 of the planning group, 1.2 of group 1, 2.1 of group 2."""
    come_to(run, CARD, by=cast.people["planner"], at=NEW_YEAR)
    return {kpi.code: kpi for kpi in agree_on_kpis(run, cast)}


@staged
def october(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> dict[str, KpiYear]:
    """The KPIs, with October reported."""
    values = {"1.1": "59", "1.2": "73", "2.1": "11.5"}
    figures = [Figure(kpis[code], Decimal(value)) for code, value in values.items()]
    results.report_many(run, OCTOBER, figures, by=cast.people["planner"], at=IN_DECEMBER)
    return kpis


@pytest.fixture
def english(sign_in: SignIn) -> SignIn:
    """Somebody of the sample who reads English."""

    def as_somebody(username: str) -> Client:
        client = sign_in(username)
        client.cookies["django_language"] = "en"
        return client

    return as_somebody
