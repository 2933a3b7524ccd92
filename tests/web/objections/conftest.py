"""The preliminary result of tests/objections, met through its pages in English, in October after the year."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from tests.factories.assessments import IN_OCTOBER
from tests.objections.conftest import confirmed, kpis, objection, opened, panel, preliminary, seated, submitted

Seat = Callable[[str], Client]

__all__ = ["confirmed", "kpis", "objection", "opened", "panel", "preliminary", "seated", "submitted"]


@pytest.fixture(autouse=True)
def _in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_OCTOBER)


@pytest.fixture
def seat(cast: SampleAgency) -> Seat:
    """Take a place at the desk of somebody of the cast, who reads English."""

    def sit_down(username: str) -> Client:
        client = Client()
        client.force_login(cast.people[username].user)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    return sit_down
