"""A year to measure, on the database that DATABASE_URL names: `bench_year.py [NAME ...]`.

A new installation whose sample unit stands in the middle of its months, and the server of `raprong serve` on it.
`bench_all.py` runs this once for each database.
"""

import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench_browser import Browser, fields_of  # noqa: E402
from bench_measure import Measure, heading, take_turns, tell, tell_times_faster  # noqa: E402

BARE_PAGES = "/bare-page/"
BARE_RUN, BARE_LIBRARY = f"{BARE_PAGES}run/", f"{BARE_PAGES}library/"
BARE_SAVE = "/bare-save/"
FISCAL_YEAR = 2570
PASSWORD = "bench"
DAYS_INTO_THE_YEAR = 200
REQUESTS_IN_A_TURN = 10
KPIS_IN_A_LIST = 500
UNITS_OF_A_DEPARTMENT, KPIS_OF_A_UNIT = 100, 15
SECONDS_TO_START = SECONDS_TO_STOP = 30


def main(names: list[str]) -> int:
    with year() as made:
        print(heading(f"On {database()}"), flush=True)
        for measure in measures(made):
            if measure.name in names:
                tell(measure)
        if DEPARTMENT in names:
            score_a_department(Department(made.stage))
    return 0


def measures(year: "Year") -> Iterator[Measure]:
    """Pages and a saved result in the middle of a year; last the verb of the saved result without any server."""
    yield Measure(PAGE, year.ask_for_run_page, year.ask_for(BARE_RUN), goal=3, at_once=REQUESTS_IN_A_TURN)
    yield Measure(LIST, year.ask_for_library, year.ask_for(BARE_LIBRARY), goal=3, at_once=REQUESTS_IN_A_TURN)
    yield Measure(SAVED, year.save_results, year.save_bare_rows, goal=2, at_once=REQUESTS_IN_A_TURN)
    yield Measure(VERB, year.report_results, year.insert_rows, goal=None, at_once=REQUESTS_IN_A_TURN)


PAGE, LIST, SAVED, VERB, DEPARTMENT = PARTS = [
    "run page",
    "list of 500 KPIs",
    "saved result",
    "saved result, verb alone",
    "score a department again",
]


def score_a_department(department: "Department") -> None:
    """Every KPI anew, as after a change of criteria: by one statement, and on the plain path unit by unit."""
    ours, plain, _ = take_turns(
        Measure(DEPARTMENT, department.by_one_statement, department.by_the_plain_path, goal=None), turns=5
    )
    note = f"{department.kpis:,} KPIs of {UNITS_OF_A_DEPARTMENT} units"
    tell_times_faster(DEPARTMENT, ours / department.kpis, plain / department.kpis, note=note)


def database() -> str:
    """The database and how it keeps what it answered."""
    import sqlite3

    from django.db import connection

    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


class Year:
    """What is measured in it, each beside its bare part."""

    def __init__(self, folder: Path) -> None:
        self.stage = stage_in_the_middle_of_the_year()
        self.month = self.stage.today.replace(day=1)
        self.kpi = self.one_kpi()
        self.reporter = self.stage.who_may("results.report", self.kpi.group)
        self.reader = self.stage.who_may("kpis.frame")
        self.queries = folder / "queries.pickle"
        add_to_the_library(self.kpi, KPIS_IN_A_LIST)
        asked = {BARE_RUN: self.run_page, BARE_LIBRARY: self.library}
        queries = {bare: queries_of(address, self.reader) for bare, address in asked.items()}
        self.queries.write_bytes(pickle.dumps(queries))
        self.port = free_port()
        self.at_run_page = Browser(self.port, signed_in(self.reader))
        self.at_form = Browser(self.port, signed_in(self.reporter))
        self.values = count(1)
        self.fields: dict[str, str] = {}

    def one_kpi(self) -> Any:
        """A KPI on a ladder, so that every figure with decimals is right."""
        from raprong.kpis.enums import CriteriaKind
        from raprong.kpis.queries import selected_kpis

        return selected_kpis(self.stage.run).exclude(criteria_kind=CriteriaKind.STEPS)[0]

    @property
    def run_page(self) -> str:
        from django.urls import reverse

        return reverse("processes:run", args=[self.stage.run.public_id])

    @property
    def library(self) -> str:
        from django.urls import reverse

        return reverse("kpis:library", args=[self.stage.run.public_id])

    @property
    def form_page(self) -> str:
        from django.urls import reverse

        month = f"{self.month:%Y-%m}"
        return reverse("results:month", kwargs={"run": self.stage.run.public_id, "month": month})

    def ask_for_run_page(self) -> None:
        self.ask_for(self.run_page)()

    def ask_for_library(self) -> None:
        self.ask_for(self.library)()

    def ask_for(self, address: str) -> Callable[[], None]:
        return lambda: self.at_run_page.repeat(REQUESTS_IN_A_TURN, lambda: self.at_run_page.get(address))

    def open_form(self) -> None:
        """Open the month's page, as somebody does who is about to fill it in."""
        self.at_form.repeat(1, self.read_fields)

    def read_fields(self) -> None:
        self.fields = fields_of(self.at_form.get(self.form_page), self.form_page)

    def save_results(self) -> None:
        """Send the page's whole form several times, each time with another figure for one KPI."""
        self.at_form.repeat(REQUESTS_IN_A_TURN, self.save_one_result)

    def save_one_result(self) -> None:
        version = f"{self.kpi.public_id}-version"
        self.fields[f"{self.kpi.public_id}-value"] = str(self.next_value())
        self.at_form.post(self.form_page, self.fields)
        self.fields[version] = str(int(self.fields[version]) + 1)

    def save_bare_rows(self) -> None:
        """Send the same form as many times to the bare view."""
        self.at_form.repeat(REQUESTS_IN_A_TURN, lambda: self.at_form.post(BARE_SAVE, self.fields))

    def report_results(self) -> None:
        """As many figures through the verb, each another than the one before."""
        from raprong.results import actions as results
        from raprong.results.enums import ResultStatus

        for _ in range(REQUESTS_IN_A_TURN):
            results.report(
                self.kpi,
                month=self.month,
                value=self.next_value(),
                status=ResultStatus.VALUE,
                note="",
                seen=None,
                by=self.reporter,
                at=self.stage.at,
            )

    def insert_rows(self) -> None:
        for _ in range(REQUESTS_IN_A_TURN):
            insert_two_rows(self.reporter)

    def next_value(self) -> Decimal:
        return Decimal(next(self.values)) / 100

    @contextmanager
    def served(self) -> Iterator[None]:
        """The server of `raprong serve` with one process, so that ours and the bare part have the same."""
        options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "1", "--no-ws"]
        where = ["--port", str(self.port), "--log-level", "error"]
        paths = os.pathsep.join([str(ROOT), str(ROOT / "scripts")])
        environment = os.environ | {"PYTHONPATH": paths, "RAPRONG_BENCH_QUERIES": str(self.queries)}
        command = [sys.executable, "-m", "granian", *options, *where, "bench_site:application"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            self.wait_for_server()
            self.open_form()
            yield
        finally:
            server.terminate()
            server.wait(SECONDS_TO_STOP)

    def wait_for_server(self) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            try:
                return self.ask_for(BARE_RUN)()
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the server of the bench does not answer")


class Department:
    """Many units with the criteria of a real KPI, scored by one statement and one after another."""

    def __init__(self, stage: Any) -> None:
        from raprong.results.readings import keep_readings

        self.upto = stage.run.year.ends_on
        self.runs = [unit_like(stage.run, number) for number in range(UNITS_OF_A_DEPARTMENT)]
        self.kpis = UNITS_OF_A_DEPARTMENT * KPIS_OF_A_UNIT
        for run in self.runs:
            keep_readings(run, list(run.framework.kpis.all()))
        plain = [card.total for card in self.by_the_plain_path()]
        assert [standing.total for standing in self.by_one_statement()] == plain, "the two paths agree"

    def by_one_statement(self) -> list[Any]:
        from raprong.results.department import standings_of

        return standings_of(self.runs, upto=self.upto)

    def by_the_plain_path(self) -> list[Any]:
        from raprong.results.queries import score_card

        return [score_card(run, upto=self.upto) for run in self.runs]


def unit_like(run: Any, number: int) -> Any:
    """Another unit whose run stands where this one does, with selected KPIs on ladders and a figure for each."""
    from raprong.kpis.enums import KpiState
    from raprong.kpis.models import Framework
    from raprong.organisation.models import Unit
    from raprong.processes.models import Run
    from raprong.results.models import MonthlyResult

    office = run.unit
    unit = Unit.objects.create(agency=office.agency, kind=office.kind, code=f"bench-{number}", name=f"สำนักที่ {number}")
    copied = Run.objects.create(
        unit=unit, fiscal_year=run.fiscal_year, sop=run.sop, started_at=run.started_at, started_by=run.started_by
    )
    framework = Framework.objects.create(run=copied, scheme=run.framework.scheme)
    dimension = framework.dimensions.create(title="มิติภายใน", weight=Decimal(100))
    levels = [[str(level), str(20 * level)] for level in range(1, 6)]
    same = {"framework": framework, "dimension": dimension, "group": unit, "measure": "ร้อยละ"}
    scored = {"criteria": {"kind": "ladder", "levels": levels}, "weight": Decimal("6.66"), "state": KpiState.SELECTED}
    kpis = add_kpis(unit, KPIS_OF_A_UNIT, **same, **scored)
    MonthlyResult.objects.bulk_create(
        MonthlyResult(
            kpi=kpi,
            month=run.year.starts_on,
            value=Decimal(37 * n + number) / 8,
            reported_at=run.started_at,
            reported_by=run.started_by,
        )
        for n, kpi in enumerate(kpis)
    )
    return copied


def add_to_the_library(kpi: Any, up_to: int) -> None:
    """Proposed KPIs like one of a year, until there are so many of them."""
    from raprong.kpis.enums import KpiState

    names = ("framework", "dimension", "group", "measure", "criteria", "target")
    alike = {name: getattr(kpi, name) for name in names}
    missing = up_to - kpi.framework.kpis.count()
    add_kpis(kpi.kpi.unit, missing, **alike, criteria_kind=kpi.criteria_kind, state=KpiState.PROPOSED)


def add_kpis(unit: Any, count: int, **fields: Any) -> list[Any]:
    from raprong.kpis.models import Kpi, KpiYear

    ids = Kpi.objects.bulk_create(Kpi(unit=unit) for _ in range(count))
    return KpiYear.objects.bulk_create(
        KpiYear(kpi=kpi, code=f"99.{n}", sort_code=f"99.{n:04}", title=f"ตัวชี้วัดที่ {n} ของหน่วยงาน", **fields)
        for n, kpi in enumerate(ids, start=1)
    )


def insert_two_rows(person: Any) -> None:
    """Two plain rows in one transaction."""
    from django.db import transaction
    from django.utils import timezone

    from raprong.notifications.models import Notice

    with transaction.atomic():
        for kind in ("one", "two"):
            Notice.objects.create(person=person, kind=kind, about="bench", sent_at=timezone.now())


def signed_in(person: Any) -> dict[str, str]:
    """The cookie of a new session."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person.user, "allauth.account.auth_backends.AuthenticationBackend")
    return {settings.SESSION_COOKIE_NAME: str(client.session.session_key)}


def queries_of(address: str, person: Any) -> list[tuple[type, Any]]:
    """A page's own queries, noted while it is asked for without a server."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person.user, "allauth.account.auth_backends.AuthenticationBackend")
    client.get(address)  # what is looked up once for the life of a process
    with noting_queries() as noted:
        response = client.get(address)
    assert response.status_code == 200, response.status_code
    return noted


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
    """A new installation with a folder that goes away, its year, and a server on it."""
    with TemporaryDirectory(prefix="raprong-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "raprong.config.settings",
            "RAPRONG_DATA_DIR": folder,
            "RAPRONG_DEMONSTRATION": "1",
        }
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
