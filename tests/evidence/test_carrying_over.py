"""Evidence of the days when it stood under parts of reports is carried into the room of its own, and none is lost."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from raprong.assessments import actions as assessments
from raprong.assessments.enums import State
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence.models import Credit, Evidence, Folder
from raprong.files import actions as files
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.factories.assessments import IN_MARCH, PDF, come_to

pytestmark = pytest.mark.django_db(transaction=True)
CARRIED = ("evidence", "0002_carry_evidence_over")


class Past:
    """The database as it stood before, which the migration finds."""

    def __init__(self) -> None:
        loader = MigrationExecutor(connection).loader
        self.migration = loader.get_migration(*CARRIED)
        self.state = loader.project_state(self.migration.dependencies)
        self.table: Any = self.state.apps.get_model("assessments", "Evidence")

    def goes_on(self) -> None:
        with connection.schema_editor() as editor:
            self.migration.apply(self.state, editor)

    def attached(self, item: AssessmentItem, number: int, title: str, *, by: Person, **more: Any) -> Any:
        """A row as it was written then; the same title has the same content."""
        file = files.take_in(BytesIO(PDF + title.encode()), "a.pdf", unit=item.kpi.group, by=by, at=IN_MARCH)
        known = {"file_id": file.pk, "item_id": item.pk, "added_by_id": by.pk, "added_at": IN_MARCH}
        return self.table.objects.create(title=title, number=number, **known, **more)


@pytest.fixture
def past(db: None) -> Iterator[Past]:
    found = Past()
    with connection.schema_editor() as editor:
        editor.create_model(found.table)
    yield found
    with connection.schema_editor() as editor:
        editor.delete_model(found.table)


@pytest.fixture
def report(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> SelfAssessment:
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    return assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)


def test_each_keeps_its_number_its_address_and_what_became_of_it(
    past: Past, report: SelfAssessment, cast: SampleAgency
) -> None:
    planner, (one, other, _third) = cast.people["planner"], report.items.order_by("kpi__code")
    later = IN_MARCH + timedelta(days=1)
    first = past.attached(one, 1, "ทะเบียนผู้เข้าอบรม", by=planner)
    gone = past.attached(one, 2, "ฉบับร่าง", by=planner, withdrawn_at=later, withdrawn_by_id=planner.pk)
    shared = past.attached(other, 7, "ทะเบียนผู้เข้าอบรม", by=planner)

    past.goes_on()

    standing, withdrawn, elsewhere = (Credit.objects.get(public_id=old.public_id) for old in (first, gone, shared))
    assert [credit.number for credit in (standing, withdrawn, elsewhere)] == [1, 2, 7]
    assert (withdrawn.withdrawn_at, withdrawn.withdrawn_by) == (later, planner)
    assert standing.evidence == elsewhere.evidence
    assert Evidence.objects.count() == 2
    assert standing.evidence.search_text
    assert set(one.evidence.standing()) == {standing}
    assert not Folder.objects.exists()


def test_what_was_submitted_stays_closed(past: Past, report: SelfAssessment, cast: SampleAgency) -> None:
    planner, item = cast.people["planner"], report.items.first()
    assert item is not None
    past.attached(item, 1, "ทะเบียนผู้เข้าอบรม", by=planner)
    report.state, report.submitted_at, report.submitted_by = State.SUBMITTED, IN_MARCH, planner
    report.save()

    past.goes_on()

    folder = Folder.objects.get(run=report.run, months=6)
    assert (folder.closed_at, folder.closed_by, folder.closed_after) == (IN_MARCH, planner, 0)
