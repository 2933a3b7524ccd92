"""Agreements of groups and people, from what each has taken on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused, refusal
from raprong.agreements import tiers
from raprong.agreements.enums import State, Tier
from raprong.agreements.models import Agreement
from raprong.agreements.permissions import check_may_draft_below
from raprong.agreements.queries import tiers_of
from raprong.agreements.tiers import Share
from raprong.cascade.models import Commitment
from raprong.cascade.queries import board_of, commitments_of, own_commitments
from raprong.core.clock import day_of
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import head_of
from raprong.processes.models import Run


@dataclass(frozen=True)
class PersonStanding:
    """Somebody who has taken KPIs on, and their agreement where there is one.

    `behind` tells that it is being drafted and does not say what they have taken on since.
    """

    person: Person
    shares: tuple[Share, ...]
    agreement: Agreement | None

    @property
    def behind(self) -> bool:
        drafted = self.agreement is not None and self.agreement.state == State.DRAFTING
        return drafted and self.agreement is not None and not tiers.says_what(self.agreement, self.shares)


@dataclass(frozen=True)
class GroupStanding:
    """A group with its agreement, and its people with theirs."""

    group: Unit
    kpis: int
    agreement: Agreement | None
    people: tuple[PersonStanding, ...]


def standing_of(run: Run, *, on: date) -> list[GroupStanding]:
    """Every group that answers for KPIs or whose people have taken some on. Heads make their group's agreement."""
    drafted = list(tiers_of(run).prefetch_related("parties__request__signature"))
    of_groups = {each.group_id: each for each in drafted if each.tier == Tier.GROUP}
    of_people = {each.person_id: each for each in drafted if each.tier == Tier.PERSON}
    answering = {part.group: len(part.kpis) for part in board_of(run)}
    taken = _by_group_and_person(run)
    groups = sorted({*answering, *taken}, key=lambda group: (group.order, group.name))
    return [
        GroupStanding(
            group,
            answering.get(group, 0),
            of_groups.get(group.pk),
            tuple(
                PersonStanding(person, tuple(map(_share, held)), of_people.get(person.pk))
                for person, held in taken.get(group, {}).items()
                if person != head_of(group, on=on)
            ),
        )
        for group in groups
    ]


@transaction.atomic
def draft_for_person(run: Run, group: Unit, person: Person, *, by: Person, at: datetime) -> Agreement:
    """Draft the agreement of somebody of a group from what they have taken on."""
    return tiers.draft_for_person(run, group, person, shares_of(run, person), by=by, at=at)


@transaction.atomic
def bring_up_to_date(agreement: Agreement, *, by: Person, at: datetime) -> Agreement:
    """Let a person's agreement that is being drafted say what they have taken on by now."""
    assert agreement.person is not None
    return tiers.set_shares(agreement, shares_of(agreement.run, agreement.person), by=by, at=at)


@transaction.atomic
def draft_missing(run: Run, *, by: Person, at: datetime) -> list[Agreement]:
    """Draft every agreement that is missing and that one may draft: of groups, and of their people."""
    made = []
    for standing in standing_of(run, on=day_of(at)):
        if standing.kpis and not refusal(check_may_draft_below, by, run, standing.group, None, at=at):
            made.append(tiers.draft_for_group(run, standing.group, by=by, at=at))
        for each in standing.people:
            if not refusal(check_may_draft_below, by, run, standing.group, each.person, at=at):
                made.append(tiers.draft_for_person(run, standing.group, each.person, each.shares, by=by, at=at))
    if not made:
        raise Refused(_("No agreement is missing that you may draft."))
    return made


def shares_of(run: Run, person: Person) -> list[Share]:
    """What a person has taken on in a run, as an agreement says it."""
    return [_share(commitment) for commitment in own_commitments(run, person)]


def _share(commitment: Commitment) -> Share:
    return Share(commitment.kpi, commitment.duty)


def _by_group_and_person(run: Run) -> dict[Unit, dict[Person, Sequence[Commitment]]]:
    taken: dict[Unit, dict[Person, list[Commitment]]] = {}
    for commitment in commitments_of(run).order_by("person__name", "kpi__code"):
        taken.setdefault(commitment.group, {}).setdefault(commitment.person, []).append(commitment)
    return {group: dict(people) for group, people in taken.items()}
