"""The year of tests/kpis, met through its pages in English."""

from collections.abc import Callable

import pytest
from django.test import Client

from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import User
from tests.kpis.conftest import framework, last_year, open_run, proposal, propose

__all__ = ["framework", "last_year", "open_run", "proposal", "propose"]


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
