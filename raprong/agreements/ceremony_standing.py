"""How far a ceremony is: what lies ready, who has signed with whom, and what one person can sign now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from raprong.access.queries import units_where
from raprong.agreements.documents import preparations_of
from raprong.agreements.enums import Side, State
from raprong.agreements.models import Agreement, AgreementParty, Ceremony
from raprong.agreements.queries import next_request, part_of, parties_of, way_of
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.signatures.enums import Way


@dataclass(frozen=True)
class Pair:
    """One who makes an agreement, those who receive it, and whether all of them have signed. Names and posts only."""

    maker: str
    maker_post: str
    maker_signed: bool
    receivers: tuple[str, ...]
    receiver_posts: tuple[str, ...]
    receivers_signed: bool

    @property
    def signed(self) -> bool:
        return self.maker_signed and self.receivers_signed


@dataclass(frozen=True)
class Prepared:
    """One thing that an SOP asks to be ready, in its own words, with the run whose step asks for it."""

    run: Run
    text: str
    done: bool


def agreements_in(ceremony: Ceremony) -> QuerySet[Agreement]:
    """In the order in which they are signed."""
    return Agreement.objects.with_run().filter(ceremony=ceremony).order_by("place_in_ceremony", "pk")


def pairs_of(agreements: Iterable[Agreement]) -> list[Pair]:
    """Every pair of the ceremony, in the order of the agreements and of their papers."""
    return [pair for agreement in agreements for pair in _pairs(agreement)]


def preparations_for(agreements: Iterable[Agreement], *, at: datetime) -> list[Prepared]:
    """What the SOPs' step of signing asks to be ready, once for each run: place, signing book, pens."""
    return [
        Prepared(agreement.run, point.text, point.done)
        for agreement in agreements
        for point in preparations_of(agreement, at=at)
    ]


def for_signing_now(
    ceremony: Ceremony, person: Person, way: Way = Way.ELECTRONIC
) -> list[tuple[Agreement, AgreementParty]]:
    """The agreements that a person can sign in this sitting in one way, each with their own part in it."""
    return [
        (agreement, own)
        for agreement in agreements_in(ceremony).filter(state=State.SIGNING)
        if next_request(agreement, person) is not None
        and (own := part_of(parties_of(agreement), person)) is not None
        and way_of(own) == way
    ]


def agreements_to_take_in(person: Person, ceremony: Ceremony, *, on: date) -> QuerySet[Agreement]:
    """Agreements that are not signed, of the units for which the person arranges ceremonies.

    Those of a ceremony whose day has passed wait for another one; those of one still to come are in it.
    """
    units = units_where(person, "agreements.arrange", on=on)
    waiting = (
        Agreement.objects.standing().with_run().filter(run__unit__in=units, run__unit__agency=ceremony.unit.agency_id)
    )
    elsewhere = Q(ceremony=None) | Q(ceremony__held_on__lt=on)
    return waiting.filter(elsewhere).exclude(state=State.IN_FORCE).order_by("run__unit__order", "number")


def _pairs(agreement: Agreement) -> list[Pair]:
    parties = list(parties_of(agreement))
    receivers = [party for party in parties if party.side == Side.RECEIVER]
    return [
        Pair(
            maker=party.name,
            maker_post=_post(party),
            maker_signed=party.signed_at is not None,
            receivers=tuple(receiver.name for receiver in receivers),
            receiver_posts=tuple(_post(receiver) for receiver in receivers),
            receivers_signed=bool(receivers) and all(receiver.signed_at is not None for receiver in receivers),
        )
        for party in parties
        if party.side == Side.MAKER
    ]


def _post(party: AgreementParty) -> str:
    return " ".join(filter(None, (party.post, party.acting)))
