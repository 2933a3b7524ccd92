"""What the state of an agreement and of its run allows."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.agreements.enums import Move, Side, State, Tier
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.queries import addenda_to, agreement_of, awaited, awaited_now, letters_of, parties_of, tiers_of
from raprong.agreements.readiness import readiness_of, weights_ready
from raprong.agreements.workflow import DRAFTED, IN_FORCE, MOVES
from raprong.circulation.enums import LetterKind
from raprong.core.clock import day_of
from raprong.core.references import reference
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.processes.policies import check_work_is_open
from raprong.processes.queries import bare_standing_of
from raprong.signatures.enums import Way
from raprong.signatures.queries import declined_of

PAUSE = timedelta(hours=4)  # between two reminders
CARD_OF_LETTER = {
    LetterKind.MANUAL: "agreements.manual_issued",
    LetterKind.COMMITTEE_ORDER: "agreements.order_issued",
}


def check_can_draft(run: Run, *, at: datetime) -> None:
    """One agreement for a run, and only once the selected KPIs carry the whole weight."""
    check_work_is_open(run, DRAFTED, at=at)
    if agreement_of(run) is not None:
        raise Refused(_("The agreement of this year has been drafted already."))
    weights = weights_ready(run)
    if not weights.ok:
        raise Refused(weights.text)


def check_can_draft_addendum(agreement: Agreement, *, at: datetime) -> None:
    """One at a time, to an agreement in force, until the fiscal year has ended."""
    if agreement.state != State.IN_FORCE:
        raise Refused(_("An addendum changes an agreement that is in force."))
    if addenda_to(agreement).exclude(state=State.IN_FORCE).exists():
        raise Refused(_("Another addendum is being prepared. Finish it first."))
    check_year_is_open(agreement.run, at=at)


def check_can_draft_below(run: Run, group: Unit, person: Person | None, *, at: datetime) -> None:
    """Of a group or a person, once each, when the unit's is in force and until the year has ended."""
    agreement = agreement_of(run)
    if agreement is None or agreement.state != State.IN_FORCE:
        raise Refused(_("Agreements of groups and people follow from the unit's, which is not in force yet."))
    check_year_is_open(run, at=at)
    there = tiers_of(run).filter(person=person) if person else tiers_of(run).filter(tier=Tier.GROUP, group=group)
    if there.exists():
        raise Refused(_("The agreement of %(whose)s has been drafted already.") % {"whose": person or group})


def check_year_is_open(run: Run, *, at: datetime) -> None:
    """Until the fiscal year ends, and its last step is done, what was agreed can be changed."""
    if day_of(at) > run.year.ends_on or bare_standing_of(run, at=at).finished:
        raise Refused(_("The year is closed. What was agreed for it does not change any more."))


def check_can_change(agreement: Agreement) -> None:
    """Parties, day and place can change while the agreement is being drafted."""
    if agreement.state == State.SIGNING:
        raise Refused(_("The agreement is open for signing. Send it back to drafting before you change it."))
    if agreement.state == State.IN_FORCE:
        raise Refused(_("The agreement is in force. It does not change any more."))


def check_can_open_signing(agreement: Agreement, *, at: datetime) -> None:
    """Open for signing only what is complete; the sentence names everything that is missing."""
    if agreement.number or agreement.tier != Tier.UNIT:
        check_year_is_open(agreement.run, at=at)
    else:
        check_work_is_open(agreement.run, IN_FORCE, at=at)
    check_can_change(agreement)
    missing = [need.text for need in readiness_of(agreement, on=day_of(at)) if not need.ok]
    if missing:
        raise Refused(" ".join(missing))


def check_can_send_back(agreement: Agreement) -> None:
    if agreement.state not in MOVES[Move.SEND_BACK][0]:
        raise Refused(_("Only an agreement that is open for signing can be sent back."))


def check_can_withdraw(agreement: Agreement) -> None:
    """A draft of an addendum, or of a group's or a person's agreement. The unit's own is changed and not withdrawn."""
    if agreement.tier == Tier.UNIT and not agreement.number:
        raise Refused(_("The agreement of the unit is not withdrawn: every year has one. Change it instead."))
    if agreement.state not in MOVES[Move.WITHDRAW][0]:
        raise Refused(_("Only a draft can be withdrawn. Send it back to drafting first."))


def check_can_sign(agreement: Agreement) -> None:
    if agreement.state == State.DRAFTING:
        raise Refused(_("The agreement is not open for signing yet."))
    if agreement.state == State.IN_FORCE:
        raise Refused(_("Every party has signed. The agreement is in force."))


def check_can_decline(agreement: Agreement, party: AgreementParty) -> None:
    """While it is open, and until one has signed."""
    if agreement.state != State.SIGNING:
        raise Refused(_("Only an agreement that is open for signing can be declined."))
    if party.signed_at is not None:
        raise Refused(_("You have already signed this agreement."))
    if party.declined_at is not None:
        raise Refused(_("You have declined to sign this agreement already."))


def check_can_name_another(agreement: Agreement, party: AgreementParty) -> None:
    """While it is open, in the place of somebody who has not signed."""
    if agreement.state != State.SIGNING:
        raise Refused(_("Another person is named in somebody's place while the agreement is open for signing."))
    if not party.signs:
        raise Refused(_("Nothing is asked of an observer."))
    if party.signed_at is not None:
        raise Refused(_("%(name)s has signed already.") % {"name": party.name})


def check_can_take_to_paper(agreement: Agreement) -> None:
    """An agreement that is open and meant to be signed otherwise."""
    if agreement.state != State.SIGNING:
        raise Refused(_("Only an agreement that is open for signing goes over to paper."))
    if agreement.way == Way.WET_INK:
        raise Refused(_("This agreement is signed by hand already."))


def check_is_signed_by_hand(agreement: Agreement) -> None:
    """Open, printed for pens, and nobody's no stands."""
    if agreement.state != State.SIGNING or agreement.way != Way.WET_INK:
        raise Refused(_("Only an agreement that is open for signing by hand has a scan."))
    check_nobody_declined(agreement)


def check_is_approved(agreement: Agreement) -> None:
    """Approvers have approved before anything is printed for pens, and before what those signed counts."""
    names = [party.name for party in awaited(parties_of(agreement)) if party.side == Side.APPROVER]
    if names:
        raise Refused(_("These approve first: %(names)s.") % {"names": ", ".join(names)})


def check_can_remind(agreement: Agreement, *, at: datetime) -> None:
    """Somebody is awaited, nobody has declined, and those awaited were left in peace for a while."""
    if agreement.state != State.SIGNING:
        raise Refused(_("Nobody is awaited: the agreement is not open for signing."))
    check_nobody_declined(agreement)
    asked = [party.request for party in awaited_now(agreement) if party.request]
    if any(at - (request.reminded_at or request.requested_at) < PAUSE for request in asked):
        hours = PAUSE // timedelta(hours=1)
        raise Refused(_("They were asked or reminded less than %(hours)s hours ago.") % {"hours": hours})


def check_nobody_declined(agreement: Agreement) -> None:
    """Refuse to go on while somebody's no stands."""
    declined = declined_of(reference(agreement)).select_related("signer").first()
    if declined is not None:
        raise Refused(
            _("%(name)s has declined to sign. The planning group sends the agreement back, or names another person.")
            % {"name": declined.signer}
        )


def check_can_issue(run: Run, kind: LetterKind, *, at: datetime) -> None:
    """A manual and an order follow from an agreement in force, one of each."""
    check_work_is_open(run, CARD_OF_LETTER[kind], at=at)
    agreement = agreement_of(run)
    if agreement is None or agreement.state != State.IN_FORCE:
        raise Refused(_("This follows from the agreement, which is not in force yet."))
    if letters_of(agreement, kind).exists():
        raise Refused(_("It has been drafted already: open it from the list."))
