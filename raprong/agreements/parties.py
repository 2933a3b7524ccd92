"""Who signs the year's agreement, as the SOP, the posts and the delegation orders of a day say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from raprong.access.queries import people_with_role
from raprong.agreements.enums import PARTIES, TURN, Side
from raprong.core.faults import all_at_once
from raprong.lib.sop.shape import Party
from raprong.organisation.models import Agency, Person, Unit
from raprong.organisation.queries import groups_of, head_of, head_position_of, position_of
from raprong.processes.models import Binding, Run
from raprong.processes.queries import unit_bound_to
from raprong.signatures.posts import acting_words, order_for, post_of

LONGEST_POST = 300
LAST_TURN = 60


@dataclass(frozen=True)
class NamedParty:
    """A person on a side, with the post that the paper prints and the words for signing in another's place.

    Those of a lower `turn` sign first; None gives the turn of their side: approvers, then makers, then receivers.
    """

    side: Side
    person: Person
    post: str
    acting: str = ""
    turn: int | None = None

    @property
    def signs_in(self) -> int:
        """The turn in which they sign; observers have none."""
        return (self.turn or TURN[self.side]) if self.side in TURN else 0


@dataclass(frozen=True)
class Proposal:
    """The parties that follow from the SOP on a day, and the places for which nobody could be found."""

    parties: tuple[NamedParty, ...]
    vacant: tuple[str, ...]


def propose_parties(run: Run, *, on: date) -> Proposal:
    """Propose the heads of the units that the SOP's agreement section names.

    A delegation order in force for a head's post puts the person of the order in the head's place, with the words and
    the number of the order under the post.
    """
    parties, vacant = [], []
    sides = ((Side.RECEIVER, run.definition.agreement.receiver), (Side.MAKER, run.definition.agreement.maker))
    for side, code in sides:
        party = run.definition.party(code)
        for place in places_of(run, party):
            named = _named(side, party, place, on=on)
            if named is None:
                vacant.append(f"{party.title} ({place})")
            else:
                parties.append(named)
    return Proposal(tuple(parties), tuple(vacant))


def places_of(run: Run, party: Party) -> list[Unit]:
    """The units or groups whose head stands for a party; none where the run was not told which."""
    if party.kind in ("group_heads", "every_group"):
        return list(groups_of(run.unit))
    try:
        return [unit_bound_to(run, party)]
    except Binding.DoesNotExist:
        return []


def check_named(parties: Sequence[NamedParty], agency: Agency) -> None:
    """Refuse, all at once: a side without anybody, a person twice, a post that is missing, people of elsewhere, and an
    approver who does not come before those who sign.
    """
    with all_at_once() as faults:
        for side in PARTIES:
            if not any(party.side == side for party in parties):
                faults.add("", _("Name at least one person who: %(side)s.") % {"side": side.label})
        for number, party in enumerate(parties):
            for sentence in _faults_of(party, parties[:number], agency):
                faults.add(f"parties.{number}", sentence)
        for number in _late_approvers(parties):
            sentence = _("%(person)s approves before it is signed. Choose an earlier turn than that of who signs.")
            faults.add(f"parties.{number}", sentence % {"person": parties[number].person})


def _late_approvers(parties: Sequence[NamedParty]) -> list[int]:
    signing = min((party.signs_in for party in parties if party.side in PARTIES), default=LAST_TURN)
    return [number for number, party in enumerate(parties) if party.side == Side.APPROVER and party.signs_in >= signing]


def _faults_of(party: NamedParty, before: Sequence[NamedParty], agency: Agency) -> Iterator[str]:
    words = {"person": party.person}
    if not party.post.strip():
        yield _("Enter the post of %(person)s as the paper prints it.") % words
    if len(party.post) > LONGEST_POST or len(party.acting) > LONGEST_POST:
        yield _("The post of %(person)s is longer than %(longest)s letters.") % {**words, "longest": LONGEST_POST}
    if party.person.agency_id != agency.pk:
        yield _("%(person)s works for another agency.") % words
    if party.turn is not None and not 1 <= party.turn <= LAST_TURN:
        yield _("Turns go from 1 to %(last)s.") % {"last": LAST_TURN}
    if any(other.person.pk == party.person.pk for other in before):
        yield _("%(person)s is named twice. One person signs once.") % words


def _named(side: Side, party: Party, place: Unit, *, on: date) -> NamedParty | None:
    return _for_holder(side, _holder(party, place, on=on), place, party.title, on=on)


def named_head(side: Side, place: Unit, *, on: date) -> NamedParty | None:
    """The head of a unit or group, or who signs in their place by an order; None where nobody does."""
    return _for_holder(side, head_of(place, on=on), place, "", on=on)


def _for_holder(side: Side, holder: Person | None, place: Unit, title: str, *, on: date) -> NamedParty | None:
    position = position_of(holder, on=on) if holder else head_position_of(place)
    order = order_for(position, on=on)
    if order is not None:
        return NamedParty(side, order.person, post_of(order.person, on=on), acting_words(order))
    if holder is None:
        return None
    return NamedParty(side, holder, position.title if position else title)


def _holder(party: Party, place: Unit, *, on: date) -> Person | None:
    """The head of the place if they hold the party's role, else who holds the role there and heads some unit."""
    able = list(people_with_role(party.role, place, on=on))
    head = head_of(place, on=on)
    if head in able:
        return head
    posts = {person.pk: position_of(person, on=on) for person in able}
    heads = [person for person in able if (post := posts[person.pk]) and post.heads_unit]
    return next(iter(heads or able), None)
