"""Detail sheets wait to be deposited once they are written and accepted."""

from datetime import timedelta

from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.web.home.desk import Desk
from raprong.web.kpis.waiting import sheets
from tests.cast import NEW_YEAR
from tests.factories.year import agree_on_kpis, come_to

LATER = NEW_YEAR + timedelta(hours=1)


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
