"""A year to measure: a new installation on SQLite whose sample unit stands in the middle of its months."""

import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
FISCAL_YEAR = 2570
PASSWORD = "bench"
DAYS_INTO_THE_YEAR = 200
REQUESTS_IN_A_TURN = 10
RESULTS_IN_A_TURN = 5
SECONDS_TO_START = 30


class Year:
    """The two things that are measured in it, each beside its bare part."""

    def __init__(self, folder: Path) -> None:
        from raprong.kpis.queries import selected_kpis

        self.stage = stage_in_the_middle_of_the_year()
        self.kpi = selected_kpis(self.stage.run)[0]
        self.reporter = self.stage.who_may("results.report", self.kpi.group)
        self.reader = self.stage.who_may("kpis.frame")
        self.queries = folder / "queries.pickle"
        self.cookie = self.sign_in_and_note_queries()
        self.port = free_port()
        self.values = count(1)

    def sign_in_and_note_queries(self) -> str:
        """The page's own queries, noted while it is asked for once without a server; and the session's cookie."""
        from django.conf import settings
        from django.test import Client

        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(self.reader.user, "allauth.account.auth_backends.AuthenticationBackend")
        client.get(self.run_page)  # what is looked up once for the life of a process
        with noting_queries() as noted:
            response = client.get(self.run_page)
        assert response.status_code == 200, response.status_code
        self.queries.write_bytes(pickle.dumps(noted))
        return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"

    @property
    def run_page(self) -> str:
        from django.urls import reverse

        return reverse("processes:run", args=[self.stage.run.public_id])

    def ask_for_run_page(self) -> None:
        self.ask(self.run_page)

    def ask_for_bare_page(self) -> None:
        self.ask("/bare/")

    def ask(self, address: str) -> None:
        """Ask for a page several times, one after another on one connection."""
        browser = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_TO_START)
        for _ in range(REQUESTS_IN_A_TURN):
            browser.request("GET", address, headers={"Cookie": self.cookie})
            response = browser.getresponse()
            response.read()
            assert response.status == 200, f"{address} answered {response.status}"
        browser.close()

    def report_results(self) -> None:
        """Several figures through the verb, each another than the one before."""
        from raprong.results import actions as results
        from raprong.results.enums import ResultStatus

        for _ in range(RESULTS_IN_A_TURN):
            results.report(
                self.kpi,
                month=self.stage.today.replace(day=1),
                value=Decimal(next(self.values)) / 100,
                status=ResultStatus.VALUE,
                note="",
                seen=None,
                by=self.reporter,
                at=self.stage.at,
            )

    def insert_rows(self) -> None:
        """As many times two plain rows, in one transaction each."""
        from django.db import transaction

        from raprong.notifications.models import Notice

        for _ in range(RESULTS_IN_A_TURN):
            with transaction.atomic():
                for kind in ("one", "two"):
                    Notice.objects.create(person=self.reader, kind=kind, about="bench", sent_at=self.stage.at)

    @contextmanager
    def served(self) -> Iterator[None]:
        """The server of `raprong serve` with one process, so that both pages have the same."""
        options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "1", "--no-ws"]
        where = ["--port", str(self.port), "--log-level", "error"]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "RAPRONG_BENCH_QUERIES": str(self.queries)}
        command = [sys.executable, "-m", "granian", *options, *where, "scripts.bench_site:application"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            self.wait_for_server()
            yield
        finally:
            server.terminate()
            server.wait()

    def wait_for_server(self) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            try:
                return self.ask("/bare/")
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the server of the bench does not answer")


@contextmanager
def noting_queries() -> Iterator[list[tuple[type, Any]]]:
    """Note every queryset that is evaluated, before the database is asked."""
    from django.db.models import QuerySet

    noted: list[tuple[type, Any]] = []
    fetch = QuerySet._fetch_all

    def note_and_fetch(rows: Any) -> None:
        if rows._result_cache is None:
            noted.append((rows.model, rows.query.clone()))
        fetch(rows)

    with mock.patch.object(QuerySet, "_fetch_all", note_and_fetch):
        yield noted


def stage_in_the_middle_of_the_year() -> Any:
    """Play a year under the longest SOP until half of its months have been reported."""
    from raprong.cli.rehearsal.stage import Stage
    from raprong.cli.rehearsal.year import play
    from raprong.cli.sample.organisation import settle
    from raprong.core import clock
    from raprong.lib.thai.fiscal_year import FiscalYear
    from raprong.lib.workbooks.sample import sample_workbook
    from raprong.processes.library import all_sops

    sop = max(all_sops().values(), key=lambda sop: len(sop.steps))
    year = FiscalYear(FISCAL_YEAR)
    stage = Stage.set(list(settle(password=PASSWORD).values()), sop, sample_workbook(), year, PASSWORD)
    stage.until = stage.at.replace(year=year.starts_on.year, month=10, day=1) + timedelta(days=DAYS_INTO_THE_YEAR)
    for _ in play(stage):
        pass
    clock.move_to(stage.at)
    return stage


@contextmanager
def year() -> Iterator[Year]:
    """A new installation in a folder that goes away, its year, and a server on it."""
    with TemporaryDirectory(prefix="raprong-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "raprong.config.settings",
            "RAPRONG_DATA_DIR": folder,
            "RAPRONG_DEMONSTRATION": "1",
        }
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        Path(settings.STATIC_ROOT).mkdir()
        made = Year(Path(folder))
        with made.served():
            yield made
        connection.close()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
