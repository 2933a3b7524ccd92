"""What `raprong serve` does, one thing after another: look at the port, prepare the database, serve."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.db import connection, connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from raprong.access.rules import Refused
from raprong.cli.lifeline import Lifeline

APPLICATION = "raprong.config.wsgi:application"
STYLE_SHEET = "raprong/app.css"
SECONDS_TO_STOP = 20

# A thread is held for as long as somebody's upload is on its way, however slow their line is; the others go on
# answering. On PostgreSQL each is a connection.
THREADS = {"sqlite": 16}
THREADS_ELSEWHERE = 8

WHY_NOT = {
    errno.EADDRINUSE: "Port {port} of {host} is taken, perhaps by another `raprong serve`. "
    "Stop that one, or choose another port: raprong serve --port {other}",
    errno.EACCES: "Port {port} is not for ordinary users. Choose one from 1024 to 65535.",
    errno.EADDRNOTAVAIL: "{host} is not an address of this machine. 127.0.0.1 serves this machine alone, "
    "0.0.0.0 whoever can reach it.",
}


def check_port_is_free(host: str, port: int) -> None:
    """Refuse an address that cannot be served on, in words that say what to do."""
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise Refused(WHY_NOT[errno.EADDRNOTAVAIL].format(host=host)) from None
    with socket.socket(family, kind, proto) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as error:
            why = WHY_NOT.get(error.errno or 0, "{host}:{port} cannot be served on: " + (error.strerror or ""))
            raise Refused(why.format(host=host, port=port, other=port + 1)) from None


def check_front_end_is_built() -> None:
    """Refuse to serve pages without their style; the bundle is built, not kept in the repository."""
    if find(STYLE_SHEET) is None:
        raise Refused("The front end has not been built. `make install` builds it.")
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def serve(host: str, port: int, *, when_ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM: a process for each core, and a worker for jobs beside them.

    Requests and jobs that have begun are brought to their end. Should this process be killed, the others stop too.
    """
    connections.close_all()  # none is shared with the processes forked from this one
    lifeline = Lifeline()
    worker = subprocess.Popen(
        [sys.executable, "-m", "raprong.cli.worker", str(lifeline.held)],
        pass_fds=[lifeline.held],
        start_new_session=True,
    )
    server = Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=cores(),
        blocking_threads=THREADS.get(connection.vendor, THREADS_ELSEWHERE),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
        log_level=LogLevels.error,
    )
    server.on_startup(when_ready)
    try:
        server.serve()
    finally:
        lifeline.cut()
        stop(worker)


def stop(worker: subprocess.Popen[bytes]) -> None:
    """Wait for the job in hand; one that does not end is left to begin again next time."""
    try:
        worker.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def cores() -> int:
    """The cores this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
