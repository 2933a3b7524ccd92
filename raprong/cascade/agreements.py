"""Agreements of groups and people, from what each has taken on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused, refusal
from raprong.agreements import addenda, tiers
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement
from raprong.agreements.permissions import check_may_draft_below
from raprong.agreements.queries import newest_beneath
from raprong.agreements.tiers import Share
from raprong.cascade.models import Commitment
from raprong.cascade.queries import board_of, commitments_of, own_commitments
from raprong.core.clock import day_of
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import head_of
from raprong.processes.models import Run


@dataclass(frozen=True)
class PersonStanding:
    """Somebody who has taken KPIs on, and their agreement where there is one, or the last addendum to it.

    `behind` tells that it does not say what is asked for by now: see `is_behind`.
    """

    person: Person
    shares: tuple[Share, ...]
    agreement: Agreement | None
    behind: bool


@dataclass(frozen=True)
class GroupStanding:
    """A group with its agreement or the last addendum to it, and its people with theirs."""

    group: Unit
    kpis: int
    agreement: Agreement | None
    behind: bool
    people: tuple[PersonStanding, ...]


def standing_of(run: Run, *, on: date) -> list[GroupStanding]:
    """Every group that answers for KPIs or whose people have taken some on. Heads make their group's agreement."""
    newest = newest_beneath(run)
    selected = list(selected_kpis(run))
    answering = {part.group: len(part.kpis) for part in board_of(run)}
    taken = _by_group_and_person(run)
    groups = sorted({*answering, *taken}, key=lambda group: (group.order, group.name))

    def of_person(person: Person, held: Sequence[Commitment]) -> PersonStanding:
        shares, found = tuple(map(_share, held)), newest.get((None, person.pk))
        return PersonStanding(person, shares, found, _behind(found, shares, selected))

    def of_group(group: Unit) -> GroupStanding:
        found, head = newest.get((group.pk, None)), head_of(group, on=on)
        people = (of_person(person, held) for person, held in taken.get(group, {}).items() if person != head)
        return GroupStanding(group, answering.get(group, 0), found, _behind(found, (), selected), tuple(people))

    return [of_group(group) for group in groups]


def is_behind(agreement: Agreement) -> bool:
    """Whether an agreement of a group or a person does not say what is asked for by now.

    A person's draft is brought up to date when they take on something else. What is in force is overtaken by that too,
    and by an addendum to the unit's; an addendum of its own follows. What is open for signing rests as it is.
    """
    shares = shares_of(agreement.run, agreement.person) if agreement.person else []
    return _behind(agreement, shares, selected_kpis(agreement.run))


def _behind(agreement: Agreement | None, shares: Sequence[Share], selected: Iterable[KpiYear]) -> bool:
    if agreement is None or agreement.state == State.SIGNING:
        return False
    moved = agreement.person_id is not None and not tiers.says_what(agreement, shares)
    return moved or tiers.is_overtaken(agreement, selected)


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
def draft_addendum(agreement: Agreement, *, because: str, effective_on: date, by: Person, at: datetime) -> Agreement:
    """Draft an addendum to an agreement; a person's says what they have taken on by now, in the group that it is in."""
    group = _group_now(agreement)
    made = addenda.draft_addendum(agreement, because=because, effective_on=effective_on, by=by, at=at, group=group)
    return bring_up_to_date(made, by=by, at=at) if made.person and is_behind(made) else made


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


def _group_now(agreement: Agreement) -> Unit | None:
    """The group in which a person has taken KPIs on, where it is one; None for other agreements."""
    held = own_commitments(agreement.run, agreement.person) if agreement.person else ()
    groups = {commitment.group for commitment in held}
    return groups.pop() if len(groups) == 1 else None


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
