"""Where a run stands: worked out from its SOP, its facts and the rooms' cards, never stored."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache

from django.db.models import QuerySet

from raprong.access.queries import has_role, people_with_role
from raprong.lib.sop.shape import Party, Step
from raprong.lib.sop.standing import Fact, FactKind, RunStanding, State, Work, standing
from raprong.lib.thai.calendars import read_calendar
from raprong.lib.thai.dates import ce_year
from raprong.lib.thai.working_time import BusinessCalendar
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import groups_of
from raprong.processes.cards import ask
from raprong.processes.models import Binding, Run, StepFact
from raprong.records.actions import Storage

YEARS_KEPT = 5  # where an SOP does not say how long its papers are kept


@cache
def calendar_of(fiscal_year: int) -> BusinessCalendar:
    """Working time around a fiscal year: from the calendar year before it begins to the one after it ends."""
    ends_in = ce_year(fiscal_year)
    return read_calendar(range(ends_in - 2, ends_in + 2))


def standing_of(run: Run, *, at: datetime) -> RunStanding:
    """Where every step of a run stands at a moment. The cards are asked for the open step only."""
    facts, groups = facts_until(run, at), keys_of_groups(run)
    current = _stand(run, facts, groups, at, {}).current
    return _stand(run, facts, groups, at, works_of(run, current.step) if current else {})


def bare_standing_of(run: Run, *, at: datetime) -> RunStanding:
    """The same without asking any card: states, pieces and times hold, and all work counts as not done."""
    return _stand(run, facts_until(run, at), keys_of_groups(run), at, {})


def facts_until(run: Run, at: datetime) -> list[Fact]:
    """What has happened to the steps of a run, as the cellar reads it."""
    return [
        Fact(
            step=fact.step,
            kind=FactKind(fact.kind),
            at=fact.at,
            by=fact.by.name,
            piece=fact.piece.public_id if fact.piece else None,
            control=fact.control or None,
            answer=fact.answer or None,
            remark=fact.remark,
        )
        for fact in run.facts.filter(at__lte=at).select_related("by", "piece")
    ]


def keys_of_groups(run: Run) -> list[str]:
    return list(groups_of(run.unit).values_list("public_id", flat=True))


def _stand(
    run: Run, facts: Sequence[Fact], groups: Sequence[str], at: datetime, works: Mapping[str, Work]
) -> RunStanding:
    return standing(
        run.definition,
        facts,
        at,
        fiscal_year=run.year,
        started_at=run.started_at,
        groups=groups,
        calendar=calendar_of(run.fiscal_year),
        works=works,
    )


def works_of(run: Run, step: Step) -> dict[str, Work]:
    """The answers of every card a step names, for its work and for its control points."""
    codes = dict.fromkeys([*step.work, *(point.check for point in step.control_points if "." in point.check)])
    answers = {code: ask(code, run) for code in codes}
    return {code: Work(code, answer.done, answer.sentence) for code, answer in answers.items()}


def step_with_work(run: Run, card: str) -> Step | None:
    """The step whose work a card is; None where this SOP does not ask for it."""
    return next((step for step in run.definition.steps if card in step.work), None)


def is_done(run: Run, step: Step) -> bool:
    """Whether the last word about a step is that it is done. Asks for nothing else."""
    words = StepFact.objects.filter(run=run, step=step.code, kind__in=(FactKind.DONE, FactKind.REOPENED)).order_by()
    _at, _pk, last = max(words.values_list("at", "pk", "kind"), default=(None, None, ""))
    return bool(last == FactKind.DONE)


def piece_state(standing: RunStanding, step: Step, piece: Unit) -> State:
    """Where a group's piece of a step stands."""
    pieces = standing.step(step.code).pieces
    return next((found.state for found in pieces if found.group == piece.public_id), State.WAITING)


def unit_bound_to(run: Run, party: Party) -> Unit:
    """The unit or group that a party of the SOP is in this run."""
    if party.kind in ("group", "outside_unit"):
        return Binding.objects.select_related("unit__parent").get(run=run, party=party.code).unit
    return run.unit


def acts_for(person: Person, run: Run, party: Party, *, on: date, piece: Unit | None = None) -> bool:
    """Whether a person may act for a party: in its role, where it is bound; for a piece, in that group."""
    if party.kind in ("every_group", "group_heads") and piece is None:
        return any(has_role(person, party.role, group, on=on) for group in groups_of(run.unit))
    return has_role(person, party.role, piece or unit_bound_to(run, party), on=on)


def acts_for_step(person: Person, run: Run, step: Step, *, on: date) -> bool:
    """Whether a person may act for any of the parties that do a step."""
    parties = (run.definition.party(code) for code in step.done_by)
    return any(acts_for(person, run, party, on=on) for party in parties)


def party_people(run: Run, party: Party, *, on: date) -> QuerySet[Person]:
    """Everybody who may act for a party on a day."""
    if party.kind in ("every_group", "group_heads"):
        people: Iterable[int] = (
            person.pk for group in groups_of(run.unit) for person in people_with_role(party.role, group, on=on)
        )
        return Person.objects.filter(pk__in=list(people)).order_by("name")
    return people_with_role(party.role, unit_bound_to(run, party), on=on)


def holders_of(run: Run, step: Step, *, on: date) -> QuerySet[Person]:
    """Everybody who may act for a step."""
    found = Person.objects.none()
    for code in step.done_by:
        found = found | party_people(run, run.definition.party(code), on=on)
    return found.distinct()


def storage_of(run: Run) -> Storage:
    """How this run's papers are kept, as its SOP says; five years where it says nothing."""
    definition = run.definition
    readers = tuple(dict.fromkeys(reader.role for reader in definition.readers))
    if not definition.storage:
        return Storage(years=YEARS_KEPT, readers=readers)
    kept = definition.storage[0]
    return Storage(years=kept.years, place=kept.place, arrangement=kept.arrangement, readers=readers)


def facts_of(run: Run, step: Step) -> QuerySet[StepFact]:
    """The story of a step, newest first."""
    return run.facts.filter(step=step.code).select_related("by", "piece").order_by("-at", "-pk")
