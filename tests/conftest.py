"""What every test finds: no network, a real database whose sealed tables can be emptied, and a browser."""

import gc
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import translation
from playwright.sync_api import sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from tests.append_only import emptying_sealed_tables
from tests.browser import BROWSER_FLAGS, CHROMIUMS, PATIENCE, WATCHED, find_chromium, violations, wait_after_clicks
from tests.passes import Pass, check_places, has_no_database, is_left_to_the_second, is_settled
from tests.prepared import begin_with_copy, remove_original
from tests.stage import STAGES, stage_of

TEST_TO_COME = pytest.StashKey[pytest.Item]()

pytest_plugins = ["tests.cast", "tests.finished_year"]

NO_CHROMIUM = f"no Chromium was found (RAPRONG_CHROMIUM, {', '.join(CHROMIUMS)})"

# A busy machine is no counterexample; and what CI finds, anybody can find again.
hypothesis.settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--first-of-two", action="store_true", help="leave to the second pass what it does alone (tests/passes.py)"
    )
    parser.addoption(
        "--second-pass",
        action="store_true",
        help="on another database: leave out what the first pass has settled for every database (tests/passes.py)",
    )


def pytest_configure(config: pytest.Config) -> None:
    Pass.is_second = config.getoption("second_pass")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The second pass need not even read what cannot ask for a database."""
    return True if Pass.is_second and has_no_database(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    check_places(items)
    if config.getoption("first_of_two"):
        leave_out(items, is_left_to_the_second, config)
    if Pass.is_second:
        leave_out(items, is_settled, config)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
        if vendor := next((name for name in ("sqlite", "postgresql") if item.get_closest_marker(name)), None):
            other_engine = pytest.mark.skipif(connection.vendor != vendor, reason=f"only makes sense on {vendor}")
            item.add_marker(other_engine)
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = dealt(items, workers)


def leave_out(items: list[pytest.Item], which: Callable[[pytest.Item], bool], config: pytest.Config) -> None:
    config.hook.pytest_deselected(items=[item for item in items if which(item)])
    items[:] = [item for item in items if not which(item)]


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """In an order whose equal parts, one for each worker, begin with a fair share of the long stories, so that no core
    waits for the last of them. Tests that look back on a whole year follow one another, while it stands.
    """
    stories = [item for item in items if item.get_closest_marker("journey")]
    others = [item for item in items if not item.get_closest_marker("journey")]
    others.sort(key=lambda item: "finished_year" not in getattr(item, "fixturenames", ()))
    order: list[pytest.Item] = []
    for worker in range(workers):
        order += stories[worker::workers]
        share = max(len(items) * (worker + 1) // workers - len(order), 0)
        order += others[:share]
        del others[:share]
    return order + others


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end; the collector of garbage need not walk through it time and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def closed_network() -> Iterator[None]:
    """Nothing in a test leaves this machine."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def connect_nearby(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            refuse_afar(address[0])
        connect(self, address)

    def resolve_nearby(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_afar(host)
        return resolve(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_nearby)
        patch.setattr(socket, "getaddrinfo", resolve_nearby)
        yield


def refuse_afar(host: str | None) -> None:
    if host not in (None, "", "localhost", "127.0.0.1", "::1"):
        raise ConnectionRefusedError(f"A test tried to reach {host}; the network is shut in tests.")


@pytest.fixture(autouse=True)
def in_thai() -> None:
    """Every test begins in the language of the house, whatever the one before it spoke."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.config.stash[TEST_TO_COME] = item
    stage_of(item, item.config.stash[blocking_manager_key])


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_modify_db_settings: None, django_db_keepdb: bool, django_db_blocker: DjangoDbBlocker
) -> bool:
    """A test database that was copied stands already: Django brings it up to date, which finds nothing to do."""
    with django_db_blocker.unblock():
        return begin_with_copy(connection) or django_db_keepdb


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        with config.stash[blocking_manager_key].unblock():
            remove_original(connection)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Between tests that commit, Django empties every table; the sealed ones let it, and nobody else."""
    with emptying_sealed_tables(connections.all()):
        STAGES.ready = True
        stage_of(request.config.stash[TEST_TO_COME], django_db_blocker)
        yield
        with django_db_blocker.unblock():
            STAGES.strike_all()
            end_sessions_left_behind()


def end_sessions_left_behind() -> None:
    """A page that was closed may have a last question still on its way; PostgreSQL drops no database while it waits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def browser(django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """One Chromium for all journeys of a process.

    While its event loop runs, Django keeps a connection for this loop: stages that stand on it go before it ends.
    """
    if not find_chromium():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_CHROMIUM)

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the ORM is still called from plain code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        wait_after_clicks(patch)
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_FLAGS)
        yield chromium
        with django_db_blocker.unblock():
            STAGES.strike_all()
        chromium.close()


@pytest.fixture
def browser_page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A page on the served application, in Thai. Errors of our scripts and breaches of the CSP fail the test."""
    faults: list[str] = []
    with browser.new_context(base_url=live_server.url, locale="th-TH", timezone_id="Asia/Bangkok") as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.extend(text for text in [message.text] if WATCHED.search(text)))
        yield page
    assert not faults, "\n".join(faults)


@pytest.fixture
def looks_at_pages(request: pytest.FixtureRequest) -> bool:
    """Whether axe-core runs. What a page is made of does not depend on the database behind it, so each story is looked
    at in one pass.
    """
    return not Pass.is_second or is_left_to_the_second(request.node)


@pytest.fixture
def look_for_violations(looks_at_pages: bool) -> Callable[[Any], None]:
    """Run axe-core on a page: a serious or critical violation fails the test, with the place and what to do."""

    def look(page: Any) -> None:
        found = violations(page) if looks_at_pages else []
        assert not found, f"{page.url}\n" + "\n".join(found)

    return look
