"""Who is at the keyboard in the tests of the web door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
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


@pytest.fixture
def sit_down(browser_page: Any, live_server: Any, sign_in: SignIn) -> Callable[[str], Any]:
    """The page of a real browser at which somebody is signed in, in place of whoever sat there before."""

    def as_somebody(username: str) -> Any:
        name = settings.SESSION_COOKIE_NAME
        session = sign_in(username).cookies[name].value
        browser_page.context.clear_cookies()
        browser_page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
        return browser_page

    return as_somebody
