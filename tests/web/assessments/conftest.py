"""A year in March: three agreed KPIs, one with a figure, and the demonstration's clock on that day."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from raprong.assessments import actions as assessments
from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.kpis.models import KpiYear
from raprong.organisation.models import User
from raprong.processes.models import Run
from tests.factories.assessments import IN_MARCH, agree_on_kpis, come_to, report


@pytest.fixture
def offices(agencies: dict[str, SampleAgency]) -> dict[str, SampleAgency]:
    """The same people as in the tests of the room."""
    return agencies


@pytest.fixture
def sign_in(offices: dict[str, SampleAgency]) -> Callable[[str], Client]:
    """A browser of somebody of the cast, reading English."""

    def as_somebody(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        client.cookies["django_language"] = "en"
        return client

    return as_somebody


@pytest.fixture
def kpis(run: Run, cast: SampleAgency, settings: Settings) -> list[KpiYear]:
    """The KPI of the first working group has a figure."""
    settings.DEMONSTRATION = True
    clock.move_to(IN_MARCH)
    made = agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    report(made[1], date(2027, 3, 1), "59", by=cast.people["head1"])
    return made


@pytest.fixture
def assessment(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> SelfAssessment:
    return assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)
