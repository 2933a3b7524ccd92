from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.documents import paper_in, render
from raprong.documents.registry import sample
from raprong.files import store
from raprong.lib.rendering import PdfStandard
from raprong.lib.signing import installation_roots, verify
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.processes.queries import storage_of
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit
from raprong.seals.models import SealedPaper
from raprong.seals.papers import mark_of

AT = datetime(2026, 12, 15, 3, 0, tzinfo=UTC)
TODAY = AT.date()


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


def test_a_paper_is_sealed_kept_by_its_hash_and_deposited(record: Record) -> None:
    pdf = store.place_of(record.sha256).read_bytes()

    printed = render(sample("agreement"), standard=PdfStandard.A_3A, check=mark_of(SealedPaper.objects.get()))
    assert pdf.startswith(printed)
    assert verify(pdf, trust_roots=installation_roots(settings.KEYS_DIR)).holds
    assert record.file.name.startswith("agreement-")


def test_a_deposited_paper_carries_its_own_data(record: Record) -> None:
    pdf = store.place_of(record.sha256).read_bytes()

    assert paper_in(pdf) == sample("agreement")


def test_five_years_run_from_the_end_of_the_fiscal_year(record: Record) -> None:
    assert record.retention_years == 5
    assert record.retain_until == date(2032, 9, 30)


def test_the_deposit_is_in_the_trail_with_its_hash(record: Record) -> None:
    assert Entry.objects.get(kind="record.deposited").facts["sha256"] == record.sha256


def test_only_the_sops_readers_and_the_keepers_see_it(record: Record, cast: SampleAgency) -> None:
    seen_by = {name for name, person in cast.people.items() if record in Record.objects.visible_to(person, on=TODAY)}

    assert seen_by == {"planner", "planning-head", "director", "records", "auditor"}


def test_somebody_of_another_department_does_not_see_it(record: Record, outsider: Person) -> None:
    assert not Record.objects.visible_to(outsider, on=TODAY).exists()


@pytest.mark.parametrize("statement", ["UPDATE records_record SET retention_years = 1", "DELETE FROM records_record"])
def test_a_record_cannot_be_changed_or_removed(record: Record, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_text_no_paper_can_carry_is_refused_in_words_and_nothing_is_kept(run: Run, cast: SampleAgency) -> None:
    paper = replace(sample("agreement"), unit="สำนัก\x00")

    with pytest.raises(Refused, match="อักขระควบคุม"):
        seal_and_deposit(
            paper,
            title="คำรับรอง",
            about=run,
            unit=run.unit,
            fiscal_year=run.fiscal_year,
            storage=storage_of(run),
            by=cast.people["planner"],
            at=AT,
        )

    assert not Record.objects.exists()
