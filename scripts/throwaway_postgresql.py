"""A PostgreSQL cluster for one run: made in a temporary folder, reached by a socket there, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

SECONDS_TO_START = 60
CONNECTIONS = {"max_connections": "200"}
# A crash may lose everything here.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Tables of a few rows: any order of joins will do, and nothing is worth counting, cleaning up or compiling.
    "join_collapse_limit": "1",
    "from_collapse_limit": "1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "autovacuum": "off",
    "track_counts": "off",
    "track_activities": "off",
}


def find_programs() -> Path | None:
    """The folder of PostgreSQL's server programs: on the PATH, where Debian keeps them, or where pg_config says."""
    places = []
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).resolve().parent)
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    if pg_config := shutil.which("pg_config"):
        told = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        places.append(Path(told.stdout.strip()))
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


@contextmanager
def running_cluster(programs: Path, *, durable: bool = False) -> Iterator[str]:
    """Make, start and in the end remove a cluster; gives its address in the form of DATABASE_URL.

    A durable one answers a commit when the disk has it, as PostgreSQL does by itself.
    """
    owner = unprivileged_owner()
    with tempfile.TemporaryDirectory(prefix="raprong-pg-") as folder:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_owner: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        data = f"{folder}/data"
        flags = ["-U", "raprong", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        make = [str(programs / "initdb"), "-D", data, *flags]
        made = subprocess.run(make, cwd=folder, capture_output=True, text=True, check=False, **as_owner)
        if made.returncode:
            raise SystemExit(f"The throw-away PostgreSQL could not be made:\n{made.stderr}")
        settings = CONNECTIONS | ({} if durable else FAST) | {"listen_addresses": "", "unix_socket_directories": folder}
        server_command = [str(programs / "postgres"), "-D", data]
        server_command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (
            Path(folder, "log").open("w") as log,
            subprocess.Popen(server_command, cwd=folder, stdout=log, stderr=log, **as_owner) as server,
        ):
            try:
                wait_until_it_answers(server, folder)
                yield f"postgresql://raprong@{quote(folder, safe='')}/postgres"
            finally:
                server.send_signal(signal.SIGINT)


def unprivileged_owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`."""
    if os.getuid() != 0:
        return None
    people = {person.pw_name: person for person in pwd.getpwall()}
    return people.get("postgres") or people["nobody"]


def wait_until_it_answers(server: subprocess.Popen[bytes], folder: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(host=folder, user="raprong", dbname="postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"The throw-away PostgreSQL did not start:\n{Path(folder, 'log').read_text()}")
