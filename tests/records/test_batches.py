"""Many papers in one ZIP: whole, in order, each printed once, with hashes; faults are lines and stops leave nothing."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.documents import render, sample
from raprong.files import actions as files
from raprong.files import store
from raprong.organisation.models import Person
from raprong.records import batch_making, batches, printing
from raprong.records.batches import SILENT, Wanted
from raprong.records.bundle import HASHES, LIST
from raprong.records.enums import BatchState
from raprong.records.models import Batch, BatchPaper, PrintedPaper

AT = datetime(2026, 12, 15, 3, 0, tzinfo=UTC)


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


def letters(cast: SampleAgency, *, count: int = 3, **changes: Any) -> list[Wanted]:
    paper = sample("circular")
    return [
        Wanted(
            title=f"หนังสือที่ {number}",
            which=f"circular-{number}",
            paper=replace(paper, number=f"ตย {number}", **changes),  # type: ignore[type-var]
            unit=cast.office,
        )
        for number in range(1, count + 1)
    ]


def asked(wanted: list[Wanted], cast: SampleAgency, by: Person) -> Batch:
    return batches.order(wanted, title="หนังสือเวียน", unit=cast.office, permission="records.read", by=by, at=AT)


def made(wanted: list[Wanted], cast: SampleAgency, by: Person) -> Batch:
    batch = asked(wanted, cast, by)
    batch_making.make(batch.pk)
    batch.refresh_from_db()
    return batch


def zip_of(batch: Batch) -> ZipFile:
    assert batch.file is not None
    return ZipFile(BytesIO(store.place_of(batch.file.sha256).read_bytes()))


def list_of(batch: Batch) -> list[list[str]]:
    return list(csv.reader(StringIO(zip_of(batch).read(LIST).decode("utf-8-sig"))))[1:]


def strays() -> list[Path]:
    return [path for path in Path(settings.FILES_DIR).glob(".*") if path.is_file()]


def test_a_batch_holds_every_paper_in_order_with_its_hash(cast: SampleAgency, planner: Person) -> None:
    wanted = letters(cast)

    batch = made(wanted, cast, planner)

    assert (batch.state, batch.done) == (BatchState.DONE, 3)
    packed = zip_of(batch)
    assert packed.namelist() == ["1-circular-1.pdf", "2-circular-2.pdf", "3-circular-3.pdf", HASHES, LIST]
    for line in packed.read(HASHES).decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(packed.read(name)).hexdigest() == digest
    assert [row[1] for row in list_of(batch)] == [each.title for each in wanted]


def test_a_paper_in_a_batch_is_the_very_paper_that_prints_alone(cast: SampleAgency, planner: Person) -> None:
    [wanted] = letters(cast, count=1)
    assert wanted.paper is not None

    packed = zip_of(made([wanted], cast, planner))

    assert packed.read("1-circular-1.pdf") == render(wanted.paper)


def test_a_kept_file_goes_into_the_batch_as_it_lies(cast: SampleAgency, planner: Person) -> None:
    kept = files.keep(b"sealed", "x.pdf", media_type="application/pdf", unit=cast.office, by=planner, at=AT)

    batch = made([Wanted(title="ฉบับลงนาม", which="agreement-1", file=kept)], cast, planner)

    assert zip_of(batch).read("1-agreement-1.pdf") == b"sealed"
    assert not PrintedPaper.objects.exists()


def test_an_unchanged_paper_is_never_printed_twice(
    cast: SampleAgency, planner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(letters(cast), cast, planner)
    printed: list[str] = []
    monkeypatch.setattr(printing, "render", lambda paper, **_: printed.append(paper.number) or render(paper))

    batch = made(letters(cast, count=4), cast, planner)

    assert printed == ["ตย 4"]
    assert batch.done == 4


def test_a_faulty_paper_is_a_line_and_does_not_stop_the_others(cast: SampleAgency, planner: Person) -> None:
    good = letters(cast)
    assert good[1].paper is not None
    faulty = replace(good[1], paper=replace(good[1].paper, subject="หนังสือ \U0001f600"))  # type: ignore[type-var]

    batch = made([good[0], faulty, good[2]], cast, planner)

    assert batch.state == BatchState.DONE
    assert zip_of(batch).namelist()[:2] == ["1-circular-1.pdf", "3-circular-3.pdf"]
    assert [bool(row[4]) for row in list_of(batch)] == [False, True, False]
    assert "พิมพ์ไม่ได้" in list_of(batch)[1][4]


def test_a_title_in_the_list_never_starts_a_formula(cast: SampleAgency, planner: Person) -> None:
    [wanted] = letters(cast, count=1)

    batch = made([replace(wanted, title="=HYPERLINK()")], cast, planner)

    assert list_of(batch)[0][1] == "'=HYPERLINK()"


def test_a_name_cannot_lead_out_of_the_folder(cast: SampleAgency, planner: Person) -> None:
    [wanted] = letters(cast, count=1)

    batch = made([replace(wanted, which="../../etc/x\\y")], cast, planner)

    assert zip_of(batch).namelist()[0] == "1-..-..-etc-x-y.pdf"


def test_a_batch_that_is_stopped_before_its_turn_is_not_printed(cast: SampleAgency, planner: Person) -> None:
    batch = asked(letters(cast), cast, planner)

    batches.cancel(batch, by=planner, at=AT)
    batch_making.make(batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.file) == (BatchState.CANCELLED, None)
    assert not PrintedPaper.objects.exists()


def test_a_batch_that_is_stopped_on_the_way_leaves_nothing(
    cast: SampleAgency, planner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, before = asked(letters(cast, count=12), cast, planner), strays()

    def stopped(rows: Batch) -> Iterator[Any]:
        for number, each in enumerate(whole(rows)):
            if number == 2:
                batches.cancel(batch, by=planner, at=AT)
            yield each

    whole = batch_making._printed_papers
    monkeypatch.setattr(batch_making, "_printed_papers", stopped)
    batch_making.make(batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.file, batch.done) == (BatchState.CANCELLED, None, 2)
    assert strays() == before


def test_two_workers_print_a_batch_once(cast: SampleAgency, planner: Person) -> None:
    batch = made(letters(cast), cast, planner)
    first = batch.file

    batch_making.make(batch.pk)

    batch.refresh_from_db()
    assert batch.file == first
    assert Entry.objects.filter(kind="batch.made").count() == 1


def test_asking_puts_the_work_into_the_queue(
    cast: SampleAgency, planner: Person, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        batch = asked(letters(cast), cast, planner)

    job = DBTaskResult.objects.get(task_path="raprong.records.tasks.make_batch")
    assert job.args_kwargs["args"] == [batch.pk]


def test_asking_for_nothing_is_refused_in_words(cast: SampleAgency, planner: Person) -> None:
    with pytest.raises(Faults) as refused:
        asked([], cast, planner)

    assert refused.value.faults[0].field == "papers"


def test_a_second_batch_waits_for_the_first(cast: SampleAgency, planner: Person) -> None:
    asked(letters(cast), cast, planner)

    with pytest.raises(Refused, match="หนังสือเวียน"):
        asked(letters(cast), cast, planner)


def test_only_who_asked_stops_a_batch(cast: SampleAgency, planner: Person) -> None:
    batch = asked(letters(cast), cast, planner)

    with pytest.raises(Refused, match=planner.name):
        batches.cancel(batch, by=cast.people["director"], at=AT)


def test_a_finished_batch_cannot_be_stopped(cast: SampleAgency, planner: Person) -> None:
    batch = made(letters(cast, count=1), cast, planner)

    with pytest.raises(Refused):
        batches.cancel(batch, by=planner, at=AT)


def test_a_batch_whose_worker_was_killed_starts_again(cast: SampleAgency, planner: Person) -> None:
    batch = asked(letters(cast), cast, planner)
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.PRINTING, moved_at=AT, done=2)
    batch.refresh_from_db()

    with pytest.raises(Refused):
        batches.start_again(batch, by=planner, at=AT + SILENT)
    batches.start_again(batch, by=planner, at=AT + SILENT + timedelta(seconds=1))
    batch_making.make(batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.done) == (BatchState.DONE, 3)
    assert Entry.objects.filter(kind="batch.started_again").count() == 1


def test_a_batch_that_ended_keeps_no_data_of_its_papers(cast: SampleAgency, planner: Person) -> None:
    ready = made(letters(cast), cast, planner)
    stopped = batches.cancel(asked(letters(cast), cast, planner), by=planner, at=AT)

    assert not BatchPaper.objects.filter(batch__in=[ready, stopped]).exclude(data="").exists()


def test_a_batch_is_seen_by_who_asked_while_they_may_read(
    cast: SampleAgency, planner: Person, outsider: Person
) -> None:
    batch = asked(letters(cast), cast, planner)
    on = AT.date()

    assert batch in Batch.objects.visible_to(planner, on=on)
    assert batch not in Batch.objects.visible_to(cast.people["director"], on=on)
    assert batch not in Batch.objects.visible_to(outsider, on=on)
    Batch.objects.filter(pk=batch.pk).update(permission="audit.administer")
    assert batch not in Batch.objects.visible_to(planner, on=on)


def test_what_happened_to_a_batch_is_on_the_trail(cast: SampleAgency, planner: Person) -> None:
    batch = made(letters(cast), cast, planner)
    other = asked(letters(cast), cast, planner)
    batches.cancel(other, by=planner, at=AT)

    kinds = Entry.objects.filter(kind__startswith="batch.").order_by("pk").values_list("kind", flat=True)

    assert list(kinds) == ["batch.ordered", "batch.made", "batch.ordered", "batch.cancelled"]
    assert batch.file is not None
    assert Entry.objects.get(kind="batch.made").facts["sha256"] == batch.file.sha256
