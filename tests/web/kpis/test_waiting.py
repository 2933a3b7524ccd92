"""What of KPIs waits for whom: uploads, meetings, and sheets that are written and accepted."""

from datetime import timedelta

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.enums import BatchState
from raprong.kpis.models import ImportBatch, SelectionMeeting
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.web.home.desk import Desk
from raprong.web.kpis.waiting import meetings, sheets, uploads
from tests.cast import NEW_YEAR
from tests.factories.year import agree_on_kpis, come_to

LATER = NEW_YEAR + timedelta(hours=1)


def test_an_upload_waits_for_whoever_sent_it(run: Run, cast: SampleAgency) -> None:
    planner, other = cast.people["planner"], cast.people["planning-head"]
    framework = agree_on_kpis(run, cast)[0].framework
    batch = ImportBatch.objects.create(
        framework=framework, file_name="ตัวชี้วัด.xlsx", sha256="0" * 64, uploaded_at=NEW_YEAR, uploaded_by=planner
    )

    [upload] = uploads(Desk.of(planner, LATER))
    others = list(uploads(Desk.of(other, LATER)))
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.TAKEN)

    assert batch.public_id in upload.url
    assert others == list(uploads(Desk.of(planner, LATER))) == []


def test_a_meeting_waits_for_whoever_opened_it_until_it_is_closed(run: Run, cast: SampleAgency) -> None:
    planner, other = cast.people["planner"], cast.people["planning-head"]
    framework = agree_on_kpis(run, cast)[0].framework
    meeting = SelectionMeeting.objects.create(
        framework=framework, number=1, held_on=LATER.date(), opened_at=NEW_YEAR, opened_by=planner
    )

    [found] = meetings(Desk.of(planner, LATER))
    others = list(meetings(Desk.of(other, LATER)))
    SelectionMeeting.objects.filter(pk=meeting.pk).update(closed_at=LATER, closed_by=planner)

    assert "๑/๒๕๗๐" in found.title
    assert others == list(meetings(Desk.of(planner, LATER))) == []


def wait_for(person: Person) -> list[str]:
    return [one.sentence for one in sheets(Desk.of(Person.objects.get(pk=person.pk), LATER))]


def test_sheets_wait_for_the_checker_once_the_step_of_writing_is_done(run: Run, cast: SampleAgency) -> None:
    agree_on_kpis(run, cast)
    planner, head = cast.people["planner"], cast.people["head1"]
    come_to(run, "kpis.details_complete", by=planner, at=NEW_YEAR)
    before = wait_for(planner)

    come_to(run, "results.months_reported", by=planner, at=NEW_YEAR)

    assert before == wait_for(head) == []
    assert [sentence.split()[0] for sentence in wait_for(planner)] == ["๓"]
