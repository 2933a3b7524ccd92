"""What an administrator enters before a year can start, what of it is there, and that it waits until all of it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.administration import ADMINISTER
from raprong.access.queries import holds_in_agency
from raprong.organisation.models import Appointment, Person, Unit
from raprong.processes.models import Run
from raprong.web.home.desk import Desk, Waiting
from raprong.web.shell.filters import digits


@dataclass(frozen=True)
class FirstStep:
    """A step, what it is for, and whether it is done."""

    text: str
    note: str
    done: bool


def first_steps_of(person: Person, *, on: date) -> list[FirstStep]:
    """The steps of the person's agency in their order; the last is for a planning officer or a director."""
    agency = person.agency
    units, posts = Unit.objects.filter(agency=agency), Appointment.objects.in_force(on)
    return [
        FirstStep(
            _("Enter the units"),
            _("Those that sign an agreement, and those that score it."),
            units.filter(parent__isnull=True).exists(),
        ),
        FirstStep(
            _("Enter the groups of each unit"),
            _("A unit's work is handed in group by group."),
            units.filter(parent__isnull=False).exists(),
        ),
        FirstStep(
            _("Enter people"),
            _("Each gets an account and a temporary password."),
            agency.people.exclude(pk=person.pk).exists(),
        ),
        FirstStep(
            _("Give posts and roles"),
            _("A post prints on papers; a role lets somebody do something."),
            posts.filter(position__unit__agency=agency).exists(),
        ),
        FirstStep(
            _("Start a year"),
            _("A planning officer or the director does this, when all of them are there."),
            Run.objects.filter(unit__agency=agency).exists(),
        ),
    ]


def setting_up(desk: Desk) -> Iterator[Waiting]:
    """The steps of an administrator that are still to do, before the agency's first year."""
    if not holds_in_agency(desk.person, ADMINISTER, desk.person.agency, on=desk.on):
        return
    *steps, year = first_steps_of(desk.person, on=desk.on)
    left = [step for step in steps if not step.done]
    if left and not year.done:
        yield Waiting(
            title=_("Set the agency up"),
            sentence=_("%(done)s of %(all)s steps are done. Next: %(step)s")
            % {"done": digits(len(steps) - len(left)), "all": digits(len(steps)), "step": left[0].text},
            due_on=None,
            url=reverse("home:first-steps"),
            label=_("Go on"),
            primary=True,
            key=f"set-up {desk.person.agency_id}",
        )
