"""While an agreement is open: declining, naming another in somebody's place, and reminding those who are awaited."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from raprong.access.rules import Refused
from raprong.agreements import documents, permissions
from raprong.agreements.enums import Side
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.parties import NamedParty, check_named
from raprong.agreements.printing import freeze
from raprong.agreements.queries import awaited_now, part_of, parties_of
from raprong.agreements.readiness import people_ready
from raprong.agreements.writing import (
    ask_parties,
    locked,
    save_next_version,
    tell_whose_turn_it_is,
    write_down,
)
from raprong.core.clock import day_of
from raprong.core.freshness import check_fresh
from raprong.notifications.actions import tell
from raprong.organisation.models import Person
from raprong.signatures import actions as signatures


@dataclass(frozen=True)
class Substitute:
    """Who signs in somebody's place, with the post that the paper prints and the words of an order."""

    person: Person
    post: str
    acting: str = ""


@transaction.atomic
def decline(agreement: Agreement, *, because: str, by: Person, at: datetime) -> Agreement:
    """Say for a reason that one does not sign. Signing rests until the agreement goes back or another is named.

    Everybody with a part in it is told why. What others signed so far stays written down.
    """
    agreement = locked(agreement)
    permissions.check_may_decline(by, agreement)
    own = part_of(parties_of(agreement), by)
    assert own is not None
    assert own.request is not None

    signatures.decline(own.request, because=because, about=agreement, by=by, at=at)

    _tell_all(agreement, "agreement.declined", by=by, at=at, name=own.name, because=because.strip())
    return agreement


@transaction.atomic
def name_another(
    agreement: Agreement, party: AgreementParty, substitute: Substitute, *, seen: int | None, by: Person, at: datetime
) -> Agreement:
    """Put another person in the place of one who has not signed, and ask them in the same turn.

    The paper names them, so it is printed anew and everybody is asked to sign anew. Refused where the name, the post
    or the order does not hold on the day of signing.
    """
    agreement = locked(agreement)
    permissions.check_may_name_another(by, agreement, party, at=at)
    check_fresh(agreement, seen)
    _check_substitute(agreement, party, substitute, at=at)

    before, person = party.name, substitute.person
    party.person, party.name = person, person.name
    party.post, party.acting = substitute.post.strip(), substitute.acting.strip()
    party.save(update_fields=["person", "name", "post", "acting"])
    _print_anew(agreement, by=by, at=at)

    _tell_all(agreement, "agreement.another_named", by=by, at=at, name=person.name, before=before)
    tell_whose_turn_it_is(agreement, at=at)
    write_down("agreement.another_named", agreement, by=by, at=at, before=before, name=person.name, post=party.post)
    return agreement


@transaction.atomic
def remind(agreement: Agreement, *, by: Person, at: datetime) -> list[AgreementParty]:
    """Remind those whose turn it is. Refused for some hours after they were asked or reminded last."""
    agreement = locked(agreement)
    permissions.check_may_remind(by, agreement, at=at)

    reminded = awaited_now(agreement)
    signatures.remind([party.request for party in reminded if party.request], at=at)

    people = [party.person for party in reminded]
    tell(people, "agreement.reminder", about=agreement, at=at, agreement=str(agreement))
    write_down("agreement.reminded", agreement, by=by, at=at, names=[party.name for party in reminded])
    return reminded


def _check_substitute(agreement: Agreement, party: AgreementParty, substitute: Substitute, *, at: datetime) -> None:
    """The same rules as when the parties are named and when signing opens."""
    others = agreement.parties.exclude(pk=party.pk).select_related("person")
    named = [NamedParty(Side(other.side), other.person, other.post) for other in others]
    named.append(NamedParty(Side(party.side), substitute.person, substitute.post, substitute.acting))
    check_named(named, agreement.run.unit.agency)
    candidate = AgreementParty(
        agreement=agreement,
        side=party.side,
        person=substitute.person,
        name=substitute.person.name,
        post=substitute.post,
        acting=substitute.acting,
    )
    day = max(agreement.signing_on or day_of(at), day_of(at))
    missing = [need.text for need in people_ready([candidate], on=day) if not need.ok]
    if missing:
        raise Refused(" ".join(missing))


def _print_anew(agreement: Agreement, *, by: Person, at: datetime) -> None:
    parties = list(parties_of(agreement))
    signatures.unbind(agreement, at=at)
    agreement.parties.update(request=None)
    for party in parties:
        party.request = None
    paper = documents.signed_paper(agreement, parties, dated_on=agreement.signing_on or day_of(at))
    freeze(agreement, paper, by=by, at=at)
    save_next_version(agreement, "content", "paper", "copy")
    ask_parties(agreement, parties, by=by, at=at)


def _tell_all(agreement: Agreement, kind: str, *, by: Person, at: datetime, **words: str) -> None:
    people = {party.person for party in parties_of(agreement)} | {agreement.drafted_by}
    tell(people, kind, about=agreement, at=at, besides=by, agreement=str(agreement), **words)
