"""The embedded engine: what it promises about durability, and writers that queue."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.utils import ConnectionHandler

ROOT = Path(__file__).resolve().parents[3]
WRITER = Path(__file__).with_name("writer.py")


@pytest.fixture(autouse=True)
def files_of_our_own(django_db_blocker: Any) -> Iterator[None]:
    """These tests open database files of their own, beside the suite's."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def counter_file(tmp_path: Path) -> Path:
    path = tmp_path / "counter.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE counter (n INTEGER CHECK (n >= 0))")
        database.execute("INSERT INTO counter VALUES (0)")
    database.close()
    return path


@pytest.fixture
def connection(counter_file: Path) -> Iterator[Any]:
    opened = open_connection(counter_file)
    yield opened
    opened.close()


def open_connection(path: Path | str) -> Any:
    settings = {"ENGINE": "raprong.core.databases.sqlite3", "NAME": str(path)}
    return ConnectionHandler({"default": settings})["default"]


def write(connection: Any, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counter SET n = %s", [value])


def value_in(path: Path) -> int:
    database = sqlite3.connect(path)
    (value,) = database.execute("SELECT n FROM counter").fetchone()
    database.close()
    return value


def start_writer(path: Path, writes: int, *flags: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(WRITER), str(path), str(writes), *flags]
    return subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})


@contextmanager
def in_a_transaction(connection: Any) -> Iterator[None]:
    """A transaction on a connection of our own, through the same steps that `transaction.atomic` takes."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    else:
        connection.commit()
    finally:
        connection.set_autocommit(True)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 20_000), ("foreign_keys", 1)],
)
def test_every_connection_keeps_what_was_answered(connection: Any, pragma: str, value: object) -> None:
    with connection.cursor() as cursor:
        found = cursor.execute(f"PRAGMA {pragma}").fetchone()

    assert found == (value,)


def test_several_processes_lose_no_write(counter_file: Path) -> None:
    writers = [start_writer(counter_file, 50) for _ in range(4)]

    codes = [writer.wait(60) for writer in writers]

    assert codes == [0, 0, 0, 0]
    assert value_in(counter_file) == 200


def test_death_of_a_writer_lets_the_next_one_in(counter_file: Path) -> None:
    died = start_writer(counter_file, 1, "--die-while-writing").wait(60)

    survived = start_writer(counter_file, 1).wait(60)

    assert (died, survived) == (9, 0)
    assert value_in(counter_file) == 1


def test_second_thread_waits_for_the_first_transaction(counter_file: Path, connection: Any) -> None:
    order: list[str] = []

    def write_later() -> None:
        other = open_connection(counter_file)
        with in_a_transaction(other):
            order.append("second")
            write(other, 2)
        other.close()

    second = threading.Thread(target=write_later)
    with in_a_transaction(connection):
        second.start()
        second.join(0.2)
        write(connection, 1)
        order.append("first")
    second.join(20)

    assert order == ["first", "second"]
    assert value_in(counter_file) == 2


def test_refused_write_frees_the_queue(counter_file: Path, connection: Any) -> None:
    with pytest.raises(DatabaseError), in_a_transaction(connection):
        write(connection, -1)

    assert start_writer(counter_file, 1).wait(60) == 0


def test_closing_mid_transaction_frees_the_queue(counter_file: Path, connection: Any) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    write(connection, 7)

    connection.close()

    assert start_writer(counter_file, 1).wait(60) == 0
    assert value_in(counter_file) == 1


def test_memory_database_needs_no_lock_file() -> None:
    connection = open_connection(":memory:")

    with in_a_transaction(connection), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE thing (n INTEGER)")

    assert connection.write_lock is None


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_house_itself_runs_on_this_engine() -> None:
    from django.db import connection as ours

    with transaction.atomic():
        held = ours.write_lock

    assert held is not None
