"""Proof that is missing, for those who can give it, before the round closes."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.assessments.parts.queries import parts_due_on
from raprong.assessments.rounds import first_day_of_last_month, round_title
from raprong.evidence.permissions import WRITE
from raprong.evidence.policies import CARD
from raprong.evidence.proof import holes_by_group, open_round, proof_of_round
from raprong.organisation.models import Unit
from raprong.organisation.queries import groups_of
from raprong.processes.models import Run
from raprong.processes.policies import check_work_is_not_done
from raprong.web.evidence.presenters import holes_words
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import unit_name


def missing_proof(desk: Desk) -> Iterator[Waiting]:
    """From the first day of a round's last month until its report is submitted, for each of one's groups with holes.

    One line for the whole unit where one gives proof for all of it.
    """
    for run, _standing in desk.runs:
        months = open_round(run)
        if desk.on < first_day_of_last_month(run.year, months) or refusal(check_work_is_not_done, run, CARD):
            continue
        own = {group.pk for group in groups_of(run.unit) if holds(desk.person, WRITE, group, on=desk.on)}
        groups = holes_by_group(proof_of_round(run, months)) if own else []
        found = [one for one in groups if one.holes and one.group.pk in own]
        if found and holds(desk.person, WRITE, run.unit, on=desk.on):
            yield _waiting(run, months, sum(one.holes for one in found), None)
        else:
            yield from (_waiting(run, months, one.holes, one.group) for one in found)


def _waiting(run: Run, months: int, holes: int, group: Unit | None) -> Waiting:
    place = group or run.unit
    query = {"round": str(months)} | ({"group": group.public_id} if group else {})
    return Waiting(
        title=_("Give the proof that is missing, %(round)s") % {"round": round_title(months)},
        sentence=f"{unit_name(place)} · {holes_words(holes)}",
        due_on=parts_due_on(run, months),
        url=reverse("evidence:proof", kwargs={"run": run.public_id}, query=query),
        label=_("See what is missing"),
        key=f"prove {run.public_id} {months} {place.public_id}",
        run=run,
        place=place,
    )
