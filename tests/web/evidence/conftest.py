"""A year in January: 1.2 of group 1 has three steps, two of which ask for evidence."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.kpis.models import KpiYear
from raprong.organisation.models import User
from raprong.processes.models import Run
from tests.factories.assessments import agree_on_kpis
from tests.factories.evidence import IN_JANUARY, describe_steps


@pytest.fixture
def kpis(run: Run, cast: SampleAgency, settings: Settings) -> dict[str, KpiYear]:
    settings.DEMONSTRATION = True
    clock.move_to(IN_JANUARY)
    made = {kpi.code: kpi for kpi in agree_on_kpis(run, cast)}
    describe_steps(made["1.2"])
    return made


@pytest.fixture
def sign_in(agencies: dict[str, SampleAgency]) -> Callable[[str], Client]:
    """A browser of somebody of the cast, reading English."""

    def as_somebody(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        client.cookies["django_language"] = "en"
        return client

    return as_somebody
