"""The server is killed while people save: whatever was answered is there afterwards."""

import http.client
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.cli.test_serve import RAPRONG, ROOT, children_of, free_port, status_of, wait_until
from tests.prepared import kept_file

PASSWORD = "raprong-demo"
THIS_YEAR = """
import django
django.setup()
from django.utils import timezone
from raprong.cli.management.commands.demonstrate import PASSWORD, Command
from raprong.cli.sample.organisation import settle
from raprong.lib.thai.fiscal_year import FiscalYear
Command().play(list(settle(password=PASSWORD).values()), FiscalYear.of(timezone.localdate()))
"""
FAR_ABOVE_THE_SAMPLE = 10_000_000
ROUNDS = 3
SAVES_BEFORE_THE_KILL = 8


class Visitor:
    """A person at a browser, as far as HTTP goes: remembers cookies, fills in one form."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, SimpleCookie()

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())}
            body = None
            if fields is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                body = urlencode(fields | {"csrfmiddlewaretoken": self.cookies["csrftoken"].value})
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            for cookie in response.headers.get_all("Set-Cookie") or []:
                self.cookies.load(cookie)
            return response.status, response.headers.get("Location", ""), text
        finally:
            connection.close()

    def sign_in(self, username: str) -> None:
        self.ask("GET", "/account/sign-in/")
        status, _, _ = self.ask("POST", "/account/sign-in/", {"login": username, "password": PASSWORD})
        assert status == 302


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> dict[str, str]:
    """An installation on SQLite in which the demonstration's unit has lived through this year until now."""
    data = tmp_path_factory.mktemp("installation")
    shutil.copyfile(kept_file(), data / "raprong.sqlite3")
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {
        "RAPRONG_DATA_DIR": str(data),
        "RAPRONG_DEMONSTRATION": "1",
        "DJANGO_SETTINGS_MODULE": "raprong.config.settings",
    }
    subprocess.run([sys.executable, "-c", THIS_YEAR], cwd=ROOT, env=environment, check=True, capture_output=True)
    return environment


def serve(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    command = [*RAPRONG, "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    assert wait_until(lambda: status_of(f"http://127.0.0.1:{port}/account/sign-in/"))
    return process


def fields_of(page: str) -> dict[str, str]:
    """The month's form as a browser would send it back, for the first KPI whose figure is typed as it is."""
    typed = re.search(r'name="(\w+)-value"', page)
    assert typed, "the month's form has a KPI whose figure is typed"
    kpi = typed[1]
    version = re.search(rf'name="{kpi}-version"[^>]*?value="(\d+)"|value="(\d+)"[^>]*?name="{kpi}-version"', page)
    assert version, "the form says which version was seen"
    return {"kpi": kpi, "version": version[1] or version[2]}


def save_until_killed(visitor: Visitor, path: str, start: int, enough: threading.Event) -> Iterator[int]:
    """Save rising figures one after another; answers each that the server said it had saved."""
    figure = start
    while True:
        figure += 1
        try:
            _, _, page = visitor.ask("GET", path)
            form = fields_of(page)
            sent = {f"{form['kpi']}-value": str(figure), f"{form['kpi']}-version": form["version"]}
            status, _, _ = visitor.ask("POST", path, sent)
        except (OSError, http.client.HTTPException):
            return
        assert status == 302
        yield figure
        if figure - start >= SAVES_BEFORE_THE_KILL:
            enough.set()


def stored_figures(data: Path) -> list[Decimal]:
    database = sqlite3.connect(data / "raprong.sqlite3")
    try:
        rows = database.execute("SELECT value FROM results_monthlyresult").fetchall()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        database.close()
    return [Decimal(str(value)) for (value,) in rows if value is not None]


@pytest.mark.sqlite
def test_a_killed_server_has_lost_no_answered_request(environment: dict[str, str]) -> None:
    port, answered = free_port(), FAR_ABOVE_THE_SAMPLE

    for _ in range(ROUNDS):
        process = serve(environment, port)
        visitor, enough = Visitor(port), threading.Event()
        visitor.sign_in("head1")
        threading.Thread(target=kill_after, args=(enough, process), daemon=True).start()
        for figure in save_until_killed(visitor, month_to_report(visitor), answered + 1, enough):
            answered = figure
        process.wait()

        assert Decimal(answered) <= max(stored_figures(Path(environment["RAPRONG_DATA_DIR"]))) <= Decimal(answered + 1)

    verified = subprocess.run(
        [*RAPRONG, "audit", "verify"], cwd=ROOT, env=environment, check=False, capture_output=True
    )
    assert verified.returncode == 0, verified.stdout


def kill_after(enough: threading.Event, process: subprocess.Popen[bytes]) -> None:
    """The server and every worker of it, at once and without a word."""
    enough.wait(timeout=120)
    for pid in [*children_of(process.pid), process.pid]:
        os.kill(pid, signal.SIGKILL)


def month_to_report(visitor: Visitor) -> str:
    """The address of the newest month that the grid offers to fill in."""
    _, _, home = visitor.ask("GET", "/sops/")
    grid = re.search(r'href="(/results/of/\w+/)"', home)
    assert grid, "the menu leads to the monthly results"
    _, _, page = visitor.ask("GET", grid[1])
    months = re.findall(r'href="(/results/of/\w+/months/[\w-]+/)', page)
    assert months, "the grid offers a month"
    return str(months[-1])
