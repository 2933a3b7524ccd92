"""Someone is only looking: the connection is shut to writes, on both databases alike."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from raprong.core.databases.read_only import WriteWhileReading, changes_something, reading_only
from raprong.core.models import DemonstrationClock
from raprong.core.read_only import reads_on_get

READS = [
    "SELECT * FROM kpi FOR UPDATE",
    "  (SELECT 1) UNION (SELECT 2)",
    'WITH x AS (SELECT "update" FROM kpi) SELECT * FROM x',
    "SAVEPOINT s1",
    "RELEASE SAVEPOINT s1",
    "ROLLBACK TO SAVEPOINT s1",
    "BEGIN IMMEDIATE",
    'UPDATE "django_session" SET x = 1',
    'INSERT INTO "django_session" (a) VALUES (1)',
]
WRITES = [
    "INSERT INTO kpi VALUES (1)",
    "update kpi set a = 1",
    "DELETE FROM kpi",
    "REPLACE INTO kpi VALUES (1)",
    "WITH gone AS (DELETE FROM kpi RETURNING *) SELECT * FROM gone",
    "DROP TABLE kpi",
    "CREATE TABLE kpi (a)",
    "TRUNCATE kpi",
    'UPDATE "django_session_archive" SET x = 1',
    "",
]


@pytest.mark.parametrize("sql", READS)
def test_reading_is_recognised(sql: str) -> None:
    assert not changes_something(sql)


@pytest.mark.parametrize("sql", WRITES)
def test_writing_is_recognised(sql: str) -> None:
    assert changes_something(sql)


@pytest.mark.django_db
def test_write_while_reading_is_refused_in_words() -> None:
    with pytest.raises(WriteWhileReading, match="only being looked at"), transaction.atomic(), reading_only():
        DemonstrationClock.objects.create(ahead_seconds=1)

    assert not DemonstrationClock.objects.exists()


@pytest.mark.django_db
def test_queries_and_savepoints_go_on_while_reading() -> None:
    with reading_only(), transaction.atomic(), transaction.atomic():
        found = DemonstrationClock.objects.count()

    assert found == 0


@pytest.mark.django_db
def test_visit_is_kept_while_reading() -> None:
    with reading_only():
        Session.objects.create(session_key="visit", session_data="", expire_date=timezone.now())

    assert Session.objects.filter(session_key="visit").exists()


@pytest.mark.django_db
def test_writes_are_open_again_afterwards() -> None:
    with reading_only():
        pass

    DemonstrationClock.objects.create(ahead_seconds=1)

    assert connection.execute_wrappers == []


@reads_on_get
def save_something(request: HttpRequest) -> HttpResponse:
    DemonstrationClock.objects.create(ahead_seconds=1)
    return HttpResponse("saved")


@pytest.mark.django_db
def test_view_may_write_on_post() -> None:
    response = save_something(RequestFactory().post("/"))

    assert response.content == b"saved"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_view_may_not_write_when_only_read(method: str) -> None:
    request = getattr(RequestFactory(), method)("/")

    with pytest.raises(WriteWhileReading):
        save_something(request)
