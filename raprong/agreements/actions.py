"""The verbs of the year's agreement."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.identity import ConfirmedIdentity
from raprong.access.rules import Refused
from raprong.agreements import permissions
from raprong.agreements.completion import put_in_force
from raprong.agreements.enums import Move, Side
from raprong.agreements.follow_up import committee_order, manual
from raprong.agreements.models import Agreement
from raprong.agreements.parties import NamedParty, check_named, propose_parties
from raprong.agreements.personal import is_trusted, sign_file
from raprong.agreements.printing import freeze, paper_of, print_approved, waits_for_print
from raprong.agreements.queries import next_request, parties_of
from raprong.agreements.workflow import MOVES
from raprong.agreements.writing import (
    ask_parties,
    locked,
    save_next_version,
    tell_parties,
    tell_whose_turn_it_is,
    told,
    write_down,
    write_parties,
)
from raprong.circulation import actions as circulation
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.core.clock import day_of
from raprong.core.faults import all_at_once
from raprong.core.freshness import check_fresh
from raprong.kpis.queries import selected_kpis
from raprong.lib.signing import Signer
from raprong.notifications.actions import tell
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.processes.queries import storage_of
from raprong.signatures import actions as signatures
from raprong.signatures.enums import Way
from raprong.signatures.posts import post_of
from raprong.signatures.queries import unsigned_about

LONGEST_VENUE = 200


@transaction.atomic
def draft(run: Run, *, by: Person, at: datetime) -> Agreement:
    """Draft the year's agreement from the selected KPIs, its parties proposed by the SOP, posts and orders.

    Refused while the weights of the selected KPIs are not exactly the whole, and where there is an agreement already.
    """
    run = Run.objects.with_sop().select_for_update(of=("self",)).get(pk=run.pk)
    permissions.check_may_draft(by, run, at=at)

    agreement = Agreement.objects.create(run=run, drafted_at=at, drafted_by=by)
    proposal = propose_parties(run, on=day_of(at))
    write_parties(agreement, proposal.parties)

    write_down("agreement.drafted", agreement, by=by, at=at, parties=told(proposal.parties))
    return agreement


@transaction.atomic
def name_parties(
    agreement: Agreement, parties: Sequence[NamedParty], *, seen: int | None, by: Person, at: datetime
) -> Agreement:
    """Say who makes and who receives the agreement, in the order of the paper. Replaces who was named before."""
    agreement = locked(agreement)
    permissions.check_may_change(by, agreement, at=at)
    check_fresh(agreement, seen)
    check_named(parties, agreement.run.unit.agency)

    write_parties(agreement, parties)
    save_next_version(agreement)

    write_down("agreement.parties_named", agreement, by=by, at=at, parties=told(parties))
    return agreement


@transaction.atomic
def set_ceremony(
    agreement: Agreement, *, signing_on: date, venue: str, seen: int | None, by: Person, at: datetime
) -> Agreement:
    """Set the day and the place of signing. A day that has passed is refused."""
    agreement = locked(agreement)
    permissions.check_may_change(by, agreement, at=at)
    check_fresh(agreement, seen)
    _check_ceremony(signing_on, venue, today=day_of(at))

    agreement.signing_on, agreement.venue = signing_on, venue.strip()
    save_next_version(agreement, "signing_on", "venue")

    write_down("agreement.ceremony_set", agreement, by=by, at=at, signing_on=signing_on, venue=agreement.venue)
    return agreement


@transaction.atomic
def choose_way(agreement: Agreement, way: Way, *, seen: int | None, by: Person, at: datetime) -> Agreement:
    """Say how the agreement is signed, by everybody alike: on screen, with certificates, or by hand."""
    agreement = locked(agreement)
    permissions.check_may_change(by, agreement, at=at)
    check_fresh(agreement, seen)

    agreement.way = way
    save_next_version(agreement, "way")

    write_down("agreement.way_chosen", agreement, by=by, at=at, way=str(way))
    return agreement


@transaction.atomic
def open_signing(agreement: Agreement, *, seen: int | None, by: Person, at: datetime) -> Agreement:
    """Freeze the content, print the paper that everybody will look at, and ask the parties to sign: makers first."""
    agreement = locked(agreement)
    permissions.check_may_open_signing(by, agreement, at=at)
    check_fresh(agreement, seen)

    parties = list(parties_of(agreement))
    paper = paper_of(agreement, dated_on=agreement.signing_on or day_of(at))
    freeze(agreement, paper, by=by, at=at)
    assert agreement.paper is not None
    _from, agreement.state = MOVES[Move.OPEN_SIGNING]
    save_next_version(agreement, "content", "paper", "copy", "state")
    ask_parties(agreement, parties, by=by, at=at)

    tell_parties(agreement, parties, "agreement.signing_opened", at=at)
    tell_whose_turn_it_is(agreement, at=at)
    write_down("agreement.signing_opened", agreement, by=by, at=at, sha256=agreement.paper.sha256)
    return agreement


@transaction.atomic
def send_back(agreement: Agreement, *, because: str, by: Person, at: datetime) -> Agreement:
    """Take the agreement back to drafting for a reason. Signatures given so far stay written down but bind nobody."""
    agreement = locked(agreement)
    permissions.check_may_send_back(by, agreement, at=at)
    if not because.strip():
        raise Refused(_("Say why the agreement goes back to drafting."))

    signatures.withdraw(agreement, at=at)
    signatures.unbind(agreement, at=at)
    parties = list(parties_of(agreement))
    agreement.parties.update(request=None)
    agreement.paper, agreement.copy, agreement.content = None, None, {}
    _from, agreement.state = MOVES[Move.SEND_BACK]
    save_next_version(agreement, "paper", "copy", "content", "state")

    people = {party.person for party in parties} | {agreement.drafted_by}
    tell(people, "agreement.sent_back", about=agreement, at=at, besides=by, agreement=str(agreement), because=because)
    write_down("agreement.sent_back", agreement, by=by, at=at, because=because)
    return agreement


@transaction.atomic
def withdraw(agreement: Agreement, *, because: str, by: Person, at: datetime) -> Agreement:
    """Withdraw, for a reason, a draft that is not needed; its number is free again. Everybody named in it is told.

    Refused for what is open or signed, and for the unit's own agreement.
    """
    agreement = locked(agreement)
    permissions.check_may_withdraw(by, agreement, at=at)
    if not because.strip():
        raise Refused(_("Say why the draft is withdrawn."))

    _from, agreement.state = MOVES[Move.WITHDRAW]
    agreement.ceremony, agreement.place_in_ceremony = None, 0
    save_next_version(agreement, "state", "ceremony", "place_in_ceremony")

    people = {party.person for party in parties_of(agreement)} | {agreement.drafted_by}
    words = {"agreement": str(agreement), "because": because.strip()}
    tell(people, "agreement.withdrawn", about=agreement, at=at, besides=by, **words)
    write_down("agreement.withdrawn", agreement, by=by, at=at, because=because.strip())
    return agreement


@transaction.atomic
def sign(
    agreement: Agreement,
    *,
    identity: ConfirmedIdentity,
    by: Person,
    at: datetime,
    seen_sha256: str | None = None,
    signer: Signer | None = None,
) -> Agreement:
    """Sign the caller's own part. With the last signature the paper is sealed, deposited and in force, and the
    signing form lies beside it.

    `seen_sha256` is the hash of the paper the person looked at; None takes the one that is kept. Refused where that
    is not the paper that is open for signing now. `signer` holds the party's own certificate where the agreement is
    signed with certificates: then the file itself carries each signature. An approver approves with the password; with
    the last approval the paper that pens or certificates sign is printed.
    """
    agreement = locked(agreement)
    permissions.check_may_sign(by, agreement, at=at)
    request = next_request(agreement, by)
    assert agreement.paper is not None
    assert agreement.shown is not None
    assert request is not None
    own = parties_of(agreement).get(request=request)
    permissions.check_signs_in_the_way(own, signer)
    if seen_sha256 not in (None, agreement.paper.sha256, agreement.shown.sha256):
        raise Refused(_("The paper has changed since you opened it. Read it again before you sign."))

    signatures.sign(
        request,
        seen_sha256=seen_sha256 or agreement.shown.sha256,
        identity=identity,
        about=agreement,
        by=by,
        at=at,
        certificate=signer.certificate if signer else None,
        trusted=signer is not None and is_trusted(signer, agreement, at=at),
    )
    if own.side == Side.APPROVER and waits_for_print(agreement):
        print_approved(agreement, by=by, at=at)
    if signer is not None:
        agreement.copy = sign_file(agreement, own, signer, by=by, at=at)
        save_next_version(agreement, "copy")
    if unsigned_about(agreement).exists():
        tell_whose_turn_it_is(agreement, at=at, after=request.order)
        return agreement
    return put_in_force(agreement, by=by, at=at)


@transaction.atomic
def issue_manual(run: Run, *, by: Person, at: datetime) -> Letter:
    """Draft the manual of the year: the SOP's calendar, and the details of each KPI that was agreed."""
    run = Run.objects.with_sop().select_for_update(of=("self",)).get(pk=run.pk)
    permissions.check_may_issue(by, run, LetterKind.MANUAL, at=at)
    on = day_of(at)
    subject, content = manual(run, selected_kpis(run), prepared_by=post_of(by, on=on), on=on)
    return _draft_letter(run, LetterKind.MANUAL, subject, content, by=by, at=at)


@transaction.atomic
def issue_order(run: Run, *, by: Person, at: datetime) -> Letter:
    """Draft the order that appoints the committee and those responsible for each KPI."""
    run = Run.objects.with_sop().select_for_update(of=("self",)).get(pk=run.pk)
    permissions.check_may_issue(by, run, LetterKind.COMMITTEE_ORDER, at=at)
    subject, content = committee_order(run, list(selected_kpis(run)), secretary=by, on=day_of(at))
    return _draft_letter(run, LetterKind.COMMITTEE_ORDER, subject, content, by=by, at=at)


def _check_ceremony(signing_on: date, venue: str, *, today: date) -> None:
    with all_at_once() as faults:
        if signing_on < today:
            faults.add("signing_on", _("This day has passed. Choose today or a later day."))
        if not venue.strip():
            faults.add("venue", _("Enter where the agreement is signed."))
        if len(venue) > LONGEST_VENUE:
            faults.add("venue", _("Use at most %(longest)s letters.") % {"longest": LONGEST_VENUE})


def _draft_letter(
    run: Run, kind: LetterKind, subject: str, content: dict[str, Any], *, by: Person, at: datetime
) -> Letter:
    return circulation.draft(
        run.unit,
        kind=kind,
        subject=subject,
        content=content,
        about=Agreement.objects.of_units().get(run=run, number=0),
        fiscal_year=run.fiscal_year,
        to_unit=None,
        storage=storage_of(run),
        by=by,
        at=at,
    )
