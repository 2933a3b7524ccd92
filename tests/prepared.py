"""One prepared database of which every process has a copy: copying takes no time at all.

SQLite's is kept for later runs under a name that changes with models and migrations. Whatever was copied is migrated
like every database that stood before, so that a copy which lacks something gets it.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from raprong.core.databases.preparing import bring_up_to_date

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "prepared"
MADE_OF = ("raprong/*/models.py", "raprong/*/migrations/*.py", "raprong/core/**/*.py", "requirements.lock")
RUN = Path(os.environ["RAPRONG_TESTS_DIR"]).name  # the same for all processes of one run; see tests/settings.py
TEMPLATE = f"template_{RUN.replace('-', '_')}"  # the database that PostgreSQL copies


def begin_with_copy(connection: Any) -> bool:
    """See to it that this process's test database begins as a copy. Whether it stands already is answered."""
    with one_process_at_a_time():
        if connection.vendor == "sqlite":
            copy_file(connection)
        else:
            name_template(connection)
    return connection.vendor == "sqlite"


def remove_original(connection: Any) -> None:
    """At the end of a run. The file of SQLite stays for the next one."""
    if connection.vendor == "postgresql":
        execute_aside(connection, f'DROP DATABASE IF EXISTS "{TEMPLATE}"')


def copy_file(connection: Any) -> None:
    original = kept_file()
    if not original.exists():
        for older in KEPT.glob("*.sqlite3*"):
            older.unlink()
        begun = original.with_suffix(".sqlite3-begun")
        prepare(connection, str(begun))
        begun.rename(original)
    shutil.copyfile(original, connection.settings_dict["TEST"]["NAME"])


def kept_file() -> Path:
    """SQLite's prepared database, which stands once a test database has been set up."""
    return KEPT / f"{fingerprint()}.sqlite3"


@cache
def fingerprint() -> str:
    """Of all that decides what a migrated database is."""
    hashed = hashlib.sha256()
    for path in sorted(path for pattern in MADE_OF for path in ROOT.glob(pattern)):
        hashed.update(path.as_posix().encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()[:16]


def name_template(connection: Any) -> None:
    """PostgreSQL copies a database by itself where Django names a template for the new one."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{TEMPLATE}"')
            prepare(connection, TEMPLATE)
    connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE


def prepare(connection: Any, database: str) -> None:
    with standing_on(connection, database):
        bring_up_to_date()


@contextmanager
def empty_database(connection: Any) -> Iterator[None]:
    """Stand on a database without a table for a while."""
    usual = connection.settings_dict["NAME"]
    name = f"{usual}_empty"
    if connection.vendor == "postgresql":
        execute_aside(connection, f'CREATE DATABASE "{name}"')
    with standing_on(connection, name):
        yield
    if connection.vendor == "postgresql":
        execute_aside(connection, f'DROP DATABASE "{name}"')
    else:
        Path(name).unlink()


@contextmanager
def standing_on(connection: Any, database: str) -> Iterator[None]:
    """Closing leaves SQLite's whole database in its one file."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def execute_aside(connection: Any, statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def one_process_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
