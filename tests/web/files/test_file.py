"""A file is seen by whoever may see what it belongs to, and does nothing in their browser."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.documents.registry import sample
from raprong.files import actions as files
from raprong.files.models import StoredFile
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.processes.queries import storage_of
from raprong.records.actions import deposit
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit

AT = datetime(2026, 10, 6, 3, 0, tzinfo=UTC)


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def address(file: StoredFile) -> str:
    return reverse("files:file", kwargs={"file": file.public_id})


@pytest.fixture
def record(run: Run, cast: SampleAgency) -> Record:
    return seal_and_deposit(
        sample("agreement"),
        title="คำรับรองการปฏิบัติราชการ",
        about=run,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        storage=storage_of(run),
        by=cast.people["planner"],
        at=AT,
    )


def test_a_pdf_is_shown_where_it_can_do_nothing(record: Record, cast: SampleAgency) -> None:
    answer = seat(cast.people["director"]).get(address(record.file))

    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["staff", "head1"])
def test_who_may_not_read_the_record_finds_no_file(record: Record, cast: SampleAgency, name: str) -> None:
    assert seat(cast.people[name]).get(address(record.file)).status_code == 404


def test_another_department_finds_no_file(record: Record, outsider: Person) -> None:
    assert seat(outsider).get(address(record.file)).status_code == 404


def test_a_file_that_belongs_to_nothing_is_seen_by_nobody(run: Run, cast: SampleAgency) -> None:
    file = files.keep(b"loose", "loose.pdf", media_type="application/pdf", unit=run.unit, by=None, at=AT)

    assert seat(cast.people["director"]).get(address(file)).status_code == 404


def test_what_is_no_pdf_is_handed_over_and_never_shown(run: Run, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    file = files.keep(b"<script>", "sheet.xlsx", media_type="application/vnd.ms-excel", unit=run.unit, by=None, at=AT)
    deposit(
        file,
        kind="workbook",
        title="แบบกรอก",
        about=run,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        storage=storage_of(run),
        by=planner,
        at=AT,
    )

    answer = seat(planner).get(address(file))

    assert b"".join(answer.streaming_content) == b"<script>"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_nobody_reads_without_signing_in(record: Record) -> None:
    answer = Client().get(address(record.file))

    assert answer.status_code == 302
    assert reverse("account_login") in answer.headers["Location"]


def picture_address(file: StoredFile, size: str = "small", page: int = 1) -> str:
    return reverse("files:picture", kwargs={"file": file.public_id, "size": size, "page": page})


def test_a_paper_has_a_picture_that_does_nothing(record: Record, cast: SampleAgency) -> None:
    answer = seat(cast.people["director"]).get(picture_address(record.file))

    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"


@pytest.mark.parametrize(("size", "page"), [("huge", 1), ("small", 0), ("small", 400)])
def test_there_is_no_picture_of_what_there_is_not(record: Record, cast: SampleAgency, size: str, page: int) -> None:
    assert seat(cast.people["director"]).get(picture_address(record.file, size, page)).status_code == 404


def test_who_may_not_read_the_record_sees_no_picture(record: Record, cast: SampleAgency) -> None:
    assert seat(cast.people["staff"]).get(picture_address(record.file)).status_code == 404
