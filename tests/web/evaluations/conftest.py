"""The year of tests/evaluations, met through its pages in English, in October after the year."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.models import User
from tests.evaluations.conftest import confirmed, evaluation, kpis, neighbour, scored, submitted
from tests.factories.assessments import IN_OCTOBER

__all__ = ["confirmed", "evaluation", "kpis", "neighbour", "scored", "submitted"]


@pytest.fixture
def offices(agencies: dict[str, SampleAgency]) -> dict[str, SampleAgency]:
    """The same people as in the tests of the room."""
    return agencies


@pytest.fixture(autouse=True)
def october(db: None, settings: Settings) -> None:
    """The demonstration's clock stands a few days after the end of the year."""
    settings.DEMONSTRATION = True
    clock.move_to(IN_OCTOBER)


@pytest.fixture
def sign_in(offices: dict[str, SampleAgency]) -> Callable[[str], Client]:
    """A browser of somebody of the cast, reading English."""

    def as_somebody(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        client.cookies["django_language"] = "en"
        return client

    return as_somebody
