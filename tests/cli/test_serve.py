"""`raprong serve`, with its real processes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.prepared import kept_file

ROOT = Path(__file__).resolve().parents[2]
RAPRONG = [sys.executable, "-c", "from raprong.cli import main; main()"]
SECONDS_TO_START = 60
SECONDS_TO_LET_GO = 5


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def status_of(address: str) -> int | None:
    """The status an address answers with; nothing where nobody listens."""
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def wait_until(holds: Any) -> bool:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def prepared(tmp_path: Path, django_db_setup: None) -> None:
    """A data folder whose database needs no migrating any more, which takes longer than anything else here."""
    shutil.copyfile(kept_file(), tmp_path / "raprong.sqlite3")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on the data folder of the test, answering, and its address."""
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"RAPRONG_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "raprong.config.settings"}
    command = [*RAPRONG, "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    address = f"http://127.0.0.1:{port}/account/sign-in/"
    try:
        assert wait_until(lambda: process.poll() is not None or status_of(address)), "nobody answered"
        yield process, address
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def children_of(pid: int) -> set[int]:
    return {int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def is_running(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.sqlite
def test_first_start_says_what_it_does_and_stops_cleanly(
    served: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = served
    status = status_of(address)

    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=SECONDS_TO_START)

    assert said.splitlines() == [
        f"Preparing the SQLite database in {tmp_path}",
        "Starting the server",
        f"Raprong is at {address.removesuffix('/account/sign-in/')}  (Ctrl-C stops it)",
        "Stopped.",
    ]
    assert (status, process.returncode) == (200, 0)


@pytest.mark.sqlite
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
@pytest.mark.usefixtures("prepared")
def test_killed_server_leaves_nobody_behind_and_its_port_free(served: tuple[subprocess.Popen[str], str]) -> None:
    process, address = served
    children = children_of(process.pid)

    process.kill()
    process.wait()
    killed_at = time.monotonic()

    assert children
    assert wait_until(lambda: status_of(address) is None)
    assert time.monotonic() - killed_at < SECONDS_TO_LET_GO
    assert wait_until(lambda: not any(is_running(child) for child in children))


@pytest.mark.sqlite
@pytest.mark.usefixtures("prepared")
def test_uploads_on_slow_lines_keep_nobody_waiting(served: tuple[subprocess.Popen[str], str]) -> None:
    _process, address = served
    with urllib.request.urlopen(address) as page:
        cookie = page.headers["Set-Cookie"].partition(";")[0]
    place = urlsplit(address)
    head = f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookie}\r\nContent-Length: 9000\r\n"
    lines = [socket.create_connection((place.hostname, place.port)) for _ in range(3 * len(os.sched_getaffinity(0)))]
    for line in lines:
        line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=".encode())

    answers = [status_of(address) for _ in range(8)]

    for line in lines:
        line.close()
    assert answers == [200] * 8


def test_taken_port_is_refused_in_words(raprong: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = raprong("serve", "--port", str(port))

    assert answer.status == 2
    assert answer.complained.startswith(f"Port {port} of 127.0.0.1 is taken")
    assert f"raprong serve --port {port + 1}" in answer.complained


def test_address_of_another_machine_is_refused_in_words() -> None:
    command = [*RAPRONG, "serve", "--host", "192.0.2.1"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS_TO_START)

    assert done.returncode == 2
    assert done.stderr.startswith("192.0.2.1 is not an address of this machine.")


def test_front_end_that_was_not_built_is_refused_in_words(raprong: Any, settings: Any) -> None:
    settings.STATICFILES_FINDERS = []

    answer = raprong("serve", "--port", str(free_port()))

    assert (answer.status, answer.complained) == (2, "The front end has not been built. `make install` builds it.\n")
