"""Who looks at the papers of a finished year."""

from collections.abc import Callable

import pytest
from django.test import Client

from raprong.cli.rehearsal.stage import Stage
from raprong.organisation.models import User
from raprong.processes.models import Run


@pytest.fixture
def year(finished_year: Stage) -> Run:
    return finished_year.run


@pytest.fixture
def sign_in(finished_year: Stage) -> Callable[[str], Client]:
    def as_somebody(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    return as_somebody
