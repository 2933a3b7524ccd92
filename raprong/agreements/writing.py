"""What the verbs of this room have in common: the lock, the parties' rows, who is asked and who is told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from raprong.agreements.enums import Side
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.parties import NamedParty
from raprong.agreements.queries import awaited_now
from raprong.audit.actions import record
from raprong.notifications.actions import tell
from raprong.organisation.models import Person
from raprong.signatures import actions as signatures
from raprong.signatures.enums import Act

ACTS = {Side.APPROVER: Act.APPROVE}


def locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.with_run().select_for_update(of=("self",)).get(pk=agreement.pk)


def save_next_version(agreement: Agreement, *fields: str) -> None:
    agreement.version += 1
    agreement.save(update_fields=[*fields, "version"])


def write_parties(agreement: Agreement, parties: Sequence[NamedParty]) -> None:
    agreement.parties.all().delete()
    for number, party in enumerate(parties, start=1):
        AgreementParty.objects.create(
            agreement=agreement,
            side=party.side,
            person=party.person,
            name=party.person.name,
            post=party.post.strip(),
            acting=party.acting.strip(),
            order=number,
            turn=party.signs_in,
        )


def ask_parties(agreement: Agreement, parties: Sequence[AgreementParty], *, by: Person, at: datetime) -> None:
    run = agreement.run
    signing = [party for party in parties if party.signs]
    asked = [
        signatures.Signatory(party.person, post_and_acting(party), party.turn, ACTS.get(Side(party.side), Act.SIGN))
        for party in signing
    ]
    requests = signatures.ask(agreement, asked, unit=run.unit, fiscal_year=run.fiscal_year, by=by, at=at)
    for party, request in zip(signing, requests, strict=True):
        party.request = request
        party.save(update_fields=["request"])


def post_and_acting(party: AgreementParty) -> str:
    """The post as the register of signatures keeps it, the order's words included."""
    return " ".join(filter(None, (party.post, party.acting)))[:300]


def tell_parties(agreement: Agreement, parties: Sequence[AgreementParty], kind: str, *, at: datetime) -> None:
    tell({party.person for party in parties}, kind, about=agreement, at=at, agreement=str(agreement))


def tell_whose_turn_it_is(agreement: Agreement, *, at: datetime, after: int = 0) -> None:
    """Tell those who can sign now, unless they could before the turn `after` ended."""
    waiting = awaited_now(agreement)
    if waiting and waiting[0].turn > after:
        tell_parties(agreement, waiting, "agreement.your_turn", at=at)


def told(parties: Sequence[NamedParty]) -> list[dict[str, str | int]]:
    return [
        {
            "side": str(party.side),
            "name": party.person.name,
            "post": party.post,
            "acting": party.acting,
            "turn": party.signs_in,
        }
        for party in parties
    ]


def write_down(kind: str, agreement: Agreement, *, by: Person, at: datetime, **facts: Any) -> None:
    run = agreement.run
    record(kind, about=agreement, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year, **facts)
