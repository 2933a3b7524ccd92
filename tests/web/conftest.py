"""Who is at the keyboard in the tests of the web door."""

import pytest
from django.test import Client

from raprong.cli.sample.organisation import SampleAgency, settle
from raprong.organisation.models import User
from tests.stage import staged
from tests.web.keyboard import PASSWORD, SignIn


@staged
def offices(db: None) -> dict[str, SampleAgency]:
    """The two agencies of the sample, by code."""
    return settle(password=PASSWORD)


@pytest.fixture
def sign_in(offices: dict[str, SampleAgency]) -> SignIn:
    """A browser in which somebody of the sample is signed in, by user name."""

    def as_somebody(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    return as_somebody
