"""Agreements beneath the unit's: a group with the head of the unit, a person with the head of the group.

They are about KPIs of the unit's agreement as those were handed on, and are signed, sealed and kept like that one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.agreements import documents, permissions
from raprong.agreements.enums import Side, State, Tier
from raprong.agreements.models import Agreement
from raprong.agreements.parties import NamedParty, named_head
from raprong.agreements.queries import kpis_in
from raprong.agreements.tier_changes import changes_between
from raprong.agreements.writing import locked, save_next_version, told, write_down, write_parties
from raprong.core.clock import day_of
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import head_of
from raprong.processes.models import Run
from raprong.signatures.posts import post_of


@dataclass(frozen=True)
class Share:
    """What of a KPI a person takes on."""

    kpi: KpiYear
    duty: str = ""


@transaction.atomic
def draft_for_group(run: Run, group: Unit, *, by: Person, at: datetime) -> Agreement:
    """Draft the agreement of a group, which its head makes and the head of the unit receives.

    It is about the KPIs of the unit's agreement that the group answers for. Refused while that is not in force, where
    there is one already, and for a group that answers for none.
    """
    run = Run.objects.with_sop().select_for_update(of=("self",)).get(pk=run.pk)
    permissions.check_may_draft_below(by, run, group, None, at=at)
    agreement = Agreement(run=run, tier=Tier.GROUP, group=group, drafted_at=at, drafted_by=by)
    if not kpis_in(agreement):
        raise Refused(_("%(group)s answers for no KPI of the unit's agreement.") % {"group": group})
    on = day_of(at)
    sides = (named_head(Side.RECEIVER, run.unit, on=on), named_head(Side.MAKER, group, on=on))
    return _drafted(agreement, sides, by=by, at=at)


@transaction.atomic
def draft_for_person(
    run: Run, group: Unit, person: Person, shares: Sequence[Share], *, by: Person, at: datetime
) -> Agreement:
    """Draft the agreement of a person of a group, which the head of the group receives.

    Refused as for groups, for the head of the group, who makes the group's own, and for whoever takes on nothing.
    """
    run = Run.objects.with_sop().select_for_update(of=("self",)).get(pk=run.pk)
    permissions.check_may_draft_below(by, run, group, person, at=at)
    on = day_of(at)
    _check_is_led(person, group, on=on)
    _check_takes_on(person, shares)
    agreement = Agreement(
        run=run, tier=Tier.PERSON, group=group, person=person, shares=_stored(shares), drafted_at=at, drafted_by=by
    )
    return _drafted(agreement, parties_of_person(agreement, on=on), by=by, at=at)


@transaction.atomic
def set_shares(agreement: Agreement, shares: Sequence[Share], *, by: Person, at: datetime) -> Agreement:
    """Let a person's agreement, while it is being drafted, say what they have taken on since."""
    agreement = locked(agreement)
    permissions.check_may_change(by, agreement, at=at)
    assert agreement.person is not None, "only a person's agreement has shares"
    _check_takes_on(agreement.person, shares)

    agreement.shares = _stored(shares)
    save_next_version(agreement, "shares")

    write_down("agreement.shares_set", agreement, by=by, at=at, shares=agreement.shares)
    return agreement


def says_what(agreement: Agreement, shares: Sequence[Share]) -> bool:
    """Whether a person's agreement says what they have taken on."""
    return sorted(map(str, agreement.shares)) == sorted(map(str, _stored(shares)))


def parties_of_person(agreement: Agreement, *, on: date) -> list[NamedParty]:
    """The head of the group receives what a person makes; without a head that place stays empty."""
    assert agreement.group is not None
    assert agreement.person is not None
    head = named_head(Side.RECEIVER, agreement.group, on=on)
    maker = NamedParty(Side.MAKER, agreement.person, post_of(agreement.person, on=on))
    return [head, maker] if head else [maker]


def is_overtaken(agreement: Agreement, selected: Iterable[KpiYear] | None = None) -> bool:
    """Whether the KPIs of an agreement in force ask for something else by now, as after an addendum to the unit's."""
    if agreement.state != State.IN_FORCE:
        return False
    agreed, now = documents.content_of(agreement).kpis, documents.agreed_kpis(agreement, selected)
    return any(True for _change in changes_between(agreed, now))


def _drafted(agreement: Agreement, sides: Sequence[NamedParty | None], *, by: Person, at: datetime) -> Agreement:
    """A place for which nobody could be found stays empty: signing does not open before somebody is named."""
    parties = [party for party in sides if party is not None]
    agreement.save()
    write_parties(agreement, parties)
    write_down("agreement.drafted", agreement, by=by, at=at, parties=told(parties))
    return agreement


def _stored(shares: Sequence[Share]) -> list[dict[str, Any]]:
    return [{"kpi": share.kpi.public_id, "duty": share.duty} for share in shares]


def _check_is_led(person: Person, group: Unit, *, on: date) -> None:
    if head_of(group, on=on) == person:
        raise Refused(_("%(person)s leads %(group)s, and makes its agreement.") % {"person": person, "group": group})


def _check_takes_on(person: Person, shares: Sequence[Share]) -> None:
    if not shares:
        raise Refused(_("%(person)s has taken on no KPI yet.") % {"person": person})
