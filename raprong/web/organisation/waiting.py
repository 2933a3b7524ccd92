"""What waits for an administrator of people: roles that the open step of a year needs and that nobody holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.administration import ADMINISTER
from raprong.access.permissions import role_title
from raprong.access.queries import holds_in_agency, people_with_role
from raprong.lib.sop.shape import Party
from raprong.lib.sop.standing import StepStanding
from raprong.organisation.models import Unit
from raprong.organisation.queries import groups_of
from raprong.processes.models import Run
from raprong.processes.queries import unit_bound_to
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import due_day, unit_name
from raprong.web.shell.filters import digits


def vacancies(desk: Desk) -> Iterator[Waiting]:
    """One for each role and place without which the open step of a run of the agency comes to a stand."""
    if not holds_in_agency(desk.person, ADMINISTER, desk.person.agency, on=desk.on):
        return
    for run, standing in desk.runs:
        current = standing.current
        if current is not None and run.unit.agency_id == desk.person.agency_id:
            for role, place in dict.fromkeys(_needed(run, current)):
                if not people_with_role(role, place, on=desk.on).exists():
                    yield _vacancy(run, current, role, place)


def _needed(run: Run, stands: StepStanding) -> Iterator[tuple[str, Unit]]:
    """The roles in which the step's parties act, each with where."""
    codes = [*stands.step.done_by, *filter(None, [stands.step.checked_by])]
    for party in map(run.definition.party, codes):
        yield from ((party.role, place) for place in _places(run, party))


def _places(run: Run, party: Party) -> list[Unit]:
    """Where a party acts: in each group, or in the one unit or group that it is in this run."""
    every_group = party.kind in ("every_group", "group_heads")
    return list(groups_of(run.unit)) if every_group else [unit_bound_to(run, party)]


def _vacancy(run: Run, stands: StepStanding, role: str, place: Unit) -> Waiting:
    return Waiting(
        title=_("Give somebody the role %(role)s in %(unit)s") % {"role": role_title(role), "unit": unit_name(place)},
        sentence=_("Step %(number)s of %(unit)s is open, and nobody holds the role.")
        % {"number": digits(stands.step.number), "unit": unit_name(run.unit)},
        due_on=due_day(stands),
        url=reverse("organisation:people"),
        label=_("Give the role"),
        primary=True,
        key=f"vacancy {run.public_id} {role} {place.public_id}",
        place=place,
        run=run,
    )
