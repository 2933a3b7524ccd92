"""A role that the open step needs and that nobody holds waits for the administrators."""

from raprong.access.models import RoleGrant
from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.web.home.desk import Desk
from raprong.web.organisation.waiting import vacancies
from tests.cast import NEW_YEAR
from tests.factories.year import come_to


def wait_for(person: Person) -> list[str]:
    return [one.title for one in vacancies(Desk.of(Person.objects.get(pk=person.pk), NEW_YEAR))]


def test_a_group_without_a_head_waits_while_groups_hand_in(run: Run, cast: SampleAgency) -> None:
    admin, planner, group = cast.people["admin"], cast.people["planner"], cast.units["mip-2"]
    RoleGrant.objects.filter(role="group_head", unit=group).delete()
    before = wait_for(admin)

    come_to(run, "kpis.proposals_complete", by=planner, at=NEW_YEAR)

    assert before == wait_for(planner) == []
    assert [group.name in title for title in wait_for(admin)] == [True]
