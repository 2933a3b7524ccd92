"""Each submission has a receipt: its number leaves no gap, and its moment is the one that counts."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django.utils.translation import override

from raprong.access.rules import Refused
from raprong.assessments import actions as assessments
from raprong.assessments.models import Receipt, ReceiptRegister, SelfAssessment
from raprong.assessments.queries import items_of
from raprong.assessments.receipts.documents import receipt_paper
from raprong.assessments.receipts.lateness import late_by, late_words
from raprong.assessments.rounds import due_on
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.documents.registry import render
from raprong.files.store import open_content
from raprong.processes.models import Run
from raprong.records.models import Record
from tests.factories.assessments import (
    IN_MARCH,
    IN_SEPTEMBER,
    agree_on_kpis,
    come_to,
    complete,
    gather_parts,
    report,
    submitted_report,
)

DUE = date(2027, 4, 16)
MIDNIGHT = datetime(2027, 4, 16, 17, 0, tzinfo=UTC)  # of the seventeenth, in Bangkok


@pytest.fixture
def ready(run: Run, cast: SampleAgency) -> SelfAssessment:
    """The half-year's report, complete and gathered."""
    planner = cast.people["planner"]
    kpis = agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=planner, at=run.started_at)
    report(kpis[0], date(2027, 3, 1), "59", by=planner)
    opened = assessments.open_report(run, 6, by=planner, at=IN_MARCH)
    for item in opened.items.all():
        complete(item, by=planner, at=IN_MARCH)
    gather_parts(opened, by=planner, at=IN_MARCH)
    return opened


def submit(ready: SelfAssessment, cast: SampleAgency, *, at: datetime, received_at: datetime | None = None) -> Receipt:
    planner = cast.people["planner"]
    return assessments.submit(ready, seen=None, by=planner, at=at, received_at=received_at).receipt


def test_a_receipt_names_the_moment_and_the_sealed_report(ready: SelfAssessment, cast: SampleAgency) -> None:
    receipt = submit(ready, cast, at=IN_MARCH)

    ready.refresh_from_db()
    with open_content(ready.sealed.sha256) as stored:
        content = stored.read()
    assert (str(receipt), receipt.received_at, receipt.due_on) == ("1/2570", IN_MARCH, due_on(ready.run, 6))
    assert receipt.sha256 == ready.sealed.sha256 == sha256(content).hexdigest()
    assert Record.objects.get(kind="receipt").file == receipt.paper
    entry = Entry.objects.get(kind="assessment.submitted")
    assert (entry.facts["receipt"], entry.facts["late"]) == ("1/2570", False)


def test_a_second_press_gives_the_same_receipt(ready: SelfAssessment, cast: SampleAgency) -> None:
    first = submit(ready, cast, at=IN_MARCH)

    second = submit(ready, cast, at=IN_MARCH + timedelta(seconds=2))

    assert second == first
    assert Entry.objects.filter(kind="assessment.submitted").count() == 1
    assert Record.objects.filter(kind="receipt").count() == 1


def test_somebody_else_is_told_the_receipt_that_was_given(ready: SelfAssessment, cast: SampleAgency) -> None:
    submit(ready, cast, at=IN_MARCH)

    with pytest.raises(Refused, match="1/2570"):
        assessments.submit(ready, seen=None, by=cast.people["director"], at=IN_MARCH)


def test_numbers_run_on_and_a_failed_submission_leaves_no_gap(
    run: Run, ready: SelfAssessment, cast: SampleAgency
) -> None:
    with transaction.atomic():
        submit(ready, cast, at=IN_MARCH)
        transaction.set_rollback(True)

    first = submit(SelfAssessment.objects.get(pk=ready.pk), cast, at=IN_MARCH)
    second = submitted_report(run, cast, 12, at=IN_SEPTEMBER).receipt

    assert [str(first), str(second)] == ["1/2570", "2/2570"]
    assert ReceiptRegister.objects.get(unit=run.unit, fiscal_year=2570).last == 2


def test_what_was_received_in_time_is_in_time_however_long_the_work_took(
    ready: SelfAssessment, cast: SampleAgency
) -> None:
    deadline = datetime.combine(due_on(ready.run, 6), datetime.min.time(), UTC) + timedelta(hours=17)

    receipt = submit(ready, cast, at=deadline + timedelta(seconds=40), received_at=deadline - timedelta(seconds=1))

    assert receipt.late_by is None


def test_one_second_late_is_received_and_told_in_words(ready: SelfAssessment, cast: SampleAgency) -> None:
    deadline = datetime.combine(due_on(ready.run, 6), datetime.min.time(), UTC) + timedelta(hours=17)

    receipt = submit(ready, cast, at=deadline + timedelta(seconds=1))
    paper = receipt_paper(receipt, list(items_of(receipt.assessment)))

    assert receipt.late_by == timedelta(seconds=1)
    assert paper.late == "หลังกำหนด 1 วินาที"
    assert "เวลา 00.00.01 น." in paper.received
    assert render(paper).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "1 second after the due day"),
        (timedelta(seconds=59), "59 seconds after the due day"),
        (timedelta(minutes=1), "1 minute after the due day"),
        (timedelta(hours=5, minutes=59), "5 hours after the due day"),
        (timedelta(days=2, hours=23), "2 days after the due day"),
    ],
)
def test_lateness_is_told_in_its_largest_unit(span: timedelta, words: str) -> None:
    with override("en"):
        assert late_words(span) == words


def test_the_due_day_lasts_until_midnight_in_bangkok() -> None:
    assert late_by(MIDNIGHT - timedelta(microseconds=1), DUE) is None
    assert late_by(MIDNIGHT, DUE) == timedelta(0)
